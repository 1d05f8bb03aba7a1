"""Pools a registry of shared summaries of personal trials."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from noctiflora.core import FormatError
from noctiflora.study import (
    RegistryResult,
    TellRead,
    pool_registry,
    registry_dict,
    registry_entries,
    registry_report,
    write_entries,
)


def pool_summaries(
    paths: Sequence[Path], out: Path | None = None, *, within_sd: float | None = None, tell: TellRead
) -> RegistryResult:
    """Pool shared summaries, and write the result where a folder is named.

    Parameters
    ----------
    paths : sequence of Path
        Files or folders of what ``trial share`` wrote.
    out : Path, optional
        Folder for ``registry.json``, ``report.md`` and ``evidence.json``.
    within_sd : float, optional
        Night-to-night SD that the priors are scaled by.
    tell : callable
        Hears how many were read and refused.

    Raises
    ------
    FormatError
        If there are no summaries, or none that count.
    NotConverged
        If an answer did not settle.
    """
    paths = [path.expanduser().resolve() for path in paths]
    out = out.expanduser().resolve() if out is not None else None
    if out is not None and any(out == path or out.is_relative_to(path) for path in paths):
        raise FormatError("results cannot lie among the summaries", where=str(out), do="name another folder with --out")
    with tempfile.TemporaryDirectory(prefix="noctiflora-registry-") as scratch:
        result = pool_registry(paths, Path(scratch), within_sd=within_sd, tell=tell)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / "registry.json").write_text(json.dumps(registry_dict(result), indent=1), encoding="utf-8")
        (out / "report.md").write_text(registry_report(result), encoding="utf-8")
        write_entries(out, registry_entries(result))
    return result
