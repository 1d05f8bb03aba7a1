"""The compiled engine against SciPy's solvers, and its random stream."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from noctiflora.axis import _engine, _kernel
from noctiflora.axis._cases import Case
from noctiflora.axis._lanes import LANES
from noctiflora.axis._model_file import load_model
from noctiflora.axis._person import parameter_matrix
from noctiflora.axis._run import advance_group, new_group
from tests.axis.strategies import numpy_slopes


def reference_solution(days: int) -> np.ndarray:
    """Solve with LSODA, restarted at each change of an input; states at noon of day `days`."""
    course = Case().course(days)
    model = load_model()
    w = np.zeros((_kernel.ROWS, 1))
    w[_kernel.PARAMETERS_AT : _kernel.PARAMETERS_AT + _kernel.PARAMETERS] = parameter_matrix([{}])
    y = np.array([s.initial for s in model.states])
    inputs = np.concatenate([course.tables[b] for b in course.blocks[: 2 * days + 1]], axis=1)
    edges = [0, *(np.flatnonzero(np.any(np.diff(inputs, axis=1) != 0, axis=0)) + 1), inputs.shape[1]]

    def slope(_: float, at: np.ndarray) -> np.ndarray:
        w[: len(y), 0] = at
        numpy_slopes(w)
        return w[_kernel.RATES_AT : _kernel.RATES_AT + len(y), 0].copy()

    for first, last in pairwise(edges):
        w[_kernel.INPUTS_AT : _kernel.INPUTS_AT + 8, 0] = inputs[:, first]
        y = solve_ivp(slope, (first / 10, last / 10), y, method="LSODA", rtol=1e-8, atol=1e-10).y[:, -1]
    return y


def run_to(days: int, sub: int) -> np.ndarray:
    group = new_group(nights=days, days=days + 1, sub=sub)
    advance_group(
        group, parameter_matrix([{}]), [Case().course(days)], halves=(0, 2 * days + 1), sub=sub, first_night=0
    )
    return group.states[:, 0]


def test_the_error_falls_with_the_step_towards_lsoda() -> None:
    exact = reference_solution(2)
    scale = np.maximum(np.abs(exact), 0.05)
    worst = [float(np.max(np.abs(run_to(2, sub) - exact) / scale)) for sub in (1, 2, 5)]
    assert worst[0] < 0.01, "production step: the worst state is within one per cent"
    assert worst[2] < 3e-4, "0.02 h"
    assert worst[2] < worst[1] < worst[0]


def test_random_numbers_are_even_and_differ_by_key() -> None:
    draws = np.array([[_engine._uniform(key, step) for step in range(4000)] for key in (1, 2, 2**61)])
    assert np.all((draws >= 0) & (draws < 1))
    assert np.allclose(draws.mean(axis=1), 0.5, atol=0.02)
    assert np.allclose(draws.var(axis=1), 1 / 12, atol=0.005)
    assert np.max(np.abs(np.corrcoef(draws) - np.eye(3))) < 0.06
    assert abs(np.corrcoef(draws[0, :-1], draws[0, 1:])[0, 1]) < 0.06


def test_a_wrong_digest_runs_nothing() -> None:
    """Code compiled from another model text must not answer."""
    model = load_model()
    w = np.zeros((_kernel.ROWS, LANES))
    before = w.copy()
    course = Case().course(0)
    _engine.advance(
        w.reshape(-1), course.tables.copy(), np.zeros((LANES, 4), np.int64), np.zeros((LANES, 4), np.int64),
        np.array([0, 1, 1, 0, _kernel.DIGEST + 1]), np.zeros(0, np.int64), np.zeros((len(model.states), 2)),
        np.zeros((2, 6, 121, LANES)), np.zeros((2, 120, LANES)), np.zeros((LANES, 1, 46)), np.zeros((LANES, 3)),
        np.full((LANES, 2), -1), np.zeros((1, 0, 0, 0)),
    )  # fmt: skip
    assert np.array_equal(w, before)


def test_a_wild_run_is_noticed_and_its_neighbour_is_not() -> None:
    group = new_group(nights=1, days=3, sub=1)
    course = Case().course(0)
    values = parameter_matrix([{}, {"aM": 1e7}])
    advance_group(group, values, [course, course], halves=(0, 6), sub=1, first_night=0)
    assert group.failed[0, 0] == -1
    assert load_model().states[group.failed[1, 1]].name in {"Hp", "Hm"}
    assert np.all(np.isfinite(group.states[:, 0]))
    assert group.failed[1, 0] == pytest.approx(1, abs=1)
