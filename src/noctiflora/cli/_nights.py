"""The commands ``nights``, ``checkin`` and ``export``: what was slept, said, and taken out again."""

import datetime as dt
from enum import StrEnum
from typing import Annotated

import typer

from noctiflora.cli import _session
from noctiflora.cli._night_source import change_source, show_sources
from noctiflora.cli._session import config, opened, today
from noctiflora.cli._show import Cell, DatabaseOption, Format, FormatOption, show, show_csv, show_json
from noctiflora.core import RangeError

COLUMNS = (
    "date",
    "onset",
    "offset",
    "tib_min",
    "tst_min",
    "sol_min",
    "waso_min",
    "se_pct",
    "awakenings",
    "source",
    "nap",
)
VEILED = (
    "{n} nights and naps of the trial are veiled until it is locked; the last 7 nights stay visible. To see them all: "
    "noctiflora nights --lift-veil (recorded, and the verdict will count for less)"
)
RHYTHM = ("measure", "value", "unit", "rests_on", "definition")
OUTCOMES = ("outcome", "instrument", "bears", "known", "of", "mean", "sd", "unit", "source", "changes", "why")
NOTHING = "No nights yet. Give an export to: noctiflora import"


def _rows(db: str | None) -> list[dict[str, object]]:
    """Return the nights that may be shown; say on the side how many are veiled."""
    from noctiflora.actions import drawn_nights
    from noctiflora.sleep import night_dict

    with opened(db) as store:
        found = drawn_nights(store, today=today())
    if found.veil is not None and found.veil.last_hidden is not None:
        typer.echo(VEILED.format(n=found.hidden), err=True)
    both = sorted((*found.nights, *found.naps), key=lambda n: (n.date, n.nap))
    return [dict(night_dict(night)) for night in both]


def _cells(rows: list[dict[str, object]]) -> list[dict[str, Cell]]:
    return [{k: v if isinstance(v, str | int | float | bool) else None for k, v in row.items()} for row in rows]


def nights(
    lift_veil: Annotated[
        bool, typer.Option("--lift-veil", help="Show the nights of a blinded trial before its end; it is recorded.")
    ] = False,
    why: Annotated[bool, typer.Option("--why", help="Show every record of each night, and why it was chosen.")] = False,
    prefer: Annotated[
        str | None, typer.Option(metavar="SOURCE", help="Take this source where it has a record; 'auto' undoes it.")
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Only this night, for --prefer and --why.")
    ] = None,
    outcomes: Annotated[
        bool, typer.Option("--outcomes", help="Show which outcome these nights could carry a trial on.")
    ] = False,
    rhythm: Annotated[bool, typer.Option("--rhythm", help="Show how regular the nights are and how built.")] = False,
    need: Annotated[
        float | None,
        typer.Option(metavar="HOURS", help="Sleep you say to need a day, for --rhythm.", show_default=False),
    ] = None,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """Show the nights: one source each, naps apart, unknown never zero; of a blinded trial the last seven."""
    day = parse_date(date) if date else None
    if prefer is not None:
        change_source(prefer, day, db)
    if why:
        show_sources(format, db, day, empty=NOTHING)
        return
    if rhythm or need is not None:
        _show_rhythm(need, format, db)
        return
    if outcomes:
        _show_outcomes(format, db)
        return
    if lift_veil:
        from noctiflora import actions

        with opened(db) as store:
            day = actions.veil_lifted_on(actions.lift_veil(store, now=_session.now()).record)
        typer.echo(f"The veil is lifted since {day}; this is recorded, and the verdict will count for less.", err=True)
    told = _rows(db)
    show(_cells(told), COLUMNS, format=format, document=told, empty=NOTHING)


def _show_rhythm(need_h: float | None, format: Format, db: str | None) -> None:
    """Show the figures about many nights, and below a table what is published of them."""
    from noctiflora.actions import list_rhythm

    with opened(db) as store:
        found = list_rhythm(store, today=today(), need_min=None if need_h is None else need_h * 60)
    rows: list[dict[str, Cell]] = [{name: getattr(m, name) for name in RHYTHM} for m in found]
    document = [{**row, "published": list(m.published)} for row, m in zip(rows, found, strict=True)]
    show(rows, RHYTHM, format=format, document=document)
    told = [f"{m.measure}, published: {text}" for m in found for text in m.published]
    if format is Format.TABLE and told:
        typer.echo("\n".join([*told, "Figures of another method are not to be compared with yours."]))


def _show_outcomes(format: Format, db: str | None) -> None:
    """Show each outcome, and below a table what its source cannot see."""
    rows, document = _outcome_rows(db)
    show(rows, OUTCOMES, format=format, document=document)
    if format is Format.TABLE:
        for source, spots in {row["source"]: row["blind_spots"] for row in document if row["source"]}.items():
            if isinstance(spots, list) and spots:
                typer.echo(f"{source}: " + "; ".join(spots))


def _outcome_rows(db: str | None) -> tuple[list[dict[str, Cell]], list[dict[str, object]]]:
    """Return each outcome as a row of a table, and as data."""
    from noctiflora.actions import list_outcomes

    with opened(db) as store:
        found = list_outcomes(store, today=today())
    rows: list[dict[str, Cell]] = [
        {
            "outcome": s.outcome.value,
            "instrument": s.instrument.value,
            "bears": s.bears,
            "known": s.known,
            "of": s.window,
            "mean": s.mean,
            "sd": s.sd,
            "unit": s.outcome.unit,
            "source": s.source or None,
            "changes": s.device_changes,
            "why": "; ".join(s.reasons) or None,
        }
        for s in found
    ]
    extra = [
        {"drift_sd": s.drift_sd, "source_share": s.source_share, "blind_spots": list(s.blind_spots)} for s in found
    ]
    return rows, [{**row, **more} for row, more in zip(rows, extra, strict=True)]


class Form(StrEnum):
    """A form in which nights are taken out; the names of `noctiflora.actions.NightForm`."""

    CSV = "csv"
    JSON = "json"
    OMH = "omh"
    FHIR = "fhir"


def export(
    format: Annotated[Format, typer.Option("--format", help="csv or json, the columns of 'nights'.")] = Format.CSV,
    form: Annotated[
        Form | None,
        typer.Option("--as", help="Every measure: csv, json, omh (Open mHealth) or fhir (R4).", show_default=False),
    ] = None,
    db: DatabaseOption = None,
) -> None:
    """Take your nights out again; of a blinded trial under way the last seven."""
    if form is not None:
        _export_as(form, db)
        return
    rows = _rows(db)
    if format is Format.JSON:
        show_json(rows)
    else:
        show_csv(_cells(rows), COLUMNS)


def _export_as(form: Form, db: str | None) -> None:
    """Print all nights in one form; say on the side what is not in it."""
    from noctiflora.actions import NightForm, export_nights

    with opened(db) as store:
        found = export_nights(store, NightForm(form.value), now=_session.now(), today=today())
    if found.veiled:
        typer.echo(VEILED.format(n=found.veiled), err=True)
    if found.left_out:
        typer.echo(f"{found.left_out} nights without onset or end have no place in this form.", err=True)
    typer.echo(found.text, nl=False)


def checkin(
    values: Annotated[
        list[str] | None, typer.Argument(metavar="[ITEM=VALUE]...", help="Answers; without any, you are asked.")
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Morning of which date; default today.")
    ] = None,
    more: Annotated[bool, typer.Option("--more", help="Ask about the day before too: stress, belly, meals.")] = False,
    db: DatabaseOption = None,
) -> None:
    """Enter the morning check-in: some thirty seconds, half an answer counts."""
    from noctiflora.actions import check_in, home_zone
    from noctiflora.intake import doubts

    day = parse_date(date) if date else today()
    given = parse_values(values) if values else _asked(more)
    if not given:
        typer.echo("Nothing was entered.")
        return
    with opened(db) as store:
        entries = check_in(store, day, given, today=today(), zone=config(db).zone or home_zone(store))
    typer.echo(f"Saved for {day}: " + ", ".join(f"{e.item} {e.value:g}" for e in entries) + ".")
    for doubt in doubts({e.item: e.value for e in entries}):
        typer.echo(f"  {doubt} To correct it, enter it again.")


def parse_date(text: str) -> dt.date:
    """Read a date as typed."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise RangeError("this is not a date", where="--date", found=text, do="write it as 2025-01-31") from None


def parse_values(values: list[str]) -> dict[str, float]:
    """Read ``item=number`` as typed, one text each."""
    found: dict[str, float] = {}
    for text in values:
        item, equals, number = text.partition("=")
        try:
            found[item] = _number(number)
        except ValueError:
            equals = ""
        if not equals:
            raise RangeError(
                "an answer reads name=number", where="answers", found=text, do="such as quality=6 or psqi=9"
            )
    return found


def _number(text: str) -> float:
    """Read a number, or a clock time such as 23:30 as hours."""
    hours, colon, minutes = text.strip().partition(":")
    if not colon:
        return float(text)
    if not (hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2 and int(minutes) < 60):
        raise ValueError(text)
    return int(hours) + int(minutes) / 60


def _asked(more: bool) -> dict[str, float]:
    from noctiflora.intake import ITEMS, Part, check_item

    found: dict[str, float] = {}
    typer.echo("Press Enter to leave a question out.")
    for item in (item for item in ITEMS.values() if more or item.part is not Part.DAY):
        question = f"{item.question} {item.help}".rstrip()
        while text := typer.prompt(question, default="", show_default=False):
            try:
                found[item.key] = check_item(item.key, _number(text))
                break
            except ValueError as problem:
                typer.echo(f"  {problem if isinstance(problem, RangeError) else 'a number is needed'}")
    return found
