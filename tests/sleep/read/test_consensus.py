import io

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Night, Reading, read, resolve
from noctiflora.sleep.read._consensus import is_diary, is_pair, names, rows, sniff
from noctiflora.sleep.read._document import Document
from noctiflora.sleep.read._format import Tally
from tests.sleep.exports import utc

QUESTIONS = (
    "Today's date",
    "What time did you get into bed?",
    "What time did you try to go to sleep?",
    "How long did it take you to fall asleep?",
    "How many times did you wake up, not counting your final awakening?",
    "In total, how long did these awakenings last?",
    "What time was your final awakening?",
    "What time did you get out of bed for the day?",
    "How would you rate the quality of your sleep?",
)
ANSWERS = ("2024-01-16", "22:40", "23:00", "20 min", "2", "0:30", "6:30", "6:50 AM", "Good")
PLAIN = "Date,Bedtime,Lights out,Sleep latency,Awakenings,WASO,Wake time,Out of bed,Sleep quality (1-5)"


def reading(heading: str, *lines: str, zone: str | None = "Europe/Berlin") -> Reading:
    return read(io.BytesIO("\n".join([heading, *lines]).encode()), "diary.csv", zone=zone)


def one(heading: str, line: str) -> Night:
    return resolve(reading(heading, line).episodes).nights[0]


def table(cells: tuple[str, ...]) -> str:
    return ",".join(f'"{c}"' for c in cells)


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        (table(QUESTIONS), table(ANSWERS)),
        (PLAIN, "16.01.2024,10:40 pm,11:00 pm,20,2,30,6:30 am,6:50,4"),
        (PLAIN, "2024-01-16,2024-01-15 22:40,2024-01-15T23:00,0:20,2,30 minutes,2024-01-16 06:30,2024-01-16 06:50,4"),
    ],
)
def test_the_questions_of_the_consensus_diary_in_any_words(heading: str, line: str) -> None:
    night = one(heading, line)
    assert (night.tib_min, night.tst_min, night.sol_min, night.waso_min) == (490, 400, 20, 30)
    assert (night.awakenings, night.terminal_wake_min, night.rating) == (2, 20, 7.5)
    assert night.onset == utc(2024, 1, 15, 22, 20)
    assert night.source == "diary"


def test_headings() -> None:
    expected = ("date", "in_bed", "lights_out", "sol_min", "awakenings", "waso_min", "final_awakening", "out_of_bed")
    assert names(QUESTIONS) == (*expected, "quality")
    assert is_diary(QUESTIONS)
    assert not is_diary(["Date", "Steps"])
    assert is_pair(["Sleep", "Wake", "Comment"])
    assert not is_pair(["Sleep", "Wake", "Steps"])


@pytest.mark.parametrize(
    ("bed", "lights", "woke", "rose", "tib"),
    [
        ("00:10", "00:30", "07:00", "07:10", 420),
        ("23:50", "00:30", "07:00", "07:10", 440),
        ("08:00", "08:15", "15:00", "15:10", 430),
        ("22:00", "22:10", "23:50", "00:10", 130),
    ],
    ids=["after midnight", "across midnight", "by day", "up before midnight, out after"],
)
def test_clock_readings_are_dated_from_waking(bed: str, lights: str, woke: str, rose: str, tib: float) -> None:
    night = one(PLAIN, f"2024-01-16,{bed},{lights},10,0,0,{woke},{rose},3")
    assert (night.tib_min, night.date.isoformat()) == (tib, "2024-01-16")


def test_a_rating_without_a_scale_is_not_used() -> None:
    found = reading(PLAIN.replace(" (1-5)", ""), "2024-01-16,22:40,23:00,20,2,30,6:30,6:50,4")
    assert found.episodes[0].totals.rating is None
    assert any("scale" in note for note in found.notes)


def test_sleep_with_wake() -> None:
    found = reading("Sleep,Wake", "2024-01-15 23:00,2024-01-16 07:00")
    night = resolve(found.episodes).nights[0]
    assert (night.tst_min, night.waso_min, night.tib_min, night.source) == (480, None, None, "diary: table")


def test_the_zone_is_asked_for() -> None:
    for heading, line in (
        (PLAIN, "2024-01-16,22:40,23:00,20,2,30,6:30,6:50,4"),
        ("Sleep,Wake", "2024-01-15 23:00,2024-01-16 07:00"),
    ):
        with pytest.raises(RangeError, match="--zone"):
            reading(heading, line, zone=None)
    own = reading(PLAIN + ",Time zone", "2024-01-16,22:40,23:00,20,2,30,6:30,6:50,4,Asia/Tokyo", zone=None)
    assert own.episodes[0].start_offset_min == 540


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("2024-01-16", "01/16/2024", "not a date"),
        ("2024-01-16", "31.02.2024", "not a date"),
        ("22:40", "25:40", "not a time"),
        ("22:40", "13:40 pm", "not a time"),
        ("6:30", "", "missing"),
        (",20,", ",a while,", "minutes are needed"),
        ("22:40", "evening", "not a time"),
    ],
)
def test_a_bad_row_is_counted_and_the_rest_kept(old: str, new: str, reason: str) -> None:
    good = "2024-01-16,22:40,23:00,20,2,30,6:30,,4"
    found = reading(PLAIN, good, good.replace(old, new))
    assert len(found.episodes) == 1
    assert reason in found.skipped[0].reason
    assert found.skipped[0].place == "line 3"
    with pytest.raises(FormatError):
        reading(PLAIN, good.replace(old, new))


def test_rows_without_a_word_are_no_rows() -> None:
    tally = Tally(Document(io.BytesIO(b"x"), "x"), "x", "Europe/Berlin")
    rows(QUESTIONS, [(2, ["", ""]), (3, list(ANSWERS))], tally)
    assert len(tally.episodes) == 1


def test_sniffing() -> None:
    assert sniff(PLAIN.encode())
    assert sniff(b"Sleep;Wake\n")
    assert not sniff(b"date,in_bed,final_awakening\n"), "our own diary is read as such"
    assert not sniff(b"wake,sleep,bedtime,holes,type\n")
