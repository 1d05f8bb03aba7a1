"""A person as the model sees one: personal parameters within their plausible ranges."""

import difflib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

import numpy as np

from noctiflora.axis._expression import evaluate
from noctiflora.axis._lanes import Lanes
from noctiflora.axis._model import Parameter
from noctiflora.axis._model_file import load_model
from noctiflora.axis._reciprocal import reciprocals
from noctiflora.core import RangeError


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Parameters in which one person differs from the reference.

    Parameters
    ----------
    values : mapping of str to float
        Model parameters by name, such as ``{"A0": 0.45, "DAO": 0.5}``.
    label : str
        For reports.
    allow_implausible : bool
        Accept values outside the plausible range; each is then listed among the warnings.

    Raises
    ------
    RangeError
        If a name is unknown or a value lies outside its plausible range.

    Examples
    --------
    >>> Person(values={"A0": 0.45}).values["A0"]
    0.45
    """

    values: Mapping[str, float] = field(default_factory=dict)
    label: str = "reference"
    allow_implausible: bool = False

    def __post_init__(self) -> None:
        for name, value in self.values.items():
            known = parameter(name)
            if not isinstance(value, int | float) or not math.isfinite(value):
                raise RangeError("a parameter must be a number", where=f"parameter {name}", found=str(value))
            if not self.allow_implausible and not known.low <= value <= known.high:
                raise RangeError(
                    _outside(known), where=f"parameter {name}", found=f"{value:g}", do="use a value inside"
                )
        object.__setattr__(self, "values", MappingProxyType({k: float(v) for k, v in sorted(self.values.items())}))

    def __hash__(self) -> int:
        return hash((tuple(self.values.items()), self.label, self.allow_implausible))

    def warnings(self) -> tuple[str, ...]:
        """Return one sentence for each value outside its plausible range."""
        found = []
        for name, value in self.values.items():
            known = parameter(name)
            if not known.low <= value <= known.high:
                found.append(f"{name} = {value:g}: {_outside(known)}")
        return tuple(found)


def _outside(known: Parameter) -> str:
    return (
        f"the plausible range is {known.low:g} to {known.high:g}{'' if known.unit == '1' else f' {known.unit}'}"
        f" ({known.meaning}; {known.source.ref}: {known.source.note})"
    )


def parameter(name: str) -> Parameter:
    """Return a parameter of the model by name.

    Raises
    ------
    RangeError
        If there is none; the nearest names are suggested.

    Examples
    --------
    >>> parameter("DAO").high
    1.6
    """
    known = load_model().parameter_by_name
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    derived = {c.name: c.text for c in load_model().constants}
    if name in derived:
        raise RangeError("this constant is derived and cannot be set", where=name, do=f"it is {derived[name]}")
    raise RangeError(
        "unknown parameter",
        where="parameter",
        found=name,
        do=f"did you mean {', '.join(near)}?" if near else "see the parameter table of the manual",
    )


@cache
def _defaults() -> tuple[float, ...]:
    return tuple(p.value for p in load_model().parameters)


@cache
def _inverted() -> tuple[str, ...]:
    """Return the parameters that the model divides by; found once, because the search walks every formula."""
    return tuple(reciprocals(load_model()))


def parameter_matrix(people: Sequence[Mapping[str, float]]) -> Lanes:
    """Return parameters, derived constants and reciprocals of many people, one column each.

    Parameters
    ----------
    people : sequence of mapping of str to float
        Each person's own values; the rest is the reference.

    Returns
    -------
    array (parameters + constants + reciprocals, people)
    """
    model = load_model()
    values = np.repeat(np.array(_defaults())[:, None], len(people), axis=1)
    index = model.parameter_index
    for column, own in enumerate(people):
        for name, value in own.items():
            values[index[name], column] = value
    return with_constants(values)


def with_constants(values: Lanes) -> Lanes:
    """Return the parameter rows with the derived constants and the reciprocals below them."""
    model = load_model()
    named: dict[str, float | Lanes] = {p.name: values[i] for i, p in enumerate(model.parameters)}
    named["pi"] = math.pi
    rows = []
    for term in model.constants:
        named[term.name] = evaluate(term.formula, named)
        rows.append(named[term.name])
    whole = np.vstack([values[: len(model.parameters)], *np.broadcast_arrays(*rows, values[0])[:-1]])
    with np.errstate(divide="ignore"):
        inverted = [1.0 / whole[model.parameter_index[name]] for name in _inverted()]
    return np.vstack([whole, *inverted])
