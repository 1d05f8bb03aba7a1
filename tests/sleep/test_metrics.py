import datetime as dt
import itertools
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.sleep import (
    Episode,
    Night,
    Segment,
    Stage,
    Totals,
    long_awakenings,
    maintenance_pct,
    measure,
    stage_shares,
)
from noctiflora.sleep._metrics import derived, in_bed_only, midsleep, slept, tells_sleep
from tests.sleep.exports import episode, utc

YASA = [0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 2, 3, 3, 4, 4, 4, 4, 0, 0]
"""Hypnogram of the docstring of yasa.sleep_statistics 0.6 to 0.8, 30-s epochs: 0 wake, 1 N1, 2 N2, 3 N3, 4 REM."""

AS_STAGE = {0: Stage.AWAKE, 1: Stage.LIGHT, 2: Stage.LIGHT, 3: Stage.DEEP, 4: Stage.REM}
LATE = utc(2024, 1, 1, 22)


def test_yasa_docstring_vector() -> None:
    """Covers TIB to SE and the shares; N1 and N2 are one stage here, so their shares are added."""
    night = measure(episode(LATE, [(AS_STAGE[e], 0.5) for e in YASA], has_in_bed=True))
    assert night.tib_min == 10
    assert night.spt_min == 8
    assert night.tst_min == 8
    assert night.waso_min == 0
    assert night.sol_min == 1
    assert night.se_pct == 80
    assert maintenance_pct(night) == 100
    assert stage_shares(night) == {Stage.LIGHT: 18.75 + 25, Stage.DEEP: 31.25, Stage.REM: 25}
    assert night.terminal_wake_min == 1
    assert night.awakenings == 0


def test_wakefulness_within_the_night() -> None:
    stages = [(Stage.AWAKE, 10), (Stage.LIGHT, 100), (Stage.AWAKE, 4), (Stage.DEEP, 50), (Stage.AWAKE, 6)]
    night = measure(episode(LATE, [*stages, (Stage.REM, 30), (Stage.AWAKE, 20)], has_in_bed=True))
    assert (night.sol_min, night.waso_min, night.awakenings, night.terminal_wake_min) == (10, 10, 2, 20)
    assert long_awakenings(night) == 1


def test_time_in_bed_is_never_invented() -> None:
    night = measure(episode(LATE, [(Stage.LIGHT, 100), (Stage.AWAKE, 5), (Stage.LIGHT, 100)]))
    assert night.tst_min == 200
    assert (night.tib_min, night.se_pct, night.sol_min, night.terminal_wake_min) == (None, None, None, None)
    assert night.waso_min == 5


def test_a_device_that_starts_at_sleep_knows_no_latency() -> None:
    night = measure(episode(LATE, [(Stage.ASLEEP, 400)], has_in_bed=True))
    assert (night.tib_min, night.se_pct) == (400, 100)
    assert (night.sol_min, night.terminal_wake_min) == (None, None)


def test_a_small_hole_is_unknown_and_noted() -> None:
    night = measure(episode(LATE, [(Stage.LIGHT, 200), (Stage.UNKNOWN, 20), (Stage.LIGHT, 200)]))
    assert night.tst_min == 400
    assert (night.waso_min, night.awakenings) == (None, None)
    assert night.stages_min[Stage.UNKNOWN] == 20
    assert any("20 min" in note for note in night.notes)


@pytest.mark.parametrize(("hole", "known"), [(59.0, True), (60.0, False), (328.0, False)])
def test_a_large_hole_makes_total_sleep_unknown(hole: float, known: bool) -> None:
    night = measure(episode(LATE, [(Stage.LIGHT, 200), (Stage.UNKNOWN, hole), (Stage.LIGHT, 100)], has_in_bed=True))
    assert (night.tst_min == 300) is known
    assert (night.se_pct is not None) is known


def test_seconds_of_rounding_are_no_hole() -> None:
    night = measure(episode(LATE, [(Stage.LIGHT, 200), (Stage.UNKNOWN, 0.5), (Stage.LIGHT, 200)]))
    assert night.waso_min == 0


def test_in_bed_between_sleep_is_not_wakefulness() -> None:
    base = episode(LATE, [(Stage.IN_BED, 20), (Stage.ASLEEP, 200), (Stage.IN_BED, 30), (Stage.ASLEEP, 200)])
    night = measure(replace(base, has_in_bed=True))
    assert (night.tib_min, night.tst_min, night.sol_min, night.waso_min) == (450, 400, 20, None)


def test_in_bed_alone() -> None:
    one = episode(LATE, [(Stage.IN_BED, 480)], has_in_bed=True)
    night = measure(one)
    assert in_bed_only(one)
    assert not slept(one)
    assert (night.tib_min, night.tst_min, night.onset, night.midsleep_h) == (480, None, None, None)


def test_a_night_wide_awake_is_zero_sleep_not_unknown() -> None:
    one = episode(LATE, [(Stage.AWAKE, 480)], has_in_bed=True)
    assert tells_sleep(one)
    assert measure(one).tst_min == 0
    assert measure(one).se_pct == 0


def test_the_hour_of_the_clock_change_is_not_slept_twice() -> None:
    spring = measure(episode(utc(2024, 3, 30, 22), [(Stage.ASLEEP, 420)]))
    autumn = measure(episode(utc(2024, 10, 26, 21), [(Stage.ASLEEP, 540)]))
    assert (spring.tst_min, spring.onset_zone_offset_min, spring.offset_zone_offset_min) == (420, 60, 120)
    assert spring.midsleep_h == 3.0  # 23:00 to 07:00 by the clock
    assert (autumn.tst_min, autumn.midsleep_h) == (540, 3.0)
    assert (spring.date, autumn.date) == (dt.date(2024, 3, 31), dt.date(2024, 10, 27))


def test_midsleep_of_a_night_flown_through() -> None:
    night = Night(
        date=dt.date(2024, 1, 2),
        source="x",
        onset=utc(2024, 1, 1, 22),
        offset=utc(2024, 1, 2, 6),
        onset_zone_offset_min=60,
        offset_zone_offset_min=120,
    )
    assert midsleep(night) == 3.5


def totals(span_min: float, **more: object) -> Episode:
    return Episode(
        source="t",
        start=LATE,
        end=LATE + dt.timedelta(minutes=span_min),
        start_offset_min=60,
        end_offset_min=60,
        zone_basis="named zone",
        has_in_bed=True,
        totals=Totals(**more),  # type: ignore[arg-type]
    )


def test_printed_sums() -> None:
    night = measure(totals(480, tst_min=400.0, sol_min=20.0, terminal_wake_min=10.0, awakenings=3))
    assert night.onset == LATE + dt.timedelta(minutes=20)
    assert (night.spt_min, night.waso_min, night.tib_min, night.awakenings) == (450, 50, 480, 3)
    assert night.se_pct == pytest.approx(100 * 400 / 480)


def test_the_two_divisors_of_a_diary() -> None:
    night = measure(
        totals(500, tst_min=400.0, sol_min=10.0, waso_min=30.0, terminal_wake_min=40.0, lights_out_min=20.0)
    )
    assert night.onset == LATE + dt.timedelta(minutes=30)
    assert night.se_pct == 80
    assert night.se_attempt_pct == pytest.approx(100 * 400 / 480)


def test_sums_that_exceed_the_record_are_doubted() -> None:
    night = measure(totals(480, tst_min=480.0, waso_min=20.0, sol_min=10.0))
    assert (night.tib_min, night.tst_min) == (480, 480)
    assert (night.se_pct, night.waso_min, night.sol_min, night.onset) == (None, None, None, None)
    assert any("exceed" in n for n in night.notes)


def test_more_sleep_than_time_is_unknown() -> None:
    assert measure(totals(480, tst_min=5000.0)).tst_min is None


def test_unknown_sums_stay_unknown() -> None:
    night = measure(totals(480, tst_min=400.0))
    assert (night.sol_min, night.waso_min, night.onset, night.spt_min, night.awakenings) == (None,) * 5


def test_awakenings_over_five_minutes_need_stages() -> None:
    assert long_awakenings(measure(totals(480, tst_min=400.0, awakenings=2))) is None


def test_no_share_without_sleep() -> None:
    empty = Night(date=dt.date(2024, 1, 1), source="x", stages_min=MappingProxyType({Stage.AWAKE: 10.0}))
    assert stage_shares(empty) == {}
    assert maintenance_pct(empty) is None
    assert derived(empty).se_pct is None


stages = st.lists(st.tuples(st.sampled_from(list(Stage)), st.integers(1, 90).map(float)), min_size=1, max_size=14)


@settings(max_examples=200)
@given(stages, st.booleans())
def test_measures_hold_together(found: list[tuple[Stage, float]], has_in_bed: bool) -> None:
    night = measure(episode(LATE, found, has_in_bed=has_in_bed))
    span = sum(m for _, m in found)
    assert sum(night.stages_min.values()) == pytest.approx(span)
    if not has_in_bed:
        assert night.tib_min is None
        assert night.sol_min is None
    if night.tst_min is not None and night.tib_min is not None:
        assert 0 <= night.tst_min <= night.tib_min + 1e-9
    if night.spt_min is not None and night.tst_min is not None and night.waso_min is not None:
        unknown = night.spt_min - night.tst_min - night.waso_min
        assert -1e-9 <= unknown <= 1 + 1e-9
    if night.se_pct is not None:
        assert 0 <= night.se_pct <= 100 + 1e-9
    for value in (night.sol_min, night.waso_min, night.terminal_wake_min):
        assert value is None or value >= 0
    if night.stages_min.get(Stage.UNKNOWN, 0) == 0 and any(s.is_sleep for s, _ in found):
        assert night.tst_min == pytest.approx(sum(m for s, m in found if s.is_sleep))


def slow_measures(found: list[tuple[Stage, float]]) -> dict[str, float]:
    """Return YASA's definitions worked out minute by minute."""
    row = [stage for stage, m in found for _ in range(int(m))]
    sleep = [n for n, stage in enumerate(row) if stage.is_sleep]
    within = row[sleep[0] : sleep[-1] + 1]
    return {
        "spt_min": len(within),
        "tst_min": len(sleep),
        "waso_min": sum(not s.is_sleep for s in within),
        "latency": sleep[0],
        "awakenings": sum(a.is_sleep and not b.is_sleep for a, b in itertools.pairwise(within)),
    }


known = st.lists(
    st.tuples(st.sampled_from([Stage.AWAKE, Stage.LIGHT, Stage.DEEP, Stage.REM]), st.integers(1, 50).map(float)),
    min_size=1,
    max_size=12,
).filter(lambda row: any(s.is_sleep for s, _ in row))


@settings(max_examples=150)
@given(known)
def test_formula_minute_by_minute(found: list[tuple[Stage, float]]) -> None:
    night = measure(episode(LATE, found, has_in_bed=True))
    slow = slow_measures(found)
    assert night.spt_min == slow["spt_min"]
    assert night.tst_min == slow["tst_min"]
    assert night.waso_min == slow["waso_min"]
    assert (night.sol_min or 0) == slow["latency"]
    assert night.awakenings == slow["awakenings"]


def test_segments_of_the_night_cover_the_record() -> None:
    night = measure(episode(LATE, [(Stage.LIGHT, 30), (Stage.DEEP, 30)]))
    assert night.segments == (
        Segment(start=LATE, end=LATE + dt.timedelta(minutes=30), stage=Stage.LIGHT),
        Segment(start=LATE + dt.timedelta(minutes=30), end=LATE + dt.timedelta(minutes=60), stage=Stage.DEEP),
    )
