"""The commands ``evidence claims`` and ``evidence questions``: what is said, and what may be said instead."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli._show import Cell, Format, FormatOption, show

if TYPE_CHECKING:
    from noctiflora.evidence import ClaimRow, QuestionRow

FEW = "No row fits. Texts are matched as they stand; try a shorter one."
FindOption = Annotated[str | None, typer.Option("--find", metavar="TEXT", help="Only rows that hold this text.")]


class StatusName(StrEnum):
    """How a claim stands."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    CONTESTED = "contested"
    UNSUPPORTED = "unsupported"
    NOT_TESTABLE = "not testable"


class CertaintyName(StrEnum):
    """How sure a statement is."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very low"


def claims(
    find: FindOption = None,
    status: Annotated[StatusName | None, typer.Option(help="Only claims that stand so.")] = None,
    certainty: Annotated[CertaintyName | None, typer.Option(help="Only statements that are so sure.")] = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """List what is said about gut and sleep, how it stands, and what may be said instead."""
    from noctiflora.evidence import load

    every = load().claims
    rows = [
        row
        for row in every
        if (status is None or row.status.value == status.value)
        and (certainty is None or row.certainty.value == certainty.value)
    ]
    cells = [_claim(row) for row in rows]
    if find:
        cells = [row for row in cells if any(find.casefold() in str(cell).casefold() for cell in row.values())]
    few = ("claim_id", "claim_paraphrase", "status", "certainty", "corrected_statement")
    columns = tuple(_claim(every[0])) if format is Format.CSV else few
    show(cells, columns, format=format, empty=FEW)


def questions(find: FindOption = None, format: FormatOption = Format.TABLE) -> None:
    """Answer what readers ask most: how long, can it worsen sleep, instead of medicine."""
    from noctiflora.evidence import load

    evidence = load()
    by_id = {row.claim_id: row for row in evidence.claims}
    rows = [_question(row, by_id) for row in evidence.questions if _asks(row, find)]
    if format is not Format.TABLE:
        show(rows, tuple(_question(evidence.questions[0], by_id)), format=format, empty=FEW)
        return
    if not rows:
        typer.echo(FEW)
    for row in rows:
        typer.echo(f"{row['question']}\n  {row['answer']}")
        typer.echo(f"  Certainty: {row['certainty']}. From the claims {row['claim_ids']}. Sources: {row['sources']}\n")


def _asks(row: "QuestionRow", find: str | None) -> bool:
    """Return whether every word of the search stands in the question or in one of its wordings."""
    if not find:
        return True
    text = f"{row.question} {row.also_asked or ''} {row.answer}".casefold()
    return all(word in text for word in find.casefold().split())


def _claim(row: "ClaimRow") -> dict[str, Cell]:
    return {
        key: "; ".join(s.ref for s in row.sources) if key == "sources" else str(value)
        for key, value in row.model_dump(mode="json").items()
    }


def _question(row: "QuestionRow", claims: "dict[str, ClaimRow]") -> dict[str, Cell]:
    first = row.claim_ids.split("; ")
    return {
        "question_id": row.question_id,
        "question": row.question,
        "answer": row.answer,
        "certainty": "; ".join(f"{name} {claims[name].certainty.value}" for name in first),
        "status": "; ".join(f"{name} {claims[name].status.value}" for name in first),
        "claim_ids": row.claim_ids,
        "sources": "; ".join(s.ref for s in row.sources),
    }
