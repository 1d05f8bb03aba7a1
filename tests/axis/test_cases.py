"""Groups of cases: burn-ins can be shared, changes come when they should."""

import numpy as np

from noctiflora.axis._cases import Case, burn_in, chunks, run_cases
from noctiflora.axis._intervention import Intervention, Kind


def test_a_shared_burn_in_gives_the_same_nights() -> None:
    case = Case(interventions=(Intervention(kind=Kind.PHGG, dose=5),))
    start = burn_in([Case()])
    before = start.states.copy()
    shared, own = run_cases([case], days=3, start=start), run_cases([case], days=3)
    for name, values in own.figures.items():
        assert np.array_equal(values, shared.figures[name], equal_nan=True), name
    assert np.array_equal(start.states, before), "a burn-in may be used again"


def test_nothing_changes_before_it_is_told_to() -> None:
    cases = [
        Case(),
        Case(later={"DAO": 0.4}),
        Case(interventions=(Intervention(kind=Kind.STRESS, dose=1, start_day=2),)),
    ]
    tst = run_cases(cases, days=4).figures["tst_min"]
    assert np.allclose(tst[:, :7], tst[0, :7])
    assert tst[1, 7] < tst[0, 7] - 1
    assert np.isclose(tst[2, 7], tst[0, 7])
    assert tst[2, 10] < tst[0, 10]


def test_every_night_is_written() -> None:
    outcome = run_cases([Case()], days=5)
    assert outcome.figures["tst_min"].shape == (1, 12)
    assert all(np.all(np.isfinite(v)) for v in outcome.figures.values())


def test_chunks_cover_everyone_once() -> None:
    assert [i for r in chunks(37) for i in r] == list(range(37))
