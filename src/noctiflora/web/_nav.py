"""The navigation: five places, and the rest behind More on a phone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One entry.

    Parameters
    ----------
    key : str
        What a page says it is with ``place``.
    path : str
        Where it leads; an entry is shown only once a route answers there.
    words : str
        As shown; goes through the catalogue.
    wide : bool
        Whether it stands in the left rail and under More only.
    """

    key: str
    path: str
    words: str
    wide: bool = False


def _(text: str) -> str:
    return text  # marks a string for the catalogue; it is translated where it is shown


NAV: tuple[Link, ...] = (
    Link(key="today", path="/", words=_("Today")),
    Link(key="nights", path="/nights", words=_("Nights")),
    Link(key="findings", path="/findings", words=_("Findings")),
    Link(key="options", path="/options", words=_("Options")),
    Link(key="trial", path="/trial", words=_("Trial")),
    Link(key="what-if", path="/what-if", words=_("What-if"), wide=True),
    Link(key="evidence", path="/evidence", words=_("Evidence"), wide=True),
    Link(key="claims", path="/claims", words=_("Claims ledger"), wide=True),
    Link(key="safety", path="/safety", words=_("Safety questions"), wide=True),
    Link(key="gut", path="/gut", words=_("Gut"), wide=True),
    Link(key="clinician", path="/clinician", words=_("For my clinician"), wide=True),
    Link(key="data", path="/data", words=_("Data"), wide=True),
    Link(key="settings", path="/settings", words=_("Settings"), wide=True),
)


def shown(paths: frozenset[str]) -> tuple[Link, ...]:
    """Return the entries to which a route answers."""
    return tuple(link for link in NAV if link.path in paths)
