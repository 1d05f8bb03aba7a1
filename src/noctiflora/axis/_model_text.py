"""Reading of the model text into records, with the line named in every refusal."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from noctiflora.axis._expression import CALLS, Node, names_in, parse_expression
from noctiflora.axis._model import Input, Model, Module, Parameter, State, Status, Term
from noctiflora.core import FormatError, Source

SECTIONS = ("sources", "inputs", "parameters", "constants", "states", "algebra", "rates")
RESERVED = frozenset((*CALLS, "pi", "t"))
"""Names with a meaning of their own: the functions, the circle number, the time in hours."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}", re.ASCII)
_HEAD = re.compile(r"model ([a-z_]{1,40}) (\d+\.\d+)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One line of a section: its place, name, value and further columns."""

    where: str
    name: str
    value: str
    columns: tuple[str, ...]
    module: tuple[str, ...]


def parse_model(text: str, *, where: str) -> Model:
    """Read a model text.

    Parameters
    ----------
    text : str
        The whole text; its first lines say how it is written.
    where : str
        Its name, for messages.

    Returns
    -------
    Model

    Raises
    ------
    FormatError
        If a line is not understood, a name is unknown or used twice, or a rate is missing.
    """
    head, lines = _split(text, where)
    sources = {line.name: _source(line) for line in lines["sources"]}
    inputs = tuple(_input(line) for line in lines["inputs"])
    parameters = tuple(_parameter(line, sources) for line in lines["parameters"])
    known = {p.name for p in parameters} | {"pi"}
    constants = _terms(lines["constants"], known)
    rates = {line.name: line for line in lines["rates"]}
    known |= {i.name for i in inputs} | {line.name for line in lines["states"]}
    algebra = _terms(lines["algebra"], known)
    states = tuple(_state(line, rates, known) for line in lines["states"])
    _all_different([*inputs, *parameters, *constants, *states, *algebra], where)
    if len(rates) != len(states):
        raise FormatError("a rate belongs to no state", where=where, do="name each state once under [rates]")
    modules = _modules(lines["states"], known)
    return Model(
        name=head[0],
        version=head[1],
        inputs=inputs,
        parameters=parameters,
        constants=constants,
        states=states,
        algebra=algebra,
        modules=modules,
    )


def _split(text: str, where: str) -> tuple[tuple[str, str], Mapping[str, list[_Line]]]:
    """Return name and version, and the lines of each section."""
    found: dict[str, list[_Line]] = {s: [] for s in SECTIONS}
    section, head = "", ("", "")
    module: tuple[str, ...] = ("",)
    for number, raw in enumerate(text.splitlines(), start=1):
        line, place = raw.partition("#")[0].strip(), f"{where}, line {number}"
        if not line:
            continue
        if line.startswith("["):
            section, module = line.strip("[]"), ("",)
            if section not in found:
                raise FormatError("unknown section", where=place, found=section, do=f"use one of {', '.join(SECTIONS)}")
        elif line.startswith("module "):
            module = tuple(c.strip() for c in line[7:].split("|"))
        elif not section:
            match = _HEAD.fullmatch(line)
            if match is None:
                raise FormatError("the text must begin with 'model NAME 0.1'", where=place, found=line)
            head = (match[1], match[2])
        else:
            found[section].append(_line(line, module, place))
    if not head[0]:
        raise FormatError("the model has no name", where=where, do="begin with a line such as 'model axis 0.1'")
    return head, found


def _line(line: str, module: tuple[str, ...], where: str) -> _Line:
    name, equal, rest = line.partition("=")
    columns = tuple(c.strip() for c in rest.split("|"))
    if not equal or not _NAME.fullmatch(name.strip()) or not columns[0]:
        raise FormatError("a line reads 'name = value | column | ...'", where=where, found=line)
    if name.strip() in RESERVED:
        raise FormatError("this name has a meaning of its own", where=where, found=name.strip(), do="rename it")
    return _Line(where=where, name=name.strip(), value=columns[0], columns=columns[1:], module=module)


def _source(line: _Line) -> Source:
    return Source(ref=line.value, note=_column(line, 0))


def _column(line: _Line, at: int) -> str:
    if at >= len(line.columns) or not line.columns[at]:
        raise FormatError(f"column {at + 2} is missing", where=line.where, found=line.name)
    return line.columns[at]


def _number(text: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise FormatError("a number was expected", where=where, found=text)
    return value


def _range(text: str, where: str) -> tuple[float, float]:
    low, dots, high = text.partition("..")
    if not dots:
        raise FormatError("a range reads 'low .. high'", where=where, found=text)
    ends = _number(low, where), _number(high, where)
    if ends[0] > ends[1]:
        raise FormatError("the range is upside down", where=where, found=text)
    return ends


def _status(text: str, where: str) -> Status:
    try:
        return Status(text)
    except ValueError:
        raise FormatError("unknown status", where=where, found=text, do=f"use one of {', '.join(Status)}") from None


def _input(line: _Line) -> Input:
    value = _number(line.value, line.where)
    return Input(name=line.name, value=value, unit=_column(line, 0), meaning=_column(line, 1))


def _parameter(line: _Line, sources: Mapping[str, Source]) -> Parameter:
    low, high = _range(_column(line, 1), line.where)
    value, key = _number(line.value, line.where), _column(line, 3)
    if key not in sources:
        raise FormatError("unknown source", where=line.where, found=key, do="add it under [sources]")
    if not low <= value <= high:
        raise FormatError("the value lies outside its own range", where=line.where, found=line.value)
    return Parameter(
        name=line.name,
        value=value,
        unit=_column(line, 0),
        low=low,
        high=high,
        status=_status(_column(line, 2), line.where),
        source=sources[key],
        module=line.module[0],
        meaning=_column(line, 4),
    )


def _formula(text: str, known: Iterable[str], where: str) -> Node:
    tree = parse_expression(text, where=where)
    unknown = sorted(names_in(tree) - frozenset(known))
    if unknown:
        raise FormatError("unknown name in a formula", where=where, found=unknown[0], do="define it above this line")
    return tree


def _terms(lines: Iterable[_Line], known: set[str]) -> tuple[Term, ...]:
    """Read terms in order; each may use those before it, and is added to `known`."""
    terms = []
    for line in lines:
        formula = _formula(line.value, known, line.where)
        meaning = line.columns[0] if line.columns else ""
        terms.append(Term(name=line.name, formula=formula, text=line.value, meaning=meaning))
        known.add(line.name)
    return tuple(terms)


def _state(line: _Line, rates: Mapping[str, _Line], known: set[str]) -> State:
    if line.name not in rates:
        raise FormatError("a state has no rate", where=line.where, found=line.name, do="add it under [rates]")
    rate = rates[line.name]
    low, high = _range(_column(line, 1), line.where)
    return State(
        name=line.name,
        initial=_number(line.value, line.where),
        unit=_column(line, 0),
        low=low,
        high=high,
        module=line.module[0],
        meaning=_column(line, 2),
        rate=_formula(rate.value, known, rate.where),
        rate_text=rate.value,
    )


def _modules(lines: Iterable[_Line], known: set[str]) -> tuple[Module, ...]:
    modules: dict[str, Module] = {}
    for line in lines:
        if line.module[0] in modules:
            continue
        if len(line.module) != 3:
            raise FormatError("a module reads 'module NAME | STATUS | HELD = VALUE, ...'", where=line.where)
        holds = [_line(part, line.module, line.where) for part in line.module[2].split(",")]
        terms = tuple(
            Term(name=h.name, formula=_formula(h.value, known | {"t"}, h.where), text=h.value, meaning="")
            for h in holds
        )
        modules[line.module[0]] = Module(name=line.module[0], status=_status(line.module[1], line.where), holds=terms)
    return tuple(modules.values())


def _all_different(items: Iterable[Input | Parameter | State | Term], where: str) -> None:
    seen: set[str] = set()
    for item in items:
        if item.name in seen:
            raise FormatError("a name is used twice", where=where, found=item.name, do="rename one of them")
        seen.add(item.name)
