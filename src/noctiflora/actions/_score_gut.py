"""Scores modules in a table of genes."""

from dataclasses import dataclass
from pathlib import Path

from noctiflora.actions._small_text import small_text
from noctiflora.core import FormatError
from noctiflora.gut import (
    COVERAGE_CUTOFF,
    Estimator,
    GutReading,
    Module,
    ModuleScores,
    namespace,
    read_gene_table,
    read_modules,
    score,
    sleep_modules,
)

LARGEST_MODULES = 16 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class GutScores:
    """What came of scoring.

    Parameters
    ----------
    table : GutReading
        The table, with only the rows that a module names.
    modules : tuple of Module
        As read.
    scores : ModuleScores
        By modules and samples.
    """

    table: GutReading
    modules: tuple[Module, ...]
    scores: ModuleScores


def score_gut(
    table: Path,
    modules: Path | None = None,
    *,
    cutoff: float = COVERAGE_CUTOFF,
    estimator: Estimator = Estimator.MEDIAN,
    normalise: bool = False,
) -> GutScores:
    """Score every module of a file in every sample of a table.

    Parameters
    ----------
    table : Path
        A table of genes.
    modules : Path, optional
        A file in the format of GBM and GMM modules; the package's own sleep modules where None.
    cutoff, estimator, normalise
        As for `noctiflora.gut.score`.

    Raises
    ------
    FormatError
        If a file cannot be opened or is not what it should be.
    """
    known = sleep_modules() if modules is None else read_modules(_modules_text(modules), where=modules.name)
    wanted = frozenset[str]().union(*(m.identifiers for m in known))
    catalogues: set[str] = set()

    def is_wanted(identifier: str) -> bool:
        catalogues.add(namespace(identifier))
        return identifier in wanted

    try:
        with table.open("rb") as stream:
            reading = read_gene_table(stream, table.name, wanted=is_wanted)
    except OSError as problem:
        raise FormatError("the file cannot be opened", where=str(table), found=problem.strerror) from None
    namespaces = catalogues or None
    scores = score(reading, known, cutoff=cutoff, estimator=estimator, normalise=normalise, namespaces=namespaces)
    return GutScores(table=reading, modules=known, scores=scores)


def _modules_text(path: Path) -> str:
    return small_text(path, most=LARGEST_MODULES, what="the module file", limit="")
