import datetime as dt
import io

import pytest

from noctiflora.core import FormatError
from noctiflora.sample import Person, person
from noctiflora.sample._samsung import samsung_export
from noctiflora.sleep import Reading, read, read_all, resolve
from noctiflora.sleep.read._samsung import sniff
from tests.sleep.exports import utc
from tests.sleep.vendors import SAMSUNG_COLUMNS, SAMSUNG_ROW
from tests.sleep.vendors import SAMSUNG_HEAD as HEAD


def reading(text: str) -> Reading:
    return read(io.BytesIO(text.encode()), "com.samsung.shealth.sleep.20220401.csv")


def test_the_line_above_and_the_comma_behind() -> None:
    found = reading(HEAD + SAMSUNG_ROW)
    (episode,) = found.episodes
    assert (episode.start, episode.end) == (utc(2022, 3, 26, 3, 40), utc(2022, 3, 26, 10, 40))
    assert (episode.start_offset_min, episode.source, episode.key) == (-300, "samsung", "uuid-1")
    (night,) = resolve(found.episodes).nights
    assert (str(night.date), night.tib_min, night.tst_min) == ("2022-03-26", 420, 378)
    assert any("efficiency" in note for note in night.notes)


def test_the_clock_is_decided_and_told() -> None:
    assert any(note.startswith("times were read as UTC (by when") for note in reading(HEAD + SAMSUNG_ROW).notes)
    local = SAMSUNG_ROW.replace("03:40", "22:40").replace("26 22", "25 22").replace("10:40", "05:40").replace(
        "26 11:03", "26 10:43"
    )  # fmt: skip
    found = reading(HEAD + local)
    assert found.episodes[0].start == utc(2022, 3, 26, 3, 40)
    assert any("local time" in note for note in found.notes)


def test_another_app_is_another_source() -> None:
    row = SAMSUNG_ROW.replace("com.sec.android.app.shealth", "com.urbandroid.sleep").replace("uuid-1", "uuid-2")
    assert {e.source for e in reading(HEAD + SAMSUNG_ROW + row).episodes} == {
        "samsung",
        "samsung: com.urbandroid.sleep",
    }
    assert len(resolve(reading(HEAD + SAMSUNG_ROW + row).episodes).nights) == 1


def test_an_efficiency_of_another_length_is_not_used() -> None:
    assert resolve(reading(HEAD + SAMSUNG_ROW.replace(",420,", ",300,")).episodes).nights[0].tst_min is None


def test_older_exports_print_milliseconds() -> None:
    row = SAMSUNG_ROW.replace("2022-03-26 03:40:00.000", "1648266000000")
    assert reading(HEAD + row).episodes[0].start == utc(2022, 3, 26, 3, 40)


@pytest.mark.parametrize(
    "row",
    [
        SAMSUNG_ROW.replace("2022-03-26 10:40:00.000", ""),
        SAMSUNG_ROW.replace("UTC-0500", "EST"),
        SAMSUNG_ROW.replace("2022-03-26 10:40", "2022-03-26 01:40"),
    ],
)
def test_impossible_rows_are_refused(row: str) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        reading(HEAD + row)
    assert reading(HEAD + SAMSUNG_ROW + row).skipped[0].place == "line 4"


def test_other_tables_of_the_export_are_not_taken() -> None:
    assert sniff(HEAD.encode())
    assert not sniff(b"com.samsung.shealth.sleep_combined,6320000,11\n")
    assert not sniff(SAMSUNG_COLUMNS.encode())
    with pytest.raises(FormatError, match="columns is missing"):
        reading("com.samsung.shealth.sleep,6320000,11\n")


@pytest.mark.parametrize("local", [False, True])
def test_a_whole_export_in_either_clock(local: bool) -> None:
    someone: Person = person(3, start=dt.date(2024, 10, 7), n_nights=40, period_nights=4, run_in_nights=8)
    readings = read_all(io.BytesIO(samsung_export(someone, local=local)), "samsunghealth.zip")
    nights = resolve([e for r in readings for e in r.episodes]).nights
    assert [(n.date, n.onset, n.tst_min) for n in nights] == [
        (n.date, n.slept.onset, n.slept.tst_min) for n in someone.nights if n.device_worn
    ]
