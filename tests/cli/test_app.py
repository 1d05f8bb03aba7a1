"""Errors become one sentence and an exit code; nothing shows a traceback unless asked."""

import importlib
import pkgutil

import pytest

import noctiflora
from noctiflora.cli import _app
from noctiflora.core import NoctifloraError, RangeError, StoreBusy
from tests.cli.conftest import Run


def test_every_error_of_every_room_has_an_exit_code() -> None:
    for module in pkgutil.iter_modules(noctiflora.__path__):
        if not module.name.startswith("__"):
            importlib.import_module(f"noctiflora.{module.name}")
    waiting, leaves = [NoctifloraError], []
    while waiting:
        kind = waiting.pop()
        below = kind.__subclasses__()
        waiting += below
        leaves += [] if below else [kind]
    assert len(leaves) > 12
    assert {leaf.exit_code for leaf in leaves} <= {2, 3, 4, 5}


@pytest.mark.parametrize(
    ("error", "code"),
    [(RangeError("no such night", where="x", do="look"), 3), (StoreBusy("busy"), 5), (ZeroDivisionError("x"), 1)],
)
def test_an_error_becomes_one_line(run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(_app, "app", fail)
    ended = run("nights")
    assert ended.code == code
    assert len(ended.err.strip().splitlines()) == 1


def test_debug_shows_where_it_arose(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(_app, "app", fail)
    with pytest.raises(SystemExit):
        _app.main(["--debug", "nights"])
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [("nosuch",), ("import",), ("nights", "--format", "xml"), ("evidence", "x")])
def test_wrong_use_ends_with_two_and_points_to_help(run: Run, arguments: tuple[str, ...]) -> None:
    ended = run(*arguments)
    assert ended.code == 2
    assert "--help" in ended.err


def test_version_is_that_of_the_package(run: Run) -> None:
    assert run("--version").out.strip() == f"noctiflora {noctiflora.__version__}"
