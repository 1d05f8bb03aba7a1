import io

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Stage
from noctiflora.sleep.read._document import Document
from noctiflora.sleep.read._format import MOST_REASONS, MOST_ROWS, Tally, fingerprint
from tests.sleep.exports import episode, utc


def tally() -> Tally:
    return Tally(Document(io.BytesIO(b""), "file.x"), "Label", None)


def test_skips_are_counted_by_reason_with_the_first_place() -> None:
    t = tally()
    t.episodes.append(episode(utc(2024, 1, 1, 22), [(Stage.LIGHT, 60)]))
    t.skip("line 2", "bad")
    t.skip("line 5", "bad")
    t.refuse("line 7", RangeError("too long", found="30"))
    found = t.reading()
    assert [(s.place, s.reason, s.count) for s in found.skipped] == [("line 2", "bad", 2), ("line 7", "too long", 1)]


def test_nothing_readable_is_refused_but_nothing_there_is_not() -> None:
    t = tally()
    assert t.reading().episodes == ()
    t.skip("line 2", "bad")
    with pytest.raises(FormatError, match="cannot be read") as caught:
        t.reading()
    assert caught.value.where == "file.x, line 2"
    assert caught.value.found == "bad"


def test_reasons_of_a_hostile_file_are_bounded() -> None:
    t = tally()
    t.episodes.append(episode(utc(2024, 1, 1, 22), [(Stage.LIGHT, 60)]))
    for n in range(5000):
        t.skip("x", f"reason {n}")
    found = t.reading().skipped
    assert len(found) == MOST_REASONS + 1
    assert sum(s.count for s in found) == 5000


def test_more_rows_than_a_life_has_sleeps() -> None:
    tally().expect(MOST_ROWS)
    with pytest.raises(FormatError, match="a life holds") as caught:
        tally().expect(MOST_ROWS + 1)
    assert caught.value.where == "file.x"


def test_a_note_is_made_once() -> None:
    t = tally()
    t.note("a")
    t.note("a")
    assert t.notes == ["a"]


def test_fingerprints_tell_people_apart() -> None:
    assert fingerprint("apple", "1980-01-01", "F") != fingerprint("apple", "1980-01-01", "M")
    assert fingerprint("a", "bc") != fingerprint("ab", "c")
    assert fingerprint("\ud800")
