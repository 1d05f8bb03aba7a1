"""Groups of people: the step is checked, people do not depend on their company."""

import numpy as np
import pytest

from noctiflora.axis._cases import Case
from noctiflora.axis._person import parameter_matrix
from noctiflora.axis._run import advance_group, new_group, substeps
from noctiflora.axis._schedule import regular
from noctiflora.core import RangeError


@pytest.mark.parametrize("step", [0.2, 0.15, 0.0, -0.1, float("nan"), 0.03])
def test_other_steps_are_refused(step: float) -> None:
    with pytest.raises(RangeError):
        substeps(step)


def test_spans_can_be_joined() -> None:
    course, values = Case().course(0), parameter_matrix([{}])
    whole, parts = (new_group(nights=3, days=4, sub=1) for _ in range(2))
    advance_group(whole, values, [course], halves=(0, 8), sub=1, first_night=0)
    for first, last in ((0, 3), (3, 4), (4, 8)):
        advance_group(parts, values, [course], halves=(first, last), sub=1, first_night=0)
    assert np.array_equal(whole.states, parts.states)
    assert np.array_equal(whole.nights, parts.nights, equal_nan=True)
    assert np.array_equal(whole.marker, parts.marker, equal_nan=True)


def test_company_and_place_do_not_matter() -> None:
    people = [{"A0": 0.05 * i} for i in range(16)]
    courses = [Case(schedule=regular(bed_h=22.0 + 0.1 * i)).course(0) for i in range(16)]
    crowd = new_group(nights=3, days=4, sub=1)
    advance_group(crowd, parameter_matrix(people), courses, halves=(0, 8), sub=1, first_night=0)
    for who in (0, 7, 15):
        alone = new_group(nights=3, days=4, sub=1)
        advance_group(alone, parameter_matrix([people[who]]), [courses[who]], halves=(0, 8), sub=1, first_night=0)
        assert np.array_equal(alone.nights[0], crowd.nights[who], equal_nan=True)


def test_a_trace_holds_each_cell() -> None:
    group = new_group(nights=1, days=2, sub=2)
    advance_group(group, parameter_matrix([{}]), [Case().course(0)], halves=(0, 3), sub=2, first_night=0, trace=True)
    assert group.trace is not None
    assert group.trace.shape == (3, 121, 30, 16)
    assert np.array_equal(group.trace[0, -1], group.trace[1, 0])
    assert np.array_equal(group.trace[-1, -1], group.states)
