"""The manual's tables of equations and parameters, written from the model text."""

from collections.abc import Iterable

from noctiflora.axis._model import Model, Status

_NOTICE = "<!-- Written by scripts/axis_generate.py from the model text; do not edit. -->"


def parameter_table(model: Model) -> str:
    """Return the reference page of inputs and parameters, in Markdown."""
    counts = ", ".join(f"{sum(p.status is s for p in model.parameters)} {s}" for s in Status)
    lines = [f"# Parameters of {model.name} {model.version}", "", _NOTICE, ""]
    lines += [
        f"{len(model.parameters)} parameters: {counts}.",
        "A value outside its range is refused with this range and source.",
        "An output that depends on a hypothesis is labelled a hypothesis.",
        "",
        "## Inputs",
        "",
        *_table(("name", "unit", "meaning"), ((i.name, i.unit, i.meaning) for i in model.inputs)),
    ]
    for module in dict.fromkeys(p.module for p in model.parameters):
        rows = (
            (
                p.name,
                f"{p.value:g}",
                p.unit,
                f"{p.low:g} to {p.high:g}",
                p.status,
                p.meaning,
                _cite(p.source.ref, p.source.note),
            )
            for p in model.parameters
            if p.module == module
        )
        head = ("name", "value", "unit", "range", "status", "meaning", "source")
        lines += ["", f"## {module}", "", *_table(head, rows)]
    return "\n".join(lines) + "\n"


def equation_table(model: Model) -> str:
    """Return the reference page of constants, algebra and rates, in Markdown."""
    lines = [f"# Equations of {model.name} {model.version}", "", _NOTICE, ""]
    lines += [
        "Time in hours. `sig(x) = 1/(1+exp(-x))`, `pos(x) = max(0, x)`. Terms are evaluated in this order.",
        "",
        "## Derived constants",
        "",
        *_table(("name", "formula"), ((c.name, f"`{c.text}`") for c in model.constants)),
        "",
        "## Algebraic terms",
        "",
        *_table(("name", "formula", "meaning"), ((t.name, f"`{t.text}`", t.meaning) for t in model.algebra)),
    ]
    for module in model.modules:
        rows = (
            (s.name, f"`{s.rate_text}`", s.unit, f"{s.initial:g}", s.meaning)
            for s in model.states
            if s.module == module.name
        )
        held = ", ".join(f"`{h.name} = {h.text}`" for h in module.holds)
        lines += ["", f"## {module.name} ({module.status})", "", f"Alone: hold {held}.", ""]
        lines += _table(("state", "rate per hour", "unit", "start", "meaning"), rows)
    return "\n".join(lines) + "\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]


def _cite(ref: str, note: str) -> str:
    return f"{ref}: {note}" if note else ref
