"""The prior of a personal trial: the documented table of nightly outcomes."""

import pytest

from noctiflora.core import Instrument, Outcome, RangeError
from noctiflora.evidence import FULL, load, predictive, useful_is_unlikely

# strain, diary mean, sd, P(theta > 2), wearable mean, sd, P(theta > 2); efficiency in points
TABLE = [
    (None, 1.68, 2.26, 0.39, 0.47, 0.68, 0.03),
    ("JB-1", 1.68, 2.26, 0.39, 0.47, 0.68, 0.03),
    ("CP2305", 1.91, 2.14, 0.43, 0.53, 0.65, 0.03),
    ("LcS", 2.22, 2.32, 0.50, 0.62, 0.70, 0.04),
    ("BLa80", 2.08, 2.28, 0.47, 0.58, 0.69, 0.04),
    ("Lp815", 1.79, 2.22, 0.41, 0.50, 0.67, 0.03),
    ("PS23", 2.20, 2.31, 0.49, 0.62, 0.70, 0.04),
    ("CCFM1025", 1.68, 2.24, 0.39, 0.47, 0.67, 0.03),
    ("NVP-1704", 1.67, 2.20, 0.39, 0.47, 0.66, 0.02),
    ("PS128", 1.61, 2.22, 0.37, 0.45, 0.67, 0.02),
    ("HEAL9", 1.50, 2.21, 0.35, 0.42, 0.66, 0.02),
    ("1714", 1.21, 2.20, 0.30, 0.34, 0.65, 0.02),
    ("PHGG", 1.68, 2.81, 0.41, 0.47, 0.83, 0.04),
]
# outcome, useful, diary mean, sd, P, wearable mean, sd, P: sizes of the benefit
OTHERS = [
    (Outcome.LATENCY, 5.0, 3.4, 4.5, 0.29, 1.4, 1.9, 0.04),
    (Outcome.WASO, 8.0, 4.4, 5.9, 0.21, 1.7, 2.5, 0.02),
    (Outcome.TOTAL_SLEEP, 15.0, 9.3, 12.5, 0.26, 3.7, 5.4, 0.03),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: str(row[0]))
def test_efficiency(row: tuple[str | None, float, float, float, float, float, float]) -> None:
    for instrument, (mean, sd, p) in ((Instrument.DIARY, row[1:4]), (Instrument.WEARABLE, row[4:7])):
        e = predictive(load(), row[0], Outcome.EFFICIENCY, instrument)
        assert e.mean == pytest.approx(mean, abs=0.05)
        assert e.sd == pytest.approx(sd, abs=0.05)
        assert e.p_better_than(2.0) == pytest.approx(p, abs=0.02)


@pytest.mark.parametrize("row", OTHERS, ids=lambda row: row[0].value)
def test_other_outcomes(row: tuple[Outcome, float, float, float, float, float, float, float]) -> None:
    outcome, useful = row[:2]
    sign = 1 if outcome.higher_is_better else -1
    for instrument, (mean, sd, p) in ((Instrument.DIARY, row[2:5]), (Instrument.WEARABLE, row[5:8])):
        e = predictive(load(), None, outcome, instrument)
        assert sign * e.mean == pytest.approx(mean, abs=0.06)
        assert e.sd == pytest.approx(sd, abs=0.06)
        assert e.p_better_than(useful) == pytest.approx(p, abs=0.02)


def test_rating() -> None:
    e = predictive(load(), None, Outcome.RATING, Instrument.DIARY)
    assert e.mean == pytest.approx(0.16, abs=0.005)
    assert e.sd == pytest.approx(0.19, abs=0.01)
    assert e.p_better_than(0.5) == pytest.approx(0.04, abs=0.01)


def test_diary_in_full() -> None:
    e = predictive(load(), None, Outcome.EFFICIENCY, Instrument.DIARY, transfer=FULL)
    assert e.mean == pytest.approx(2.24, abs=0.05)
    assert e.sd == pytest.approx(2.77, abs=0.05)
    assert e.p_better_than(2.0) == pytest.approx(0.55, abs=0.02)


@pytest.mark.parametrize(
    ("outcome", "useful"),
    [(Outcome.EFFICIENCY, 2.0), (Outcome.LATENCY, 5.0), (Outcome.WASO, 8.0), (Outcome.TOTAL_SLEEP, 15.0)],
)
def test_the_useful_amount_is_unlikely_by_every_device_and_not_by_diary(outcome: Outcome, useful: float) -> None:
    assert useful_is_unlikely(predictive(load(), None, outcome, Instrument.WEARABLE), useful)
    assert not useful_is_unlikely(predictive(load(), None, outcome, Instrument.DIARY), useful)


def test_the_useful_rating_is_unlikely_too() -> None:
    assert useful_is_unlikely(predictive(load(), None, Outcome.RATING, Instrument.DIARY), 0.5)


def test_everything_it_rests_on_is_named() -> None:
    e = predictive(load(), "1714", Outcome.EFFICIENCY, Instrument.DIARY)
    refs = {s.ref for s in e.sources}
    assert {"10.3389/fnut.2026.1795450", "PMC4513738", "assumed"} <= refs
    assert sum(s.is_assumed for s in e.sources) == 3
    assert len(e.sources) == len(set(e.sources))
    assert e.subject == "Bifidobacterium longum 1714"


def test_a_new_strain_takes_its_species_and_keeps_its_name() -> None:
    new = predictive(load(), "Lacticaseibacillus paracasei NEW1", Outcome.EFFICIENCY, Instrument.DIARY)
    assert new.subject == "Lacticaseibacillus paracasei NEW1"
    assert new.mean > predictive(load(), None, Outcome.EFFICIENCY, Instrument.DIARY).mean


def test_an_unknown_product_is_refused() -> None:
    with pytest.raises(RangeError):
        predictive(load(), "miracle powder", Outcome.EFFICIENCY, Instrument.DIARY)
