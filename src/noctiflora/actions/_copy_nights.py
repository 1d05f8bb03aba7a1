"""Takes the nights out again, as a table or as plain data."""

import csv
import datetime as dt
import io

from noctiflora.actions._veil import drawn_nights
from noctiflora.sleep import night_dict
from noctiflora.store import Store

COLUMNS = (
    "date", "onset", "offset", "tib_min", "tst_min", "sol_min", "waso_min", "se_pct", "awakenings", "source", "nap",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def copy_nights(store: Store, *, today: dt.date) -> tuple[dict[str, object], ...]:
    """Return nights and naps as plain data; during a trial those that may be seen."""
    found = drawn_nights(store, today=today)
    return tuple(dict(night_dict(n)) for n in sorted((*found.nights, *found.naps), key=lambda n: (n.date, n.nap)))


def nights_csv(store: Store, *, today: dt.date) -> str:
    """Return nights and naps as CSV; text that a spreadsheet would run as a formula is kept from running."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for night in copy_nights(store, today=today):
        writer.writerow([_cell(night[name]) for name in COLUMNS])
    return out.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
