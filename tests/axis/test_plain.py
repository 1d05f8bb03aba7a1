"""Plain data: complete, labelled, fit for JSON."""

import json

import pytest

from noctiflora.axis._calibrate import calibrate
from noctiflora.axis._intervention import Intervention, Kind
from noctiflora.axis._kinetics import kinetics_scenario
from noctiflora.axis._plain import calibration_dict, kinetics_dict, trace_csv, virtual_trial_dict
from noctiflora.axis._simulate import simulate
from noctiflora.axis._strain import Strain
from noctiflora.axis._trials import parallel_trial
from noctiflora.core import Normal, Predictive, RangeError, Source

STRAIN = (Intervention(kind=Kind.LIVE_STRAIN, dose=1, strain=Strain(potency=0.1)),)


def test_a_calibration_shows_its_interval() -> None:
    effect = Predictive(
        subject="population", outcome="psqi", unit="points", higher_is_better=False,
        parts=(Normal(weight=1.0, mean=-0.59, sd=0.2),), sources=(Source(ref="assumed", note="test"),),
    )  # fmt: skip
    plain = json.loads(json.dumps(calibration_dict(calibrate(effect, people=8, weeks=2))))
    assert plain["label"] == "hypothesis"
    assert plain["interval"][0] < plain["value"] < plain["interval"][1]
    assert plain["sources"] == ["assumed (test)"]


def test_a_trial_is_a_table() -> None:
    plain = json.loads(json.dumps(virtual_trial_dict(parallel_trial(STRAIN, people=4, weeks=2))))
    assert len(plain["rows"]) == 4 * 3
    assert set(plain["rows"][0]) == {"person", "week", "active", "psqi"}


def test_a_time_course_names_what_it_rests_on() -> None:
    plain = json.loads(json.dumps(kinetics_dict(kinetics_scenario(STRAIN))))
    assert plain["rests_on"]
    assert plain["scenario"] == "axis time course"


def test_a_trace_is_text() -> None:
    lines = trace_csv(simulate(weeks=1, trace=True)).splitlines()
    head = lines[0].split(",")
    assert head[:3] == ["hour", "Lenv", "Op"]
    assert len(head) == 1 + 8 + 30
    assert len(lines) == 1 + 1920
    assert lines[1].startswith("0.0,0,1,")
    with pytest.raises(RangeError):
        trace_csv(simulate(weeks=1))
