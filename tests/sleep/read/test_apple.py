import datetime as dt
import io
import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Reading, Stage, read, read_all, resolve
from noctiflora.sleep.read import _apple
from noctiflora.sleep.read._apple import sniff
from noctiflora.sleep.read._document import HEAD_BYTES
from tests.sleep.exports import BROKEN_DTD, HEAD, HEART, ME, Piece, apple_record, apple_xml, night, pieces, utc, zipped
from tests.sleep.strategies import Calendar, calendars

NIGHT = night(utc(2024, 1, 15, 22), [(Stage.LIGHT, 200), (Stage.AWAKE, 10), (Stage.REM, 220)])


def reading(data: bytes, *, zone: str | None = None) -> Reading:
    return read(io.BytesIO(data), "export.xml", zone=zone)


def test_the_offset_of_the_export_day_is_an_instant_not_a_clock() -> None:
    """A January night in an export of July: written +0200, slept at +0100."""
    (one,) = reading(apple_xml(pieces(NIGHT), offset_min=120)).episodes
    assert one.start == utc(2024, 1, 15, 22)
    assert (one.start_offset_min, one.end_offset_min, one.zone_basis) == (60, 60, "record zone")
    other = reading(apple_xml(pieces(NIGHT), offset_min=-420)).episodes[0]
    assert (other.start, other.start_offset_min) == (one.start, 60)


def test_without_zone_the_named_one_is_applied_to_the_instant() -> None:
    data = apple_xml(pieces(NIGHT, with_zone=False))
    (one,) = reading(data, zone="America/New_York").episodes
    assert (one.start, one.start_offset_min, one.zone_basis) == (utc(2024, 1, 15, 22), -300, "named zone")
    with pytest.raises(RangeError, match="--zone NAME"):
        reading(data)


def test_a_zone_that_does_not_exist_is_not_used() -> None:
    data = apple_xml([replace(p, zone="../../etc/passwd") for p in pieces(NIGHT)])
    found = reading(data, zone="Europe/Berlin")
    assert found.episodes[0].zone_basis == "named zone"
    assert found.notes


def test_one_zone_in_a_night_serves_its_other_records() -> None:
    made = pieces(NIGHT)
    (one,) = reading(apple_xml([made[0], *(replace(p, zone=None) for p in made[1:])])).episodes
    assert (one.start_offset_min, one.end_offset_min) == (60, 60)


def test_a_night_flown_through() -> None:
    made = pieces(NIGHT)
    (one,) = reading(apple_xml([*made[:2], replace(made[2], zone="America/New_York")])).episodes
    assert (one.start_offset_min, one.end_offset_min) == (60, -300)


def test_sources_stay_apart_and_groups_end_after_an_hour() -> None:
    later = pieces(night(utc(2024, 1, 16, 14), [(Stage.LIGHT, 30)]))
    phone = Piece(start=utc(2024, 1, 15, 21, 40), end=utc(2024, 1, 16, 6), stage=Stage.IN_BED, source="Phone")
    found = reading(apple_xml([*pieces(NIGHT), *later, phone]))
    assert [(e.source, len(e.segments), e.has_in_bed) for e in found.episodes] == [
        ("apple: Phone", 1, True),
        ("apple: Watch", 3, False),
        ("apple: Watch", 1, False),
    ]
    (shown,) = resolve(found.episodes).nights
    assert (shown.tst_min, shown.sol_min, shown.tib_min) == (420, 20, 500)


def test_old_watches_write_one_interval_twice() -> None:
    both = [
        Piece(start=utc(2024, 1, 15, 22), end=utc(2024, 1, 16, 5), stage=stage)
        for stage in (Stage.IN_BED, Stage.ASLEEP)
    ]
    (shown,) = resolve(reading(apple_xml(both)).episodes).nights
    assert (shown.tst_min, shown.tib_min, shown.sol_min) == (420, 420, None)


def test_time_in_bed_that_begins_after_sleep_is_not_used() -> None:
    bed = Piece(start=utc(2024, 1, 15, 23), end=utc(2024, 1, 16, 6), stage=Stage.IN_BED)
    (one,) = reading(apple_xml([*pieces(NIGHT), bed])).episodes
    assert not one.has_in_bed
    assert one.notes


def test_exact_duplicates_are_dropped_and_noted() -> None:
    found = reading(apple_xml([*pieces(NIGHT), *pieces(NIGHT)]))
    assert len(found.episodes[0].segments) == 3
    assert found.notes == ("3 exact duplicates left out",)


def test_old_and_numbered_values() -> None:
    made = pieces(NIGHT)
    values = ["HKCategoryValueSleepAnalysisAsleep", "2", "5"]
    (one,) = reading(apple_xml([replace(p, value=v) for p, v in zip(made, values, strict=True)])).episodes
    assert [s.stage for s in one.segments] == [Stage.ASLEEP, Stage.AWAKE, Stage.REM]


@pytest.mark.parametrize(
    ("piece", "reason"),
    [
        (Piece(start=utc(2024, 1, 10), end=utc(2024, 1, 11, 6), stage=Stage.LIGHT), "lasts over"),
        (Piece(start=utc(2024, 1, 10), end=utc(2024, 1, 10), stage=Stage.LIGHT), "no duration"),
        (Piece(start=utc(2024, 1, 10, 5), end=utc(2024, 1, 10, 4), stage=Stage.LIGHT), "ends before"),
        (Piece(start=utc(1901, 1, 10, 4), end=utc(1901, 1, 10, 5), stage=Stage.LIGHT), "outside"),
        (Piece(start=utc(2024, 1, 10, 4), end=utc(2024, 1, 10, 5), stage=Stage.LIGHT, value="NaN"), "sleep value"),
    ],
)
def test_a_record_that_cannot_be_is_counted_and_the_rest_kept(piece: Piece, reason: str) -> None:
    found = reading(apple_xml([*pieces(NIGHT), piece]))
    assert len(found.episodes) == 1
    (skipped,) = found.skipped
    assert reason in skipped.reason
    with pytest.raises(FormatError, match="cannot be read"):
        reading(apple_xml([piece]))


@pytest.mark.parametrize("size", [7, 399, 1 << 16])
def test_a_document_cut_short_says_so_and_keeps_what_was_read(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_apple, "SCAN_BYTES", size)
    padding = HEART * (1 + HEAD_BYTES // len(HEART))  # the first bytes are read as one piece of their own
    whole = apple_xml(pieces(NIGHT), me=ME + padding)
    assert reading(whole + b"\n\n").skipped == ()
    for cut in (whole.rindex(b"endDate"), whole.rindex(b"</HealthData>"), len(whole) - 4):
        found = reading(whole[:cut])
        assert "the file ends early: it may be half a download" in [s.reason for s in found.skipped]
        assert found.episodes
    with pytest.raises(FormatError, match="half a download"):
        reading(apple_xml([])[:-20])


def test_times_that_are_none() -> None:
    data = apple_xml(pieces(NIGHT)).replace(b'startDate="2024-01-16 00:00:00 +0200"', b'startDate="soon"')
    assert [s.reason for s in reading(data).skipped] == ["this is not a time with an offset from UTC"]
    bare = apple_xml(pieces(NIGHT)).replace(b"00:00:00 +0200", b"00:00:00")
    assert "this is not a time with an offset from UTC" in [s.reason for s in reading(bare).skipped]


def test_broken_type_list_and_control_characters_are_read() -> None:
    data = apple_xml(pieces(NIGHT), dtd=BROKEN_DTD).replace(b"Watch", b"Wa\x0btch")
    assert len(reading(data).episodes) == 1


def test_entities_of_a_hostile_type_list_are_not_expanded() -> None:
    bomb = '<!DOCTYPE HealthData [<!ENTITY a "' + "x" * 100 + '"><!ENTITY b "&a;&a;&a;&a;">]>\n'
    data = apple_xml([*pieces(NIGHT), replace(pieces(NIGHT)[0], source="&b;")], dtd=bomb)
    found = reading(data)
    assert len(found.episodes) == 1
    assert found.skipped[0].reason == "the record is not well-formed"


def test_more_records_than_a_life_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_apple, "MOST_RECORDS", 2)
    with pytest.raises(FormatError, match="more sleep records"):
        reading(apple_xml(pieces(NIGHT)))


def test_no_sleep_is_no_error() -> None:
    found = reading(apple_xml([]))
    assert found.episodes == ()
    assert found.person is not None


def test_the_person_is_recognised_again_and_told_from_another() -> None:
    one, two = reading(apple_xml([])), reading(apple_xml(pieces(NIGHT), offset_min=0))
    other = reading(apple_xml([]).replace(b"1980-02-03", b"1981-02-03"))
    assert one.person == two.person != other.person
    assert reading(apple_xml([], me="")).person is None


def test_sniffing_is_by_content() -> None:
    assert sniff(apple_xml([]))
    assert sniff(b"\xef\xbb\xbf" + apple_xml([], dtd=""))
    assert not sniff(HEAD.encode() + b"<ClinicalDocument>")
    assert not sniff(b"a text that speaks of <HealthData")


def test_out_of_the_archive_with_its_other_members() -> None:
    data = zipped(
        {
            "apple_health_export/export_cda.xml": HEAD.encode() + b"<ClinicalDocument/>",
            "__MACOSX/apple_health_export/._export.xml": b"\0\5\26\7" + apple_xml(pieces(NIGHT)),
            "apple_health_export/export.xml": apple_xml(pieces(NIGHT)),
        }
    )
    (found,) = read_all(io.BytesIO(data), "export.zip")
    assert found.name == "export.zip: apple_health_export/export.xml"
    assert len(found.episodes) == 1


@settings(max_examples=100)
@given(calendars())
def test_every_night_of_a_calendar_comes_back(calendar: Calendar) -> None:
    """From records spread among others, sources overlapping, written with the offset of the export day."""
    made: list[Piece] = []
    for day in calendar.days:
        made += pieces(day.main)
        made += pieces(day.main)[:1]
        for nap in day.naps:
            made += pieces(nap)
        first, last = day.main.stretches[0].start, day.main.stretches[-1].end
        made.append(Piece(start=first, end=last, stage=Stage.ASLEEP, source="App", zone=day.main.zone))
    found = resolve(reading(apple_xml(made, offset_min=-420, between=HEART.format(source="Watch"))).episodes)
    spans = sorted((s.stretches[0].start, s.stretches[-1].end) for d in calendar.days for s in (d.main, *d.naps))
    if any(b[0] - a[1] < dt.timedelta(hours=1) for a, b in itertools.pairwise(spans)):
        return
    by_date = {n.date: n for n in found.nights}
    for day in calendar.days:
        assert by_date[day.date].tst_min == day.main.tst_min
        assert by_date[day.date].source == "apple: Watch"


def apple_sample(shared: Path, name: str) -> tuple[Reading, ...]:
    path = shared / "samples" / "sleep" / "apple" / name
    with path.open("rb") as stream:
        return read_all(stream, name, zone="Europe/Amsterdam")


@pytest.mark.parametrize("name", ["ahp_export.xml", "ahp_export.zip"])
def test_sample_of_apple_health_parser(shared: Path, name: str) -> None:
    (found,) = apple_sample(shared, name)
    phone, watch = found.episodes
    assert (phone.source, (phone.end - phone.start).total_seconds()) == ("apple: Alexandre's iPhone", 85)
    assert (watch.source, (watch.end - watch.start).total_seconds()) == ("apple: Alexandre's Apple Watch", 750)
    assert {e.start_offset_min for e in found.episodes} == {60}
    assert watch.segments[0].stage is Stage.LIGHT
    assert phone.has_in_bed


def test_sample_across_midnight(shared: Path) -> None:
    (found,) = apple_sample(shared, "aha_example.xml")
    (shown,) = resolve(found.episodes).nights
    assert (shown.date, shown.tst_min) == (dt.date(2024, 1, 3), 440)


def test_sample_without_sleep(shared: Path) -> None:
    (found,) = apple_sample(shared, "hkp_exporter_dtd_nosleep.xml")
    assert found.episodes == ()
    assert found.skipped == ()


def test_the_same_stretch_of_a_stage_counts_once_whatever_the_offset_it_is_written_with() -> None:
    one = pieces(night(utc(2024, 1, 15, 22), [(Stage.LIGHT, 200), (Stage.REM, 220)]))
    data = (
        apple_xml(one).replace(b"</HealthData>", b"")
        + "".join(apple_record(piece, offset_min=60) for piece in one).encode()
    )
    found = read(io.BytesIO(data + b"</HealthData>"), "export.xml")
    assert "2 exact duplicates left out" in found.notes
    assert sum(len(episode.segments) for episode in found.episodes) == 2
