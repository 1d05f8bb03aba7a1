"""Calibration: a potency put in comes out, and the interval is carried over."""

import numpy as np
import pytest

from noctiflora.axis._calibrate import calibrate, quantile
from noctiflora.axis._cohort import cohort
from noctiflora.axis._intervention import Intervention, Kind
from noctiflora.axis._placebo import Placebo
from noctiflora.axis._strain import Strain
from noctiflora.core import Normal, Predictive, RangeError, Source

SOURCE = Source(ref="10.3390/nu13082820")


def effect(mean: float, sd: float, unit: str = "points", outcome: str = "psqi", **more: object) -> Predictive:
    return Predictive(
        subject="some strain", outcome=outcome, unit=unit, higher_is_better=bool(more.get("up", False)),
        parts=(Normal(weight=1.0, mean=mean, sd=sd),), sources=(SOURCE,),
    )  # fmt: skip


def test_a_known_potency_is_recovered() -> None:
    strain = Intervention(kind=Kind.LIVE_STRAIN, dose=1, end_day=42, strain=Strain(potency=0.2))
    run = cohort(32, weeks=6, arms={"none": (), "strain": (strain,)}, figures=("psqi",), seed=5)
    change = (run.weekly["psqi"][1] - run.weekly["psqi"][0]).mean(axis=0)
    found = calibrate(effect(float(change[-1]), 0.01), people=32, weeks=6, seed=5)
    assert found.value == pytest.approx(0.2, abs=0.01), "a curve through three evaluations is within a twentieth"
    assert found.course == pytest.approx(change.tolist(), abs=0.02)
    assert found.strain().potency == found.value


def test_the_specifications_example_and_its_interval() -> None:
    found = calibrate(effect(-0.59, 0.2), people=96, seed=1)
    assert found.value == pytest.approx(0.076, abs=0.012)
    low, high = found.interval
    assert low < found.value < high
    assert found.target_interval == pytest.approx((-0.982, -0.198), abs=0.01)
    assert high - low == pytest.approx(0.098, abs=0.02)
    assert found.sources == (SOURCE,)
    assert found.strain().potency_interval == found.interval
    assert not found.at_bound


def test_units_and_direction() -> None:
    points = calibrate(effect(-0.59, 0.2), people=16, weeks=4)
    in_sd = calibrate(effect(-0.59 / points.baseline_sd, 0.2 / points.baseline_sd, unit="SD"), people=16, weeks=4)
    flipped = calibrate(effect(0.59, 0.2, up=True), people=16, weeks=4)
    assert in_sd.value == pytest.approx(points.value, abs=1e-6)
    assert flipped.value == pytest.approx(points.value, abs=1e-6)


def test_a_harmful_interval_is_kept_and_a_wild_one_is_cut() -> None:
    found = calibrate(effect(0.0, 0.3), people=16, weeks=4)
    assert found.interval[0] < 0 < found.interval[1]
    assert calibrate(effect(-15.0, 0.3), people=16, weeks=4).at_bound


def test_a_fibre_is_calibrated_in_grams() -> None:
    found = calibrate(effect(-0.59, 0.2), kind=Kind.PHGG, people=16)
    assert found.lever == "fibre_g_d"
    assert 1 < found.value < 15
    with pytest.raises(RangeError):
        found.strain()


def test_placebo_cancels_but_is_shown() -> None:
    placebo = Placebo(change=-1.0, time_days=14.0, source=Source(ref="assumed", note="test"))
    plain, both = (calibrate(effect(-0.59, 0.2), people=16, weeks=4, placebo=p) for p in (None, placebo))
    assert both.value == plain.value
    assert both.placebo_change[-1] - plain.placebo_change[-1] == pytest.approx(-1 + np.exp(-2), abs=1e-9)
    assert len(both.sources) == 2


@pytest.mark.parametrize("wrong", [effect(-1, 1, outcome="isi"), effect(-1, 1, unit="minutes")])
def test_other_outcomes_and_units_are_refused(wrong: Predictive) -> None:
    with pytest.raises(RangeError):
        calibrate(wrong, people=4, weeks=1)
    with pytest.raises(RangeError):
        calibrate(effect(-1, 1), kind=Kind.STRESS)


def test_quantiles_of_a_mixture() -> None:
    mixed = Predictive(
        subject="x", outcome="psqi", unit="points", higher_is_better=False,
        parts=(Normal(weight=0.5, mean=-1.0, sd=0.1), Normal(weight=0.5, mean=1.0, sd=0.1)), sources=(),
    )  # fmt: skip
    assert quantile(mixed, 0.5) == pytest.approx(0, abs=0.6)
    assert quantile(mixed, 0.25) == pytest.approx(-1, abs=1e-3)
