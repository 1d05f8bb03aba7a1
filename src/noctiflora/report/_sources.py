"""The numbered list of sources behind every number of a report."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from noctiflora.core import Source
from noctiflora.report._data import ReportData
from noctiflora.report._measures import measure_sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """One entry of the list."""

    number: int
    source: Source


class SourceList:
    """Sources in the order in which a report first needs them, each once.

    Parameters
    ----------
    sources : iterable of Source
        In that order; repeats are fine.

    Examples
    --------
    >>> a, b = Source(ref="10.5664/jcsm.8986"), Source(ref="PMID 1")
    >>> SourceList([a, b, a]).numbers([b, a])
    (1, 2)
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        self._numbers: dict[Source, int] = {}
        for source in sources:
            self._numbers.setdefault(source, len(self._numbers) + 1)

    def __iter__(self) -> Iterator[Numbered]:
        return (Numbered(number=n, source=s) for s, n in self._numbers.items())

    def __len__(self) -> int:
        return len(self._numbers)

    def numbers(self, sources: Iterable[Source]) -> tuple[int, ...]:
        """Return the numbers of `sources`, rising, each once."""
        return tuple(sorted({self._numbers[s] for s in sources}))


def collect(data: ReportData) -> SourceList:
    """Return the numbered sources of all records of a report, in the order of its sections."""
    return SourceList(_walk(data))


def _walk(data: ReportData) -> Iterator[Source]:
    if data.trial is not None and data.trial.prior is not None:
        yield from data.trial.prior.sources
    yield from data.useful_sources
    if data.nights:
        yield from measure_sources()
    for finding in data.findings:
        yield from finding.sources
    if data.gates is not None:
        for state in data.gates.states:
            yield from state.sources
    for option in data.options:
        yield from option.sources
        if option.effect is not None:
            yield from option.effect.sources
    if data.evidence is not None:
        yield from data.evidence.sources
        if data.evidence.predictive is not None:
            yield from data.evidence.predictive.sources
    if data.gut is not None:
        yield from data.gut.sources
        if data.gut.genes is not None:
            yield from data.gut.genes.sources
        for capacity in data.gut.capacities:
            yield from capacity.sources
    if data.what_if is not None:
        for row in data.what_if.rows:
            yield from row.sources
