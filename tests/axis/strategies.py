"""What the axis tests share: made-up formulas, people and the NumPy reading of the kernel."""

from pathlib import Path
from types import FunctionType

import numpy as np
from hypothesis import strategies as st

from noctiflora.axis import _kernel
from noctiflora.axis._lanes import Lanes
from noctiflora.axis._model_file import load_model
from noctiflora.axis._person import parameter_matrix

ROOT = Path(__file__).parents[2]
NAMES = ("a", "b", "c")


def formulas() -> st.SearchStrategy[str]:
    """Return formulas over a, b, c that are defined for values between 0.5 and 2."""
    leaf = st.one_of(st.sampled_from(NAMES), st.floats(0.5, 2.0).map(lambda x: f"{x:.3f}"))

    def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        pair = st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]}){t[1]}({t[2]})")
        over = st.tuples(inner, inner).map(lambda t: f"({t[0]})/(3+pos({t[1]}))")
        call = st.tuples(st.sampled_from(("sig", "pos", "cos", "sin")), inner).map(lambda t: f"{t[0]}({t[1]})")
        bare = st.tuples(inner, st.sampled_from("+-*"), leaf).map(lambda t: f"{t[0]}{t[1]}{t[2]}")
        return st.one_of(pair, over, call, bare, inner.map(lambda x: f"-({x})"))

    return st.recursive(leaf, grow, max_leaves=8)


def sig(x: Lanes) -> Lanes:
    """Return the logistic function, in NumPy."""
    return 1.0 / (1.0 + np.exp(-np.clip(x, -700, 700)))


ARRAY_NAMES = {
    "L": 1,
    "exp": lambda x: np.exp(np.clip(x, -700, 700)),
    "cos": np.cos,
    "sin": np.sin,
    "sqrt": np.sqrt,
    "sig": sig,
    "pos": lambda x: np.maximum(x, 0.0),
}


def numpy_slopes(w: Lanes) -> None:
    """Run the committed kernel file as array code: `w` is (rows, people)."""
    for compiled in (_kernel.terms, _kernel.rates):
        FunctionType(compiled.py_func.__code__, dict(ARRAY_NAMES))(0, w)


def workspace(states: Lanes, inputs: Lanes, people: list[dict[str, float]]) -> Lanes:
    """Return a filled workspace (rows, people)."""
    w = np.zeros((_kernel.ROWS, states.shape[1]))
    w[: len(states)] = states
    w[_kernel.INPUTS_AT : _kernel.INPUTS_AT + _kernel.INPUTS] = inputs
    w[_kernel.PARAMETERS_AT : _kernel.PARAMETERS_AT + _kernel.PARAMETERS] = parameter_matrix(people)
    return w


def some_states(rng: np.random.Generator, people: int) -> Lanes:
    """Return states scattered about the initial values."""
    model = load_model()
    start = np.array([s.initial if s.initial else 0.2 for s in model.states])
    return start[:, None] * rng.uniform(0.6, 1.4, size=(len(start), people))


def some_inputs(rng: np.random.Generator, people: int) -> Lanes:
    """Return inputs within what a schedule can give."""
    most = np.array([400.0, 1.0, 0.8, 16.0, 20.0, 1.0, 2.4, 1.0])
    return most[:, None] * rng.uniform(0, 1, size=(8, people))
