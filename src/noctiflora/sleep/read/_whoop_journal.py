"""WHOOP account export: ``journal_entries.csv``, answers to the questions of a day.

An answer stands beside a cycle, which begins when the person falls asleep. Which evening it is about
is not written; the date given here is that on which the cycle's night ended: the date of the cycle's
start, or the next one where it started at noon or later.
"""

import datetime as dt

from noctiflora.core import InputError
from noctiflora.sleep.read._csv import Line, lines
from noctiflora.sleep.read._exposure import Exposure
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._when import parse_stamp, plausible
from noctiflora.sleep.read._whoop import YES_NO, begins_with_cycle, first_rows

WITH_END = ("cycle_start", "cycle_end", "timezone", "question", "answer", "note")
WITHOUT_END = ("cycle_start", "timezone", "question", "answer", "note")
ENGLISH_QUESTION = "question text"
NOON_H = 12
LONGEST_TEXT = 500
QUESTIONS = 20
"""Answers a day, at most, by which a flood of rows is told from a long life (assumed)."""


def sniff(head: bytes) -> bool:
    """Return whether a document begins like WHOOP's journal."""
    for columns in (WITH_END, WITHOUT_END):
        rows = first_rows(head, len(columns))
        if not rows:
            continue
        at = columns.index("question")
        if rows[0][at].lower() == ENGLISH_QUESTION:
            return True
        return any(len(row) == len(columns) and _is_answer(row, at) for row in rows[1:])
    return False


def _is_answer(row: list[str], at: int) -> bool:
    cycle = [row[0], row[1] if at == WITH_END.index("question") else "", row[at - 1]]
    return begins_with_cycle(cycle) and bool(row[at]) and row[at + 1].lower() in YES_NO


def read(tally: Tally) -> None:
    """Read answers into the tally."""
    for line in lines(tally.document.text(), lambda names: WITHOUT_END if len(names) < len(WITH_END) else WITH_END):
        tally.expect(line.number // QUESTIONS + 1)
        try:
            tally.exposures.append(_exposure(line))
        except InputError as problem:
            tally.refuse(f"line {line.number}", problem)
    tally.note("a journal: it tells of days, not of sleep")


def _exposure(line: Line) -> Exposure:
    stamp = parse_stamp(line.cells.get("cycle_start", "")).replace(tzinfo=None)
    plausible(stamp.replace(tzinfo=dt.UTC))
    day = stamp.date() + dt.timedelta(days=stamp.hour >= NOON_H)
    return Exposure(
        source="whoop",
        date=day,
        question=line.cells.get("question", "")[:LONGEST_TEXT],
        answer=YES_NO.get(line.cells.get("answer", "").lower()),
        note=line.cells.get("note", "")[:LONGEST_TEXT],
    )


WHOOP_JOURNAL = Format(label="WHOOP journal", sniff=sniff, read=read)
