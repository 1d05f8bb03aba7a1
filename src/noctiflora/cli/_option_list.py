"""Options as a readable list, as one in full, and as rows."""

from itertools import groupby
from typing import TYPE_CHECKING

import typer

from noctiflora.cli._pathway_list import certainty_words, filled
from noctiflora.cli._show import Cell

if TYPE_CHECKING:
    from noctiflora.actions import OptionList
    from noctiflora.plan import Option

REPORTED = {
    "some difference": "",
    "mixed": "Results are mixed.",
    "no difference": "Only trials without a difference.",
    "no comparison": "No trial compared it on sleep.",
    "": "",
}
"""What controlled trials reported, said before the sentence; a difference speaks for itself."""


def tell_options(offered: "OptionList") -> None:
    """Print all options under the headings of their standing, then the rule of the order."""
    from noctiflora.plan import ORDER

    place = 0
    for (door, standing), members in groupby(offered.options, key=lambda o: (o.door.value, o.standing.value)):
        typer.echo(f"\n== {door}: {standing} ==")
        for option in members:
            place += 1
            typer.echo(filled(f"{place}. {option.name}  [{option.key}]", ""))
            for line in _short(option, offered.useful):
                typer.echo(filled(line))
    typer.echo("\n" + filled("The order: " + " ".join(ORDER), ""))
    typer.echo("One in full: noctiflora options --key KEY. A price of yours: --cost KEY=0.50 (a day).")


def tell_option(option: "Option", useful: float) -> None:
    """Print one option in full."""
    typer.echo(filled(f"{option.name}  [{option.key}]", ""))
    typer.echo(filled(f"{option.kind.value}; {option.standing.value}; {option.door.value}"))
    for line in _short(option, useful):
        typer.echo(filled(line))
    people = f"{option.n_people} people" if option.n_people else "number of people not known"
    trials = "" if option.n_trials == 0 else f" Trials found: {option.n_trials}, {people}."
    for line in (
        f"Not known: {option.not_known}{trials}",
        f"Blinding: {option.blinding_reason}",
        f"Trouble: {option.burden} of 3.",
    ):
        typer.echo(filled(line))
    if option.effect is not None:
        typer.echo(
            filled(
                "The numbers are those of a new person: the trials together, how much strains and people differ, and "
                "a part for scaling them to your measure. They hold for most strains alike."
            )
        )
    typer.echo("  Sources:")
    for source in dict.fromkeys((s.ref, s.note) for s in option.sources):
        typer.echo(filled(f"{source[0]}{f' ({source[1]})' if source[1] else ''}", "    "))


def _short(option: "Option", useful: float) -> list[str]:
    lines = [f"Mind: {warning}" for warning in option.warnings]
    lines.append(f"{REPORTED.get(option.reported, '')} {option.known}".strip())
    lines.append(_numbers(option, useful))
    lines.append(f"Dose: {option.dose}.")
    cost = "" if option.cost is None else f" Costs you {option.cost:g} a day."
    lines.append(f"Certainty: {certainty_words(option.certainty)}. {_first_up(option.blinding.value)}.{cost}")
    if option.door_reason:
        lines.append(f"Why not open: {option.door_reason}")
    return lines


def _numbers(option: "Option", useful: float) -> str:
    from noctiflora.plan import gain

    if option.effect is None:
        return "No size of effect is known on your measure."
    found = gain(option.effect)
    share = 100 * option.effect.p_better_than(useful)
    says, proviso = ("would be expected to gain", f", {option.proviso}") if option.proviso else ("would gain", "")
    return (
        f"{share:.0f} of 100 people like you {says} {useful:g} {found.unit} or more{proviso}. Expected gain "
        f"{found.middle:.1f} {found.unit}, probably between {found.low:.1f} and {found.high:.1f} (90 of 100)."
    )


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]


def option_row(option: "Option", useful: float) -> dict[str, Cell]:
    """Return one option as a row."""
    from noctiflora.plan import gain

    effect = option.effect
    found = None if effect is None else gain(effect)
    toward = 1 if effect is None or effect.higher_is_better else -1
    return {
        "option": option.name,
        "key": option.key,
        "kind": option.kind.value,
        "stands": option.door.value,
        "why": option.door_reason or None,
        "group": option.standing.value,
        "useful_for_of_100": None if effect is None else round(100 * effect.p_better_than(useful)),
        "expected": None if effect is None else f"{toward * effect.mean:.1f} ± {effect.sd:.1f} {effect.unit}",
        "gain_low": None if found is None else found.low,
        "gain_high": None if found is None else found.high,
        "mean": None if effect is None else effect.mean,
        "sd": None if effect is None else effect.sd,
        "certainty_of_4": option.certainty or None,
        "blinding": option.blinding.value,
        "blinding_reason": option.blinding_reason,
        "burden_of_3": option.burden,
        "cost_a_day": option.cost,
        "dose": option.dose,
        "reported": option.reported or None,
        "trials": option.n_trials,
        "people": option.n_people,
        "known": option.known,
        "not_known": option.not_known,
        "warnings": " ".join(option.warnings) or None,
        "sources": "; ".join(s.ref for s in option.sources),
    }
