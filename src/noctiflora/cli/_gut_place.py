"""Where a stool sample falls in a reference, as rows and as text."""

from typing import TYPE_CHECKING

import typer

from noctiflora.cli._show import Cell, show_rows

if TYPE_CHECKING:
    from noctiflora.gut import Placement

COLUMNS = ("taxon", "where", "band_from", "band_to", "reads")
RULE = (
    "high, low: the whole 80 % band of the percentile lies over, under 50; middle: it holds 50; not assessable: it is "
    "wider than 75 points."
)


def placement_rows(placed: "Placement") -> list[dict[str, Cell]]:
    """Return one row per genus, percentiles with their band."""
    return [
        {
            "taxon": p.taxon,
            "where": p.level.value,
            "band_from": round(p.low, 1),
            "band_to": round(p.high, 1),
            "reads": p.reads,
            "log_ratio": round(p.log_ratio, 4),
        }
        for p in placed.places
    ]


def placement_dict(placed: "Placement") -> dict[str, object]:
    """Return a placement as JSON values."""
    return {
        "references": [
            {
                "id": c.id,
                "name": c.name,
                "region": c.region,
                "people": c.n,
                "made": c.made,
                "sources": [s.ref for s in c.sources],
            }
            for c in placed.references
        ],
        "reason": placed.reason or None,
        "notes": list(placed.notes),
        "set": placed.set_hash or None,
        "band_pct": 80,
        "lab_sd": placed.batch_sd,
        "day_sd": placed.day_sd,
        "genera": placement_rows(placed),
    }


def tell_placement(placed: "Placement") -> None:
    """Print which genera stand out with their band, which lie in the middle, and how many cannot be placed."""
    if placed.reason:
        typer.echo(f"  Not held against a reference: {placed.reason}.")
        return
    names = "; ".join(f"{c.name} ({c.n} people, {c.made})" for c in placed.references)
    typer.echo(f"  Held against {names}.")
    for note in placed.notes:
        typer.echo(f"  {note}")
    typer.echo(
        f"  The band allows for counting, for the day (sd {placed.day_sd:.2f}) and for the laboratory "
        f"(sd {placed.batch_sd:.2f}, natural logarithms). {RULE}"
    )
    rows = placement_rows(placed)
    told = [r for r in rows if r["where"] != "not assessable"]
    out = [r for r in told if r["where"] != "middle"]
    show_rows(out, COLUMNS, empty="  No genus stands out." if told else "  No genus can be placed.")
    middle = [str(r["taxon"]) for r in told if r["where"] == "middle"]
    if middle:
        typer.echo(f"  In the middle, not to be told from usual: {', '.join(middle)} (bands: --format json).")
    typer.echo(f"  {len(rows) - len(told)} of {len(rows)} genera cannot be placed: their band is too wide.")
