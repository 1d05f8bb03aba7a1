import datetime as dt
import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.sleep import Segment, Stage
from noctiflora.sleep._timeline import (
    TELLING,
    WAKE,
    bouts,
    filled,
    minutes,
    overlap_min,
    stage_minutes,
    timeline,
)

T0 = dt.datetime(2024, 3, 30, 22, tzinfo=dt.UTC)


def at(minute: float) -> dt.datetime:
    return T0 + dt.timedelta(minutes=minute)


def seg(a: float, b: float, stage: Stage) -> Segment:
    return Segment(start=at(a), end=at(b), stage=stage)


def test_every_stage_has_its_rank() -> None:
    assert set(TELLING) == set(Stage)


def test_a_short_wake_lies_over_the_stage_around_it() -> None:
    line = timeline([seg(0, 60, Stage.LIGHT), seg(20, 22, Stage.AWAKE)])
    assert [(s.stage, minutes(s.start, s.end)) for s in line] == [
        (Stage.LIGHT, 20),
        (Stage.AWAKE, 2),
        (Stage.LIGHT, 38),
    ]


def test_one_interval_written_as_in_bed_and_as_asleep_is_sleep() -> None:
    assert timeline([seg(0, 60, Stage.ASLEEP), seg(0, 60, Stage.IN_BED)]) == (seg(0, 60, Stage.ASLEEP),)


def test_touching_neighbours_of_one_stage_are_one() -> None:
    assert timeline([seg(5, 9, Stage.REM), seg(0, 5, Stage.REM)]) == (seg(0, 9, Stage.REM),)


def test_holes_are_named_and_edges_cut() -> None:
    line = filled((seg(0, 10, Stage.LIGHT), seg(20, 30, Stage.LIGHT)), at(5), at(40))
    assert [s.stage for s in line] == [Stage.LIGHT, Stage.UNKNOWN, Stage.LIGHT, Stage.UNKNOWN]
    assert stage_minutes(line) == {Stage.LIGHT: 15, Stage.UNKNOWN: 20}


def test_a_bout_runs_across_kinds_of_wakefulness() -> None:
    line = (seg(0, 5, Stage.AWAKE), seg(5, 8, Stage.OUT_OF_BED), seg(8, 9, Stage.REM), seg(9, 11, Stage.RESTLESS))
    assert bouts(line, WAKE) == (8, 2)


def test_overlap() -> None:
    assert overlap_min((at(0), at(10)), (at(5), at(20))) == 5
    assert overlap_min((at(0), at(10)), (at(10), at(20))) == 0


segments = st.lists(
    st.tuples(st.integers(0, 300), st.integers(1, 60), st.sampled_from(list(Stage))).map(
        lambda t: seg(t[0], t[0] + t[1], t[2])
    ),
    max_size=12,
)


@settings(max_examples=150)
@given(segments)
def test_a_timeline_agrees_with_a_look_at_each_minute(found: list[Segment]) -> None:
    """The sweep against the slow loop: at each minute the most telling stage stands."""
    line = timeline(found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(line))
    assert all(not (a.end == b.start and a.stage is b.stage) for a, b in itertools.pairwise(line))
    for minute in range(361):
        now = at(minute + 0.5)
        on = [s.stage for s in found if s.start <= now < s.end]
        shown = [s.stage for s in line if s.start <= now < s.end]
        assert shown == ([max(on, key=lambda s: TELLING[s])] if on else [])
