"""A figure: drawing, words for those who cannot see it, key, and the same numbers as a table."""

from dataclasses import dataclass

from noctiflora.report.chart._pen import Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The table twin of a drawing; the first cell of a row is its heading."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One entry of a key: a sign by its name in the templates, and what it stands for."""

    sign: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One chart ready for a page.

    Parameters
    ----------
    key : str
        Unique on the page; letters and hyphens.
    title, description : str
        For the image role; the description holds the result.
    caption : str
        What is drawn, with its unit.
    narrow : Drawing
        320 units wide, or the only one.
    broad : Drawing or None
        780 units wide; None where the narrow one serves all widths.
    signs : tuple of Sign
        The key.
    table : Table or None
        The twin; None only where the numbers stand in a table right beside.
    """

    key: str
    title: str
    description: str
    caption: str
    narrow: Drawing
    broad: Drawing | None = None
    signs: tuple[Sign, ...] = ()
    table: Table | None = None
