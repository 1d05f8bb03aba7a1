"""The constants that make the reference person sit at 1, or at a stated mean."""

from collections.abc import Mapping

import numpy as np

from noctiflora.axis._cases import Case
from noctiflora.axis._expression import Value, evaluate
from noctiflora.axis._lanes import Lanes
from noctiflora.axis._model_file import load_model
from noctiflora.axis._person import parameter_matrix
from noctiflora.axis._run import advance_group, new_group
from noctiflora.axis._schedule import Schedule

RUN_DAYS = 60
MEAN_DAYS = 7
ROUNDS = 6
_MEANS = {"fref": "fer", "phref": "phi", "nfref": "nightfeed", "x1r": "x1", "x2r": "x2", "R0": "R", "pneed": "pS"}
"""Derived constant and the state or term whose reference mean it is."""
NAMES = (*_MEANS, "vBu", "u0", "qCAR")


def reference_constants(values: Mapping[str, float] | None = None) -> dict[str, float]:
    """Return the derived constants of a set of parameters.

    Seven-day means at the end of a 60-day reference run with the glands held; vBu is scaled
    until butyrate has its reference mean, u0 and qCAR together until cortisol has mean 1.
    Since the constants feed back into the run, this is repeated until they rest.

    Parameters
    ----------
    values : mapping of str to float, optional
        Parameters that differ from the model text.

    Returns
    -------
    dict of str to float
    """
    model = load_model()
    own = {p.name: p.value for p in model.parameters} | dict(values or {})
    for _ in range(ROUNDS):
        means = reference_means(own)
        own |= {name: means[what] for name, what in _MEANS.items()}
        own["vBu"] *= own["Bref"] / means["Bu"]
        own["u0"], own["qCAR"] = (own[n] * means["x3"] ** -1.5 for n in ("u0", "qCAR"))
    return {name: own[name] for name in NAMES}


def reference_means(values: Mapping[str, float]) -> dict[str, float]:
    """Return seven-day means of every state and term of the reference person, glands held."""
    model = load_model()
    held = dict(values) | {"aP": 0.0, "aA": 0.0}
    course = Case(schedule=Schedule()).course(0)
    group = new_group(nights=1, days=RUN_DAYS, sub=1)
    matrix = parameter_matrix([held])
    split = 2 * (RUN_DAYS - MEAN_DAYS)
    advance_group(group, matrix, [course], halves=(0, split), sub=1, first_night=0)
    advance_group(group, matrix, [course], halves=(split, 2 * RUN_DAYS), sub=1, first_night=0, trace=True)
    assert group.trace is not None
    points = group.trace[:, :-1, :, 0].reshape(-1, len(model.states))
    inputs = np.concatenate([course.tables[b].T for b in course.blocks[split : 2 * RUN_DAYS]])
    return _means(points, inputs, held)


def _means(points: Lanes, inputs: Lanes, held: Mapping[str, float]) -> dict[str, float]:
    model = load_model()
    named: dict[str, Value] = {"pi": float(np.pi)}
    named.update({p.name: held[p.name] for p in model.parameters})
    for constant in model.constants:
        named[constant.name] = evaluate(constant.formula, named)
    named.update({s.name: points[:, i] for i, s in enumerate(model.states)})
    named.update({s.name: inputs[:, i] for i, s in enumerate(model.inputs)})
    for term in model.algebra:
        named[term.name] = evaluate(term.formula, named)
    wanted = (*(s.name for s in model.states), *(t.name for t in model.algebra))
    return {name: float(np.mean(named[name])) for name in wanted}
