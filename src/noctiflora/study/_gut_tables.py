"""Scores modules in many tables of genes, a table to a machine at a time."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from noctiflora.core import FormatError, NoctifloraError
from noctiflora.gut import Module, namespace, read_gene_table, score
from noctiflora.study._dataset import Refused
from noctiflora.study._engine import Engine

COLUMNS = ("table", "sample", "module", "score", "coverage", "status")


def run_gut(
    tables: Sequence[Path],
    modules: Sequence[Module],
    out: Path,
    machines: Engine,
    *,
    tell: Callable[[int, int], None] | None = None,
) -> tuple[int, tuple[Refused, ...]]:
    """Score every sample of every table, and write one row per sample and module.

    Parameters
    ----------
    tables : sequence of Path
        Tables of genes, each read by one process; memory is bounded by the largest.
    modules : sequence of Module
        What to score.
    out : Path
        File to write, ``.parquet`` or ``.csv``.
    machines : Engine
        Where the work runs.
    tell : callable, optional
        Hears how many tables of how many are done.

    Returns
    -------
    tuple of int and tuple of Refused
        Samples scored, and the tables that could not be.

    Raises
    ------
    FormatError
        If no table could be scored, or the file's ending is another.
    """
    if out.suffix not in (".parquet", ".csv"):
        raise FormatError("this ending is not known", where=str(out), found=out.suffix, do="name a .parquet or .csv")
    answers = machines.map(_score_table, tables, tuple(modules), tell=tell)
    parts = [a for a in answers if isinstance(a, pl.DataFrame)]
    refused = tuple(
        _refused(path, a) for path, a in zip(tables, answers, strict=True) if not isinstance(a, pl.DataFrame)
    )
    if not parts:
        found = refused[0].reason if refused else "no tables"
        raise FormatError("no table could be scored", where=str(out), found=found, do="check the tables")
    whole = pl.concat(parts)
    if out.suffix == ".csv":
        whole.write_csv(out)
    else:
        whole.write_parquet(out)
    return whole.select("table", "sample").n_unique(), refused


def _score_table(path: Path, modules: tuple[Module, ...]) -> pl.DataFrame:
    """Return one table's scores, the same as ``gut score`` shows."""
    wanted = frozenset[str]().union(*(m.identifiers for m in modules))
    catalogues: set[str] = set()

    def is_wanted(identifier: str) -> bool:
        catalogues.add(namespace(identifier))
        return identifier in wanted

    try:
        with path.open("rb") as stream:
            reading = read_gene_table(stream, path.name, wanted=is_wanted)
    except OSError as problem:
        raise FormatError("the file cannot be opened", where=path.name, found=problem.strerror) from None
    found = score(reading, modules, namespaces=catalogues or None)
    m, n = found.scores.shape
    return pl.DataFrame(
        {
            "table": [path.name] * (m * n),
            "sample": np.repeat(found.sample_ids, m).tolist(),
            "module": list(found.module_ids) * n,
            "score": found.scores.T.ravel(),
            "coverage": found.coverage.T.ravel(),
            "status": [found.status(i, j).value for j in range(n) for i in range(m)],
        }
    ).with_columns(pl.col("score", "coverage").fill_nan(None))


def _refused(path: Path, answer: object) -> Refused:
    if isinstance(answer, NoctifloraError):
        return Refused(where=path.name, reason=str(answer))
    return Refused(where=path.name, reason=f"it could not be scored ({type(answer).__name__})")
