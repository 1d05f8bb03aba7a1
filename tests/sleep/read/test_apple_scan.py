import re
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.sleep import Stage
from noctiflora.sleep.read import _apple_scan
from noctiflora.sleep.read._apple_scan import LONGEST_RECORD, SLEEP, Found, records
from tests.sleep.exports import BROKEN_DTD, HEART, Piece, apple_record, apple_xml, utc

DECOYS = (
    f'<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="{SLEEP}" value="1"/>\n',
    f'<Record type="HKQuantityTypeIdentifierStepCount">\n<MetadataEntry key="x" value="{SLEEP}"/>\n</Record>\n',
    f'<Workout workoutActivityType="{SLEEP}"/>\n',
    f"<!-- {SLEEP} -->\n",
    '<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="a &gt; b" value="1"/>\n',
)


def made(n: int) -> list[Piece]:
    start = utc(2024, 1, 1, 22)
    return [
        Piece(
            start=start + timedelta(minutes=10 * k),
            end=start + timedelta(minutes=10 * k + 9),
            stage=Stage.LIGHT,
            zone="Europe/Berlin" if k % 2 else None,
            source=f"Lena's Watch {k}",
        )
        for k in range(n)
    ]


def chunks(data: bytes, size: int) -> list[bytes]:
    return [data[n : n + size] for n in range(0, len(data), size)]


def found(data: bytes, size: int = 1 << 16) -> list[Found]:
    rows = [row for batch in records(chunks(data, size)) for row in batch.rows]
    return sorted(rows, key=lambda r: (r.start, r.source, r.value))


def short_way(record: bytes) -> bool:
    """Whether a record is taken without a parser."""
    start = record.index(b"<Record")
    return _apple_scan._usual(record, record.index(_apple_scan.NEEDLE, start), {}) is not None


def broken(data: bytes, size: int = 1 << 16) -> int:
    return sum(len(batch.broken) for batch in records(chunks(data, size)))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 37, 38, 64, 500, 4096, 1 << 16])
@pytest.mark.parametrize("gap", [" ", "\n        "])
def test_every_record_whatever_the_chunks(size: int, gap: str) -> None:
    data = apple_xml(made(12), between="".join(DECOYS), gap=gap)
    rows = found(data, size)
    assert [r.source for r in rows] == [f"Lena's Watch {k}" for k in range(12)]
    assert [r.zone for r in rows] == ["Europe/Berlin" if k % 2 else "" for k in range(12)]
    assert broken(data, size) == 0


def test_malformed_type_list_and_control_characters() -> None:
    data = apple_xml(made(5), dtd=BROKEN_DTD).replace(b"Lena's", b"Lena\x0b\x00's")
    assert len(found(data)) == 5
    assert broken(data) == 0


@pytest.mark.parametrize("gap", [" ", "\n    "])
@pytest.mark.parametrize("size", [50, 1000, 1 << 16])
def test_the_short_way_and_the_parser_agree(gap: str, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records as Apple writes them, through the regular expression and through expat."""
    data = apple_xml(made(40), between=DECOYS[0], gap=gap) + apple_xml(made(90), gap=gap)
    short = found(data, size)
    assert all(short_way(apple_record(p, gap=gap).encode()) for p in made(4)) == (gap == " ")
    monkeypatch.setattr(_apple_scan, "USUAL", re.compile(rb"(?!)"))
    assert found(data, size) == short
    assert len(short) == 130


def test_what_is_written_otherwise_is_left_to_the_parser() -> None:
    record = apple_record(made(1)[0]).encode()
    assert short_way(record)
    for old, new in (
        (b"Lena's", b"Lena&amp;"),
        (b"Lena's", b"Lena\x0b"),
        (b'value="HK', b"value='HK"),
        (b"startDate", b"endDate"),
        (b"/>", b"><MetadataEntry key='a' value='b'/></Record>"),
    ):
        assert not short_way(record.replace(old, new, 1))


def test_the_zone_belongs_to_its_own_record() -> None:
    plain = apple_xml(made(1)).replace(b"</HealthData>", b"")
    entry = b'<MetadataEntry key="HKTimeZone" value="Asia/Tokyo"/>'
    other = b'<Record type="HKQuantityTypeIdentifierHeartRate">' + entry + b"</Record>"
    assert found(plain + other)[0].zone == ""


def test_entities_are_those_of_xml_and_no_others() -> None:
    data = apple_xml(made(3)).replace(b"Watch 1", b"A &amp; B &#x41;").replace(b"Watch 2", b"&lol;")
    assert [r.source for r in found(data)] == ["Lena's Watch 0", "Lena's A & B A"]
    assert broken(data) == 1


def test_bytes_that_are_not_utf_8_do_not_lose_the_record() -> None:
    data = apple_xml(made(3)).replace(b"Watch 1", b"Watch \xff")
    assert len(found(data)) == 3


def test_a_quote_in_single_quotes() -> None:
    data = apple_xml(made(2)).replace(b'sourceName="Lena\'s Watch 0"', b"sourceName='a > \"b'")
    assert found(data)[0].source == 'a > "b'
    assert len(found(data)) == 2


def test_a_missing_end_tag_costs_the_children_only() -> None:
    data = apple_xml(made(4)).replace(b"</Record>", b"", 1)
    assert len(found(data)) == 4


def test_a_quote_never_closed_costs_that_record_only() -> None:
    data = apple_xml(made(4)).replace(b'value="HKCategoryValueSleepAnalysisAsleepCore"', b'value="HKCat', 1)
    assert len(found(data)) >= 2
    assert len(found(data)) + broken(data) >= 3


def test_a_document_cut_short_gives_what_is_whole() -> None:
    data = apple_xml(made(6))
    counts = {len(found(data[:cut], 50)) for cut in range(0, len(data), 41)}
    assert counts == set(range(7))


def test_a_record_without_end_is_not_kept_in_memory_forever() -> None:
    endless = b'<Record type="' + SLEEP.encode() + b'" sourceName="' + b"x" * (LONGEST_RECORD * 3)
    assert found(endless, 1 << 16) == []
    assert broken(endless, 1 << 16) == 1
    after = apple_xml(made(2))
    assert len(found(endless + b'"/>' + after, 1 << 16)) >= 2


@settings(max_examples=60)
@given(st.integers(1, 300), st.lists(st.sampled_from([*DECOYS, HEART.format(source="x"), "\n", "é"]), max_size=6))
def test_chunk_size_never_matters(size: int, between: list[str]) -> None:
    data = apple_xml(made(4), between="".join(between))
    assert found(data, size) == found(data, len(data))


@settings(max_examples=150)
@given(st.data())
def test_damage_never_raises(data: st.DataObject) -> None:
    whole = bytearray(apple_xml(made(4), between=DECOYS[0]))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] = data.draw(st.sampled_from(list(b"<>\"'/& \x00\xff=A")))
    size = data.draw(st.integers(20, 2000))
    assert len(found(bytes(whole), size)) <= 6
