"""Findings, gates and options as a report lists them: nulls beside benefits."""

from collections.abc import Sequence
from dataclasses import dataclass

from noctiflora.plan import Door, Finding, GateReport, Group, Option, Scope
from noctiflora.report._effect import Measure
from noctiflora.report._mixture import of_predictive
from noctiflora.report._words import of_100
from noctiflora.report.chart import Figure, option_figure, option_intervals

CERTAINTY = ("not graded", "Very low", "Low", "Moderate", "High")
"""Names of the petals, 0 to 4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """One group of findings, empty ones included."""

    heading: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeState:
    """How one kind of thing to try stands, and why."""

    name: str
    word: str
    mark: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionCard:
    """One option with its chance and its drawing; empty and None where no number exists."""

    option: Option
    chance: str
    range: str
    figure: Figure | None


def finding_groups(findings: Sequence[Finding]) -> tuple[FindingGroup, ...]:
    """Return findings by group, in the order of `Group`."""
    return tuple(
        FindingGroup(
            heading=f"{group.value[:1].upper()}{group.value[1:]}",
            findings=tuple(f for f in findings if f.group is group),
        )
        for group in Group
    )


def scope_states(gates: GateReport) -> tuple[ScopeState, ...]:
    """Return every scope with its door and the reasons for it."""
    return tuple(_scope(gates, scope) for scope in Scope)


_WORDS = {Door.OPEN: ("Open", "good"), Door.CLINICIAN: ("See a clinician first", ""), Door.CLOSED: ("Closed", "bad")}


def _scope(gates: GateReport, scope: Scope) -> ScopeState:
    door = gates.doors.get(scope, Door.CLOSED)
    fired = [s for s in gates.states if s.message and s.doors.get(scope, Door.OPEN) is not Door.OPEN]
    reasons = list(dict.fromkeys(s.message for s in fired))
    open_questions = [s for s in gates.states if s.reply is None and s.gate_id in gates.unanswered and scope in s.doors]
    if door is not Door.OPEN and open_questions:
        n = len(open_questions)
        reasons.append(f"{n} safety {'question is' if n == 1 else 'questions are'} not answered yet.")
    if door is Door.OPEN:
        reasons = ["Nothing you answered stands in the way."]
    elif not reasons:
        reasons = ["A safety rule asks for it."]
    word, mark = _WORDS[door]
    return ScopeState(name=f"{scope.value[:1].upper()}{scope.value[1:]}", word=word, mark=mark, reasons=tuple(reasons))


def option_cards(options: Sequence[Option], measure: Measure, useful: float | None) -> tuple[OptionCard, ...]:
    """Return the cards of options that are not closed, in the order given, on one axis."""
    shown = [o for o in options if o.door is not Door.CLOSED]
    drawn = [o for o in shown if o.effect is not None and o.effect.outcome == measure.outcome.value]
    mixtures = [of_predictive(o.effect) for o in drawn if o.effect is not None]
    figures: dict[str, tuple[Figure, str, str]] = {}
    intervals = option_intervals(mixtures, useful=useful)
    for k, (option, mixture, interval) in enumerate(zip(drawn, mixtures, intervals, strict=True)):
        figure = option_figure(interval, key=f"option-{k}", name=option.name, unit=measure.axis_unit)
        q = interval.quantiles
        words = f"{measure.size(q[2])}, {measure.range(q[0], q[-1])}"
        chance = "" if useful is None else of_100(float(1 - mixture.below([useful])[0]))
        figures[option.key] = (figure, chance, f"{words[:1].upper()}{words[1:]}.")
    return tuple(_card(option, figures.get(option.key)) for option in shown)


def _card(option: Option, drawn: tuple[Figure, str, str] | None) -> OptionCard:
    if drawn is None:
        return OptionCard(option=option, chance="", range="", figure=None)
    figure, chance, words = drawn
    return OptionCard(option=option, chance=chance, range=words, figure=figure)


def closed_options(options: Sequence[Option]) -> tuple[Option, ...]:
    """Return the options that are not offered, with their reasons."""
    return tuple(o for o in options if o.door is Door.CLOSED)
