"""Readable names of sources: author with year, or the title of a review."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from noctiflora.evidence._evidence import Evidence


@lru_cache(maxsize=4)
def source_names(evidence: Evidence) -> Mapping[str, str]:
    """Return a name for every source that the tables of trials and reviews can name, by its reference.

    A page from which several trials were read has no one author, and gets no name.

    Parameters
    ----------
    evidence : Evidence
        See `load`.

    Examples
    --------
    >>> from noctiflora.evidence import load
    >>> source_names(load())["10.1038/s41598-024-53810-w"]
    'Patterson E 2024'
    """
    found: dict[str, set[str]] = {}
    for trial in evidence.trials:
        if trial.first_author is None:
            continue
        name = f"{trial.first_author} {trial.year}" if trial.year else trial.first_author
        refs = [source.ref for source in trial.sources]
        for ref in {*_own(trial.doi, trial.pmid), *refs}:
            found.setdefault(ref, set()).add(name)
    names = {ref: next(iter(some)) for ref, some in found.items() if len(some) == 1}
    for review in evidence.reviews:
        name = f"{review.review}, {review.year}" if review.year else review.review
        names.update(dict.fromkeys(_own(review.doi, review.pmid), name))
    names.pop("assumed", None)
    return MappingProxyType(names)


def _own(doi: str | None, pmid: str | None) -> tuple[str, ...]:
    return tuple(ref for ref in (doi, f"PMID {pmid}" if pmid else None) if ref)
