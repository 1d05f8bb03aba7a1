"""Reads a table of studies: effects with errors, counts of events, or means with spreads."""

import csv
import io
import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from noctiflora.core import FormatError, RangeError
from noctiflora.evidence.meta._effects import Effects, Measure, from_counts, from_means
from noctiflora.evidence.meta._fit import Z95
from noctiflora.evidence.meta._studies import Studies

Array = NDArray[np.float64]
Columns = Mapping[str, Sequence[float]]

MOST_ROWS = 10_000
LOPSIDED = 0.2  # an interval whose halves differ by more than this share of its width is told of; assumed
_ALIASES = {
    "slab": "study",
    "trial": "study",
    "author": "study",
    "yi": "y",
    "vi": "v",
    "sei": "se",
    "ai": "events_active",
    "n1i": "n_active",
    "ci": "events_control",
    "n2i": "n_control",
    "m1i": "mean_active",
    "sd1i": "sd_active",
    "m2i": "mean_control",
    "sd2i": "sd_control",
}
_COUNTS = ("events_active", "n_active", "events_control", "n_control")
_MEANS = ("mean_active", "sd_active", "n_active", "mean_control", "sd_control", "n_control")
_RATIO = ("ratio", "ratio_low", "ratio_high")
_ERRORS = (("v",), ("se",), ("ci_low", "ci_high"))
WAYS = (
    "study and one of: y with v, se, or ci_low and ci_high; ratio, ratio_low, ratio_high; "
    f"{', '.join(_COUNTS)}; {', '.join(_MEANS)}"
)


def read_studies(text: str, *, where: str, measure: Measure | None = None) -> Studies:
    r"""Read a comma, semicolon or tab separated table, one study a row.

    Parameters
    ----------
    text : str
        The table with a header row. Columns: ``study`` and one of

        - ``y`` and one of ``v`` (variance), ``se``, or ``ci_low`` with ``ci_high`` (95 %)
        - ``ratio``, ``ratio_low``, ``ratio_high``: a ratio with its 95 % interval, pooled on the log scale
        - ``events_active``, ``n_active``, ``events_control``, ``n_control``
        - ``mean_active``, ``sd_active``, ``n_active``, ``mean_control``, ``sd_control``, ``n_control``

        metafor's names (yi, vi, sei, ai, n1i, ci, n2i, m1i, sd1i, ...) are understood. Other columns are left.
    where : str
        Name of the file, for messages.
    measure : Measure, optional
        What to compute from counts (OR by default, RR, RD) or from means (SMD by default, MD, ROM).

    Raises
    ------
    FormatError
        If a column is missing, or a cell is no number; naming line and field.
    RangeError
        If a number is not possible.
    NotPoolable
        If there are fewer than two studies.

    Examples
    --------
    >>> s = read_studies("study,y,se\na,0.1,0.2\nb,0.3,0.1\n", where="x.csv")
    >>> s.labels, s.v.round(2).tolist()
    (('a', 'b'), [0.04, 0.01])
    """
    header, rows = _rows(text, where)
    if "study" not in header:
        raise FormatError(
            "a table of studies needs the column study", where=where, found=", ".join(header), do=f"give {WAYS}"
        )
    way = _way(header, where)
    labels = tuple(row["study"] for _, row in rows)
    for (line, _), label in zip(rows, labels, strict=True):
        if not label:
            raise FormatError("a study needs a name", where=f"{where}, line {line}, field study", do="fill the cell")
    lines = [line for line, _ in rows]
    columns = {name: [_number(row[name], name, f"{where}, line {line}") for line, row in rows] for name in way}
    _possible(columns, lines, where)
    chosen = _measure(way, measure, where)
    effects = _effects(way, columns, chosen)
    _each_computed(effects, lines, where)
    return Studies(
        labels=labels,
        y=effects.y,
        v=effects.v,
        measure=chosen.label if chosen else ("log ratio" if way == _RATIO else "effect as given"),
        notes=_notes(way, columns, labels),
    )


def _rows(text: str, where: str) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    header: list[str] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = _header(cells, where)
                continue
            place = f"{where}, line {reader.line_num}"
            if len(cells) != len(header):
                raise FormatError(
                    f"this row has {len(cells)} cells, the header {len(header)}", where=place, do="correct the row"
                )
            rows.append((reader.line_num, {k: c.strip() for k, c in zip(header, cells, strict=True)}))
            if len(rows) > MOST_ROWS:
                raise FormatError(f"more than {MOST_ROWS} rows are no table of studies", where=place)
    except csv.Error as error:
        raise FormatError(
            f"this is not a table: {error}", where=f"{where}, line {reader.line_num + 1}", do="save it as CSV"
        ) from None
    if not header:
        raise FormatError("this table is empty", where=where, do=f"give {WAYS}")
    return header, rows


def _header(cells: Sequence[str], where: str) -> list[str]:
    plain = [cell.strip().casefold().replace(" ", "_") for cell in cells]
    # A column of metafor counts only where the plain name is not there too.
    header = [name if (full := _ALIASES.get(name)) is None or full in plain else full for name in plain]
    twice = next((name for i, name in enumerate(header) if name and name in header[:i]), None)
    if twice is not None:
        raise FormatError("this column stands twice in the header", where=where, found=twice, do="keep one of them")
    return header


def _way(header: Sequence[str], where: str) -> tuple[str, ...]:
    """Return the columns by which effects are given."""
    for way in (*(("y", *error) for error in _ERRORS), _RATIO, _COUNTS, _MEANS):
        if all(name in header for name in way):
            return way
    near = max((_RATIO, _COUNTS, _MEANS, ("y", "v")), key=lambda way: sum(name in header for name in way))
    missing = [name for name in near if name not in header]
    raise FormatError(
        "this table does not say the effects with their errors",
        where=where,
        found=f"no column {', '.join(missing)}",
        do=f"give {WAYS}",
    )


def _number(cell: str, name: str, place: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise FormatError(
            "this cell is no number" if cell else "this cell is empty",
            where=f"{place}, field {name}",
            found=repr(cell),
            do="write it with a decimal point, or leave the study out",
        )
    return value


def _possible(columns: Columns, lines: Sequence[int], where: str) -> None:
    """Refuse the first number that cannot be."""
    for i, line in enumerate(lines):
        row = {name: values[i] for name, values in columns.items()}
        for name, wrong, rule in _rules(row):
            if wrong:
                raise RangeError(
                    rule, where=f"{where}, line {line}, field {name}", found=f"{row[name]:g}", do="correct the cell"
                )


def _rules(row: Mapping[str, float]) -> list[tuple[str, bool, str]]:
    """Return field, whether it is wrong, and the rule."""
    rules: list[tuple[str, bool, str]] = []
    for name, value in row.items():
        if name in ("v", "se") or name.startswith("sd_"):
            rules.append((name, value <= 0, "a variance, an error or a spread must be above zero"))
        if name.startswith("n_"):
            rules.append((name, value < 1 or value != int(value), "a group has a whole number of people"))
        if name.startswith("events_"):
            size = row[f"n_{name.removeprefix('events_')}"]
            wrong = value < 0 or value > size or value != int(value)
            rules.append((name, wrong, "events are counted: a whole number from 0 to the size of the group"))
        if name.startswith("ratio"):
            rules.append((name, value <= 0, "a ratio must be above zero"))
    if "mean_active" in row:
        few = row["n_active"] + row["n_control"] < 4
        rules.append(("n_active", few, "means of fewer than four people cannot be pooled"))
    for low, middle, high in (("ci_low", "y", "ci_high"), ("ratio_low", "ratio", "ratio_high")):
        if low in row:
            outside = not (row[low] <= row[middle] <= row[high] and row[low] < row[high])
            rules.append((middle, outside, "an effect must lie inside its interval"))
    return rules


def _measure(way: tuple[str, ...], measure: Measure | None, where: str) -> Measure | None:
    if way not in (_COUNTS, _MEANS):
        if measure is not None:
            raise RangeError(
                "a measure is chosen only for counts or means; here the effects are given",
                where=where,
                found=measure.value,
                do="leave --measure out",
            )
        return None
    chosen = measure or (Measure.OR if way == _COUNTS else Measure.SMD)
    if chosen.from_counts != (way == _COUNTS):
        raise RangeError(
            "this measure does not fit the columns",
            where=where,
            found=chosen.value,
            do="choose OR, RR or RD for counts; SMD, MD or ROM for means",
        )
    return chosen


def _effects(way: tuple[str, ...], columns: Columns, measure: Measure | None) -> Effects:
    get = {name: np.array(values, dtype=np.float64) for name, values in columns.items()}
    with np.errstate(all="ignore"):
        if measure is not None and way == _COUNTS:
            return from_counts(
                measure, (get["events_active"], get["events_control"]), (get["n_active"], get["n_control"])
            )
        if measure is not None:
            return from_means(
                measure,
                (get["mean_active"], get["mean_control"]),
                (get["sd_active"], get["sd_control"]),
                (get["n_active"], get["n_control"]),
            )
        if way == _RATIO:
            low, middle, high = (np.log(get[name]) for name in ("ratio_low", "ratio", "ratio_high"))
            return Effects(y=middle, v=((high - low) / (2 * Z95)) ** 2)
        if "v" in get:
            return Effects(y=get["y"], v=get["v"])
        se = get["se"] if "se" in get else (get["ci_high"] - get["ci_low"]) / (2 * Z95)
        return Effects(y=get["y"], v=se**2)


def _each_computed(effects: Effects, lines: Sequence[int], where: str) -> None:
    bad = np.flatnonzero(~(np.isfinite(effects.y) & np.isfinite(effects.v) & (effects.v > 0)))
    if bad.size:
        raise RangeError(
            "no effect can be computed from this row",
            where=f"{where}, line {lines[int(bad[0])]}",
            do="a ratio of means needs two means above zero; leave the study out or choose another measure",
        )


def _notes(way: tuple[str, ...], columns: Columns, labels: tuple[str, ...]) -> tuple[str, ...]:
    notes = []
    if way == _COUNTS:
        a, n1, c, n2 = (np.array(columns[name]) for name in _COUNTS)
        empty = np.flatnonzero((a == 0) | (c == 0) | (a == n1) | (c == n2))
        if empty.size:
            notes.append(f"0.5 added to every cell of: {', '.join(labels[i] for i in empty)}")
    for low, middle, high in (("ci_low", "y", "ci_high"), _order(_RATIO)):
        if low in columns:
            values = [np.array(columns[name]) for name in (low, middle, high)]
            if low == "ratio_low":
                values = [np.log(x) for x in values]
            off = np.abs((values[2] - values[1]) - (values[1] - values[0])) / (values[2] - values[0])
            far = np.flatnonzero(off > LOPSIDED)
            if far.size:
                names = ", ".join(labels[i] for i in far)
                notes.append(f"the interval is lopsided (its width was used): {names}")
    return tuple(notes)


def _order(ratio: tuple[str, str, str]) -> tuple[str, str, str]:
    return ratio[1], ratio[0], ratio[2]
