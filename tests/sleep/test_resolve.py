import datetime as dt
import itertools
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import EVENING_H, RangeError, local
from noctiflora.sleep import EditField, Episode, Kind, NightEdit, Resolution, Segment, Stage, Totals, resolve
from noctiflora.sleep._resolve import sleep_min
from tests.sleep.exports import episode, utc
from tests.sleep.strategies import Calendar, as_episode, calendars

LATE = utc(2024, 1, 1, 22)
DATE = dt.date(2024, 1, 2)
NIGHT = [(Stage.LIGHT, 240.0), (Stage.AWAKE, 10.0), (Stage.REM, 200.0)]


def later(minutes: float) -> dt.datetime:
    return LATE + dt.timedelta(minutes=minutes)


def test_stages_outrank_sleep_without_stages_outrank_time_in_bed() -> None:
    watch = episode(LATE, NIGHT, source="apple: Watch")
    app = episode(later(-10), [(Stage.ASLEEP, 480)], source="apple: App")
    phone = episode(later(-30), [(Stage.IN_BED, 520)], source="other: Phone", has_in_bed=True)
    found = resolve([phone, app, watch])
    assert [n.source for n in found.nights] == ["apple: Watch"]
    assert found.nights[0].tst_min == 440
    assert found.nights[0].tib_min is None
    assert {loser.episode.source for loser in found.losers} == {"apple: App", "other: Phone"}
    without = resolve([phone, app])
    assert [n.source for n in without.nights] == ["apple: App"]
    alone = resolve([phone])
    assert (alone.nights[0].tib_min, alone.nights[0].tst_min) == (520, None)


def test_within_a_rank_the_fuller_record_stands() -> None:
    short = episode(later(60), [(Stage.LIGHT, 300)], source="b")
    full = episode(LATE, NIGHT, source="c")
    assert [n.source for n in resolve([short, full]).nights] == ["c"]


def test_a_fragment_loses_its_rank() -> None:
    fragment = episode(LATE, [(Stage.LIGHT, 120)], source="apple: Watch")
    ring = episode(LATE, [(Stage.ASLEEP, 470)], source="ring")
    found = resolve([fragment, ring])
    assert [n.source for n in found.nights] == ["ring"]
    assert "fragment" in found.losers[0].reason


def test_a_bad_night_seen_whole_is_no_fragment() -> None:
    """A watch that saw four hours awake is not outweighed by an app that took them for sleep."""
    watch = episode(LATE, [(Stage.LIGHT, 120), (Stage.AWAKE, 240), (Stage.LIGHT, 120)], source="apple: Watch")
    app = episode(LATE, [(Stage.ASLEEP, 480)], source="apple: App")
    assert [n.source for n in resolve([watch, app]).nights] == ["apple: Watch"]


def test_time_in_bed_is_borrowed_within_the_family_and_noted() -> None:
    watch = episode(LATE, NIGHT, source="apple: Watch")
    phone = episode(later(-25), [(Stage.IN_BED, 500)], source="apple: Phone", has_in_bed=True)
    night = resolve([watch, phone]).nights[0]
    assert (night.tib_min, night.sol_min, night.tst_min) == (500, 25, 440)
    assert night.se_pct == pytest.approx(88)
    assert "time in bed from apple: Phone" in night.notes


@pytest.mark.parametrize(
    ("start", "length"),
    [(10.0, 500.0), (-300.0, 760.0), (-30.0, 100.0), (-20.0, 900.0)],
    ids=["begins after sleep", "begins too early", "covers too little", "ends too late"],
)
def test_time_in_bed_that_does_not_fit_is_not_borrowed(start: float, length: float) -> None:
    watch = episode(LATE, NIGHT, source="apple: Watch")
    phone = episode(later(start), [(Stage.IN_BED, length)], source="apple: Phone", has_in_bed=True)
    found = resolve([watch, phone])
    assert found.nights[0].tib_min is None
    assert [loser.episode for loser in found.losers] == [phone]


def test_a_session_that_is_not_of_the_bed_lends_nothing() -> None:
    watch = episode(LATE, NIGHT, source="health connect: A")
    mirror = replace(episode(later(-20), [(Stage.ASLEEP, 500)], source="health connect: B"), segments=())
    found = resolve([watch, mirror])
    assert (found.nights[0].tib_min, found.nights[0].tst_min) == (None, 440)
    assert [loser.episode for loser in found.losers] == [mirror]


def test_a_short_time_in_bed_is_no_night() -> None:
    found = resolve([episode(LATE, [(Stage.IN_BED, 2)], source="apple: Phone", has_in_bed=True)])
    assert found.nights == ()
    assert "under 60 min" in found.losers[0].reason


def test_wakefulness_alone_is_no_nap() -> None:
    found = resolve([episode(LATE, NIGHT), episode(later(900), [(Stage.AWAKE, 5)])])
    assert found.naps == ()
    assert len(found.losers) == 1


def test_the_longest_of_the_date_is_the_night() -> None:
    nap = episode(utc(2024, 1, 2, 12), [(Stage.LIGHT, 60)])
    late = episode(utc(2024, 1, 2, 17, 30), [(Stage.LIGHT, 40)])
    found = resolve([nap, episode(LATE, NIGHT), late])
    assert [(n.date, n.tst_min) for n in found.nights] == [(DATE, 440)]
    assert [(n.date, n.tst_min) for n in found.naps] == [(DATE, 60), (DATE + dt.timedelta(days=1), 40)]
    assert all(n.nap for n in found.naps)


def test_a_nap_by_its_source_is_the_night_of_no_date() -> None:
    nap = episode(utc(2024, 1, 2, 12), [(Stage.LIGHT, 60)], kind=Kind.NAP)
    found = resolve([nap])
    assert found.nights == ()
    assert len(found.naps) == 1


def test_a_nap_only_another_source_saw_is_kept() -> None:
    nap = episode(utc(2024, 1, 2, 12), [(Stage.ASLEEP, 60)], source="b")
    found = resolve([episode(LATE, NIGHT), nap])
    assert [n.source for n in found.naps] == ["b"]


def test_one_interval_written_twice() -> None:
    twice = replace(episode(LATE, [(Stage.ASLEEP, 400)]), has_in_bed=True)
    twice = replace(twice, segments=(*twice.segments, replace(twice.segments[0], stage=Stage.IN_BED)))
    night = resolve([twice]).nights[0]
    assert (night.tst_min, night.tib_min, night.sol_min) == (400, 400, None)


def test_a_diary_with_sums_beside_a_device() -> None:
    diary = replace(
        episode(LATE, [(Stage.ASLEEP, 480)]), source="diary", segments=(), totals=Totals(tst_min=400.0), has_in_bed=True
    )
    device = episode(LATE, NIGHT, source="apple: Watch")
    assert [n.source for n in resolve([diary, device]).nights] == ["apple: Watch"]
    assert [n.source for n in resolve([diary]).nights] == ["diary"]


def test_edits_win_and_begin_nights() -> None:
    other = dt.date(2024, 1, 9)
    edits = [
        NightEdit(date=DATE, field=EditField.TST, value=100.0),
        NightEdit(date=other, field=EditField.RATING, value=4.0),
    ]
    found = resolve([episode(LATE, NIGHT)], edits=edits)
    assert [(n.date, n.tst_min, n.rating) for n in found.nights] == [(DATE, 100, None), (other, None, 4)]
    gone = resolve([episode(LATE, NIGHT)], edits=[NightEdit(date=DATE, field=EditField.EXCLUDED, value=1.0)])
    assert gone.nights == ()


def test_contradicting_edits_are_refused() -> None:
    bed = episode(LATE, [(Stage.AWAKE, 5), *NIGHT], has_in_bed=True)
    with pytest.raises(RangeError):
        resolve([bed], edits=[NightEdit(date=DATE, field=EditField.TIB, value=10.0)])


def test_nothing_gives_nothing() -> None:
    assert resolve([]) == Resolution(nights=(), naps=(), losers=())


def everything(calendar: Calendar, *, extra: bool) -> list[Episode]:
    out = []
    for day in calendar.days:
        out.append(as_episode(day.main, source="watch"))
        out += [as_episode(nap, source="watch") for nap in day.naps]
        if extra:
            out.append(as_episode(day.main, source="ring", stages=False))
    return out


@settings(max_examples=200)
@given(calendars(), st.booleans(), st.randoms(use_true_random=False))
def test_calendars(calendar: Calendar, extra: bool, shuffler: random.Random) -> None:
    """Every night has the sleep that is true of it, on the date of waking, whatever else was recorded."""
    found = everything(calendar, extra=extra)
    shuffler.shuffle(found)
    result = resolve([*found, *found[:2]])
    by_date = {n.date: n for n in result.nights}
    assert len(by_date) == len(result.nights)
    overlapping = _overlapping(calendar)
    for day in calendar.days:
        if overlapping:
            continue
        shown = by_date[day.date]
        assert shown.tst_min == pytest.approx(day.main.tst_min)
        assert shown.source == "watch"
        assert shown.waso_min == pytest.approx(sum(_wakes(day.main.stretches)))
    for nap in result.naps:
        assert nap.offset is not None
        clock = local(nap.offset, nap.offset_zone_offset_min or 0)
        assert nap.date == clock.date() + dt.timedelta(days=clock.hour >= EVENING_H)
    if not overlapping:
        n_naps = sum(len(d.naps) for d in calendar.days)
        total = sum(n.tst_min or 0 for n in (*result.nights, *result.naps))
        naps = [m for d in calendar.days for n in d.naps for m in (n.tst_min,)]
        assert len(result.naps) == n_naps
        assert total == pytest.approx(sum(d.main.tst_min for d in calendar.days) + sum(naps))


def _wakes(stretches: tuple[Segment, ...]) -> list[float]:
    return [(s.end - s.start).total_seconds() / 60 for s in stretches if s.stage is Stage.AWAKE]


def _overlapping(calendar: Calendar) -> bool:
    """Return whether a journey put two sleeps less than an hour apart, or two nights on one date."""
    spans = sorted((s.stretches[0].start, s.stretches[-1].end) for d in calendar.days for s in (d.main, *d.naps))
    return any((b[0] - a[1]).total_seconds() < 3600 for a, b in itertools.pairwise(spans))


@settings(max_examples=80)
@given(calendars(longest=4), st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(calendar: Calendar, extra: bool, shuffler: random.Random) -> None:
    found = everything(calendar, extra=extra)
    one = resolve(found)
    shuffler.shuffle(found)
    two = resolve(found)
    assert (one.nights, one.naps) == (two.nights, two.naps)
    assert len(one.losers) == len(two.losers)


@settings(max_examples=60)
@given(calendars(longest=4))
def test_every_record_is_shown_or_accounted_for(calendar: Calendar) -> None:
    found = everything(calendar, extra=True)
    result = resolve(found)
    lost = {(loser.episode.source, loser.episode.start) for loser in result.losers}
    shown = [(n.onset, n.offset) for n in (*result.nights, *result.naps)]
    for record in found:
        inside = any(a and b and a <= record.start and record.end <= b for a, b in shown)
        assert inside or any(s == record.source and start <= record.start for s, start in lost)


def test_sleep_is_counted_once() -> None:
    one = episode(LATE, NIGHT)
    assert sleep_min(replace(one, segments=(*one.segments, *one.segments))) == 440
