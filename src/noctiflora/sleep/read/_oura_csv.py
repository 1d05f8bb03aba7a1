"""Oura account export: ``sleepmodel.csv``, the fields of the interface in columns."""

import json

from noctiflora.sleep.read._csv import EMPTY, header, lines
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._json import Json
from noctiflora.sleep.read._oura import keep_periods

NEEDED = frozenset({"bedtime_start", "bedtime_end", "type"})


def sniff(head: bytes) -> bool:
    """Return whether the header is that of Oura's table of sleep periods."""
    return frozenset(header(head)) >= NEEDED


def read(tally: Tally) -> None:
    """Read sleep periods into the tally."""
    rows: list[tuple[str, Json]] = []
    for line in lines(tally.document.text(), lambda names: names):
        tally.expect(line.number)
        row: dict[str, Json] = {k: _bare(v) for k, v in line.cells.items() if v.lower() not in EMPTY}
        rows.append((f"line {line.number}", row))
    keep_periods(tally, rows)


def _bare(text: str) -> str:
    """Return a cell without the quotes of JSON, which some texts keep."""
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return text
    try:
        inner = json.loads(text)
    except ValueError:
        return text
    return inner if isinstance(inner, str) else text


OURA_CSV = Format(label="Oura sleep table", sniff=sniff, read=read)
