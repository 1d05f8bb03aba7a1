import io

import pytest

from noctiflora.core import RangeError
from noctiflora.sleep import Night, Reading, read, resolve
from noctiflora.sleep.read._google_sleeps import sniff
from tests.sleep.exports import utc
from tests.sleep.vendors import GOOGLE_SLEEPS_HEAD as HEAD
from tests.sleep.vendors import GOOGLE_SLEEPS_ROW as ROW


def reading(text: str, *, zone: str | None = None) -> Reading:
    return read(io.BytesIO(text.encode()), "UserSleeps_2026-09-01.csv", zone=zone)


def one(text: str, *, zone: str | None = None) -> Night:
    return resolve(reading(text, zone=zone).episodes).nights[0]


def test_a_night_needs_no_zone() -> None:
    night = one(HEAD + ROW)
    assert (str(night.date), night.tib_min, night.tst_min, night.sol_min) == ("2026-09-12", 450, 410, 5)
    assert night.source == "google health: GOOGLE_FITBIT_AIR"
    (episode,) = reading(HEAD + ROW).episodes
    assert (episode.start, episode.start_offset_min, episode.key) == (utc(2026, 9, 11, 17, 30), 330, "111")


def test_wakefulness_is_not_told_apart_from_lying_awake_before_sleep() -> None:
    assert one(HEAD + ROW).waso_min is None
    assert one(HEAD + ROW.replace("450,0,5,410,40", "450,0,0,410,40")).waso_min == 40


def test_all_zeros_are_unknown() -> None:
    night = one(HEAD + ROW.replace("450,0,5,410,40", "450,0,0,0,0"))
    assert (night.tib_min, night.tst_min, night.waso_min) == (450, None, None)


def test_offsets_may_change_within_a_night() -> None:
    row = ROW.replace("+05:30,2026-09-11T17:30:00Z,+05:30,2026-09-12T01:00:00Z", "{}")
    night = one(HEAD + row.format("+01:00,2026-03-28T22:00:00Z,+02:00,2026-03-29T05:30:00Z"))
    assert (night.tib_min, str(night.date)) == (450, "2026-03-29")
    (episode,) = reading(HEAD + row.format("+01:00,2026-03-28T22:00:00Z,+02:00,2026-03-29T05:30:00Z")).episodes
    assert (episode.start_offset_min, episode.end_offset_min) == (60, 120)


def test_without_offsets_the_zone_is_needed() -> None:
    bare = HEAD + ROW.replace("+05:30", "")
    with pytest.raises(RangeError, match="--zone NAME"):
        reading(bare)
    assert reading(bare, zone="Asia/Kolkata").episodes[0].start_offset_min == 330


def test_a_bad_row_is_counted_with_its_line() -> None:
    found = reading(HEAD + ROW + ROW.replace("2026-09-12T01:00:00Z", "soon"))
    assert len(found.episodes) == 1
    assert [(s.place, s.count) for s in found.skipped] == [("line 3", 1)]


def test_other_tables_of_the_folder_are_not_taken() -> None:
    assert sniff(HEAD.encode())
    assert not sniff(b"sleep_id,sleep_score,overall_score\n1,2,3\n")
