"""The fit: limits that reduce to known results, and an oracle of standard meta-analysis."""

import math

import numpy as np
import pytest

from noctiflora.evidence.model import Fit, Grid, Group, Mixture, Observation, fit, flat_grid, make_grid, make_scales

MEAN, SE = -0.59 / 3, 0.48 / 3.92 / 3

# dat.bcg of the R package metafor (Colditz et al. 1994): tuberculosis and none, vaccinated then control.
BCG = (
    (4, 119, 11, 128),
    (6, 300, 29, 274),
    (3, 228, 11, 209),
    (62, 13536, 248, 12619),
    (33, 5036, 47, 5761),
    (180, 1361, 372, 1079),
    (8, 2537, 10, 619),
    (505, 87886, 499, 87892),
    (29, 7470, 45, 7232),
    (17, 1699, 65, 1600),
    (186, 50448, 141, 27197),
    (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
)


def log_risk_ratio(tp: int, tn: int, cp: int, cn: int) -> Observation:
    y = math.log(tp / (tp + tn) / (cp / (cp + cn)))
    se = math.sqrt(1 / tp - 1 / (tp + tn) + 1 / cp - 1 / (cp + cn))
    return Observation(low=y, high=y, se=se, selective=False)


def one_strain_each(*terms: Observation) -> tuple[Group, ...]:
    return tuple(Group(strains=((t,),)) for t in terms)


def new_strain(result: Fit) -> Mixture:
    return result.strains[-1][-1]


def moments(mixture: Mixture) -> tuple[float, float]:
    mean = float(mixture.weight @ mixture.mean)
    return mean, math.sqrt(float(mixture.weight @ (mixture.var + (mixture.mean - mean) ** 2)))


def standard(scale: float = 0.09) -> Grid:
    return make_grid(MEAN, SE, b_sd=0.3, scales=make_scales(scale, scale, scale, nodes=6))


TERMS = one_strain_each(
    Observation(low=-0.6, high=-0.6, se=0.2, selective=True),
    Observation(low=-math.inf, high=-0.4, se=0.2, selective=True),
    Observation(low=-0.4, high=0.4, se=0.2, selective=True),
)


def test_free_fit_of_bcg_is_that_of_bayesmeta() -> None:
    """Mu and tau of R's bayesmeta 3.4 with tau ~ half-normal(0.5); the quadrature's own sd is 0.1873."""
    grid = flat_grid(-3.0, 1.5, nodes=361, scales=make_scales(0, 0, 0.5, nodes=60))
    result = fit((*one_strain_each(*(log_risk_ratio(*row) for row in BCG)), Group(strains=())), grid, cut=False)
    assert result.mu.mean == pytest.approx(-0.7118, abs=0.001)
    assert result.mu.sd == pytest.approx(0.1873, abs=0.001)
    assert result.tau.mean == pytest.approx(0.5719, abs=0.001)
    assert result.tau.sd == pytest.approx(0.1430, abs=0.001)
    predictive = math.sqrt(result.mu.sd**2 + result.tau.mean**2 + result.tau.sd**2)
    assert predictive == pytest.approx(0.6186, abs=0.001)


def test_free_fit_without_spread_is_the_equal_effects_mean() -> None:
    grid = flat_grid(-1.0, 0.2, nodes=1201, scales=make_scales(0, 0, 0, nodes=1))
    result = fit(one_strain_each(*(log_risk_ratio(*row) for row in BCG)), grid, cut=False)
    assert result.mu.mean == pytest.approx(-0.430285, abs=1e-6)
    assert result.mu.sd == pytest.approx(0.040499, abs=1e-5)


def test_the_seven_numbers_pooled_freely() -> None:
    """The exact and from-p terms alone: -0.41 (0.08), twice the population's -0.20."""
    printed = [(-0.3, 1.036 / 3), (-0.3, 0.622 / 3), (-0.61, 0.551 / 3), (-0.44 / 3, 0.699 / 3)]
    from_p = [(-0.76, 0.309), (-0.91 / 3, 0.497 / 3), (-0.501, 0.214)]
    terms = [Observation(low=y, high=y, se=s, selective=True) for y, s in (*printed, *from_p)]
    grid = flat_grid(-1.5, 1.0, nodes=501, scales=make_scales(0, 0, 0.0, nodes=1))
    result = fit(one_strain_each(*terms), grid, cut=False)
    assert result.mu.mean == pytest.approx(-0.41, abs=0.01)
    assert result.mu.sd == pytest.approx(0.08, abs=0.01)


def test_no_spread_under_the_cut_is_the_population_layer() -> None:
    grid = make_grid(MEAN, SE, b_sd=0.3, scales=make_scales(0, 0, 0.09, nodes=6))
    for group in fit(TERMS, grid, cut=True).strains:
        for mixture in group:
            mean, sd = moments(mixture)
            assert mean == pytest.approx(MEAN, abs=1e-9)
            assert sd == pytest.approx(SE, rel=2e-3)


def test_the_cut_keeps_mu_and_the_full_posterior_moves_it() -> None:
    cut, uncut = (fit(TERMS, standard(), cut=c) for c in (True, False))
    assert cut.mu.mean == pytest.approx(MEAN, abs=1e-9)
    assert uncut.mu.mean < cut.mu.mean
    assert uncut.mu.sd < cut.mu.sd


def test_without_terms_everything_is_the_prior() -> None:
    result = fit((Group(strains=()),), standard(), cut=False)
    assert result.b_rep.mean == pytest.approx(0, abs=1e-9)
    assert result.p_b_negative == pytest.approx(0.5)
    assert result.tau.mean == pytest.approx(0.09 * math.sqrt(2 / math.pi), rel=0.02)
    mean, sd = moments(new_strain(result))
    assert mean == pytest.approx(MEAN, abs=1e-9)
    assert sd == pytest.approx(math.sqrt(SE**2 + 2 * 0.09**2), rel=0.02)


def test_one_exact_term_is_the_normal_formula() -> None:
    """One scale node, no b_rep, full posterior: u has the textbook conjugate answer."""
    scales = make_scales(0.0, 0.0, 0.0, nodes=1)
    grid = make_grid(MEAN, SE, b_sd=0.0, scales=scales)
    term = Observation(low=-0.5, high=-0.5, se=0.1, selective=True)
    result = fit(one_strain_each(term), grid, cut=False)
    weight = SE**2 / (SE**2 + 0.1**2)
    assert result.mu.mean == pytest.approx(MEAN + weight * (-0.5 - MEAN), abs=1e-4)
    assert result.mu.sd == pytest.approx(SE * math.sqrt(1 - weight), rel=2e-3)


@pytest.mark.parametrize(
    ("n", "not_significant", "significant"),
    [(40, -0.186, -0.243), (120, -0.167, -0.239), (400, -0.123, -0.222)],
)
def test_words_pull_as_documented(n: int, not_significant: float, significant: float) -> None:
    """A new strain whose one trial has n people, among today's trials (from the documented limits)."""
    from noctiflora.evidence import load
    from noctiflora.evidence._layout import lay_out
    from noctiflora.evidence._pool import _keys
    from noctiflora.evidence._selection import select

    selection = select(load())
    groups = lay_out(_keys(load(), selection), selection.terms).groups
    se = math.sqrt(4 / n)
    for low, high, expected in ((-1.96 * se, 1.96 * se, not_significant), (-math.inf, -1.96 * se, significant)):
        term = Observation(low=low, high=high, se=se, selective=True)
        result = fit((*groups, Group(strains=((term,),))), standard(), cut=True)
        assert moments(result.strains[-1][0])[0] == pytest.approx(expected, abs=0.005)


def test_more_nodes_change_little() -> None:
    """Six nodes per scale against twelve: 0.01 SD in the means at the default scale."""
    few, many = (
        fit(TERMS, make_grid(MEAN, SE, b_sd=0.3, scales=make_scales(0.09, 0.09, 0.09, nodes=n)), cut=True)
        for n in (6, 12)
    )
    for a, b in zip(few.strains, many.strains, strict=True):
        (ma, sa), (mb, sb) = moments(a[0]), moments(b[0])
        assert abs(ma - mb) < 0.01 * sb
        assert sa == pytest.approx(sb, rel=0.01)


def test_the_same_input_gives_the_same_answer() -> None:
    one, other = (fit(TERMS, standard(), cut=True) for _ in range(2))
    assert one.b_rep == other.b_rep
    assert all(np.array_equal(a[0].mean, b[0].mean) for a, b in zip(one.strains, other.strains, strict=True))
