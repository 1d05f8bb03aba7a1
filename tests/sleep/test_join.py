import datetime as dt
from types import MappingProxyType

from noctiflora.sleep import Episode, Kind, Stage, Totals, measure
from noctiflora.sleep._join import amount, join
from tests.sleep.exports import episode, utc

LATE = utc(2024, 1, 1, 22)


def later(minutes: float) -> dt.datetime:
    return LATE + dt.timedelta(minutes=minutes)


def sums(start: dt.datetime, span: float, **more: object) -> Episode:
    return Episode(
        source="a",
        start=start,
        end=start + dt.timedelta(minutes=span),
        start_offset_min=60,
        end_offset_min=60,
        zone_basis="named zone",
        has_in_bed=True,
        totals=Totals(**more),  # type: ignore[arg-type]
    )


def test_near_records_of_one_source_are_one_sleep() -> None:
    one, two = episode(LATE, [(Stage.LIGHT, 120)]), episode(later(150), [(Stage.DEEP, 200)])
    joined = join([two, one])
    assert len(joined.episodes) == 1
    night = measure(joined.episodes[0])
    assert night.tst_min == 320
    assert night.stages_min[Stage.UNKNOWN] == 30
    assert night.waso_min is None
    assert any("30 min apart joined" in n for n in night.notes)


def test_an_hour_apart_stays_apart() -> None:
    joined = join([episode(LATE, [(Stage.LIGHT, 120)]), episode(later(180), [(Stage.DEEP, 200)])])
    assert len(joined.episodes) == 2
    assert len(join(joined.episodes, gap_min=61).episodes) == 1


def test_other_sources_are_never_joined() -> None:
    two = [episode(LATE, [(Stage.LIGHT, 120)]), episode(later(121), [(Stage.DEEP, 60)], source="b")]
    assert len(join(two).episodes) == 2


def test_exact_duplicates_are_dropped_with_and_without_key() -> None:
    plain = episode(LATE, [(Stage.LIGHT, 120)])
    keyed = episode(later(600), [(Stage.LIGHT, 60)], key="7")
    joined = join([plain, plain, keyed, keyed])
    assert len(joined.episodes) == 2
    assert [loser.reason for loser in joined.losers] == ["exact duplicate"] * 2


def test_a_fuller_reading_of_the_same_record_stands() -> None:
    short = episode(LATE, [(Stage.LIGHT, 120)], key="7")
    full = episode(LATE, [(Stage.LIGHT, 120), (Stage.REM, 60)], key="7")
    for order in ([short, full], [full, short]):
        joined = join(order)
        assert joined.episodes == (full,)
        assert joined.losers[0].episode == short


def test_sums_of_two_parts() -> None:
    part = {"tst_min": 100.0, "sol_min": 5.0, "waso_min": 3.0, "terminal_wake_min": 7.0}
    stages = MappingProxyType({Stage.LIGHT: 100.0})
    joined = join([sums(LATE, 120, **part, stages_min=stages), sums(later(150), 120, **part, stages_min=stages)])
    (whole,) = joined.episodes
    assert whole.totals.tst_min == 200
    assert whole.totals.sol_min == 5
    assert whole.totals.waso_min is None
    assert whole.totals.stages_min == {Stage.LIGHT: 200}


def test_overlapping_sums_are_not_added() -> None:
    joined = join([sums(LATE, 120, tst_min=100.0), sums(later(60), 300, tst_min=280.0)])
    assert [e.totals.tst_min for e in joined.episodes] == [280]
    assert "fuller" in joined.losers[0].reason


def test_no_join_beyond_a_day() -> None:
    parts = [episode(later(60 * 10 * n), [(Stage.LIGHT, 570)]) for n in range(4)]
    joined = join(parts)
    assert len(joined.episodes) > 1
    assert sum(len(e.segments) for e in joined.episodes) == 4


def test_kinds_of_the_parts() -> None:
    main = episode(LATE, [(Stage.LIGHT, 60)], kind=Kind.MAIN)
    nap = episode(later(70), [(Stage.LIGHT, 60)], kind=Kind.NAP)
    assert join([main, nap]).episodes[0].kind is Kind.MAIN


def test_amount_counts_what_is_told() -> None:
    assert amount(episode(LATE, [(Stage.LIGHT, 60), (Stage.UNKNOWN, 60)])) == 60
    assert amount(episode(LATE, [(Stage.IN_BED, 60), (Stage.AWAKE, 9)])) == 9
    assert amount(sums(LATE, 120, tst_min=100.0)) == 100
