"""The model as records: inputs, parameters, constants, states, algebra, modules."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from noctiflora.axis._expression import Node
from noctiflora.core import Source


class Status(StrEnum):
    """On what a number or an equation rests."""

    PUBLISHED = "published"
    PUBLISHED_DERIVED = "published-derived"
    FITTED = "fitted"
    DERIVED = "derived"
    ASSUMED = "assumed"
    HYPOTHESIS = "hypothesis"
    KNOB = "knob"
    CALIBRATE = "calibrate"
    NUMERICAL = "numerical"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A function of time given from outside, constant between the edges of a schedule."""

    name: str
    value: float
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One number of the model with its unit, plausible range and source."""

    name: str
    value: float
    unit: str
    low: float
    high: float
    status: Status
    source: Source
    module: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One state with its rate of change per hour and the range outside which a solve has failed."""

    name: str
    initial: float
    unit: str
    low: float
    high: float
    module: str
    meaning: str
    rate: Node
    rate_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One algebraic term or derived constant."""

    name: str
    formula: Node
    text: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A block of states that can run alone, and what is held while it does."""

    name: str
    status: Status
    holds: tuple[Term, ...]


@dataclass(frozen=True, kw_only=True)
class Model:
    """The whole model, in the order of its text.

    Derived constants are functions of parameters only; algebra is in order of evaluation.
    """

    name: str
    version: str
    inputs: tuple[Input, ...]
    parameters: tuple[Parameter, ...]
    constants: tuple[Term, ...]
    states: tuple[State, ...]
    algebra: tuple[Term, ...]
    modules: tuple[Module, ...]

    @cached_property
    def state_index(self) -> Mapping[str, int]:
        """Place of each state in the state vector."""
        return {s.name: i for i, s in enumerate(self.states)}

    @cached_property
    def input_index(self) -> Mapping[str, int]:
        """Place of each input in the input vector."""
        return {s.name: i for i, s in enumerate(self.inputs)}

    @cached_property
    def parameter_index(self) -> Mapping[str, int]:
        """Place of each parameter and derived constant in the kernel's parameter vector."""
        named = [p.name for p in self.parameters] + [c.name for c in self.constants]
        return {name: i for i, name in enumerate(named)}

    @cached_property
    def parameter_by_name(self) -> Mapping[str, Parameter]:
        """Each parameter under its name."""
        return {p.name: p for p in self.parameters}

    @cached_property
    def hypotheses(self) -> tuple[str, ...]:
        """Names of the parameters that are hypotheses."""
        return tuple(p.name for p in self.parameters if p.status is Status.HYPOTHESIS)
