"""The commands of a running season: ``trial log``, ``trial status`` and ``trial look``."""

import dataclasses
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli._gates import GATE_CLOSED
from noctiflora.cli._nights import parse_date
from noctiflora.cli._session import opened
from noctiflora.cli._show import Cell, DatabaseOption, Format, FormatOption, show, show_json
from noctiflora.cli._trial_port import PassphraseFile, present, secret
from noctiflora.core import FormatError

if TYPE_CHECKING:
    from noctiflora.actions import TrialStatus

MOST_BYTES = 4 << 20


def log(
    night: Annotated[
        int | None, typer.Option(help="Number of the night; or give its date.", show_default=False)
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Date on which you woke up; today by default.")
    ] = None,
    dose: Annotated[
        float | None, typer.Option(help="Share of the dose taken the evening before, 0 to 1.", show_default=False)
    ] = None,
    missing: Annotated[str | None, typer.Option(metavar="REASON", help="Why the night was not recorded.")] = None,
    guess: Annotated[
        str | None, typer.Option(metavar="WORD", help="At a bottle's end: product, placebo or 'do not know'.")
    ] = None,
    adverse: Annotated[str | None, typer.Option(metavar="TEXT", help="An unwanted effect.")] = None,
    severity: Annotated[str | None, typer.Option(metavar="WORD", help="mild, moderate or severe.")] = None,
    circumstance: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME[=no]",
            help="Out of the ordinary: alcohol, late_caffeine, late_meal, illness, travel or period; repeatable.",
            show_default=False,
        ),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--from", metavar="FILE.csv", help="Many nights at once; see the docs.")
    ] = None,
    correct: Annotated[
        bool, typer.Option("--correct", help="Change what was said; the earlier entry is kept.")
    ] = False,
    history: Annotated[bool, typer.Option("--history", help="Show every entry, corrected ones too.")] = False,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """Say what was taken, what went wrong, and at a bottle's end what you believe it held."""
    from noctiflora.actions import LogLine, log_trial, parse_log, read_circumstance

    if history:
        _history(format, db)
        return
    instant, day = present()
    line = LogLine(
        night=night,
        date=parse_date(date) if date else None,
        dose=None if dose is None else f"{dose:g}",
        missing=missing,
        guess=guess,
        adverse=adverse,
        severity=severity,
        circumstances=dict(read_circumstance(text) for text in circumstance or ()),
    )
    lines = (line,) if file is None else parse_log(_text(file), where=file.name)
    with opened(db) as store:
        kept = log_trial(store, lines, now=instant, today=day, correct=correct)
    plan = kept.record.plan
    typer.echo(f"Saved. Night {max(0, (day - plan.first_night).days + 1)} of {plan.n_nights}.")
    if severity == "severe":
        from noctiflora.actions import advice_for

        typer.echo(advice_for(kept.record))


def _history(format: Format, db: str | None) -> None:
    from noctiflora.actions import kept_trials

    with opened(db) as store:
        every = kept_trials(store)
    rows: list[dict[str, Cell]] = [
        {"at": e.at.isoformat(), "kind": e.kind.value, "night": e.night or None, "value": e.value, "text": e.text}
        for kept in every[-1:]
        for e in kept.record.entries
    ]
    show(rows, ("at", "kind", "night", "value", "text"), format=format, empty="Nothing is in the log yet.")


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise FormatError("this is too large to be the log of a trial", where=str(path), do="give one row a night")
        return data.decode("utf-8-sig")
    except OSError as problem:
        raise FormatError(
            f"the file cannot be opened: {problem.strerror}", where=str(path), do="check its name"
        ) from None
    except UnicodeDecodeError:
        raise FormatError("the file is not UTF-8 text", where=str(path), do="save it as CSV in UTF-8") from None


def status(format: FormatOption = Format.TABLE, db: DatabaseOption = None) -> None:
    """Show progress, doses and safety; never an effect."""
    from noctiflora.actions import trial_status

    instant, day = present()
    with opened(db) as store:
        found = trial_status(store, now=instant, today=day)
    if format is Format.TABLE:
        _tell(found)
    elif format is Format.JSON:
        show_json(status_document(found))
    else:
        document = status_document(found)
        cells: dict[str, Cell] = {
            k: v if isinstance(v, str | int | None) else "; ".join(map(str, _many(v))) for k, v in document.items()
        }
        show([cells], tuple(document), format=format)
    if found.crisis:
        raise typer.Exit(GATE_CLOSED)


def status_document(found: "TrialStatus") -> dict[str, object]:
    """Return a status as JSON values."""
    return {key: _plain(value) for key, value in dataclasses.asdict(found).items()}


def _plain(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value


def _many(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _tell(found: "TrialStatus") -> None:
    for line in found.safety:
        typer.echo(f"SAFETY: {line}")
    typer.echo(
        f"{found.option_name}: {found.state.value}. Night {found.night} of {found.n_nights}, from "
        f"{found.first_night} to "
        f"{found.last_night}."
    )
    typer.echo(
        f"{found.recorded} of {found.night} nights recorded ({found.missing_with_reason} missing for a reason "
        "you gave), "
        f"{found.doses_taken} of {found.doses_due} doses taken, {found.corrections} entries corrected."
    )
    if found.bottle:
        change = f"; the next bottle starts on {found.bottle_changes}" if found.bottle_changes else ""
        typer.echo(f"Bottle for tonight: {found.bottle}{change}.")
    for end in found.guess_due:
        typer.echo(f"A guess is due: noctiflora trial log --night {end} --guess product|placebo|'do not know'")
    for look in found.look_due:
        typer.echo(f"The look of night {look} is due: sit down with your helper, noctiflora trial look")
    if found.device_changed:
        dates = ", ".join(map(str, found.device_changed[:5]))
        typer.echo(
            f"{len(found.device_changed)} nights come from another device than before the trial (first {dates}); the "
            "analysis allows for it, but stay with one device if you can."
        )
    for line in found.adverse:
        typer.echo(f"Unwanted effect, {line}")
    if found.commitment:
        typer.echo(f"Fingerprint of the sealed order: {found.commitment}")


def look(passphrase_file: PassphraseFile = None, db: DatabaseOption = None) -> None:
    """At a planned look, with the helper's passphrase: one word, and nothing else is shown or kept."""
    from noctiflora.actions import look_trial

    instant, day = present()
    with opened(db) as store:
        word = look_trial(store, secret(store, passphrase_file), now=instant, today=day)
    typer.echo(word.value)
