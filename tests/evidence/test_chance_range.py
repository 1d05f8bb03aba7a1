"""Shares of people with the range that the mean effect leaves open."""

import numpy as np
import pytest

from noctiflora.core import Instrument, Outcome, RangeError
from noctiflora.evidence import chance_range, load, pool, predictive
from noctiflora.evidence._chance_range import Z90
from noctiflora.evidence._transfer import spread_between, usual_transfer


@pytest.mark.parametrize("outcome", [Outcome.EFFICIENCY, Outcome.LATENCY, Outcome.RATING])
@pytest.mark.parametrize("strain", ["1714", "CP2305", None])
def test_the_centre_is_that_of_the_predictive(outcome: Outcome, strain: str | None) -> None:
    evidence = load()
    found = chance_range(evidence, strain, outcome, Instrument.DIARY, 2.0)
    effect = predictive(evidence, strain, outcome, Instrument.DIARY)
    assert found.gain.centre == pytest.approx(effect.p_better_than(2.0))
    assert found.loss.centre == pytest.approx(1 - effect.p_better_than(-2.0))
    for share in (found.gain, found.loss):
        assert 0 <= share.low <= share.centre <= share.high <= 1


def test_more_is_rarer() -> None:
    small, large = (chance_range(load(), "1714", Outcome.EFFICIENCY, Instrument.DIARY, x) for x in (1.0, 4.0))
    assert large.gain.high < small.gain.high
    assert large.loss.centre < small.loss.centre


def test_the_ends_agree_with_people_drawn_one_by_one() -> None:
    evidence = load()
    effect = pool(evidence).of(next(s for s in pool(evidence).strains if s.key.name.endswith("1714")).key).effect
    spread, _ = spread_between(evidence, Outcome.EFFICIENCY, Instrument.DIARY)
    transfer = usual_transfer(Outcome.EFFICIENCY, Instrument.DIARY)
    rng = np.random.default_rng(7)
    n = 200_000
    which = rng.choice(len(effect.parts), n, p=[p.weight for p in effect.parts])
    sd = np.array([max(max(p.sd**2 - effect.sd**2, 0) ** 0.5, 0.02) for p in effect.parts])[which]
    c = rng.normal(transfer.mean, transfer.sd, n)
    c = np.where(c < 0, transfer.mean, c)
    gains = -(effect.mean - Z90 * effect.sd + sd * rng.normal(size=n)) * spread * c
    found = chance_range(evidence, "1714", Outcome.EFFICIENCY, Instrument.DIARY, 3.0)
    assert found.gain.high == pytest.approx(float((gains >= 3.0).mean()), abs=0.01)


def test_an_unknown_product_is_refused() -> None:
    with pytest.raises(RangeError):
        chance_range(load(), "no such thing", Outcome.EFFICIENCY, Instrument.DIARY, 3.0)
