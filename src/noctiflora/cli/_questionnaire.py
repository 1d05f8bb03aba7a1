"""The commands of ``questionnaire``: questions asked here, and scores obtained elsewhere."""

import sys
import textwrap
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli._gates import GATE_CLOSED, tell_crisis
from noctiflora.cli._nights import parse_date, parse_values
from noctiflora.cli._session import opened, today
from noctiflora.cli._show import Cell, DatabaseOption, Format, FormatOption, show
from noctiflora.core import RangeError

if TYPE_CHECKING:
    from collections.abc import Collection

    from noctiflora.intake import Questionnaire
    from noctiflora.store import Store

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Questions on mood, and scores you have from elsewhere."
)

AnswersOption = Annotated[
    str | None, typer.Option(metavar="0,1,2,...", help="All answers at once; a dash for one left out.")
]
WIDTH = 100
NO_DIAGNOSIS = "A score is no diagnosis. It helps to decide whom to ask first."


@app.command()
def phq9(answers: AnswersOption = None, db: DatabaseOption = None) -> None:
    """Answer the nine questions of the PHQ-9 on low mood."""
    _take("phq9", answers, db)


@app.command()
def gad7(answers: AnswersOption = None, db: DatabaseOption = None) -> None:
    """Answer the seven questions of the GAD-7 on anxiety."""
    _take("gad7", answers, db)


@app.command()
def enter(
    values: Annotated[list[str], typer.Argument(metavar="SCORE=NUMBER...", help="Such as psqi=9 or age_years=54.")],
    date: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Day on which you answered; default today.")
    ] = None,
    db: DatabaseOption = None,
) -> None:
    """Enter scores you already have: psqi, isi, ess, stop-bang, phq9, gad7; or your age as age_years."""
    from noctiflora.actions import keep_scores

    day = parse_date(date) if date else today()
    with opened(db) as store:
        kept = keep_scores(store, parse_values(values), date=day, today=today())
        for score in kept:
            typer.echo(f"Saved for {score.date}: {_in_words(score.key, score.value)}.")
        _end(store, [score.key for score in kept])


@app.command()
def scores(format: FormatOption = Format.TABLE, db: DatabaseOption = None) -> None:
    """Show the scores that count now, what can be entered, and what each owner permits."""
    from noctiflora.actions import current_scores
    from noctiflora.evidence import load
    from noctiflora.intake import SCORES, band

    licences = {row.q_id: row.licence_status for row in load().questionnaires}
    with opened(db) as store:
        known = current_scores(store, today=today())
    rows: list[dict[str, Cell]] = []
    for key, rule in SCORES.items():
        score = known.get(key)
        found = band(key, score.value) if score else None
        rows.append(
            {
                "score": key,
                "name": rule.name,
                "about": rule.about,
                "value": int(score.value) if score else None,
                "band": found.words if found else None,
                "date": score.date.isoformat() if score else None,
                "range": f"{rule.low:g} to {rule.high:g}",
                "counts_days": rule.valid_days,
                "licence": licences.get(rule.q_id),
                "sources": "; ".join(s.ref for s in rule.sources),
            }
        )
    if format is Format.TABLE:
        for row in (row for row in rows if row["licence"] and row["score"] != "phq9_item9"):
            typer.echo(textwrap.fill(f"{row['name']}: {row['licence']}", WIDTH, subsequent_indent="  "))
        typer.echo(f"\n{NO_DIAGNOSIS}")
        typer.echo("Only the PHQ-9 and the GAD-7 are asked here; of the others no item is shipped.\n")
    shown = ("score", "about", "value", "band", "date", "range")
    show(rows, tuple(rows[0]) if format is Format.CSV else shown, format=format, document=rows)


def _take(key: str, answers: str | None, db: str | None) -> None:
    from noctiflora.actions import answer_questionnaire
    from noctiflora.intake import load_questionnaire

    questionnaire = load_questionnaire(key)
    if answers is None and not sys.stdin.isatty():
        raise RangeError(
            "there is nobody to ask", where=key, do=f"give --answers with {len(questionnaire.items)} numbers"
        )
    given = _asked(questionnaire) if answers is None else _read(answers, key)
    with opened(db) as store:
        scored = answer_questionnaire(store, key, given, today=today())
        if scored.crisis:
            _end(store)
        if scored.total is None:
            n = scored.n_missing
            typer.echo(f"No score: {n} answers are missing, and up to {questionnaire.most_missing} may be.")
        else:
            gaps = f" {scored.n_missing} missing, filled with your mean." if scored.n_missing else ""
            typer.echo(f"Saved for {today()}: {_in_words(key, scored.total)}.{gaps} {NO_DIAGNOSIS}")
        _end(store, [key])
        typer.echo(textwrap.fill(questionnaire.attribution, WIDTH))


def _end(store: "Store", names: "Collection[str]" = ()) -> None:
    """Show help first and alone where a score calls for it, else what the scores of `names` close."""
    from noctiflora.actions import current_scores, review_gates
    from noctiflora.evidence import load_safety

    report = review_gates(store, today=today())
    if report.crisis:
        tell_crisis(report)
        raise typer.Exit(GATE_CLOSED)
    known = current_scores(store, today=today())
    fired = {
        rule.gate_id
        for rule in load_safety()
        if rule.score and rule.score.name in names and rule.score.name in known
        if rule.score.fires(known[rule.score.name].value)
    }
    for state in report.states:
        if state.gate_id in fired:
            typer.echo(f"{state.gate_id}: {state.message}")


def _in_words(key: str, value: float) -> str:
    from noctiflora.intake import SCORES, band

    rule, found = SCORES[key], band(key, value)
    return f"{rule.name} {value:g} of {rule.high:g}, {found.words}" if found else f"{rule.name} {value:g}"


def _read(text: str, key: str) -> list[int | None]:
    parts = [part.strip() for part in text.split(",")]
    try:
        return [None if part in ("", "-") else int(part) for part in parts]
    except ValueError:
        raise RangeError(
            "answers are whole numbers with commas between",
            where=f"{key}, --answers",
            found=text,
            do="write 0,1,2 and so on, with a dash for one left out",
        ) from None


def _asked(questionnaire: "Questionnaire") -> list[int | None]:
    typer.echo(questionnaire.lead)
    typer.echo("  " + ", ".join(f"{n} {words.lower()}" for n, words in enumerate(questionnaire.choices)))
    typer.echo("  Enter leaves a question out. Only the score is kept, on this machine.\n")
    return [_one(f"{n}. {item}", len(questionnaire.choices)) for n, item in enumerate(questionnaire.items, start=1)]


def _one(question: str, n_choices: int) -> int | None:
    while True:
        text = str(typer.prompt(question, default="", show_default=False)).strip()
        if not text:
            return None
        if text.isdecimal() and int(text) < n_choices:
            return int(text)
        typer.echo(f"  a number from 0 to {n_choices - 1}, please")
