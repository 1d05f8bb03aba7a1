"""A few people night by night: the same as one run alone, and the last day as the trace has it."""

import numpy as np
import pytest

from noctiflora.axis._ensemble import DAY_HOURS, begin, follow
from noctiflora.axis._intervention import Intervention, Kind
from noctiflora.axis._person import Person
from noctiflora.axis._population import COMPLAINT, Drawn, draw_person
from noctiflora.axis._schedule import Schedule
from noctiflora.axis._simulate import simulate
from noctiflora.core import RangeError

ALONE = Person(values={"A0": 0.3, "Fmean": 220.0})
ONE = Drawn(values=ALONE.values, stress=None, schedule=Schedule())
DIM = (Intervention(kind=Kind.EVENING_LIGHT, dose=60.0),)


def test_company_changes_nobodys_nights() -> None:
    others = [draw_person(COMPLAINT, seed=0, index=i) for i in range(17)]
    found = follow(begin([*others, ONE]), {"now": [()] * 18, "dim": [DIM] * 18}, weeks=2)
    alone = simulate(ALONE, interventions=DIM, weeks=2)
    for name in ("tst_min", "psqi", "dlmo_h", "butyrate_guild"):
        assert np.allclose(found.nights[name][1, 17], alone.nights[name], rtol=1e-9)
        assert np.allclose(found.baseline[name][17], alone.baseline[name], rtol=1e-9)


def test_the_last_day_is_that_of_the_trace() -> None:
    found = follow(begin([ONE]), {"dim": [DIM]}, weeks=2, day=True)
    trace = simulate(ALONE, interventions=DIM, weeks=2, trace=True).trace
    assert found.day is not None
    assert trace is not None
    wanted = (trace.hour >= 24 * 13 + 12 - 1e-6) & (trace.hour < 24 * 14 + 12 - 1e-6)
    assert np.allclose(found.day["pS"][0, 0, :-1], trace.states["pS"][wanted], atol=1e-12)
    assert np.allclose(found.day["x3"][0, 0, :-1], 220.0 * trace.states["x3"][wanted])
    assert np.allclose(found.day["Lenv"][0, 0, :-1], trace.inputs["Lenv"][wanted])
    assert (DAY_HOURS[0], DAY_HOURS[-1], len(DAY_HOURS)) == (12.0, 36.0, 241)


def test_each_person_may_do_something_else() -> None:
    found = follow(begin([ONE, ONE]), {"mixed": [(), DIM]}, weeks=1, figures=("dlmo_h",))
    assert found.nights["dlmo_h"][0, 1, -1] < found.nights["dlmo_h"][0, 0, -1] - 0.5


def test_a_burn_in_serves_many_times() -> None:
    begun = begin([ONE])
    first = follow(begun, {"dim": [DIM]}, weeks=1, figures=("tst_min",)).nights["tst_min"]
    assert np.array_equal(first, follow(begun, {"dim": [DIM]}, weeks=1, figures=("tst_min",)).nights["tst_min"])


@pytest.mark.parametrize(("arms", "weeks"), [({}, 1), ({"x": [()]}, 1), ({"x": [(), ()]}, 0), ({"x": [(), ()]}, 53)])
def test_what_cannot_be_followed_is_refused(arms: dict[str, list[tuple[()]]], weeks: int) -> None:
    with pytest.raises(RangeError):
        follow(begin([ONE, ONE]), arms, weeks=weeks)


def test_nobody_cannot_begin() -> None:
    with pytest.raises(RangeError):
        begin([])
