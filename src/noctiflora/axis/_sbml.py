"""The model as an SBML Level 3 Version 2 file, written as plain text."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import quoteattr

from noctiflora.axis._course import Phase, compile_course
from noctiflora.axis._intervention import Intervention
from noctiflora.axis._mathml import mathml
from noctiflora.axis._model import Model, Parameter, State
from noctiflora.axis._model_file import load_model
from noctiflora.axis._person import Person
from noctiflora.axis._schedule import Schedule

_SPACE = "urn:noctiflora:axis"
_CORE = "http://www.sbml.org/sbml/level3/version2/core"


def to_sbml(person: Person | None = None, schedule: Schedule | None = None) -> str:
    """Return the model as SBML Level 3 Version 2.

    States are parameters with rate rules, algebra is assignment rules, derived constants are
    initial assignments; units, ranges, status and sources stand in annotations. Inputs are
    constant parameters, since solvers stall on unsmoothed piecewise inputs: a driver sets
    them at the edges listed in the model's annotation and restarts the solver there.

    Parameters
    ----------
    person : Person, optional
        Whose parameters are written; default the reference.
    schedule : Schedule, optional
        Whose edges are listed, one cycle.

    Returns
    -------
    str
        XML text; the same arguments give the same text.

    References
    ----------
    SBML Level 3 Version 2 core: 10.1515/jib-2017-0081

    Examples
    --------
    >>> to_sbml().startswith("<?xml")
    True
    """
    model, own = load_model(), (person or Person()).values
    plan = schedule or Schedule()
    edges = input_edges(plan, days=len(plan.days))
    parts = ['<?xml version="1.0" encoding="UTF-8"?>']
    parts.append(f'<sbml xmlns="{_CORE}" level="3" version="2">')
    name = f"{model.name} {model.version}"
    parts.append(f'<model id="{model.name}" name={quoteattr(name)} timeUnits="hour" extentUnits="dimensionless">')
    parts.append(_edges_note(edges))
    parts.append(
        '<listOfUnitDefinitions><unitDefinition id="hour"><listOfUnits>'
        '<unit kind="second" exponent="1" scale="0" multiplier="3600"/>'
        "</listOfUnits></unitDefinition></listOfUnitDefinitions>"
    )
    parts += ["<listOfParameters>", *_parameters(model, own), "</listOfParameters>"]
    parts.append("<listOfInitialAssignments>")
    parts += [f'<initialAssignment symbol="{c.name}">{mathml(c.formula)}</initialAssignment>' for c in model.constants]
    parts += ["</listOfInitialAssignments>", "<listOfRules>"]
    parts += [f'<assignmentRule variable="{t.name}">{mathml(t.formula)}</assignmentRule>' for t in model.algebra]
    parts += [f'<rateRule variable="{s.name}">{mathml(s.rate)}</rateRule>' for s in model.states]
    parts += ["</listOfRules>", "</model>", "</sbml>", ""]
    return "\n".join(parts)


def _parameters(model: Model, own: Mapping[str, float]) -> list[str]:
    lines = []
    for p in model.parameters:
        lines.append(_parameter(p.name, own.get(p.name, p.value), p.meaning, constant=True, note=_about(p)))
    for i in model.inputs:
        note = f'<about unit={quoteattr(i.unit)} role="input"/>'
        lines.append(_parameter(i.name, i.value, i.meaning, constant=True, note=note))
    for c in model.constants:
        lines.append(_parameter(c.name, None, "derived constant", constant=True, note=""))
    for s in model.states:
        lines.append(_parameter(s.name, s.initial, s.meaning, constant=False, note=_about_state(s)))
    for t in model.algebra:
        lines.append(_parameter(t.name, None, t.meaning, constant=False, note=""))
    return lines


def _parameter(name: str, value: float | None, meaning: str, *, constant: bool, note: str) -> str:
    given = "" if value is None else f' value="{value!r}"'
    head = f'<parameter id="{name}" name={quoteattr(meaning)}{given} constant="{str(constant).lower()}"'
    if not note:
        return head + "/>"
    spaced = note.replace("<about ", f'<about xmlns="{_SPACE}" ', 1)
    return f"{head}><annotation>{spaced}</annotation></parameter>"


def _about(p: Parameter) -> str:
    source = f"{p.source.ref} ({p.source.note})" if p.source.note else p.source.ref
    return (
        f'<about unit={quoteattr(p.unit)} low="{p.low!r}" high="{p.high!r}" status="{p.status}" '
        f'module="{p.module}" source={quoteattr(source)}/>'
    )


def _about_state(s: State) -> str:
    return f'<about unit={quoteattr(s.unit)} low="{s.low!r}" high="{s.high!r}" module="{s.module}" role="state"/>'


def _edges_note(edges: list[tuple[float, Mapping[str, float]]]) -> str:
    rows = [
        f'<edge hour="{hour!r}" ' + " ".join(f'{name}="{value!r}"' for name, value in inputs.items()) + "/>"
        for hour, inputs in edges
    ]
    return f'<annotation><inputs xmlns="{_SPACE}">' + "".join(rows) + "</inputs></annotation>"


def input_edges(
    schedule: Schedule | None = None, *, interventions: Sequence[Intervention] = (), days: int = 1
) -> list[tuple[float, Mapping[str, float]]]:
    """Return the hours at which an input changes, with the inputs from there on.

    A driver of the SBML file sets these at each edge and restarts its solver.

    Parameters
    ----------
    schedule : Schedule, optional
        Default the reference.
    interventions : sequence of Intervention
        Their days count from the first day.
    days : int
        Length.

    Returns
    -------
    list of (float, mapping of str to float)
        Hours from midnight of the first day; the first is 0.

    Examples
    --------
    >>> [hour for hour, _ in input_edges()]
    [0.0, 7.0, 8.0, 8.5, 13.0, 13.5, 18.0, 19.0, 19.5, 23.0]
    """
    phases = (Phase(start_day=0.0, schedule=schedule or Schedule()),)
    course = compile_course(phases, tuple(interventions), first_day=0.0, days=days)
    names = [i.name for i in load_model().inputs]
    edges: list[tuple[float, Mapping[str, float]]] = []
    before = None
    for cell in range(240 * days):
        now = course.tables[course.blocks[cell // 120], :, cell % 120]
        if before is None or not (now == before).all():
            edges.append((cell / 10, {n: float(v) for n, v in zip(names, now, strict=True)}))
        before = now
    return edges
