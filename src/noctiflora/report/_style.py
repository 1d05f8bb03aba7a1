"""The stylesheet of a report: one small file a component, inlined, and allowed by its hash."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

SHEETS = (
    "tokens",
    "ground",
    "frame",
    "parts",
    "table",
    "certainty",
    "finding",
    "option",
    "verdict",
    "chart",
    "marks",
    "print",
)
"""Components in the order in which they are written."""


@cache
def stylesheet() -> str:
    """Return all components as one sheet."""
    folder = files("noctiflora.report") / "style"
    text = "\n".join((folder / f"{name}.css").read_text(encoding="utf-8").strip() for name in SHEETS)
    return f"\n{text}\n"


@cache
def policy() -> str:
    """Return the content security policy: nothing is loaded, only this very sheet applies.

    Examples
    --------
    >>> policy().startswith("default-src 'none'; style-src 'sha256-")
    True
    """
    digest = base64.b64encode(hashlib.sha256(stylesheet().encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
