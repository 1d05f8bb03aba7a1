"""Carrying an effect over to nights: SMD x SD_b x c, and the delta rule."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.core import Instrument, Normal, NotPoolable, Outcome, Predictive, RangeError, Source
from noctiflora.evidence import FULL, Link, Transfer, load, on_link
from noctiflora.evidence._transfer import DEVICE, DIARY, carry, spread_between, usual_transfer

SMD = Predictive(
    subject="x",
    outcome="psqi_smd",
    unit="SMD",
    higher_is_better=False,
    parts=(Normal(weight=0.5, mean=-0.3, sd=0.2), Normal(weight=0.5, mean=-0.1, sd=0.3)),
    sources=(),
)


@pytest.mark.parametrize(
    ("outcome", "diary", "wearable"),
    [
        (Outcome.EFFICIENCY, 11.41, 4.67),
        (Outcome.LATENCY, 22.73, 13.43),
        (Outcome.WASO, 29.57, 17.08),
        (Outcome.TOTAL_SLEEP, 63.10, 36.99),
    ],
)
def test_spreads_are_those_of_the_norms(outcome: Outcome, diary: float, wearable: float) -> None:
    for instrument, expected in ((Instrument.DIARY, diary), (Instrument.WEARABLE, wearable)):
        spread, sources = spread_between(load(), outcome, instrument)
        assert spread == expected
        assert any(s.ref == "PMC4513738" for s in sources)


def test_the_rating_is_stretched_and_no_device_rates() -> None:
    assert spread_between(load(), Outcome.RATING, Instrument.DIARY)[0] == pytest.approx(0.8)
    with pytest.raises(NotPoolable, match="by wearable"):
        spread_between(load(), Outcome.RATING, Instrument.WEARABLE)


def test_usual_transfer() -> None:
    assert usual_transfer(Outcome.RATING, Instrument.DIARY) is FULL
    assert usual_transfer(Outcome.WASO, Instrument.DIARY) is DIARY
    assert usual_transfer(Outcome.WASO, Instrument.WEARABLE) is DEVICE


def test_full_transfer_is_a_plain_product_with_the_outcomes_sign() -> None:
    up = carry(SMD, Outcome.EFFICIENCY, spread=10.0, transfer=FULL, sources=())
    assert up.mean == pytest.approx(-10 * SMD.mean)
    assert up.sd == pytest.approx(10 * SMD.sd)
    down = carry(SMD, Outcome.LATENCY, spread=10.0, transfer=FULL, sources=())
    assert down.mean == pytest.approx(10 * SMD.mean)
    assert up.p_better_than(1) == pytest.approx(down.p_better_than(1))
    assert up.p_better_than(0) == pytest.approx(SMD.p_better_than(0))


@pytest.mark.parametrize("transfer", [DIARY, DEVICE])
def test_c_has_the_moments_of_a_normal_cut_at_zero(transfer: Transfer) -> None:
    """E[c] and E[c^2] by the formula of the truncated normal; the product's moments follow."""
    alpha = -transfer.mean / transfer.sd
    ratio = math.exp(-(alpha**2) / 2) / math.sqrt(2 * math.pi) / (0.5 * math.erfc(alpha / math.sqrt(2)))
    first = transfer.mean + transfer.sd * ratio
    second = transfer.sd**2 * (1 + alpha * ratio - ratio**2) + first**2
    e = carry(SMD, Outcome.EFFICIENCY, spread=1.0, transfer=transfer, sources=())
    assert e.mean == pytest.approx(-SMD.mean * first, rel=1e-3)
    assert e.sd**2 + e.mean**2 == pytest.approx((SMD.sd**2 + SMD.mean**2) * second, rel=5e-3)


@given(st.floats(1, 99), st.sampled_from(list(Link)))
def test_delta_rule(m: float, link: Link) -> None:
    e = carry(SMD, Outcome.EFFICIENCY, spread=10.0, transfer=FULL, sources=(Source(ref="PMC1"),))
    slope = 1 / (m + 1) if link is Link.LOG else 100 / (m * (100 - m))
    on = on_link(e, link, m)
    assert on.mean == pytest.approx(e.mean * slope)
    assert on.sd == pytest.approx(e.sd * slope)
    assert on.unit == link.value
    assert on.sources == e.sources
    assert on.p_better_than(0) == pytest.approx(e.p_better_than(0))


def test_delta_rule_is_the_derivative() -> None:
    m, small = 80.0, 1e-4

    def logit(p: float) -> float:
        return math.log(p / (100 - p))

    e = carry(SMD, Outcome.EFFICIENCY, spread=1.0, transfer=FULL, sources=())
    assert on_link(e, Link.LOGIT, m).mean / e.mean == pytest.approx((logit(m + small) - logit(m)) / small, rel=1e-4)


@pytest.mark.parametrize(
    ("link", "m"), [(Link.LOGIT, 0.0), (Link.LOGIT, 100.0), (Link.LOG, -1.0), (Link.LOG, float("nan"))]
)
def test_an_impossible_run_in_mean_is_refused(link: Link, m: float) -> None:
    with pytest.raises(RangeError, match="run_in_mean"):
        on_link(carry(SMD, Outcome.WASO, spread=1.0, transfer=FULL, sources=()), link, m)
