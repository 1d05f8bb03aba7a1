import io
from pathlib import Path

import pytest

from noctiflora.core import FormatError
from noctiflora.sleep import Kind, Night, Reading, read, resolve
from noctiflora.sleep.read._sleepmeter import sniff
from tests.sleep.apps import SLEEPMETER_CUSTOM, SLEEPMETER_HEAD, SLEEPMETER_ROW
from tests.sleep.exports import utc


def reading(text: str) -> Reading:
    return read(io.BytesIO(text.encode()), "sleep_history.csv")


def one(row: str) -> Night:
    return resolve(reading(SLEEPMETER_HEAD + row).episodes).nights[0]


def test_a_night_with_a_hole() -> None:
    night = one(SLEEPMETER_ROW)
    assert (night.sol_min, night.tst_min, night.waso_min, night.awakenings) == (20, 430, 30, 1)
    assert (night.onset, night.offset, night.rating) == (utc(2024, 1, 15, 22, 20), utc(2024, 1, 16, 6), 7)
    assert (night.tib_min, night.source) == (None, "diary: Sleepmeter")


def test_sections_of_custom_words_and_free_text_do_not_disturb() -> None:
    second = SLEEPMETER_ROW.replace("2024-01-1", "2024-02-1").replace("a note", 'wake,sleep,bedtime,"')
    found = reading(SLEEPMETER_CUSTOM + SLEEPMETER_HEAD + SLEEPMETER_ROW + second)
    assert len(found.episodes) == 2
    assert reading(SLEEPMETER_CUSTOM).episodes == ()


def test_no_sleep_at_all_is_zero_not_unknown() -> None:
    row = SLEEPMETER_ROW.replace("2024-01-16 07:00", "2024-01-16 01:00").replace("2024-01-15 23:20", "2024-01-16 01:00")
    night = one(row.replace("60-90", ""))
    assert night.tst_min == 0


def test_a_nap_is_a_nap() -> None:
    assert reading(SLEEPMETER_HEAD + SLEEPMETER_ROW.replace("NIGHT_SLEEP", "NAP")).episodes[0].kind is Kind.NAP


def test_going_to_bed_after_falling_asleep_is_noted() -> None:
    night = one(SLEEPMETER_ROW.replace("2024-01-15 23:00", "2024-01-15 23:59"))
    assert night.sol_min is None
    assert any("after falling asleep" in note for note in night.notes)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("60-90", "90-60", "within the sleep"),
        ("60-90", "60-900", "within the sleep"),
        ("60-90", "sixty", "pairs of minutes"),
        ("2024-01-16 07:00", "2024-01-32 07:00", "not a time"),
        (",7,", ",", "columns of its header"),
    ],
)
def test_a_bad_row_is_counted_and_the_rest_kept(old: str, new: str, reason: str) -> None:
    good = SLEEPMETER_ROW.replace("2024-01-1", "2024-02-1")
    bad = SLEEPMETER_ROW.replace(old, new, 1).replace("\na line", "")
    found = reading(SLEEPMETER_HEAD + bad + good)
    assert len(found.episodes) == 1
    assert reason in found.skipped[0].reason
    assert found.skipped[0].place == "line 2"
    with pytest.raises(FormatError):
        reading(SLEEPMETER_HEAD + bad)


def test_the_samples(shared: Path) -> None:
    counts = {}
    for path in sorted((shared / "samples/sleep/sleepmeter").glob("*.csv")):
        found = reading(path.read_text(encoding="utf-8"))
        counts[path.name[14:-4]] = (len(found.episodes), sum(s.count for s in found.skipped))
    expected = {"2020-11-23.1": (1, 0), "2020-11-23.4": (2, 0), "2020-11-24.2": (4, 0)}
    expected |= {"2020-11-24.5": (6, 1), "2020-11-25.2": (8, 1), "2020-11-25.8": (9, 1)}
    assert counts == expected, "the records of 1900 lie before any app"
    path = shared / "samples/sleep/sleepmeter/sleep_history_2020-11-23.1.csv"
    night = resolve(reading(path.read_text(encoding="utf-8")).episodes).nights[0]
    assert (night.date.isoformat(), night.tst_min, night.sol_min, night.rating) == ("2020-11-23", 480, 10, 5)


def test_sniffing() -> None:
    assert sniff(SLEEPMETER_HEAD.encode())
    assert sniff(SLEEPMETER_CUSTOM.encode())
    assert not sniff(b"wake,sleep\n")
