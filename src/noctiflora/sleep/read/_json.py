"""JSON documents of bounded size, and rows of them checked one by one."""

import json
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from noctiflora.core import FormatError
from noctiflora.sleep.read._document import Document

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class Row(BaseModel):
    """A row of an export: unknown fields are ignored, infinite numbers refused."""

    model_config = ConfigDict(
        extra="ignore",
        frozen=True,
        allow_inf_nan=False,
        alias_generator=to_camel,
        populate_by_name=True,
        coerce_numbers_to_str=True,
    )


T = TypeVar("T", bound=Row)

MOST_VALUES = 4_000_000
"""Values in one document; ten years of Oura's rows hold about 1.4 million (assumed, 2 to 8 million)."""


def load(document: Document) -> Json:
    """Return a JSON document.

    Raises
    ------
    FormatError
        If it is not JSON, too deep, or too large.
    """
    text = document.text()
    # Counted before reading: sixty megabytes of short numbers would take half a gigabyte.
    if text.count(",") > MOST_VALUES:
        raise FormatError(
            "there are more values than any export holds",
            where=document.name,
            do="split the export into shorter periods",
        )
    try:
        data: Json = json.loads(text)
    except json.JSONDecodeError as problem:
        raise FormatError(
            "this is not JSON, or it was cut short",
            where=f"{document.name}, line {problem.lineno}",
            found=text[problem.pos : problem.pos + 40] or "end of file",
            do="export the file again",
        ) from None
    except (RecursionError, ValueError):
        raise FormatError(
            "this JSON cannot be read safely", where=document.name, found="nested or long beyond reason"
        ) from None
    return data


def checked(row: Json, kind: type[T]) -> T:
    """Return a row as a record of `kind`.

    Raises
    ------
    FormatError
        With the first field that does not fit.
    """
    try:
        return kind.model_validate(row)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_context=False)[0]
        field = ".".join(str(p) for p in first["loc"] if not isinstance(p, int)) or "the row"
        raise FormatError(f"{field}: {first['msg'].lower()}", found=str(first["input"])) from None


def listed(data: Json, *path: str) -> list[Json] | None:
    """Return the list at a path of keys, or None where there is none.

    Examples
    --------
    >>> listed({"body": {"series": [1]}}, "body", "series")
    [1]
    """
    for key in path:
        if not isinstance(data, dict):
            return None
        data = data.get(key)
    return data if isinstance(data, list) else None
