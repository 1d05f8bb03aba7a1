"""The arc of one night."""

import datetime as dt

from noctiflora.report.chart import arc, arc_figure
from noctiflora.sleep import Night, Segment, Stage

DATE = dt.date(2026, 11, 22)


def at(hour: float) -> dt.datetime:
    return dt.datetime(2026, 11, 21, tzinfo=dt.UTC) + dt.timedelta(hours=hour)


def night(*parts: tuple[float, float], sol: float | None = 30.0, up: float | None = 10.0) -> Night:
    return Night(
        date=DATE, source="<b>band</b>", onset=at(parts[0][0]), offset=at(parts[-1][1]),
        onset_zone_offset_min=60, offset_zone_offset_min=60, tst_min=378.0, sol_min=sol, terminal_wake_min=up,
        segments=tuple(Segment(start=at(a), end=at(b), stage=Stage.ASLEEP) for a, b in parts),
    )  # fmt: skip


def test_times_are_those_of_the_local_clock() -> None:
    found = arc(night((22.5, 26.0), (26.5, 29.5)))
    assert found is not None
    figure = arc_figure(found)
    assert figure.table is not None
    assert figure.table.rows == (
        ("Lights out", "23:00"), ("Fell asleep", "23:30"), ("Awake", "03:00 to 03:30"),
        ("Last waking", "06:30"), ("Got up", "06:40"),
    )  # fmt: skip
    assert "6 h 18" in figure.narrow.body
    assert "<b>" not in figure.narrow.body


def test_short_wakings_are_joined_and_the_window_moves_with_the_night() -> None:
    found = arc(night((28.0, 30.0), (30.02, 36.5), sol=None))
    assert found is not None
    assert (len(found.asleep), found.bed) == (1, None)
    assert found.start_h <= 28 + 1 - 12 - 12 + 12
    assert found.start_h + found.length_h >= 36.5 + 1 - 12


def test_without_times_there_is_no_arc() -> None:
    assert arc(Night(date=DATE, source="x", tst_min=400)) is None


def test_without_stages_first_to_last_sleep_is_drawn() -> None:
    one = Night(date=DATE, source="x", onset=at(22), offset=at(29))
    found = arc(one)
    assert found is not None
    assert [(s.start_h, s.end_h) for s in found.asleep] == [(10.0, 17.0)]
    assert "big" not in arc_figure(found).narrow.body
