"""Pooled effects equal those that metafor prints, to the printed digits.

Not covered: moderators other than the standard error, and methods that nobody asked for. A tolerance of half a unit
in the last printed digit is used throughout.
"""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.evidence.meta import Measure, Method
from noctiflora.evidence.meta._fit import estimate_tau2, pooled, root_of_q, weighted
from tests.evidence.meta.tables import table

# method: estimate, se, low, high, tau2; R package metafor on the log risk ratios of dat.bcg
BCG = {
    Method.EE: (-0.430285, 0.040499, -0.509661, -0.350909, 0.0),
    Method.DL: (-0.714117, 0.178742, -1.064445, -0.363789, 0.308760),
    Method.REML: (-0.714532, 0.179782, -1.066898, -0.362167, 0.313243),
}


@pytest.mark.parametrize("method", BCG)
def test_bcg_to_six_digits(method: Method) -> None:
    studies = table("bcg", Measure.RR)
    found = pooled(method, studies.y, studies.v)
    assert (found.estimate, found.se, *found.ci95, found.tau2) == pytest.approx(BCG[method], abs=6e-7)


def test_bcg_by_paule_and_mandel() -> None:
    """The root itself, and the printed digits, which rest on a search that stops at a step of 1.2e-4."""
    studies = table("bcg", Measure.RR)
    one = np.ones((studies.k, 1))

    def gap(tau2: float) -> float:
        return weighted(studies.y, studies.v, one, tau2).q - (studies.k - 1)

    found = pooled(Method.PM, studies.y, studies.v)
    assert gap(found.tau2) == pytest.approx(0.0, abs=1e-9)
    printed = brent(gap, 0.0, 100.0, step=np.finfo(np.float64).eps ** 0.25)
    fit = weighted(studies.y, studies.v, one, printed)
    mean, se = float(fit.beta[0]), math.sqrt(fit.cov[0, 0])
    assert (mean, se, printed) == pytest.approx((-0.714970, 0.180898, 0.318094), abs=6e-7)
    assert (mean - 1.959964 * se, mean + 1.959964 * se) == pytest.approx((-1.069524, -0.360417), abs=6e-7)
    assert (found.estimate, found.se, found.tau2) == pytest.approx((mean, se, printed), abs=3e-5)


def brent(gap: Callable[[float], float], a: float, b: float, *, step: float) -> float:
    """Return where `gap` changes sign, by the root finder of R (Brent 1973) with its stopping rule."""
    fa, fb = gap(a), gap(b)
    c, fc = a, fa
    while True:
        before = b - a
        if abs(fc) < abs(fb):
            a, b, c, fa, fb, fc = b, c, b, fb, fc, fb
        least = 2 * float(np.finfo(np.float64).eps) * abs(b) + step / 2
        move = (c - b) / 2
        if abs(move) <= least or fb == 0:
            return b
        if abs(before) >= least and abs(fa) > abs(fb):
            p, q = _interpolated(a, b, c, (fa, fb, fc))
            if p < 0.75 * (c - b) * q - abs(least * q) / 2 and p < abs(before * q / 2):
                move = p / q
        if abs(move) < least:
            move = math.copysign(least, move)
        a, fa = b, fb
        b += move
        fb = gap(b)
        if (fb > 0) == (fc > 0):
            c, fc = a, fa


def _interpolated(a: float, b: float, c: float, f: tuple[float, float, float]) -> tuple[float, float]:
    fa, fb, fc = f
    if a == c:
        p, q = (c - b) * fb / fa, 1 - fb / fa
    else:
        q, t1, t2 = fa / fc, fb / fc, fb / fa
        p, q = t2 * ((c - b) * q * (q - t1) - (b - a) * (t1 - 1)), (q - 1) * (t1 - 1) * (t2 - 1)
    return (p, -q) if p > 0 else (-p, q)


# table, measure, method, Knapp-Hartung: estimate, se, low, high, tau2 as metafor prints them; see tables/README.md
PRINTED = [
    ("bcg", Measure.OR, Method.EE, False, (-0.4361, None, -0.5190, -0.3533, 0.0)),
    ("bcg", Measure.OR, Method.DL, False, (-0.7474, None, -1.1242, -0.3706, 0.3663)),
    ("bcg", Measure.RD, Method.EE, False, (-0.0009, None, -0.0014, -0.0005, 0.0)),
    ("bcg", Measure.RD, Method.DL, False, (-0.0071, None, -0.0101, -0.0040, 0.0000)),
    ("hackshaw1998", None, Method.DL, False, (0.2139, 0.0471, 0.1215, 0.3062, 0.0170)),
    ("raudenbush1985", None, Method.EE, False, (0.0604, 0.0365, -0.0111, 0.1318, 0.0)),
    ("raudenbush1985", None, Method.DL, False, (0.0893, 0.0558, -0.0200, 0.1987, 0.0259)),
    ("raudenbush1985", None, Method.REML, False, (0.0837, 0.0516, -0.0175, 0.1849, 0.0188)),
    ("raudenbush1985", None, Method.DL, True, (0.0893, 0.0636, -0.0442, 0.2229, 0.0259)),
    ("raudenbush1985", None, Method.REML, True, (0.0837, 0.0616, -0.0457, 0.2131, 0.0188)),
    ("hine1989", Measure.RD, Method.REML, False, (0.0294, 0.0131, 0.0038, 0.0551, 0.0)),
    ("normand1999", Measure.MD, Method.REML, False, (-15.1060, 8.9466, -32.6409, 2.4289, 684.6462)),
    ("normand1999", Measure.SMD, Method.REML, False, (-0.5371, 0.3087, -1.1421, 0.0679, 0.7908)),
    ("normand1999", Measure.ROM, Method.REML, False, (-0.2177, 0.1179, -0.4487, 0.0133, 0.1082)),
    ("viechtbauer2005", None, Method.DL, False, (None, None, None, None, 0.2768)),
    ("viechtbauer2005", None, Method.REML, False, (None, None, None, None, 0.2232)),
]


@pytest.mark.parametrize("case", PRINTED, ids=lambda c: f"{c[0]}-{c[1]}-{c[2]}-{c[3]}")
def test_further_published_results(
    case: tuple[str, Measure | None, Method, bool, tuple[float | None, ...]],
) -> None:
    name, measure, method, adjusted, printed = case
    studies = table(name, measure)
    found = pooled(method, studies.y, studies.v, knapp_hartung=adjusted)
    numbers = (found.estimate, found.se, *found.ci95, found.tau2)
    for ours, theirs in zip(numbers, printed, strict=True):
        assert theirs is None or ours == pytest.approx(theirs, abs=5.1e-5)


effects = st.integers(2, 12).flatmap(
    lambda k: st.tuples(
        st.lists(st.floats(-3, 3), min_size=k, max_size=k), st.lists(st.floats(0.01, 4), min_size=k, max_size=k)
    )
)


@settings(deadline=None, max_examples=60)
@given(effects, st.sampled_from(list(Method)), st.sampled_from([0.001, 10.0, 1e6]), st.floats(-5, 5))
def test_units_and_origin_change_nothing(
    given_effects: tuple[list[float], list[float]], method: Method, factor: float, shift: float
) -> None:
    y, v = (np.array(x) for x in given_effects)
    plain, other = pooled(method, y, v), pooled(method, (y + shift) * factor, v * factor**2)
    assert other.estimate == pytest.approx((plain.estimate + shift) * factor, rel=1e-5, abs=1e-5 * factor)
    assert other.tau2 == pytest.approx(plain.tau2 * factor**2, rel=1e-4, abs=1e-6 * factor**2)
    assert other.se == pytest.approx(plain.se * factor, rel=1e-4)


@settings(deadline=None, max_examples=60)
@given(effects, st.randoms(use_true_random=False))
def test_order_changes_nothing(given_effects: tuple[list[float], list[float]], chance: object) -> None:
    y, v = (np.array(x) for x in given_effects)
    back = np.arange(y.size)[::-1]
    for method in Method:
        one, two = pooled(method, y, v), pooled(method, y[back], v[back])
        assert (one.estimate, one.se) == pytest.approx((two.estimate, two.se), rel=1e-6, abs=1e-9)


def test_equal_studies_have_no_spread() -> None:
    y, v = np.full(5, 0.3), np.array([0.01, 0.02, 0.03, 0.04, 0.05])
    for method in Method:
        found = pooled(method, y, v)
        assert found.tau2 == 0
        assert found.estimate == pytest.approx(0.3, abs=1e-12)
    assert pooled(Method.EE, y, v, knapp_hartung=True).se == pytest.approx(0.0, abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(effects)
def test_reml_is_a_maximum_of_the_restricted_likelihood(given_effects: tuple[list[float], list[float]]) -> None:
    y, v = (np.array(x) for x in given_effects)
    one = np.ones((y.size, 1))

    def loss(tau2: float) -> float:
        fit = weighted(y, v, one, tau2)
        return 0.5 * (float(np.log(v + tau2).sum()) - math.log(float(fit.cov[0, 0])) + fit.q)

    best = estimate_tau2(Method.REML, y, v, one)
    for other in (0.0, best * 0.98, best * 1.02 + 1e-3):
        assert loss(best) <= loss(other) + 1e-7


def test_a_root_below_zero_is_zero() -> None:
    y, v = np.array([0.1, 0.11]), np.array([1.0, 1.0])
    assert root_of_q(y, v, np.ones((2, 1)), 1.0) == 0.0
