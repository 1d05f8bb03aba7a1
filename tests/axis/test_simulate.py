"""The simulation's door: bad requests, status instead of NaN, sampled nights, lumped model."""

import datetime as dt
import json

import numpy as np
import pytest

from noctiflora.axis._intervention import Intervention, Kind, parse_intervention
from noctiflora.axis._person import Person
from noctiflora.axis._schedule import Schedule, regular
from noctiflora.axis._simulate import Status, check_run, compare, simulate, simulation_dict, stream_keys, warm
from noctiflora.axis._strain import Strain
from noctiflora.core import RangeError


@pytest.mark.parametrize("wrong", [{"weeks": 0}, {"weeks": 53}, {"seed": -1}, {"step_h": 0.2}, {"weeks": 1.5}])
def test_impossible_runs_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(RangeError):
        simulate(**wrong)  # type: ignore[arg-type]


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(ValueError, match="guess"):
        simulate(mode="guess", weeks=1)


def test_two_live_strains_at_once_are_refused() -> None:
    two = [
        Intervention(kind=Kind.LIVE_STRAIN, dose=1, strain=Strain(name=n, potency=0.1 * len(n))) for n in ("a", "bb")
    ]
    with pytest.raises(RangeError, match="told apart"):
        simulate(interventions=two, weeks=1)
    with pytest.raises(RangeError):
        check_run.__call__(object(), weeks=99, seed=0)  # type: ignore[arg-type]


def test_the_same_request_gives_the_same_answer() -> None:
    for mode in ("mean", "sample"):
        one, two = (simulate(weeks=1, mode=mode, seed=4) for _ in range(2))
        assert all(np.array_equal(one.nights[k], two.nights[k], equal_nan=True) for k in one.nights)
    assert not np.array_equal(simulate(weeks=1, mode="sample", seed=5).nights["tst_min"], one.nights["tst_min"])


def test_sampled_nights_scatter_about_the_mean_course() -> None:
    mean, drawn = simulate(weeks=12), simulate(weeks=12, mode="sample", seed=1)
    for name, scale in (("tst_min", 40.0), ("sol_min", 12.0)):
        error = scale / np.sqrt(84)
        assert abs(drawn.nights[name].mean() - mean.nights[name].mean()) < 4 * error + 0.02 * mean.nights[name].mean()
        assert drawn.nights[name].std() > 0.2 * scale
    assert np.all(drawn.nights["tst_min"] <= drawn.nights["tib_min"] + 40)


def test_a_run_that_leaves_its_range_says_so() -> None:
    odd = Person(values={"aM": 2e5}, allow_implausible=True)
    run = simulate(odd, weeks=1)
    assert run.status is Status.LEFT_RANGE
    assert "melatonin" in run.status_text
    assert np.all(np.isnan(run.nights["tst_min"]))
    plain = simulation_dict(run, first_date=dt.date(2026, 1, 1))
    nights = plain["nights"]
    assert isinstance(nights, list)
    assert nights[0]["tst_min"] is None
    assert "NaN" not in json.dumps(plain)
    assert run.warnings


def test_plain_data_holds_the_contract() -> None:
    plain = json.loads(json.dumps(simulation_dict(simulate(weeks=1), first_date=dt.date(2026, 1, 1))))
    assert plain["status"] == "done"
    assert plain["label"] == "hypothesis"
    assert len(plain["hypotheses"]) > 40
    assert [n["date"] for n in plain["nights"]][:2] == ["2026-01-02", "2026-01-03"]
    night = plain["nights"][0]
    for name in ("tst_min", "waso_min", "sol_min", "se_pct", "awakenings", "onset_h", "offset_h", "dlmo_h"):
        assert isinstance(night[name], float)
    assert 0 <= night["offset_h"] < 24


def test_a_trace_starts_at_midnight_of_the_first_day() -> None:
    run = simulate(weeks=1, trace=True)
    assert run.trace is not None
    assert run.trace.hour[0] == 0
    assert len(run.trace.hour) == 10 * 24 * 8
    assert run.trace.states["pS"][30] > 0.8, "asleep at 03:00"
    assert all(len(v) == len(run.trace.hour) for v in run.trace.inputs.values())
    assert (run.trace.inputs["Op"][30], run.trace.inputs["Lenv"][120]) == (1.0, 300.0)


def test_warming_up_leaves_nothing_behind() -> None:
    before = simulate(weeks=1).nights["tst_min"].copy()
    warm()
    assert np.array_equal(simulate(weeks=1).nights["tst_min"], before)


def test_the_lumped_model_keeps_one_route() -> None:
    strain = Intervention(kind=Kind.LIVE_STRAIN, dose=1, strain=Strain(potency=0.3))
    silent = Person(values={"gV": 0.0})
    with_strain, without = (simulate(silent, weeks=6, lumped=True, interventions=i) for i in ((strain,), ()))
    assert np.allclose(with_strain.nights["arousal"], without.nights["arousal"], atol=2e-3)
    acting = simulate(weeks=6, lumped=True, interventions=(strain,))
    assert acting.nights["arousal"][-1] < without.nights["arousal"][-1] - 0.1
    assert len(acting.hypotheses) < len(simulate(weeks=1).hypotheses)


def test_options_are_compared_with_no_change() -> None:
    runs = compare(
        Person(values={"A0": 0.45}),
        regular(bed_h=0.0, rise_h=8.0, stress=0.3),
        options={"earlier bed": [parse_intervention("bedtime:23")], "strain": [parse_intervention("live-strain:1")]},
        weeks=8,
    )
    assert list(runs) == ["no change", "earlier bed", "strain"]
    assert runs["strain"].nights["psqi"][-1] < runs["no change"].nights["psqi"][-1]
    with pytest.raises(RangeError):
        compare(options={str(i): () for i in range(16)})


def test_keys_depend_on_seed_and_person_only() -> None:
    assert stream_keys(1, [5, 6]).tolist() == [stream_keys(1, [5])[0], stream_keys(1, [6])[0]]
    assert len(set(stream_keys(1, range(50)).tolist())) == 50


def test_longest_run() -> None:
    run = simulate(Person(), Schedule(), weeks=52)
    assert run.status is Status.DONE
    assert run.nights["tst_min"].shape == (364,)
    assert np.all(np.isfinite(run.nights["psqi"]))
