"""The CENT report has every item, filled from the trial, asked for or not applicable."""

from noctiflora.actions import LogLine, cent_report, lock_trial, log_trial, look_trial, stop_trial, verdict_of_last
from noctiflora.store import Store
from tests.actions.seasons import WORDS, at, day, kept, nights


def test_items_tell_what_happened(store: Store) -> None:
    kept(store)
    nights(store, 1.0, n=83)
    line = LogLine(night=84, missing="slept *elsewhere* <b>", adverse="gas", severity="mild")
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


def test_a_trial_that_ended_early_tells_its_own_end_and_its_looks(store: Store) -> None:
    kept(store)
    nights(store, 1.0, n=30)
    log_trial(store, [LogLine(night=5, missing="felt unwell")], now=at(28), today=day(28))
    look_trial(store, WORDS, now=at(28), today=day(28))
    stop_trial(store, reason="moved house", now=at(30), today=day(30))
    lock_trial(store, WORDS, now=at(40), today=day(40))
    kept_one, found = verdict_of_last(store)
    text = cent_report(kept_one.record, found)
    plan = kept_one.record.plan
    assert f"{plan.first_night} to {plan.date_of(30)}, planned to {plan.last_night}." in text
    assert "2 of 6 were completed" in text
    assert "after nights: 28; made: 28;" in text
    # that night was recorded after all
    assert "felt unwell" not in text
    # the numbers that could not be compared with the published table are said to be so
    assert "Up to item 5 the numbers were compared" in text
