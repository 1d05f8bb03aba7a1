"""Pools a table of studies that somebody brings along."""

from dataclasses import dataclass

from noctiflora.evidence.meta import Analysis, Compared, Measure, analyse, cross_check, read_studies


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledTable:
    """A pooled table, with the cross-check by another library where it was asked for."""

    analysis: Analysis
    compared: tuple[Compared, ...]


def pool_table(text: str, *, where: str, measure: str | None = None, check: bool = False) -> PooledTable:
    """Return a standard meta-analysis of a table.

    Parameters
    ----------
    text : str
        The table; see `noctiflora.evidence.meta.read_studies`.
    where : str
        Name of the file, for messages.
    measure : str, optional
        What to compute from counts or means.
    check : bool
        Whether to compute it once more by PyMARE (extra ``meta``).

    Raises
    ------
    FormatError, RangeError, NotPoolable
        If the table cannot be pooled.
    MissingExtra
        If the check is asked for and PyMARE is not there.
    """
    studies = read_studies(text, where=where, measure=None if measure is None else Measure(measure))
    analysis = analyse(studies)
    return PooledTable(analysis=analysis, compared=cross_check(analysis) if check else ())
