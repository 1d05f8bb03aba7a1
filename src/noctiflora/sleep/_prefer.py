"""Which source a person wants for a night, against the rule of the choice."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from noctiflora.core import RangeError

LONGEST_SOURCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """The sources a person prefers.

    Parameters
    ----------
    always : str or None
        For every night that has it; as shown in the list of nights, or the part before the colon.
    by_date : mapping of date to str
        For single nights; goes before `always`.

    Raises
    ------
    RangeError
        If a source has no name.

    Examples
    --------
    >>> Preference(always="oura").wants("oura", dt.date(2024, 1, 2))
    True
    >>> Preference(always="apple").wants("apple: Watch", dt.date(2024, 1, 2))
    True
    """

    always: str | None = None
    by_date: Mapping[dt.date, str] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        for name in (self.always, *self.by_date.values()):
            if name is not None and not 0 < len(name.strip()) <= LONGEST_SOURCE:
                raise RangeError(
                    "this is not the name of a source", where="source", found=name, do="take one that the nights show"
                )

    def wants(self, source: str, date: dt.date) -> bool:
        """Return whether `source` is preferred for the night of `date`."""
        wanted = self.by_date.get(date, self.always)
        return wanted is not None and _named(wanted, source)


def _named(wanted: str, source: str) -> bool:
    name, told = wanted.strip().casefold(), source.casefold()
    family = told.split(":", 1)[0]
    # Sleeps and stages of one export are two sources; either name means both.
    return name in (told, family, family.removesuffix(" stages"))
