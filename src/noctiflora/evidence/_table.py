"""The one reader of packaged tables: a CSV file in, checked rows out."""

import csv
import io
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
    reader = csv.DictReader(io.StringIO(text), strict=True)
    rows: list[R] = []
    for cells in reader:
        place = f"{where}, line {reader.line_num}"
        if None in cells:
            raise FormatError("this row has more cells than the header", where=place, do="quote cells that hold commas")
        try:
            rows.append(row.model_validate({k: (v if v != "" else None) for k, v in cells.items()}))
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            raise FormatError(
                f"this cell does not fit: {first['msg'].lower()}",
                where=f"{place}, field {field}",
                found=repr(first.get("input")),
                do="correct the cell",
            ) from None
    return tuple(rows)
