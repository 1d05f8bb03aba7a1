"""The whole loop on a made-up person: export, import, gates, options, a finished trial, the report."""

import datetime as dt
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from noctiflora.actions._assess import assess
from noctiflora.actions._fill_sample import SAMPLE_NAME, fill_sample
from noctiflora.report import ReportData
from noctiflora.store import open_store


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """The report of the made-up person, with what was said on the way."""

    report: ReportData
    said: tuple[str, ...]


def demonstrate(*, now: Callable[[], dt.datetime], say: Callable[[str], None]) -> Demonstration:
    """Take a made-up person through the loop in a database of its own, which is then removed.

    Parameters
    ----------
    now : callable
        Returns the present instant, with a zone.
    say : callable
        Takes one line at a time of what is being done.
    """
    said: list[str] = []

    def tell(line: str) -> None:
        said.append(line)
        say(line)

    with (
        tempfile.TemporaryDirectory(prefix="noctiflora-demo-") as folder,
        open_store(Path(folder) / "demo.sqlite", now=now, own_folder=True) as store,
    ):
        today = fill_sample(store, Path(folder), say=tell)
        report = assess(store, today=today, person=SAMPLE_NAME, made_up=True)
    if report.verdict is not None and report.verdict.word is not None:
        tell(f"Verdict: {report.verdict.word.value}. {report.verdict.reason}")
    return Demonstration(report=report, said=tuple(said))
