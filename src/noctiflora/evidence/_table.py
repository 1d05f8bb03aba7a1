"""The one reader of packaged tables: a CSV file in, checked rows out."""

import csv
import io
from collections.abc import Iterator
from importlib.resources import files
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from noctiflora.core import FormatError


class Row(BaseModel):
    """A row of a packaged table; every table's row model derives from it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


R = TypeVar("R", bound=Row)


def read_table(name: str, row: type[R]) -> tuple[R, ...]:
    """Read ``data/<name>/<name>.csv`` of this package and check every row.

    Parameters
    ----------
    name : str
        Folder and file name of the table.
    row : type of Row
        The row's model; an empty cell is passed as None.

    Raises
    ------
    FormatError
        If a row does not fit, naming file, line, field and what was found.
    """
    text = files("noctiflora.evidence").joinpath("data", name, f"{name}.csv").read_text(encoding="utf-8")
    return parse_table(text, row, where=f"{name}.csv")


def parse_table(text: str, row: type[R], *, where: str) -> tuple[R, ...]:
    """Check every row of the CSV `text`; see `read_table`."""
    rows: list[R] = []
    for line, cells in _cells(text, where):
        place = f"{where}, line {line}"
        if None in cells:
            raise FormatError("this row has more cells than the header", where=place, do="quote cells that hold commas")
        if None in cells.values():
            raise FormatError("this row has fewer cells than the header", where=place, do="add the missing commas")
        try:
            rows.append(row.model_validate({k: (v if v != "" else None) for k, v in cells.items()}))
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            raise FormatError(
                f"this cell does not fit: {first['msg'].lower()}",
                where=f"{place}, field {field}" if field else place,
                found=repr(first.get("input")),
                do="correct the cell",
            ) from None
    return tuple(rows)


def _cells(text: str, where: str) -> Iterator[tuple[int, dict[str | None, object]]]:
    """Yield line number and cells of each row of the CSV `text`."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, dict(cells)
    except csv.Error as error:
        raise FormatError(
            f"this is not a CSV file: {error}",
            where=f"{where}, line {reader.line_num + 1}",
            do="save it as comma separated text",
        ) from None
