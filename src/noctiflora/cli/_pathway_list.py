"""Pathways from gut to sleep as a readable list and as rows."""

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from noctiflora.plan import PathwayFinding, Signal

WIDTH = 100
CERTAINTY = ("not graded", "very low", "low", "moderate", "high")
NO_SUM = (
    "A sign goes together with a pathway; it does not measure it, and nothing here shows a cause. Signs are not added "
    "up. Where they disagree, both stand here."
)


def certainty_words(certainty: int) -> str:
    """Return a certainty as it is always written, the word with its number.

    Examples
    --------
    >>> certainty_words(2)
    'low (2 of 4)'
    """
    return f"{CERTAINTY[certainty]} ({certainty} of 4)" if certainty else CERTAINTY[0]


def filled(text: str, indent: str = "  ") -> str:
    """Return `text` in lines of at most `WIDTH`, those after the first indented."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_on_hyphens=False,
        break_long_words=False,
    )


def tell_pathways(pathways: "Sequence[PathwayFinding]") -> None:
    """Print one paragraph per pathway."""
    typer.echo("\nFrom gut to sleep: 13 pathways\n" + filled(NO_SUM, ""))
    for finding in pathways:
        typer.echo(f"\n{finding.heading} ({finding.pathway}): {finding.group.value}")
        typer.echo(filled(f"{finding.known} Evidence in people: {certainty_words(finding.certainty)}."))
        if finding.disagree:
            typer.echo(filled("The signs disagree:"))
        for words, signals in (
            ("Points to it", finding.toward),
            ("Points away from it", finding.away),
            ("Does not tell", finding.undirected),
        ):
            for signal in signals:
                limits = f" Mind: {signal.limits}." if signal.limits else ""
                typer.echo(filled(f"{words}: {signal.seen}.{limits}"))
        if finding.not_measured:
            places = "; ".join(dict.fromkeys(f"{u.kind}, {u.where}" for u in finding.not_measured))
            n, of = len(finding.not_measured), len(finding.not_measured) + len({s.path_id for s in finding.signals})
            typer.echo(filled(f"Not measured: {n} of {of} things that could be seen ({places})."))


def pathway_row(finding: "PathwayFinding") -> dict[str, object]:
    """Return one pathway as JSON values, with the keys of a finding and its signs beside them."""
    n_seen = len({signal.path_id for signal in finding.signals})
    of = n_seen + len(finding.not_measured)
    return {
        "group": finding.group.value,
        "finding": finding.heading,
        "pathway": finding.pathway,
        "number": f"{n_seen} of {of} things that could be seen were looked at" if n_seen else None,
        "text": finding.known,
        "certainty_of_4": finding.certainty,
        "sources": "; ".join(source.ref for source in finding.sources),
        "points_to_it": [_signal(s) for s in finding.toward],
        "points_away": [_signal(s) for s in finding.away],
        "does_not_tell": [_signal(s) for s in finding.undirected],
        "disagree": finding.disagree,
        "not_measured": [
            {"id": u.path_id, "observable": u.observable, "kind": u.kind, "where": u.where}
            for u in finding.not_measured
        ],
    }


def _signal(signal: "Signal") -> dict[str, object]:
    return {
        "id": signal.path_id,
        "seen": signal.seen,
        "certainty_of_4": signal.certainty,
        "limits": signal.limits or None,
        "sources": [source.ref for source in signal.sources],
    }
