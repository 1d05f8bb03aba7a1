"""The ways to read an Apple Health export that are measured side by side; run alone it tells which are installed here.

``python bench/apple_readers.py NAME FILE`` runs one in this process and prints what it found, CPU seconds, peak and
start megabytes, wall seconds. Nothing of Noctiflora is loaded for the others, so they can run in an environment of
their own.
"""

import importlib
import importlib.util
import io
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

SLEEP = "HKCategoryTypeIdentifierSleepAnalysis"


def plain(path: Path) -> int:
    with path.open("rb") as stream:
        while stream.read(1 << 20):
            pass
    return 0


def inflated(path: Path) -> int:
    with zipfile.ZipFile(path) as archive, archive.open("apple_health_export/export.xml") as stream:
        while stream.read(1 << 20):
            pass
    return 0


def ours(path: Path) -> int:
    from noctiflora.sleep import read_all

    with path.open("rb") as stream:
        return sum(len(e.segments) for r in read_all(stream, path.name, zone="Europe/Berlin") for e in r.episodes)


def nights(path: Path) -> int:
    from noctiflora.sleep import read_all, resolve

    with path.open("rb") as stream:
        return len(resolve([e for r in read_all(stream, path.name, zone="Europe/Berlin") for e in r.episodes]).nights)


def _sleeps(events: Iterable[tuple[str, Any]], root: Any) -> int:
    found = 0
    for event, element in events:
        if event == "end" and element.tag == "Record":
            found += element.get("type") == SLEEP
            (element if root is None else root).clear()
    return found


def tree(path: Path) -> int:
    with path.open("rb") as stream:
        events = ElementTree.iterparse(stream, events=("start", "end"))
        _, root = next(iter(events))
        return _sleeps(events, root)


def lxml(path: Path) -> int:
    from lxml import etree  # type: ignore[import-untyped, import-not-found, unused-ignore]

    found = 0
    with path.open("rb") as stream:
        for _, element in etree.iterparse(stream, events=("end",), tag="Record"):
            found += element.get("type") == SLEEP
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return found


def healthkit(path: Path) -> int:
    import sqlite3

    from healthkit_to_sqlite import cli  # type: ignore[import-untyped, import-not-found, unused-ignore]

    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "health.db")
        cli.cli.main(
            ["--xml", str(path), database] if path.suffix == ".xml" else [str(path), database], "x", None, False
        )
        return int(
            sqlite3.connect(database)
            .execute(f'select count(*) from "r{SLEEP.rpartition("Identifier")[2]}"')
            .fetchone()[0]
        )


def parser(path: Path) -> int:
    from apple_health_parser.utils.parser import Parser  # type: ignore[import-untyped, import-not-found, unused-ignore]

    with tempfile.TemporaryDirectory() as folder:
        found = Parser(export_file=str(path), output_dir=folder, overwrite=True)
        return len(found.records[SLEEP])


READERS: dict[str, Callable[[Path], int]] = {
    "read export.xml once": plain,
    "inflate export.zip": inflated,
    "ours, export.xml": ours,
    "ours, export.zip": ours,
    "ours, export.zip, nights": nights,
    "lxml iterparse": lxml,
    "ElementTree iterparse": tree,
    "healthkit-to-sqlite": healthkit,
    "apple-health-parser, zip": parser,
}
NEEDS = {
    "lxml iterparse": "lxml",
    "healthkit-to-sqlite": "healthkit_to_sqlite",
    "apple-health-parser, zip": "apple_health_parser",
}
"""What must be installed for a reader; the others need nothing but Noctiflora."""

LOADED = {
    "read export.xml once": (),
    "inflate export.zip": (),
    "ours": ("noctiflora.sleep.read._registry", "noctiflora.sleep._resolve", "tzdata"),
    "lxml iterparse": ("lxml.etree",),
    "ElementTree iterparse": (),
    "healthkit-to-sqlite": ("healthkit_to_sqlite.cli",),
    "apple-health-parser": ("apple_health_parser.utils.parser",),
}
"""What is loaded before the clock starts."""

NOT_INSTALLED = "not installed"


def main() -> None:
    if len(sys.argv) < 3:
        for name in READERS:
            there = name not in NEEDS or importlib.util.find_spec(NEEDS[name]) is not None
            print(f"{name:26s} {'there' if there else NOT_INSTALLED}")
        return
    name, path = sys.argv[1], Path(sys.argv[2])
    if name in NEEDS and importlib.util.find_spec(NEEDS[name]) is None:
        print(NOT_INSTALLED)
        return
    for module in LOADED[name.split(",")[0]]:
        importlib.import_module(module)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start, clock = time.process_time(), time.perf_counter()
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        found = READERS[name](path)
    cpu, wall = time.process_time() - start, time.perf_counter() - clock
    print(found, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, before, wall)


if __name__ == "__main__":
    main()
