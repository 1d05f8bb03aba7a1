"""The commands that begin a season: ``trial start``, ``trial kit`` and ``trial envelope``."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli._nights import parse_date
from noctiflora.cli._session import opened
from noctiflora.cli._show import DatabaseOption, Format, FormatOption, show_json
from noctiflora.cli._trial_port import PassphraseFile, passphrase, present
from noctiflora.core import Instrument, Outcome, RangeError

if TYPE_CHECKING:
    from noctiflora.actions import TrialRecord


def start(
    option: Annotated[str, typer.Option(metavar="KEY", help="What is tried: a key of noctiflora options.")],
    dose: Annotated[str, typer.Option(metavar="'NUMBER UNIT'", help="Full daily dose, such as '1e10 CFU/day'.")],
    useful: Annotated[float, typer.Option(help="How much better would make it worth it, in the outcome's unit.")],
    nights: Annotated[int, typer.Option(min=1, help="Nights of each period with product.")] = 28,
    nights_without: Annotated[
        int | None, typer.Option(min=1, help="Nights of each period without; the same by default.", show_default=False)
    ] = None,
    pairs: Annotated[int, typer.Option(min=1, help="Pairs of periods.")] = 3,
    looks: Annotated[int, typer.Option(min=0, help="Looks before the end, spread evenly over the ends of pairs.")] = 0,
    outcome: Annotated[Outcome, typer.Option(help="The one primary outcome.")] = Outcome.EFFICIENCY,
    instrument: Annotated[Instrument, typer.Option(help="By what it is measured.")] = Instrument.DIARY,
    secondary: Annotated[
        list[Outcome] | None,
        typer.Option(help="A secondary outcome, may be repeated; told beside the verdict, decides nothing."),
    ] = None,
    first_night: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Date of night 1; tomorrow by default.")
    ] = None,
    known: Annotated[
        bool, typer.Option("--known", help="No helper, or it cannot be blinded: you know the order.")
    ] = False,
    passphrase_file: PassphraseFile = None,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """Fix the plan, draw the order by chance and seal it under a helper's passphrase."""
    from noctiflora.actions import StartRequest, start_trial

    _, day = present()
    value, unit = _dose(dose)
    request = StartRequest(
        option_key=option,
        dose_value=value,
        dose_unit=unit,
        outcome=outcome,
        instrument=instrument,
        useful=useful,
        pairs=pairs,
        on_nights=nights,
        off_nights=nights_without or nights,
        n_looks=looks,
        first_night=parse_date(first_night) if first_night else day + dt.timedelta(days=1),
        secondaries=tuple(secondary or ()),
    )
    with opened(db) as store:
        secret = None if known else passphrase(passphrase_file, new=True)
        record = start_trial(store, request, secret, today=day)
    if format is Format.JSON:
        show_json(plan_summary(record))
    else:
        _tell(record)


def kit(
    out: Annotated[Path, typer.Argument(metavar="DIR", help="Folder for labels, sheet and calendar.")],
    time: Annotated[str, typer.Option(metavar="HH:MM", help="When the dose is taken.")] = "21:00",
    db: DatabaseOption = None,
) -> None:
    """Write bottle labels, the helper's sheet and the dosing calendar; none of them tells the order."""
    from noctiflora.actions import write_kit

    with opened(db) as store:
        for path in write_kit(store, out, at=_time(time)):
            typer.echo(f"Written: {path}")


def envelope(
    out: Annotated[Path, typer.Argument(metavar="FILE.pdf", help="Where, best on the helper's own stick.")],
    passphrase_file: PassphraseFile = None,
    db: DatabaseOption = None,
) -> None:
    """For the helper alone: write which bottle holds what, and the slip for the emergency envelope."""
    from noctiflora.actions import write_envelope

    instant, _ = present()
    with opened(db) as store:
        path = write_envelope(store, out, passphrase(passphrase_file), now=instant)
    typer.echo(f"Written: {path}")
    typer.echo(
        "Helper: print it, fill the bottles by page 1, put page 2 into an envelope and close it. Then remove the file; "
        "whoever is on trial must not see it."
    )


def plan_summary(record: "TrialRecord") -> dict[str, object]:
    """Return the plan as it is shown: nothing of the order."""
    from noctiflora.trial import plan_document

    document = {key: value for key, value in plan_document(record.plan).items() if key != "expected"}
    return {
        **document,
        "plan_sha256": record.plan.fingerprint().hex(),
        "commitment": None if record.sealed is None else record.sealed.commitment,
        "n_nights": record.plan.n_nights,
        "last_night": record.plan.last_night.isoformat(),
    }


def _tell(record: "TrialRecord") -> None:
    plan = record.plan
    typer.echo(
        f"The trial of {plan.option_name} runs from {plan.first_night} to {plan.last_night}: {plan.n_nights} nights, "
        f"{plan.pairs} pairs of periods, bottles of {plan.bottle_nights} nights: {', '.join(plan.codes)}."
    )
    typer.echo(
        f"Run-in: the {plan.run_in_nights} nights before it."
        + (
            f" {plan.run_in_left_out} nights before the start are left out: those of an earlier trial and the wash-out "
            "after it."
            if plan.run_in_left_out
            else ""
        )
    )
    if plan.secondaries:
        named = ", ".join(f"{one.outcome.label} ({one.instrument.value})" for one in plan.secondaries)
        typer.echo(f"Primary outcome: {plan.outcome.label}. Secondary, deciding nothing: {named}.")
    looks = ", ".join(str(plan.date_of(night)) for night in plan.looks) or "none"
    typer.echo(f"Looks with the helper, fixed now: {looks}.")
    typer.echo(
        f'"Helps" needs a chance of benefit of {100 * plan.threshold:.1f} of 100, found by simulating trials in which '
        f"nothing helps, over many possible orders. Useful to you: {plan.useful:g} {plan.outcome.unit}."
    )
    told = record.told_before
    typer.echo(
        f"Of 100 such trials, {100 * told['right']:.0f} end in a clear and right answer, "
        f"{100 * told['wrong']:.0f} in a "
        f"wrong one, {100 * told['cannot tell']:.0f} cannot tell."
    )
    if record.sealed is None:
        typer.echo("You know the order, so the analysis allows for what knowing does by itself. Your order:")
        _tell_order(record)
        return
    typer.echo("The order was drawn by chance and sealed. Fingerprint of the sealed order (write it down):")
    typer.echo(f"  {record.sealed.commitment}")
    typer.echo(
        "Next: noctiflora trial kit DIR for labels and calendar; then the helper alone: noctiflora trial envelope "
        "FILE.pdf. Without the passphrase nobody can open the order, us included."
    )


def _tell_order(record: "TrialRecord") -> None:
    plan = record.plan
    assert record.order is not None
    first = 1
    for code, arm, end in zip(plan.codes, record.order.arms, plan.ends, strict=True):
        words = "with it" if arm.value == "product" else "without it"
        typer.echo(f"  {code}: {plan.date_of(first)} to {plan.date_of(end)}, {words}")
        first = end + 1


def _dose(text: str) -> tuple[float, str]:
    number, _, unit = text.strip().partition(" ")
    try:
        value = float(number)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf") or not unit.strip():
        raise RangeError("a dose reads: number, space, unit", where="--dose", found=text, do="such as '1e10 CFU/day'")
    return value, unit.strip()


def _time(text: str) -> dt.time:
    try:
        return dt.time.fromisoformat(text)
    except ValueError:
        raise RangeError("this is not a time of day", where="--time", found=text, do="write it as 21:00") from None
