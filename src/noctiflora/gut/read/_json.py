"""JSON documents as stool readers see them: parsed, with a sentence for each fault."""

import json
from collections.abc import Mapping
from typing import Any

from noctiflora.core import FormatError
from noctiflora.gut.read._document import Document


def parsed(document: Document) -> Mapping[str, Any]:
    """Return the object that a document holds.

    Raises
    ------
    FormatError
        If it is cut short, nested beyond reason or no object.
    """
    text = document.text()
    try:
        found: object = json.loads(text)
    except json.JSONDecodeError as problem:
        raise FormatError(
            "this is not JSON, or it was cut short",
            where=f"{document.name}, line {problem.lineno}",
            found=text[problem.pos : problem.pos + 40] or "end of file",
            do="download it again",
        ) from None
    except (RecursionError, ValueError):
        raise FormatError(
            "this JSON cannot be read safely", where=document.name, found="nested beyond reason, or a number too long"
        ) from None
    if not isinstance(found, dict):
        raise unfit(document, "the document", found)
    return found


def unfit(document: Document, field: str, found: object) -> FormatError:
    """Return the error for a part that is not what it should be."""
    return FormatError(
        "a part of the file does not fit",
        where=f"{document.name}, field {field}",
        found=repr(found)[:60],
        do="download or export it again",
    )


def a_list(document: Document, field: str, found: object) -> list[Any]:
    """Return a list, or complain with its place."""
    if not isinstance(found, list):
        raise unfit(document, field, found)
    return found
