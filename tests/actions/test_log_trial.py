"""Entries are kept all or none, and what cannot be is refused with its sentence."""

import pytest

from noctiflora.actions import LogLine, kept_trials, lock_trial, log_trial, parse_log, read_circumstance, stop_trial
from noctiflora.core import FormatError, RangeError
from noctiflora.store import Store
from noctiflora.trial import corrections, doses_taken
from tests.actions.seasons import WORDS, at, day, kept


def test_a_line_a_night(store: Store) -> None:
    kept(store)
    lines = parse_log("night,dose,missing,adverse,severity\n1,1,,,\n2,0.5,away,gas,mild\n", where="log.csv")
    made = log_trial(store, lines, now=at(2), today=day(2))
    assert doses_taken(made.record.entries) == {1: 1.0, 2: 0.5}
    assert len(made.record.entries) == 4
    assert kept_trials(store)[0].record.entries == made.record.entries


def test_all_or_none(store: Store) -> None:
    kept(store)
    with pytest.raises(RangeError, match="not in the trial"):
        log_trial(store, [LogLine(night=1, dose="1"), LogLine(date=day(0), dose="1")], now=at(2), today=day(2))
    assert kept_trials(store)[0].record.entries == ()


def test_a_duplicate_night_in_a_file_is_refused(store: Store) -> None:
    kept(store)
    lines = parse_log("night,dose\n1,1\n1,0\n", where="log.csv")
    with pytest.raises(FormatError, match="stands twice") as caught:
        log_trial(store, lines, now=at(2), today=day(2), correct=True)
    assert "log.csv, line 3" in str(caught.value)


def test_a_slipped_day_index_is_refused(store: Store) -> None:
    kept(store)
    lines = parse_log(f"night,date,dose\n1,{day(1)},1\n2,{day(3)},1\n", where="log.csv")
    with pytest.raises(RangeError, match="slipped"):
        log_trial(store, lines, now=at(4), today=day(4))


def test_a_clock_set_back_is_refused(store: Store) -> None:
    kept(store)
    log_trial(store, [LogLine(night=3, dose="1")], now=at(3), today=day(3))
    with pytest.raises(RangeError, match="clock"):
        log_trial(store, [LogLine(night=1, dose="1")], now=at(2), today=day(2))


def test_a_correction_keeps_the_history(store: Store) -> None:
    kept(store)
    log_trial(store, [LogLine(night=3, dose="1")], now=at(3), today=day(3))
    assert log_trial(store, [LogLine(night=3, dose="1.0")], now=at(3), today=day(3)).version == 2
    with pytest.raises(FormatError, match="already"):
        log_trial(store, [LogLine(night=3, dose="0")], now=at(3), today=day(3))
    made = log_trial(store, [LogLine(night=3, dose="0")], now=at(3), today=day(3), correct=True)
    assert corrections(made.record.entries) == 1


def test_a_closed_log_takes_nothing(store: Store) -> None:
    kept(store)
    stop_trial(store, reason="enough", now=at(20), today=day(20))
    with pytest.raises(FormatError, match="closed"):
        log_trial(store, [LogLine(night=3, dose="1")], now=at(21), today=day(21))
    lock_trial(store, WORDS, now=at(21), today=day(21))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "columns are"),
        ("dose\n1\n", "columns are"),
        ("night,night,dose\n1,1,1\n", "columns are"),
        ("night,dose,colour\n1,1,red\n", "columns are"),
        ("night,dose\n1\n", "cells"),
        ("night,dose\n1,1,1\n", "cells"),
        ("night,dose\none,1\n", "whole number"),
        ("date,dose\n31.1.2025,1\n", "whole number"),
        ("night,dose\n" + "1,1\n" * 10_001, "too long"),
    ],
)
def test_what_is_no_log_is_refused(text: str, words: str) -> None:
    with pytest.raises((FormatError, RangeError), match=words):
        parse_log(text, where="log.csv")


def test_an_empty_line_says_nothing(store: Store) -> None:
    kept(store)
    with pytest.raises(FormatError, match="nothing is said"):
        log_trial(store, [LogLine(night=1)], now=at(2), today=day(2))


def test_a_circumstance_is_a_morning_entry(store: Store) -> None:
    made = kept(store)
    lines = parse_log("night,dose,alcohol,travel\n1,1,yes,\n2,,no,1\n", where="log.csv")
    log_trial(store, lines, now=at(2), today=day(2))
    log_trial(store, [LogLine(night=2, circumstances=dict([read_circumstance("illness")]))], now=at(2), today=day(2))
    said = {(c.item, c.date): c.value for c in store.diary.checkins() if c.item != "quality"}
    assert said == {
        ("alcohol", day(1)): 1.0,
        ("alcohol", day(2)): 0.0,
        ("travel", day(2)): 1.0,
        ("illness", day(2)): 1.0,
    }
    assert len(kept_trials(store)[0].record.entries) == len(made.record.entries) + 1


@pytest.mark.parametrize("text", ["wine", "alcohol=maybe", ""])
def test_what_is_no_circumstance_is_refused(text: str) -> None:
    with pytest.raises(RangeError, match="a circumstance is one of alcohol"):
        read_circumstance(text)


def test_a_circumstance_in_a_file_names_its_line() -> None:
    with pytest.raises(RangeError, match="yes or no") as caught:
        parse_log("night,alcohol\n1,yes\n2,maybe\n", where="log.csv")
    assert "log.csv, line 3" in str(caught.value)


def test_a_refused_line_keeps_no_circumstance(store: Store) -> None:
    kept(store)
    with pytest.raises(RangeError, match="not in the trial"):
        log_trial(
            store,
            [LogLine(night=1, circumstances={"travel": 1.0}), LogLine(date=day(0), dose="1")],
            now=at(2),
            today=day(2),
        )
    assert not [c for c in store.diary.checkins() if c.item == "travel"]


def test_a_severity_without_its_effect_is_not_lost_in_silence(store: Store) -> None:
    kept(store)
    with pytest.raises(FormatError, match="belongs to an unwanted effect"):
        log_trial(store, [LogLine(night=1, dose="1", severity="severe")], now=at(1), today=day(1))
    assert kept_trials(store)[0].record.entries == ()
