import contextlib
import io
import json
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import FormatError, InputError, RangeError
from noctiflora.sleep import Stage, labels, members, read, read_all, recognise, resolve
from noctiflora.sleep.read import _withings_states
from noctiflora.sleep.read._format import Tally
from noctiflora.sleep.read._registry import FORMATS, unknown
from tests.sleep.apps import (
    OMH_EPISODE,
    SLEEP_CYCLE_HEADS,
    SLEEP_CYCLE_ROWS,
    SLEEPMETER_HEAD,
    SLEEPMETER_ROW,
    health_connect,
    hypnogram,
    saa_record,
    workbook,
)
from tests.sleep.exports import apple_xml, fitbit_json, fitbit_log, night, pieces, utc, withings_json, zipped
from tests.sleep.read.test_consensus import PLAIN, QUESTIONS
from tests.sleep.read.test_diary import COLUMNS, ROW
from tests.sleep.read.test_edf import START, marks
from tests.sleep.read.test_fitbit import EVENING, LEVELS
from tests.sleep.read.test_health_connect import SESSION, STAGES
from tests.sleep.read.test_plees import HEAD as PLEES_HEAD
from tests.sleep.read.test_plees import ROW as PLEES_ROW
from tests.sleep.read.test_sheet import NIGHT
from tests.sleep.read.test_withings_csv import HEAD as WITHINGS_HEAD
from tests.sleep.read.test_withings_csv import ROW as WITHINGS_ROW
from tests.sleep.read.test_withings_states import NIGHT as WITHINGS_NIGHT
from tests.sleep.read.test_withings_states import rows
from tests.sleep.read.test_withings_summary import row
from tests.sleep.test_metrics import YASA
from tests.sleep.vendors import JOURNAL, VENDOR_SAMPLES

APPLE = apple_xml(pieces(night(utc(2024, 1, 15, 22), [(Stage.LIGHT, 200), (Stage.REM, 220)])))
SAMPLES: dict[str, bytes] = {
    **VENDOR_SAMPLES,
    "Apple Health export": APPLE,
    "Fitbit sleep logs": fitbit_json([fitbit_log(EVENING, LEVELS)]),
    "Withings stages": withings_json(rows(*WITHINGS_NIGHT)),
    "Withings nights": withings_json([row()]),
    "Withings sleep table": (WITHINGS_HEAD + WITHINGS_ROW).encode(),
    "Noctiflora sleep diary": f"{COLUMNS}\n{ROW}\n".encode(),
    "Health Connect database": health_connect([SESSION], STAGES),
    "Sleep as Android export": saa_record(utc(2024, 1, 15, 22), 8).encode(),
    "Sleep Cycle export": f"{SLEEP_CYCLE_HEADS[2]}\n{SLEEP_CYCLE_ROWS[2]}\n".encode(),
    "Sleepmeter history": (SLEEPMETER_HEAD + SLEEPMETER_ROW).encode(),
    "Plees Tracker export": (PLEES_HEAD + PLEES_ROW).encode(),
    "Open mHealth sleep": json.dumps(OMH_EPISODE).encode(),
    "Sleep diary table": f"{PLAIN}\n2024-01-16,22:40,23:00,20,2,30,6:30,6:50,4\n".encode(),
    "Sleep diary spreadsheet": workbook([QUESTIONS, NIGHT]),
    "EDF+ hypnogram": hypnogram(START, marks(YASA)),
}

NEEDS_AN_EXTRA = {"Raw actigraphy"}
"""Read by a library that is not installed for the tests; its own test puts a stand-in in its place."""


def test_every_format_has_its_sample_here() -> None:
    assert set(SAMPLES) | NEEDS_AN_EXTRA == set(labels()) == {f.label for f in FORMATS}


@pytest.mark.parametrize("label", list(SAMPLES))
def test_one_format_alone_recognises_its_document(label: str) -> None:
    assert [f.label for f in FORMATS if f.sniff(SAMPLES[label])] == [label]
    assert recognise(SAMPLES[label]) == label


@pytest.mark.parametrize("label", list(SAMPLES))
def test_the_name_of_the_file_does_not_matter(label: str) -> None:
    found = read(io.BytesIO(SAMPLES[label]), "photo.jpg", zone="Europe/Berlin")
    assert (found.format, len(found.episodes), found.name) == (label, label != JOURNAL, "photo.jpg")
    assert found.skipped == ()


@pytest.mark.parametrize("label", list(SAMPLES))
def test_a_zone_that_does_not_exist_is_refused(label: str) -> None:
    with pytest.raises(RangeError, match="not the name of a time zone"):
        read(io.BytesIO(SAMPLES[label]), "x", zone="Mars/Olympus")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x89PNG\r\n", "not a sleep export"),
        (b"<!DOCTYPE lolz [<!ENTITY lol 'lol'>]><lolz>&lol;</lolz>", "not a sleep export"),
        (b"date,weight\n2024-01-01,70\n", "not a sleep export"),
        (b"[]", "not a sleep export"),
        (b'{"sleep": [{"dateOfSleep": ', "cut short"),
        (zipped({"a": b"x"}), "archive within"),
    ],
)
def test_what_is_no_export_says_what_where_found_do(data: bytes, what: str) -> None:
    with pytest.raises(FormatError, match=what) as caught:
        read(io.BytesIO(data), "thing.bin", zone="Europe/Berlin")
    assert caught.value.where is not None
    assert caught.value.where.startswith("thing.bin")
    assert caught.value.do


def test_an_archive_of_several_services() -> None:
    data = zipped({f"Takeout/{n}.dat": sample for n, sample in enumerate(SAMPLES.values())} | {"x.txt": b"no"})
    found = read_all(io.BytesIO(data), "all.zip", zone="Europe/Berlin")
    assert [r.format for r in found] == list(SAMPLES)
    assert [name for name, _ in members(io.BytesIO(data), "all.zip")] == [r.name for r in found]


def test_a_refused_member_does_not_lose_the_others() -> None:
    bad = SAMPLES["Fitbit sleep logs"][:-30]
    data = zipped({"good.json": SAMPLES["Fitbit sleep logs"], "bad.json": bad})
    good, refused = read_all(io.BytesIO(data), "a.zip", zone="Europe/Berlin")
    assert len(good.episodes) == 1
    assert (refused.format, refused.skipped[0].count) == ("refused", 1)
    assert "cut short" in refused.skipped[0].reason
    with pytest.raises(FormatError, match="cut short"):
        read_all(io.BytesIO(zipped({"bad.json": bad})), "a.zip", zone="Europe/Berlin")


def test_a_document_alone() -> None:
    (found,) = read_all(io.BytesIO(APPLE), "export.xml")
    assert found.name == "export.xml"
    assert resolve(found.episodes).nights[0].tst_min == 420


@pytest.mark.parametrize("label", [x for x in SAMPLES if x != "Apple Health export"])
def test_a_flood_of_rows_is_refused(label: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_withings_states, "MOST_STRETCHES", 0)
    monkeypatch.setattr(Tally.expect, "__kwdefaults__", {"most": 0})
    with pytest.raises(FormatError, match="a life holds"):
        read(io.BytesIO(SAMPLES[label]), "x", zone="Europe/Berlin")


def test_progress_is_told() -> None:
    seen: list[int] = []
    read(io.BytesIO(APPLE), "x", progress=seen.append)
    assert seen[-1] == len(APPLE)


def test_other_members_can_be_asked_for() -> None:
    data = zipped({"a": b"yes"})
    assert [n for n, _ in members(io.BytesIO(data), "a.zip", wanted=lambda head: head == b"yes")] == ["a.zip: a"]


def test_the_first_bytes_are_shown_safely() -> None:
    assert "\x1b" not in str(unknown("x\x1b[2J", b"\x1b[31m"))


def survive(data: bytes) -> None:
    """Read hostile bytes as a document and as an archive: a result or a refusal, nothing else."""
    for content in (data, zipped({"a": data})):
        with contextlib.suppress(InputError):
            readings = read_all(io.BytesIO(content), "x", zone="Europe/Berlin")
            resolve([e for r in readings for e in r.episodes])


def mutate(data: bytes, rng: random.Random) -> bytes:
    """Return the data with a few bytes changed, cut, repeated or put in."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(out)) if out else 0
        kind = rng.randrange(6)
        if kind == 0:
            out[at : at + 1] = bytes([rng.randrange(256)])
        elif kind == 1:
            del out[at : at + rng.randint(1, 40)]
        elif kind == 2:
            out[at:at] = out[at : at + rng.randint(1, 60)]
        elif kind == 3:
            out[at:at] = rng.choice([b"NaN", b"null", b"-1", b"1e309", b"[", b"{", b'"', b"\0", b"9" * 30, b"\xff"])
        elif kind == 4:
            digits = [n for n, c in enumerate(out) if 48 <= c <= 57]
            if digits:
                out[rng.choice(digits)] = rng.randrange(48, 58)
        else:
            del out[at:]
    return bytes(out)


def campaign(rounds: int) -> None:
    rng = random.Random(4711)
    archive = zipped({"export.xml": APPLE, "sleep.json": SAMPLES["Fitbit sleep logs"]})
    for n in range(rounds):
        for sample in SAMPLES.values():
            survive(mutate(sample, rng))
        if n % 3 == 0:
            broken = mutate(archive, rng)
            with contextlib.suppress(InputError):
                read_all(io.BytesIO(broken), "x.zip", zone="Europe/Berlin")


def test_mutations_are_read_or_refused() -> None:
    campaign(60)


@pytest.mark.slow
def test_many_mutations_are_read_or_refused() -> None:
    campaign(3000)


@settings(max_examples=60)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"{", b"<HealthData"]))
def test_any_bytes(data: bytes, start: bytes) -> None:
    survive(start + data)


def test_an_archive_must_be_seekable_only_if_it_is_one() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped({"a": APPLE}))) as archive, archive.open("a") as stream:
        (found,) = read_all(stream, "export.xml")  # type: ignore[arg-type]
    assert len(found.episodes) == 1
