"""How a document is kept as text, exactly, and read back."""

import json
from collections.abc import Mapping
from typing import Any

from noctiflora.core import RangeError, StoreDamaged


def to_text(body: Mapping[str, object], *, what: str, where: str) -> str:
    """Return a document as JSON text.

    Parameters
    ----------
    body : mapping
        JSON values only.
    what, where : str
        How to call it and its place in a message.

    Raises
    ------
    RangeError
        If it is not JSON.
    """
    try:
        return json.dumps(dict(body), allow_nan=False, separators=(",", ":"))
    except (ValueError, TypeError, RecursionError) as error:
        raise RangeError(f"{what} must hold JSON values only", where=where, found=str(error)) from None


def from_text(text: str, *, what: str, where: str) -> dict[str, Any]:
    """Return a document that was kept as text.

    Raises
    ------
    StoreDamaged
        If the text holds none.
    """
    try:
        body: dict[str, Any] = json.loads(text)
    except ValueError as error:
        raise StoreDamaged(f"{what} cannot be read", where=where, do="restore a backup") from error
    return body
