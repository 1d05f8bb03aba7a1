"""The files that paths name: themselves, and what lies in folders, however deep."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from noctiflora.core import FormatError

MOST_FILES = 100_000
"""Files in one folder; a takeout of many years has some ten thousand (assumed, 50,000 to 500,000)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file to read.

    Parameters
    ----------
    path : Path
        Where it lies.
    name : str
        How it is called to the person: its path below the folder given, or its name.
    within : bool
        Whether it lies in a folder given, so that it need not be an export at all.
    """

    path: Path
    name: str
    within: bool


def gather_files(paths: Iterable[Path]) -> Iterator[Found]:
    """Yield every file once, folders opened, hidden files and those of macOS archives left out.

    Links to folders are not followed.

    Parameters
    ----------
    paths : iterable of Path
        As the person named them.

    Raises
    ------
    FormatError
        If a folder holds more files than any export.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _below(path) if path.is_dir() else (Found(path=path, name=path.name, within=False),):
            if found.path not in seen:
                seen.add(found.path)
                yield found


def _below(folder: Path) -> Iterator[Found]:
    files: list[Path] = []
    for path in folder.rglob("*"):
        if path.is_file() and not _hidden(path.relative_to(folder)):
            files.append(path)
        if len(files) > MOST_FILES:
            do = "name the folder of the export alone"
            raise FormatError("the folder holds more files than any export", where=str(folder), do=do)
    for path in sorted(files):
        yield Found(path=path, name=path.relative_to(folder).as_posix(), within=True)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in path.parts)
