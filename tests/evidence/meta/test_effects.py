"""Effect sizes equal those that metafor prints, and behave under exchange of the groups."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.evidence.meta import Measure
from noctiflora.evidence.meta._effects import from_counts, from_means, hedges
from tests.evidence.meta.tables import table


def test_ratios_of_means_of_the_strokes() -> None:
    found = table("normand1999", Measure.ROM)
    assert found.y == pytest.approx(
        [-0.3101, -0.0707, -0.6202, -0.7312, -0.2453, 0.0548, 0.2383, -0.3889, 0.2652], abs=6e-5
    )
    assert found.v == pytest.approx([0.0094, 0.0028, 0.0018, 0.0119, 0.0695, 0.0033, 0.0429, 0.0094, 0.0280], abs=6e-5)


def test_risk_differences_of_lidocaine() -> None:
    found = table("hine1989", Measure.RD)
    assert found.y == pytest.approx([0.0280, 0.0, 0.0197, 0.0180, 0.0353, 0.0440], abs=6e-5)
    assert found.v == pytest.approx([0.0018, 0.0038, 0.0008, 0.0011, 0.0008, 0.0006], abs=6e-5)


def test_the_correction_of_hedges_is_near_its_approximation() -> None:
    freedom = np.array([8.0, 18.0, 100.0])
    assert hedges(freedom) == pytest.approx(1 - 3 / (4 * freedom - 1), abs=6e-4)


counts = st.tuples(st.integers(0, 30), st.integers(31, 60), st.integers(0, 30), st.integers(31, 60))


@settings(deadline=None, max_examples=60)
@given(counts, st.sampled_from([Measure.OR, Measure.RR, Measure.RD]))
def test_exchanged_groups_change_the_sign(given_counts: tuple[int, int, int, int], measure: Measure) -> None:
    a, n, c, m = (np.array([float(x)]) for x in given_counts)
    one, two = from_counts(measure, (a, c), (n, m)), from_counts(measure, (c, a), (m, n))
    assert one.y[0] == pytest.approx(-two.y[0], abs=1e-12)
    assert one.v[0] == pytest.approx(two.v[0])
    assert one.v[0] > 0


def test_an_empty_cell_gets_a_half() -> None:
    found = from_counts(Measure.OR, (np.array([0.0]), np.array([2.0])), (np.array([10.0]), np.array([10.0])))
    assert found.y[0] == pytest.approx(np.log(0.5 * 8.5 / (10.5 * 2.5)))


@pytest.mark.parametrize("measure", [Measure.SMD, Measure.ROM])
def test_means_in_other_units_give_the_same(measure: Measure) -> None:
    def effect(factor: float) -> tuple[float, float]:
        pair = [np.array([x]) * factor for x in (55.0, 75.0, 47.0, 64.0)]
        sizes = (np.array([155.0]), np.array([156.0]))
        found = from_means(measure, (pair[0], pair[1]), (pair[2], pair[3]), sizes)
        return float(found.y[0]), float(found.v[0])

    assert effect(1.0) == pytest.approx(effect(60.0))


def test_every_measure_has_a_name() -> None:
    assert len({m.label for m in Measure}) == len(Measure)
    assert {m for m in Measure if m.from_counts} == {Measure.OR, Measure.RR, Measure.RD}
