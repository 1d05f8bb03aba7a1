"""Which source a night is taken from: shown, changed, given back."""

import json
from pathlib import Path

import pytest

from noctiflora.sample import Vendor, export, person
from tests.cli.conftest import START, Run


@pytest.fixture
def two(run: Run, tmp_path: Path) -> Run:
    sample = person(3, start=START, n_nights=42)
    for vendor in (Vendor.OURA, Vendor.WHOOP):
        (tmp_path / vendor.file_name).write_bytes(export(sample, vendor))
        assert run("import", str(tmp_path / vendor.file_name)).code == 0
    return run


def night(run: Run, date: str) -> dict[str, object]:
    rows = json.loads(run("nights", "--format", "json").out)
    found: dict[str, object] = next(row for row in rows if row["date"] == date and not row["nap"])
    return found


def test_a_night_is_taken_from_another_source_and_back(two: Run) -> None:
    date = json.loads(two("nights", "--format", "json").out)[0]["date"]
    assert night(two, date)["source"] == "oura"
    changed = two("nights", "--prefer", "whoop", "--date", date, "--format", "csv")
    assert changed.code == 0
    assert f"whoop is taken for the night of {date}; the other records are kept." in changed.err
    assert night(two, date)["source"] == "whoop"
    back = two("nights", "--prefer", "auto", "--date", date)
    assert "chosen by the rule again" in back.err
    assert night(two, date)["source"] == "oura"


def test_why_shows_what_was_not_chosen(two: Run) -> None:
    date = json.loads(two("nights", "--format", "json").out)[0]["date"]
    rows = json.loads(two("nights", "--why", "--date", date, "--format", "json").out)
    assert {row["date"] for row in rows} == {date}
    assert {row["source"] for row in rows} == {"oura", "whoop"}
    assert "reason" in two("nights", "--why", "--format", "csv").out.splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--prefer", "fitbit"), "take one of: oura, whoop"),
        (("--prefer", ""), "name of a source"),
        (("--prefer", "whoop", "--date", "soon"), "not a date"),
    ],
)
def test_bad_wishes_get_one_sentence(two: Run, arguments: tuple[str, ...], word: str) -> None:
    ended = two("nights", *arguments)
    assert ended.code in (2, 3)
    assert word in ended.err
    assert len(ended.err.splitlines()) == 1
