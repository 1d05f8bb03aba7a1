"""The command ``gates``: the safety questions, asked one page at a time."""

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli._session import opened, today
from noctiflora.cli._show import Cell, DatabaseOption, Format, FormatOption, show

if TYPE_CHECKING:
    from collections.abc import Mapping

    from noctiflora.evidence import SafetyPhase
    from noctiflora.plan import GateReport, Reply
    from noctiflora.store import Store


class Phase(StrEnum):
    """Phases as typed."""

    BEFORE_OPTIONS = "before-options"
    BEFORE_TRIAL = "before-trial"
    DURING = "during"


NOT_REVIEWED = "No clinician has reviewed these questions yet. They are education, not medical advice."
GATE_CLOSED = 4


def gates(
    answer: Annotated[
        list[str] | None, typer.Option(metavar="ID=REPLY", help="One answer, such as S12=no; may be repeated.")
    ] = None,
    phase: Annotated[
        Phase | None, typer.Option(help="Only the questions of this phase; those of a trial are asked every day.")
    ] = None,
    ask: Annotated[bool | None, typer.Option("--ask/--no-ask", help="Ask what is still open; at a terminal.")] = None,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """Answer the safety questions and see what they leave open."""
    from noctiflora.actions import answer_gates, read_answer, review_gates

    with opened(db) as store:
        if answer:
            answer_gates(store, [read_answer(text, today=today()) for text in answer])
        elif ask or (ask is None and sys.stdin.isatty() and format is Format.TABLE):
            _ask(store, phase)
        report = review_gates(store, today=today())
    if format is Format.TABLE:
        tell_crisis(report)
        _tell(report)
    rows = _rows(report, phase)
    columns = ("gate", "question", "reply", "answered", "closes", "message")
    show(rows, columns, format=format, document=rows)
    if report.crisis:
        raise typer.Exit(GATE_CLOSED)


def tell_crisis(report: "GateReport") -> None:
    """Say where help is, before anything else, where an answer calls for it."""
    for state in report.states:
        if state.urgency == "crisis" and state.message:
            typer.echo(state.message + "\n")


def _tell(report: "GateReport") -> None:
    typer.echo(NOT_REVIEWED)
    for scope, door in report.doors.items():
        typer.echo(f"  {scope.value}: {door.value}")
    if report.unanswered:
        typer.echo(
            f"{len(report.unanswered)} questions are still to be answered; until then what they touch stays closed."
        )


def _phase(phase: Phase) -> "SafetyPhase":
    from noctiflora.evidence import SafetyPhase

    return SafetyPhase[phase.name]


def _rows(report: "GateReport", phase: Phase | None) -> list[dict[str, Cell]]:
    from noctiflora.evidence import load_safety

    phases = {rule.gate_id: rule.phase for rule in load_safety()}
    return [
        {
            "gate": state.gate_id,
            "phase": phases[state.gate_id].value,
            "question": state.question,
            "reply": state.reply.value if state.reply else None,
            "answered": state.answered.isoformat() if state.answered else None,
            "closes": ", ".join(f"{s.value}: {d.value}" for s, d in state.doors.items() if d.value != "open") or None,
            "message": state.message or None,
            "sources": "; ".join(s.ref for s in state.sources),
        }
        for state in report.states
        if phase is None or phases[state.gate_id] is _phase(phase)
    ]


def _ask(store: "Store", phase: Phase | None) -> None:
    """Ask page by page; each answer is kept at once, and help comes before the next question."""
    from noctiflora.actions import answer_gates, open_questions, review_gates
    from noctiflora.plan import BEFORE, Answer, Reply

    words = {"y": Reply.YES, "n": Reply.NO, "s": Reply.NOT_SURE}
    phases = BEFORE if phase is None else (_phase(phase),)
    groups = open_questions(store, today=today(), phases=phases)
    for number, group in enumerate(groups, start=1):
        typer.echo(f"\n{group.page.value} ({number} of {len(groups)}): y, n, or s for not sure; Enter leaves it open.")
        for rule in group.rules:
            if rule.help:
                typer.echo(f"  {rule.help}")
            letter = _letter(rule.question, words)
            if not letter:
                continue
            answer_gates(store, [Answer(gate_id=rule.gate_id, reply=words[letter], date=today())])
            if letter != "n":
                report = review_gates(store, today=today())
                if report.crisis:
                    return
                typer.echo("  " + next(s.message for s in report.states if s.gate_id == rule.gate_id))


def _letter(question: str, words: "Mapping[str, Reply]") -> str:
    while True:
        text = str(typer.prompt(question, default="", show_default=False)).strip().lower()[:1]
        if text in words or not text:
            return text
        typer.echo("  y, n or s, please")
