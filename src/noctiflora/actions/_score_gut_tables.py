"""Scores modules in many tables of genes, here or on many machines."""

from collections.abc import Sequence
from pathlib import Path

from noctiflora.core import FormatError
from noctiflora.gut import read_modules, sleep_modules
from noctiflora.study import Refused, Tell, engine, run_gut


def score_gut_tables(
    tables: Sequence[Path],
    out: Path,
    *,
    modules: Path | None = None,
    scheduler: str | None = None,
    workers: int | None = None,
    tell: Tell,
) -> tuple[int, tuple[Refused, ...]]:
    """Score every sample of every table, and write one row per sample and module.

    Parameters
    ----------
    tables : sequence of Path
        Tables of genes.
    out : Path
        File to write, ``.parquet`` or ``.csv``.
    modules : Path, optional
        A file in the format of GBM and GMM modules; the package's own sleep modules when left out.
    scheduler : str, optional
        Address of a Dask scheduler; this machine's cores when left out.
    workers : int, optional
        Processes on this machine.
    tell : callable
        Hears what is under way.

    Returns
    -------
    tuple of int and tuple of Refused
        Samples scored, and the tables that could not be.

    Raises
    ------
    FormatError
        If no table could be scored.
    ModelError
        If the machines do not answer, or are lost.
    MissingExtra
        If Dask is not installed.
    """
    known = sleep_modules() if modules is None else read_modules(_text(modules), where=modules.name)
    found = [path.expanduser().resolve() for path in tables]
    with engine(scheduler, workers=workers) as machines:
        return run_gut(
            found,
            known,
            out.expanduser().resolve(),
            machines,
            tell=lambda done, of: tell("tables", done, of),
        )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        said = type(problem).__name__
        raise FormatError("the file cannot be opened as text", where=str(path), found=said) from None
