"""Reads stool tests from files; nothing is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from noctiflora.core import FormatError, InputError
from noctiflora.gut import Content, GutReading, Rank, Unit, expect_known_taxa, join_names, read


@dataclass(frozen=True, slots=True, kw_only=True)
class GutFile:
    """What became of one file.

    Parameters
    ----------
    name : str
        Of the file.
    reading : GutReading or None
        What was read; None where it was refused.
    refusal : str
        Why it was refused; empty where it was not.
    """

    name: str
    reading: GutReading | None
    refusal: str = ""


def read_gut(
    paths: Sequence[Path],
    *,
    unit: Unit | None = None,
    rank: Rank | None = None,
    region: str | None = None,
    site: str | None = None,
) -> tuple[GutFile, ...]:
    """Read stool tables; a taxonomy given beside a table without names is joined to it.

    Parameters
    ----------
    paths : sequence of Path
        Files.
    unit, rank, region, site : optional
        What the user knows better, for all files.

    Returns
    -------
    tuple of GutFile
        In the order given; a taxonomy that was joined to a table is left out.
    """
    files = [_one(path, unit=unit, rank=rank, region=region, site=site) for path in paths]
    names = [f for f in files if f.reading is not None and f.reading.content is Content.NAMES]
    out: list[GutFile] = []
    used: set[str] = set()
    for file in files:
        reading = file.reading
        if reading is None or reading.content is not Content.TAXA or reading.rank is not Rank.OTHER:
            out.append(file)
            continue
        joined, with_name = _joined(reading, names)
        used.update(with_name)
        out.append(GutFile(name=file.name, reading=joined if rank is None else joined.told_otherwise(rank=rank)))
    return tuple(f for f in out if f.name not in used)


def _joined(reading: GutReading, names: Sequence[GutFile]) -> tuple[GutReading, tuple[str, ...]]:
    for file in names:
        if file.reading is not None:
            try:
                return join_names(reading, file.reading), (file.name,)
            except FormatError:
                continue
    return reading, ()


def _one(path: Path, *, unit: Unit | None, rank: Rank | None, region: str | None, site: str | None) -> GutFile:
    try:
        with path.open("rb") as stream:
            reading = read(stream, path.name, unit=unit, rank=rank, region=region, site=site)
        expect_known_taxa(reading)
    except OSError as problem:
        refused = FormatError("the file cannot be opened", where=str(path), found=problem.strerror)
        return GutFile(name=path.name, reading=None, refusal=str(refused))
    except InputError as problem:
        return GutFile(name=path.name, reading=None, refusal=str(problem))
    return GutFile(name=path.name, reading=reading)
