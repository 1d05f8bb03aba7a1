"""Tests of the Apple writer: true to the format, and every trap really there."""

import datetime as dt
import io
import re
import tempfile
import tracemalloc
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from noctiflora.core import zone
from noctiflora.sample import AppleOptions, Person, apple_xml, export, person, write_apple
from noctiflora.sample import _apple_parts as parts

Record = ElementTree.Element


def _xml(someone: Person, **options: object) -> bytes:
    return b"".join(apple_xml(someone, options=AppleOptions(**options)))  # type: ignore[arg-type]


def _sleep(content: bytes) -> list[Record]:
    return [r for r in ElementTree.fromstring(content) if r.attrib.get("type") == parts.SLEEP_TYPE]


def _span(record: Record) -> tuple[dt.datetime, dt.datetime, str]:
    start = dt.datetime.strptime(record.attrib["startDate"], "%Y-%m-%d %H:%M:%S %z")
    end = dt.datetime.strptime(record.attrib["endDate"], "%Y-%m-%d %H:%M:%S %z")
    return start.astimezone(dt.UTC), end.astimezone(dt.UTC), record.attrib["value"].rpartition("Analysis")[2]


def _true_spans(someone: Person) -> set[tuple[dt.datetime, dt.datetime]]:
    sleeps = [n.slept for n in someone.nights if n.device_worn] + [nap for n in someone.nights for nap in n.naps]
    return {
        (s.start, s.end) for slept in sleeps for s in slept.segments if slept.onset <= s.start and s.end <= slept.offset
    }


def test_the_watch_tells_the_true_segments_and_nothing_else(shortly: Person) -> None:
    watch = [r for r in _sleep(_xml(shortly)) if r.attrib["sourceName"] == parts.WATCH]
    assert {_span(r)[:2] for r in watch} == _true_spans(shortly)
    asleep = {_span(r) for r in watch if "Asleep" in r.attrib["value"]}
    total = sum((end - start).total_seconds() / 60 for start, end, _ in asleep)
    worn = [n.slept.tst_min for n in shortly.nights if n.device_worn]
    assert total == sum(worn) + sum(nap.tst_min for n in shortly.nights for nap in n.naps)


def test_every_stamp_carries_the_offset_of_the_day_of_export(shortly: Person) -> None:
    summer = _xml(shortly, exported=dt.date(2025, 7, 1))
    winter = _xml(shortly, exported=dt.date(2025, 12, 1))
    stamps = rb'Date="\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ([+-]\d{4})"'
    assert set(re.findall(stamps, summer)) == {b"+0200"}
    assert set(re.findall(stamps, winter)) == {b"+0100"}
    assert {_span(r) for r in _sleep(summer)} == {_span(r) for r in _sleep(winter)}


def test_true_offsets_are_those_of_time_and_place(shortly: Person) -> None:
    records = _sleep(_xml(shortly, true_offsets=True))
    offsets = {r.attrib["startDate"][-5:] for r in records}
    assert offsets == {"+0100", "+0200", "-0400"}
    assert {_span(r) for r in records} == {_span(r) for r in _sleep(_xml(shortly))}


def test_zones_stand_on_some_records_at_home_and_on_all_abroad(someone: Person) -> None:
    assert someone.trip is not None
    shares: dict[bool, list[bool]] = {True: [], False: []}
    for record in _sleep(_xml(someone)):
        named = [m.attrib["value"] for m in record if m.attrib["key"] == "HKTimeZone"]
        start = _span(record)[0]
        away = any(n.slept.bed_start <= start <= n.slept.bed_end for n in someone.nights if someone.trip.covers(n.date))
        shares[away].append(bool(named))
        assert named in ([], [someone.trip.zone if away else someone.home]) or not away
    assert all(shares[True])
    assert 0.4 < sum(shares[False]) / len(shares[False]) < 0.6


def test_sources_overlap_unless_told_not_to(shortly: Person) -> None:
    both = {r.attrib["sourceName"] for r in _sleep(_xml(shortly))}
    assert both == {parts.WATCH, parts.PHONE, parts.APP}
    bare = _sleep(_xml(shortly, overlap=False))
    phone = [r for r in bare if r.attrib["sourceName"] != parts.WATCH]
    assert len({_span(r) for r in phone}) == sum(n.in_bed_only for n in shortly.nights) > 0


def test_some_records_stand_twice_unless_told_not_to(someone: Person) -> None:
    doubled = [ElementTree.tostring(r) for r in _sleep(_xml(someone))]
    assert 20 < len(doubled) - len(set(doubled)) < 400
    single = [ElementTree.tostring(r) for r in _sleep(_xml(someone, duplicates=False))]
    assert len(single) == len(set(single))


def test_spread_records_are_the_same_in_another_order(shortly: Person) -> None:
    plain, spread = _xml(shortly), _xml(shortly, spread=True)
    assert sorted(map(_span, _sleep(plain))) == sorted(map(_span, _sleep(spread)))
    types = [r.attrib.get("type") for r in ElementTree.fromstring(spread)]
    changes = sum(a != b for a, b in pairwise(types))
    assert changes > 200
    starts = [_span(r)[0] for r in _sleep(spread)]
    assert starts != sorted(starts)


def test_folding_changes_no_record(shortly: Person) -> None:
    folded = _xml(shortly, folded=True)
    assert re.search(rb'SleepAnalysis"\n +sourceName', folded)
    assert list(map(_span, _sleep(folded))) == list(map(_span, _sleep(_xml(shortly))))


def test_decoys_are_planted(shortly: Person) -> None:
    name = parts.SLEEP_TYPE.encode()
    assert _xml(shortly, decoys=True).count(name) == _xml(shortly).count(name) + 3
    assert len(_sleep(_xml(shortly, decoys=True))) == len(_sleep(_xml(shortly)))


@pytest.mark.parametrize("trap", ["malformed_dtd", "control_chars"])
def test_broken_files_are_broken_for_an_xml_parser(shortly: Person, trap: str) -> None:
    with pytest.raises(ElementTree.ParseError):
        ElementTree.fromstring(_xml(shortly, **{trap: True}))


def test_control_characters_stand_in_sleep_records_too(shortly: Person) -> None:
    lines = [line for line in _xml(shortly, control_chars=True).splitlines() if parts.SLEEP_TYPE.encode() in line]
    assert any(b"\x0b" in line for line in lines)


def test_the_zip_has_the_members_of_a_true_one(shortly: Person) -> None:
    out = io.BytesIO()
    write_apple(shortly, out, options=AppleOptions(mac_copy=True))
    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        assert archive.read("apple_health_export/export.xml") == _xml(shortly)
    assert "apple_health_export/export_cda.xml" in names
    assert any("workout-routes/" in n for n in names)
    assert names[0] == "__MACOSX/apple_health_export/._export.xml"


def test_a_sample_export_is_small_and_full(someone: Person) -> None:
    packed = export(someone, "apple")
    assert len(packed) < 3_000_000
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        text = archive.read("apple_health_export/export.xml")
    others = text.count(b"<Record") - text.count(parts.SLEEP_TYPE.encode())
    assert 19_000 < others < 21_000
    assert packed == export(person(3, start=dt.date(2024, 10, 7)), "apple")


@pytest.mark.parametrize("spread", [False, True])
def test_padding_reaches_the_size_and_adds_no_night(shortly: Person, spread: bool) -> None:
    plain = _xml(shortly, spread=spread, duplicates=False)
    padded = b"".join(
        apple_xml(shortly, options=AppleOptions(spread=spread, duplicates=False), min_bytes=len(plain) + 2_000_000)
    )
    assert len(plain) + 2_000_000 <= len(padded) < len(plain) + 2_700_000
    assert sorted(map(_span, _sleep(padded))) == sorted(map(_span, _sleep(plain)))


def test_padding_holds_no_more_memory_for_more_bytes(shortly: Person) -> None:
    def peak(size: int) -> int:
        tracemalloc.start()
        for _ in apple_xml(shortly, min_bytes=size):
            pass
        high = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return high

    assert peak(60_000_000) < peak(15_000_000) + 1_000_000


def test_a_stream_that_cannot_seek_will_do(shortly: Person) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.kept = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.kept += memoryview(data)  # type: ignore[arg-type]
            return len(memoryview(data))  # type: ignore[arg-type]

    pipe = Pipe()
    write_apple(shortly, pipe)  # type: ignore[arg-type]
    with tempfile.TemporaryFile() as file:
        file.write(pipe.kept)
        with zipfile.ZipFile(file) as archive:
            assert archive.testzip() is None


def test_a_home_west_of_greenwich_writes_a_negative_offset(shortly: Person) -> None:
    moved = dt.datetime(2024, 11, 17, 9, tzinfo=dt.UTC).astimezone(zone("America/St_Johns"))
    assert f"{moved:%z}" == "-0330"
    text = b"".join(apple_xml(replace(shortly, home="America/St_Johns")))
    assert {_span(r) for r in _sleep(text)} == {_span(r) for r in _sleep(_xml(shortly))}
    assert {r.attrib["startDate"][-5:] for r in _sleep(text)} == {"-0330"}


def test_attributes_are_those_of_a_true_export(shared: Path, shortly: Person) -> None:
    true = ElementTree.parse(shared / "samples" / "sleep" / "apple" / "ahp_export.xml").getroot()
    real = next(r for r in true if r.attrib.get("type") == parts.SLEEP_TYPE)
    ours = next(r for r in _sleep(_xml(shortly, zone_share=1.0)) if r.attrib["sourceName"] == parts.PHONE)
    assert list(ours.attrib) == list(real.attrib)
    assert [m.attrib["key"] for m in ours] == [m.attrib["key"] for m in real]
    me = ElementTree.fromstring(_xml(shortly)).find("Me")
    assert me is not None
    assert set(me.attrib) == set(true.find("Me").attrib)  # type: ignore[union-attr]
