"""Cohorts: independent of threads and company, and the worked example of the specification."""

import json

import numpy as np
import pytest

from noctiflora.axis._cohort import cohort, cohort_dict
from noctiflora.axis._intervention import Intervention, Kind
from noctiflora.axis._population import GENERAL
from noctiflora.axis._strain import Strain
from noctiflora.core import RangeError

SMALL = ("psqi", "tst_min")


def strain(potency: float) -> tuple[Intervention, ...]:
    return (Intervention(kind=Kind.LIVE_STRAIN, dose=1, end_day=56, strain=Strain(potency=potency)),)


@pytest.mark.parametrize("mode", ["mean", "sample"])
def test_threads_do_not_change_the_answer(mode: str) -> None:
    one, two = (cohort(40, weeks=1, figures=SMALL, seed=2, mode=mode, threads=n) for n in (1, 2))
    for name in SMALL:
        assert np.array_equal(one.weekly[name], two.weekly[name])


def test_the_first_people_of_a_larger_cohort_are_those_of_a_smaller() -> None:
    few, many = (cohort(n, weeks=1, figures=SMALL, seed=2) for n in (5, 20))
    assert np.array_equal(few.weekly["psqi"][:, :5], many.weekly["psqi"][:, :5])


@pytest.mark.parametrize(("people", "slack"), [(32, 0.12), pytest.param(150, 0.05, marks=pytest.mark.slow)])
def test_the_worked_example(people: int, slack: float) -> None:
    """Another draw moves the baseline by up to 0.6 and the differences by 0.03; the repairs added a little."""
    wider = (150 / people) ** 0.5
    potencies = (0.03, 0.07, 0.076, 0.15, 0.30)
    run = cohort(
        people, weeks=8, arms={"none": (), **{str(v): strain(v) for v in potencies}}, figures=("psqi",), seed=3
    )
    assert run.baseline["psqi"].mean() == pytest.approx(8.5, abs=0.6 * wider)
    assert run.baseline["psqi"].std() == pytest.approx(3.1, abs=0.4 * wider)
    change = (run.weekly["psqi"][1:] - run.weekly["psqi"][:1]).mean(axis=1)
    assert change[[0, 1, 3], -1] == pytest.approx([-0.19, -0.54, -1.22], abs=slack)
    assert change[4, -1] == pytest.approx(-2.45, abs=2 * slack)
    assert change[2, [0, 1, 3, 5, 7]] == pytest.approx([-0.11, -0.30, -0.48, -0.56, -0.59], abs=slack)


def test_progress_reaches_the_end() -> None:
    seen: list[tuple[int, int]] = []
    cohort(33, weeks=1, figures=("psqi",), population=GENERAL, progress=lambda done, all_: seen.append((done, all_)))
    assert seen == [(16, 33), (32, 33), (33, 33)]


@pytest.mark.parametrize(
    "wrong", [{"people": 0}, {"weeks": 0}, {"threads": 0}, {"figures": ("mood",)}, {"figures": ()}, {"people": 2.5}]
)
def test_impossible_cohorts_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(RangeError):
        cohort(**({"people": 3, "weeks": 1} | wrong))  # type: ignore[arg-type]


def test_plain_data() -> None:
    plain = json.loads(json.dumps(cohort_dict(cohort(4, weeks=2, figures=SMALL))))
    assert plain["people"] == 4
    assert len(plain["arms"]["no change"]["psqi"]) == 2
    assert set(plain["baseline"]["tst_min"]) == {"mean", "sd", "q25", "q50", "q75"}
    single = cohort_dict(cohort(1, weeks=1, figures=("psqi",)))
    assert single["baseline"]["psqi"]["sd"] is None  # type: ignore[index]
