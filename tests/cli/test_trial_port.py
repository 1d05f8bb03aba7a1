"""The passphrase from a file, from standard input, and as typed."""

import io
from pathlib import Path

import pytest

from noctiflora.cli import _trial_port as port
from noctiflora.core import FormatError


def test_first_line_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("four words of ours \r\nrest\n")
    assert port.passphrase(path).strip() == "four words of ours"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("four words of ours\n"))
    assert port.passphrase(Path("-")) == "four words of ours"


def test_typed_without_being_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, object]] = []
    monkeypatch.setattr("typer.prompt", lambda text, **how: asked.append(how) or "typed")
    assert port.passphrase(None, new=True) == "typed"
    assert asked == [{"hide_input": True, "confirmation_prompt": True}]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        port.passphrase(tmp_path / "none")


def test_present_has_a_zone() -> None:
    instant, day = port.present()
    assert instant.tzinfo is not None
    assert abs((instant.date() - day).days) <= 1


def test_at_a_terminal_standard_input_is_not_shown_either(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal("seen by all\n"))
    monkeypatch.setattr("typer.prompt", lambda text, **how: f"hidden {how['hide_input']}")
    assert port.passphrase(Path("-")) == "hidden True"
