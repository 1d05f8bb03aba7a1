"""Runs a study of many personal trials on this machine or a cluster."""

from pathlib import Path

from noctiflora.core import FormatError
from noctiflora.study import (
    StudyResult,
    Tell,
    engine,
    read_settings,
    run,
    study_entries,
    study_report,
    write_entries,
    write_result,
)


def run_study(
    dataset: Path, out: Path, *, scheduler: str | None = None, workers: int | None = None, tell: Tell
) -> StudyResult:
    """Analyse every trial of a data set, pool them, and write the results.

    Parameters
    ----------
    dataset : Path
        Folder with ``study.json`` and ``people/``.
    out : Path
        Folder for results; trials that an earlier run finished there are not repeated.
    scheduler : str, optional
        Address of a Dask scheduler; this machine's cores when left out.
    workers : int, optional
        Processes on this machine.
    tell : callable
        Hears what is under way.

    Raises
    ------
    FormatError
        If there is no data set, or nobody in it can be analysed.
    ModelError
        If the machines are lost; what was finished stays.
    MissingExtra
        If Dask is not installed.
    """
    dataset, out = dataset.expanduser().resolve(), out.expanduser().resolve()
    read_settings(dataset)
    if out == dataset or out.is_relative_to(dataset / "people"):
        raise FormatError("results cannot lie among the data", where=str(out), do="name another folder with --out")
    with engine(scheduler, workers=workers) as machines:
        result = run(dataset, out, machines, tell=tell)
    write_result(result)
    (out / "report.md").write_text(study_report(result), encoding="utf-8")
    write_entries(out, study_entries(result))
    return result
