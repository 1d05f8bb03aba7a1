"""The command ``trial design``: what a trial could tell before a capsule is bought."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from noctiflora.cli._session import opened, today
from noctiflora.cli._show import Cell, DatabaseOption, Format, FormatOption, show
from noctiflora.cli._trial_design_text import design_document, design_rows, tell_design
from noctiflora.core import DesignError, FormatError, Instrument, Outcome, RangeError

if TYPE_CHECKING:
    from noctiflora.actions import TrialDesign

MOST_BYTES = 4 << 20
"""A run-in larger than this is none (assumed; ten years of nights need 0.1 MB)."""
STEPS = 100
MOST_OPTIONS = 2
COLUMNS = (
    "weeks",
    "nights_with",
    "nights_without",
    "pairs",
    "looks",
    "capsules",
    "cost",
    "expected_nights",
    "right_of_100",
    "wrong_of_100",
    "cannot_tell_of_100",
    "worth_it",
)


class _Told(Protocol):
    def __call__(self, share: float, /) -> None: ...


OptionKeys = Annotated[
    list[str],
    typer.Option(
        metavar="KEY",
        help="What would be tried: a key of noctiflora options. Twice: two products, or two doses of one, in one trial "
        "of three arms.",
    ),
]
Prices = Annotated[
    list[float] | None,
    typer.Option(
        min=0, help="Of one daily dose, in your currency; of two products one after the other.", show_default=False
    ),
]


def design(
    option: OptionKeys,
    outcome: Annotated[Outcome, typer.Option(help="The one primary outcome.")] = Outcome.EFFICIENCY,
    instrument: Annotated[Instrument, typer.Option(help="By what it is measured.")] = Instrument.DIARY,
    useful: Annotated[
        float | None, typer.Option(help="How much better would make it worth it, in its unit.", show_default=False)
    ] = None,
    max_weeks: Annotated[float, typer.Option(min=1, max=520, help="The longest trial you would do.")] = 40,
    max_capsules: Annotated[
        int | None, typer.Option(min=1, help="The most daily doses you would buy.", show_default=False)
    ] = None,
    price: Prices = None,
    looks: Annotated[
        list[int] | None, typer.Option(min=0, max=4, help="Looks before the end to try; may be repeated. 0 and 2.")
    ] = None,
    least: Annotated[
        float, typer.Option(min=0, max=100, help="Clear and right answers in 100 trials that make one worth it.")
    ] = 33,
    known: Annotated[bool, typer.Option("--known", help="No helper: you would know what you take.")] = False,
    run_in: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Nights before: night or date, y.", show_default=False)
    ] = None,
    trials: Annotated[int, typer.Option(min=100, max=10_000, help="Simulated trials of each design.")] = 400,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """Say what a trial of one option, or of two, could tell you, at what price, and whether any is worth it."""
    from noctiflora.actions import DesignRequest, design_trial

    second = _second(option, price)
    request = DesignRequest(
        option_key=option[0],
        second_key=second,
        second_price=price[-1] if price and second else None,
        outcome=outcome,
        instrument=instrument,
        useful=useful,
        max_weeks=max_weeks,
        max_capsules=max_capsules,
        price=price[0] if price else None,
        n_looks=tuple(sorted(set(looks))) if looks else (0, 2),
        least=least / 100,
        known=known,
        run_in=None if run_in is None else _text(run_in),
        run_in_where="run-in" if run_in is None else run_in.name,
        trials=trials,
    )
    with opened(db) as store, _bar() as told:
        found = design_trial(store, request, today=today(), workers=os.cpu_count() or 1, progress=told)
    _show(found, format)


def _second(options: list[str], prices: list[float] | None) -> str | None:
    """Return the second option, where one is asked for."""
    if len(options) > MOST_OPTIONS:
        raise DesignError(
            "a trial has two products at most: three arms with the comparator",
            where="--option",
            found=", ".join(options),
            do="choose two, or design two trials",
        )
    if len(prices or ()) > len(options):
        raise RangeError("there are more prices than options", where="--price", found=str(len(prices or ())))
    return options[1] if len(options) == MOST_OPTIONS else None


def _show(found: "TrialDesign", format: Format) -> None:
    if format is Format.TABLE:
        tell_design(found)
        return
    rows: list[dict[str, Cell]] = design_rows(found)
    show(rows, COLUMNS, format=format, document=design_document(found))


@contextmanager
def _bar() -> Iterator[_Told]:
    """Show a bar on the error stream, where that is a terminal; what is told stays clean."""
    if not sys.stderr.isatty():
        yield lambda share: None
        return
    with typer.progressbar(length=STEPS, label="Trying designs", file=sys.stderr) as bar:
        at = 0

        def told(share: float) -> None:
            nonlocal at
            now = round(STEPS * share)
            bar.update(now - at)
            at = now

        yield told


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as problem:
        raise FormatError(
            f"the run-in cannot be opened: {problem.strerror}", where=str(path), do="check its name"
        ) from None
    if len(data) > MOST_BYTES:
        raise FormatError("this is too large to be a run-in", where=str(path), do="give one row a night")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        where = f"{path}, byte {problem.start}"
        raise FormatError("the file is not UTF-8 text", where=where, do="save it as CSV in UTF-8") from None
