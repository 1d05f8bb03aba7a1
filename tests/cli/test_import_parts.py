"""What is said of archives and folders."""

import pytest

from noctiflora.actions import FileOutcome, Part
from noctiflora.cli import _import_parts
from noctiflora.cli._import_parts import tell_left, tell_parts


def outcome(name: str, **more: object) -> FileOutcome:
    return FileOutcome(name=name, outcome=None, refusal="", formats=(), n_skipped=0, **more)  # type: ignore[arg-type]


def test_each_document_of_an_archive(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_import_parts, "MOST_PARTS", 2)
    parts = [Part(name=f"a.zip: {n}.csv", format="WHOOP sleeps", n_sleeps=n, n_answers=0) for n in range(3)]
    parts[1] = Part(name="a.zip: j\x1b.csv", format="WHOOP journal", n_sleeps=0, n_answers=7, n_kept=3)
    tell_parts(outcome("a.zip", parts=tuple(parts), passed=tuple(f"{n}.txt" for n in range(12))))
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "  0.csv: WHOOP sleeps, 0 sleeps",
        "  j?.csv: WHOOP journal, 7 answers, 3 new circumstances of nights kept",
        "  and 1 more documents: --format json",
    ]
    assert said.err.endswith("9.txt and 2 more\n")


def test_questions_that_are_not_kept_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    left = Part(name="j.csv", format="WHOOP journal", n_sleeps=0, n_answers=2, left=("Sauna?", "Read?"))
    tell_parts(outcome("j.csv", parts=(left,)))
    assert capsys.readouterr().out.endswith("not kept, no item of the morning entry: Sauna?, Read?\n")


def test_nothing_to_say(capsys: pytest.CaptureFixture[str]) -> None:
    tell_left([outcome("a.csv")])
    tell_parts(outcome("a.csv"))
    assert capsys.readouterr() == ("", "")


def test_one_unknown_file(capsys: pytest.CaptureFixture[str]) -> None:
    tell_left([outcome("x/photo.jpg", unknown=True)])
    assert capsys.readouterr().err == "1 file passed over, nothing we know: photo.jpg\n"
