"""The CENT report has every item, filled from the trial, asked for or not applicable."""

from noctiflora.actions import LogLine, cent_report, lock_trial, log_trial, verdict_of_last
from noctiflora.store import Store
from tests.actions.seasons import WORDS, at, day, kept, nights


def test_items_tell_what_happened(store: Store) -> None:
    kept(store)
    nights(store, 1.0)
    line = LogLine(night=3, missing="slept *elsewhere* <b>", adverse="gas", severity="mild")
    log_trial(store, [line], now=at(84), today=day(84))
    lock_trial(store, WORDS, now=at(84), today=day(84))
    kept_one, found = verdict_of_last(store)
    text = cent_report(kept_one.record, found)
    for number in ("1a", "2a.2", "3a", "6a.1", "8c", "12c", "17a.1", "17a.2", "25"):
        assert f"## {number}. " in text
    assert text.count("*to be filled by you*") == 3
    assert text.count("*not applicable*") == 1
    assert "mild: gas" in text
    assert "slept \\*elsewhere\\* \\<b\\>" in text
    assert kept_one.record.sealed is not None
    assert kept_one.record.sealed.commitment in text
