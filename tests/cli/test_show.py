"""Tables, JSON and CSV: unknown is told apart from zero, and nobody's text runs as a formula."""

import csv
import io
import json

import pytest

from noctiflora.cli._show import Cell, Format, show

ROWS: list[dict[str, Cell]] = [{"name": "=1+1", "minutes": None}, {"name": "b\x1b[31m", "minutes": 0.0}]


def shown(capsys: pytest.CaptureFixture[str], format: Format) -> str:
    show(ROWS, ("name", "minutes"), format=format)
    return capsys.readouterr().out


def test_json_writes_unknown_as_null(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(shown(capsys, Format.JSON)) == ROWS


def test_csv_defuses_formulas(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.reader(io.StringIO(shown(capsys, Format.CSV))))
    assert rows[0] == ["name", "minutes"]
    assert rows[1] == ["'=1+1", ""]


def test_a_table_shows_a_dash_for_unknown_and_no_control_character(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, Format.TABLE)
    assert "–" in text
    assert "0.00" in text
    assert "\x1b" not in text


def test_nothing_is_said_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    show([], ("a",), format=Format.TABLE, empty="No nights yet.")
    assert capsys.readouterr().out == "No nights yet.\n"


def test_not_a_number_never_gets_out() -> None:
    with pytest.raises(ValueError, match="JSON"):
        show([{"a": float("nan")}], ("a",), format=Format.JSON)
