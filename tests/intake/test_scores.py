"""Entered scores lie in their range, fall in one band, and grow stale."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.core import RangeError
from noctiflora.evidence import load, load_safety
from noctiflora.intake._checkin import CheckIn
from noctiflora.intake._scores import SCORES, band, check_score, is_score, latest_scores, score_entry, score_key

TODAY = dt.date(2026, 3, 1)
KEYS = st.sampled_from(list(SCORES))


@pytest.mark.parametrize("rule", SCORES.values(), ids=lambda r: r.key)
def test_bands_cover_the_range_once(rule) -> None:
    if rule.bands:
        assert (rule.bands[0].first, rule.bands[-1].last) == (rule.low, rule.high)
        assert all(b.first == a.last + 1 for a, b in zip(rule.bands, rule.bands[1:], strict=False))
        for value in range(int(rule.low), int(rule.high) + 1):
            assert sum(b.first <= value <= b.last for b in rule.bands) == 1
    assert rule.sources


@pytest.mark.parametrize("rule", [r for r in SCORES.values() if r.q_id], ids=lambda r: r.key)
def test_each_score_has_its_row_with_the_licence(rule) -> None:
    row = next(r for r in load().questionnaires if r.q_id == rule.q_id)
    assert row.licence_status
    if rule.bands:
        firsts = {str(int(b.first)) for b in rule.bands[1:]} if rule.key != "psqi" else {">5"}
        assert all(first in row.cutoffs for first in firsts)


def test_scores_of_the_safety_questions_agree_in_range_and_age() -> None:
    rules = [r for r in load_safety() if r.score]
    assert {r.score.name for r in rules} <= set(SCORES)
    for rule in rules:
        mine = SCORES[rule.score.name]
        assert (mine.low, mine.high, mine.valid_days) == (rule.score.low, rule.score.high, rule.valid_days)


@given(KEYS, st.floats(allow_nan=True, allow_infinity=True))
def test_what_passes_lies_in_range(key: str, value: float) -> None:
    try:
        checked = check_score(key, value)
    except RangeError:
        return
    assert SCORES[key].low <= checked <= SCORES[key].high
    assert checked.is_integer()


@pytest.mark.parametrize(
    ("name", "key"),
    [("PSQI", "psqi"), (" ESS ", "epworth"), ("STOP-Bang", "apnoea_check"), ("PHQ-9", "phq9"), ("age", "age_years")],
)
def test_scores_go_by_their_names(name: str, key: str) -> None:
    assert score_key(name) == key


def test_unknown_scores_are_refused_by_name() -> None:
    with pytest.raises(RangeError, match="mood"):
        check_score("mood", 1)
    assert not is_score("score_mood")
    assert not is_score("quality")


def test_bands_in_words() -> None:
    assert [band("psqi", v).words for v in (5, 6)] == ["counted as good sleep", "counted as poor sleep"]
    assert band("age_years", 50) is None


def test_the_latest_counts_until_it_is_stale() -> None:
    entries = [score_entry("phq9", v, TODAY - dt.timedelta(days=d)) for v, d in ((14, 20), (6, 3), (20, -1))]
    entries.append(CheckIn(date=TODAY, item="quality", value=4))
    assert {k: s.value for k, s in latest_scores(entries, today=TODAY).items()} == {"phq9": 6}
    assert latest_scores(entries[:2], today=TODAY + dt.timedelta(days=26)) == {}
    assert "phq9" in latest_scores(entries[:2], today=TODAY + dt.timedelta(days=25))


@given(st.lists(st.tuples(KEYS, st.integers(0, 3), st.integers(0, 500)), max_size=12))
def test_no_stale_or_older_score_is_given(drawn) -> None:
    entries = [score_entry(k, v, TODAY - dt.timedelta(days=d)) for k, v, d in drawn]
    found = latest_scores(entries, today=TODAY)
    for key, score in found.items():
        days = [d for k, _, d in drawn if k == key]
        assert (TODAY - score.date).days == min(days) <= SCORES[key].valid_days
