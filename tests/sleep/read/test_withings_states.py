import io
from pathlib import Path

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Reading, Stage, read, resolve
from noctiflora.sleep.read._withings_states import STATES, sniff
from tests.sleep.exports import utc, withings_json

START = int(utc(2024, 1, 15, 22).timestamp())


def rows(*states: tuple[int, int], start: int = START) -> list[dict[str, object]]:
    out = []
    for state, minutes in states:
        out.append({"startdate": start, "enddate": start + 60 * minutes, "state": state, "hr": {"1": 60}})
        start += 60 * minutes
    return out


def reading(found: list[dict[str, object]], *, zone: str | None = "Europe/Paris") -> Reading:
    return read(io.BytesIO(withings_json(found)), "sleep.json", zone=zone)


NIGHT = ((0, 10), (1, 100), (2, 60), (3, 30), (0, 5), (1, 100), (0, 8))


def test_a_night() -> None:
    (night,) = resolve(reading(rows(*NIGHT)).episodes).nights
    assert (night.sol_min, night.tst_min, night.waso_min, night.awakenings) == (10, 290, 5, 1)
    assert (night.tib_min, night.terminal_wake_min) == (313, 8)


def test_rows_in_any_order_and_nights_apart() -> None:
    found = rows(*NIGHT) + rows(*NIGHT, start=START + 86_400)
    one = reading(found)
    assert len(one.episodes) == 2
    assert reading(found[::-1]).episodes == one.episodes


def test_states_by_hand_and_unspecified() -> None:
    assert STATES[4] is Stage.ASLEEP
    (night,) = resolve(reading(rows((0, 5), (4, 200), (5, 30), (4, 100))).episodes).nights
    assert (night.tst_min, night.waso_min) == (300, None)


def test_a_record_that_starts_at_sleep_knows_no_time_in_bed() -> None:
    assert not reading(rows((1, 100))).episodes[0].has_in_bed


def test_the_zone_is_needed() -> None:
    with pytest.raises(RangeError, match="--zone NAME"):
        reading(rows(*NIGHT), zone=None)


@pytest.mark.parametrize(
    "bad",
    [
        {"startdate": START, "enddate": START + 60, "state": 9},
        {"startdate": START, "enddate": START, "state": 1},
        {"startdate": START, "enddate": START + 30 * 3600, "state": 1},
        {"startdate": "x", "enddate": START, "state": 1},
        {"startdate": START, "enddate": 1e308, "state": 1},
    ],
)
def test_a_bad_stretch_is_counted_and_the_rest_kept(bad: dict[str, object]) -> None:
    found = reading([*rows(*NIGHT), bad])
    assert len(found.episodes) == 1
    assert found.skipped[0].place == "stretch 8"
    with pytest.raises(FormatError):
        reading([bad])


def test_a_chain_over_a_day_is_cut() -> None:
    found = reading(rows(*(((1, 300),) * 8)))
    assert len(found.episodes) > 1


def test_sniffing() -> None:
    assert sniff(withings_json(rows(*NIGHT)))
    assert not sniff(withings_json([{"startdate": 1, "data": {}}]))


def test_sample(shared: Path) -> None:
    path = shared / "samples" / "sleep" / "withings" / "sleep.json"
    with path.open("rb") as stream:
        found = read(stream, path.name, zone="Europe/Paris")
    assert sum(len(e.segments) for e in found.episodes) == 613
    counts = {stage: sum(s.stage is stage for e in found.episodes for s in e.segments) for stage in Stage}
    assert (counts[Stage.AWAKE], counts[Stage.LIGHT], counts[Stage.DEEP], counts[Stage.REM]) == (100, 297, 147, 69)


def test_sample_agrees_with_the_sums_of_the_same_nights(shared: Path) -> None:
    folder = shared / "samples" / "sleep" / "withings"
    with (folder / "sleep.json").open("rb") as stream:
        stages = resolve(read(stream, "sleep.json", zone="Europe/Paris").episodes).nights
    with (folder / "sleep_summary.json").open("rb") as stream:
        sums = {n.date: n for n in resolve(read(stream, "sleep_summary.json", zone=None).episodes).nights}
    assert len(stages) == 7
    assert all(n.tst_min == sums[n.date].tst_min for n in stages)
    assert all(n.onset == sums[n.date].onset for n in stages)
