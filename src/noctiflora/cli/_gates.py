"""The command ``gates``: the safety questions, asked one page at a time."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli._session import opened, today
from noctiflora.cli._show import Cell, DatabaseOption, Format, FormatOption, show

if TYPE_CHECKING:
    from collections.abc import Mapping

    from noctiflora.plan import GateReport, Reply
    from noctiflora.store import Store

NOT_REVIEWED = "No clinician has reviewed these questions yet. They are education, not medical advice."
GATE_CLOSED = 4


def gates(
    answer: Annotated[
        list[str] | None, typer.Option(metavar="ID=REPLY", help="One answer, such as S12=no; may be repeated.")
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
            _ask(store)
        report = review_gates(store, today=today())
    if format is Format.TABLE:
        tell_crisis(report)
        _tell(report)
    rows = _rows(report)
    columns = ("gate", "question", "reply", "closes", "message")
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


def _rows(report: "GateReport") -> list[dict[str, Cell]]:
    return [
        {
            "gate": state.gate_id,
            "question": state.question,
            "reply": state.reply.value if state.reply else None,
            "closes": ", ".join(f"{s.value}: {d.value}" for s, d in state.doors.items() if d.value != "open") or None,
            "message": state.message or None,
        }
        for state in report.states
    ]


def _ask(store: "Store") -> None:
    """Ask page by page; each answer is kept at once, and help comes before the next question."""
    from noctiflora.actions import answer_gates, open_questions, review_gates
    from noctiflora.plan import Answer, Reply

    words = {"y": Reply.YES, "n": Reply.NO, "s": Reply.NOT_SURE}
    groups = open_questions(store, today=today())
    for number, group in enumerate(groups, start=1):
        typer.echo(f"\n{group.page.value} ({number} of {len(groups)}): y, n, or s for not sure; Enter leaves it open.")
        for rule in group.rules:
            if rule.help:
                typer.echo(f"  {rule.help}")
            letter = _letter(rule.question, words)
            if letter:
                answer_gates(store, [Answer(gate_id=rule.gate_id, reply=words[letter], date=today())])
            if letter not in ("", "n") and review_gates(store, today=today()).crisis:
                return


def _letter(question: str, words: "Mapping[str, Reply]") -> str:
    while True:
        text = str(typer.prompt(question, default="", show_default=False)).strip().lower()[:1]
        if text in words or not text:
            return text
        typer.echo("  y, n or s, please")
