"""The generated equations: compiled, as NumPy code and read from the text they agree."""

import math

import numpy as np
import pytest

from noctiflora.axis import _engine, _kernel
from noctiflora.axis._expression import evaluate
from noctiflora.axis._lanes import LANES
from noctiflora.axis._model_file import load_model
from tests.axis.strategies import numpy_slopes, some_inputs, some_states, workspace

PEOPLE = [{}, {"A0": 0.5}, {"DAO": 0.5, "gas": 2.0}, {"tau": 24.1}] * (LANES // 4)


@pytest.fixture
def filled() -> np.ndarray:
    rng = np.random.default_rng(1)
    return workspace(some_states(rng, LANES), some_inputs(rng, LANES), PEOPLE)


def test_compiled_and_numpy_agree(filled: np.ndarray) -> None:
    plain = filled.copy()
    numpy_slopes(plain)
    flat = filled.copy().reshape(-1)
    _engine._slopes(flat)
    assert np.allclose(flat.reshape(plain.shape), plain, rtol=1e-12, atol=1e-13)


def test_the_text_itself_gives_the_same_rates(filled: np.ndarray) -> None:
    """The oracle walks the tree of each formula; it shares only the parser with the generator."""
    model = load_model()
    numpy_slopes(filled)
    values: dict[str, object] = {"pi": math.pi}
    values |= {s.name: filled[i] for s, i in zip(model.states, range(len(model.states)), strict=True)}
    values |= {s.name: filled[_kernel.INPUTS_AT + i] for i, s in enumerate(model.inputs)}
    people = [{p.name: p.value for p in model.parameters} | own for own in PEOPLE]
    values |= {p.name: np.array([one[p.name] for one in people]) for p in model.parameters}
    for term in (*model.constants, *model.algebra):
        values[term.name] = evaluate(term.formula, values)
    for i, state in enumerate(model.states):
        assert np.allclose(evaluate(state.rate, values), filled[_kernel.RATES_AT + i], rtol=1e-11, atol=1e-12), (
            state.name
        )


def test_a_lane_does_not_touch_its_neighbours(filled: np.ndarray) -> None:
    one, two = filled.copy(), filled.copy()
    two[:, 3] *= 1.01
    for w in (one, two):
        _engine._slopes(w.reshape(-1))
    others = [b for b in range(LANES) if b != 3]
    assert np.array_equal(one[:, others], two[:, others])
    assert not np.array_equal(one[:, 3], two[:, 3])
