"""All findings together: grouped, sourced, worded with care, and fit for any record."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.plan._find import find
from noctiflora.plan._finding import Group

from ._nights import day, entry, night, nights

NUMBER = st.one_of(st.none(), st.floats(0, 720))
NIGHTS = st.lists(
    st.builds(
        night,
        st.integers(0, 120),
        se_pct=st.one_of(st.none(), st.floats(0, 100)),
        sol_min=NUMBER,
        waso_min=NUMBER,
        tst_min=NUMBER,
        tib_min=NUMBER,
        awakenings=st.one_of(st.none(), st.integers(0, 40)),
        midsleep_h=st.one_of(st.none(), st.floats(0, 24)),
        nap=st.booleans(),
    ),
    max_size=60,
)


@settings(max_examples=60)
@given(NIGHTS, st.integers(0, 130), st.one_of(st.none(), st.floats(18, 90)))
def test_any_record_gives_findings_in_group_order(made, today: int, age) -> None:
    found = find(made, today=day(today), age_years=age)
    assert [f.group for f in found] == sorted((f.group for f in found), key=list(Group).index)
    assert len({f.key for f in found}) == len(found)
    for finding in found:
        assert finding.sources
        assert 0 <= finding.certainty <= 4
        assert "nan" not in finding.number
        assert bool(finding.number) or finding.group is Group.NOT_MEASURED
        text = f"{finding.text} {finding.heading}".lower()
        assert not any(word in text for word in ("significant", "proven", "boost", "balance", "healing", "causes your"))


@settings(max_examples=20)
@given(NIGHTS, st.randoms(use_true_random=False))
def test_the_order_of_nights_does_not_matter(made, random) -> None:
    unique = list({n.date: n for n in made}.values())
    shuffled = unique[:]
    random.shuffle(shuffled)
    assert find(unique, today=day(130)) == find(shuffled, today=day(130))


def test_no_nights_show_what_is_missing() -> None:
    found = find([], today=dt.date(2026, 3, 1))
    assert [f.key for f in found if f.group is not Group.NOT_MEASURED] == ["recorded nights"]
    assert len([f for f in found if f.group is Group.NOT_MEASURED]) == 14


def test_entries_and_measured_pathways_find_their_way() -> None:
    made = nights(30, se_pct=88.0)
    entries = [entry(i, item, 1.0 if item == "alcohol" else 7.0) for i in range(30) for item in ("alcohol", "quality")]
    keys = [f.key for f in find(made, checkins=entries, today=day(29), measured=["gut bacteria"])]
    assert "sleep quality" in keys
    assert "alcohol in the evening" in keys
    assert "gut bacteria" not in keys


def test_the_age_of_old_nights_stands_before_their_red_flags() -> None:
    found = find(nights(90, tst_min=200.0, sol_min=90.0), today=day(400))
    assert [f.key for f in found[:3]] == ["old record", "lasting trouble", "very short nights"]
    assert found[0].heading == "These nights are 311 days old"
    fresh = find(nights(90, tst_min=200.0, sol_min=90.0), today=day(89))
    assert [f.key for f in fresh[:2]] == ["lasting trouble", "very short nights"]


def test_free_days_can_be_others() -> None:
    made = [night(i, midsleep_h=6.0 if i % 7 in (0, 1) else 3.0) for i in range(28)]
    (shift,) = (f for f in find(made, today=day(27), free_weekdays=(0, 1)) if f.key == "weekend shift")
    assert shift.number.startswith("3.0 hours later")
