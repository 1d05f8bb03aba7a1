"""One module of the model on its own, the others held at the reference."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from noctiflora.axis._cases import Case
from noctiflora.axis._expression import Node, Value, evaluate, names_in
from noctiflora.axis._lanes import Lanes
from noctiflora.axis._model import Model, State
from noctiflora.axis._model_file import load_model
from noctiflora.axis._run import STEP_H
from noctiflora.axis._schedule import Schedule
from noctiflora.core import RangeError


def run_alone(
    module: str, *, days: int, scale: Sequence[float] = (1.0,), schedule: Schedule | None = None
) -> Mapping[str, Lanes]:
    """Run one module with what it reads held as the model text says.

    The formulas are read from the text, step by step, so that this shares nothing with the
    compiled engine but the parser.

    Parameters
    ----------
    module : str
        Name of a module.
    days : int
        Length, days.
    scale : sequence of float
        The module's states start at these multiples of their initial values, one run each.
    schedule : Schedule, optional
        Inputs; default the reference.

    Returns
    -------
    mapping of str to array (points, runs)
        Each state of the module, every 0.1 h.

    Raises
    ------
    RangeError
        If there is no such module.

    Examples
    --------
    >>> gap = run_alone("barrier_immune", days=30, scale=(1.0, 1.5))["Pm"]
    >>> bool(abs(gap[-1, 1] - gap[-1, 0]) < 1e-3)
    True
    """
    model = load_model()
    found = [m for m in model.modules if m.name == module]
    if not found:
        known = ", ".join(m.name for m in model.modules)
        raise RangeError("unknown module", where="module", found=module, do=f"use one of {known}")
    states = [s for s in model.states if s.module == module]
    holds = {h.name: h.formula for h in found[0].holds}
    terms = _needed(model, states, holds)
    fixed = _fixed(model)
    course = Case(schedule=schedule or Schedule()).course(days)
    y = np.array([[s.initial * k for k in scale] for s in states])
    out = np.empty((240 * days + 1, *y.shape))
    out[0] = y
    for step in range(240 * days):
        inputs = course.tables[course.blocks[step // 120], :, step % 120]
        given: dict[str, Value] = {**fixed, **{i.name: float(inputs[k]) for k, i in enumerate(model.inputs)}}
        y = _step(y, step * STEP_H, states, terms, holds, given)
        out[step + 1] = y
    return {s.name: out[:, i] for i, s in enumerate(states)}


def _fixed(model: Model) -> dict[str, Value]:
    """Return parameters, constants and the other modules' initial states."""
    values: dict[str, Value] = {"pi": math.pi}
    values.update({p.name: p.value for p in model.parameters})
    for term in model.constants:
        values[term.name] = evaluate(term.formula, values)
    return values | {s.name: s.initial for s in model.states}


def _needed(model: Model, states: Sequence[State], holds: Mapping[str, Node]) -> list[tuple[str, Node]]:
    """Return the algebraic terms that the states read, in order, without those held."""
    wanted = set().union(*(names_in(s.rate) for s in states))
    kept: list[tuple[str, Node]] = []
    for term in reversed(model.algebra):
        if term.name in wanted and term.name not in holds:
            kept.append((term.name, term.formula))
            wanted |= names_in(term.formula)
    return kept[::-1]


def _step(
    y: Lanes,
    t: float,
    states: Sequence[State],
    terms: Sequence[tuple[str, Node]],
    holds: Mapping[str, Node],
    given: Mapping[str, Value],
) -> Lanes:
    """Take one classical Runge-Kutta step."""

    def slope(at: Lanes, hour: float) -> Lanes:
        values: dict[str, Value] = {**given, "t": hour}
        values.update({s.name: at[i] for i, s in enumerate(states)})
        for name, formula in holds.items():
            values[name] = evaluate(formula, values)
        for name, formula in terms:
            values[name] = evaluate(formula, values)
        return np.array([np.broadcast_to(evaluate(s.rate, values), at[0].shape) for s in states])

    h = STEP_H
    k1 = slope(y, t)
    k2 = slope(y + h / 2 * k1, t + h / 2)
    k3 = slope(y + h / 2 * k2, t + h / 2)
    k4 = slope(y + h * k3, t + h)
    return np.asarray(y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4), dtype=np.float64)
