"""Where a number comes from: a DOI, a PMID, an address, or the word `assumed` with its range."""

import re
from dataclasses import dataclass

from noctiflora.core._errors import SourceMissing

_DOI = re.compile(r"^10\.\d{4,9}/\S+$")
_PMID = re.compile(r"^PMID \d{1,8}$")
_PMC = re.compile(r"^PMC\d+$")
_URL = re.compile(r"^https?://\S+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source of a number.

    Parameters
    ----------
    ref : str
        A DOI (``10.…``), ``PMID n``, ``PMCn``, an ``http(s)`` address, or ``assumed``.
    note : str
        What was read there; for ``assumed`` the range and the reason.

    Raises
    ------
    SourceMissing
        If `ref` is none of these, or ``assumed`` comes without a note.

    Examples
    --------
    >>> Source(ref="10.5664/jcsm.8986").url
    'https://doi.org/10.5664/jcsm.8986'
    >>> Source(ref="assumed", note="0.2 to 0.6; no trial reports it").is_assumed
    True
    """

    ref: str
    note: str = ""

    def __post_init__(self) -> None:
        if self.ref == "assumed":
            if not self.note:
                raise SourceMissing("an assumed value needs its range and reason", where="source", do="add a note")
            return
        if not any(p.match(self.ref) for p in (_DOI, _PMID, _PMC, _URL)):
            raise SourceMissing(
                "a source must be a DOI, 'PMID n', 'PMCn', an address, or 'assumed'",
                where="source",
                found=self.ref or "nothing",
                do="look the source up, or mark the value as assumed with a range",
            )

    @property
    def is_assumed(self) -> bool:
        """Whether this is our own assumption and not something read."""
        return self.ref == "assumed"

    @property
    def url(self) -> str | None:
        """Address at which the source can be read; None for an assumption."""
        if self.ref.startswith("10."):
            return f"https://doi.org/{self.ref}"
        if self.ref.startswith("PMID "):
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.ref[5:]}/"
        if self.ref.startswith("PMC"):
            return f"https://pmc.ncbi.nlm.nih.gov/articles/{self.ref}/"
        return None if self.is_assumed else self.ref


def parse_sources(text: str) -> tuple[Source, ...]:
    """Read the sources of one table cell, parted by ``;``.

    A part may carry a note in brackets: ``10.1000/x (table 2)``.

    Raises
    ------
    SourceMissing
        If the cell is empty or a part is not a source.

    Examples
    --------
    >>> [s.ref for s in parse_sources("10.5664/jcsm.8986; PMID 18279948 (abstract)")]
    ['10.5664/jcsm.8986', 'PMID 18279948']
    """
    parts = [p.strip() for p in text.split(";") if p.strip()]
    if not parts:
        raise SourceMissing("no source given", where="source", do="add a DOI, PMID or address, or 'assumed (range)'")
    return tuple(_one(p) for p in parts)


def _one(part: str) -> Source:
    ref, space, note = part.partition(" (")
    if space and note.endswith(")"):
        return Source(ref=ref.strip(), note=note[:-1].strip())
    return Source(ref=part)
