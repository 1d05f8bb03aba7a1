"""Twins: two seasons alike in everything but the order; nothing the person can reach tells them apart."""

import contextlib
import io
import re
import secrets
import shutil

import numpy as np
import pytest

from noctiflora.cli import main
from tests.cli.conftest import Ran, Run
from tests.cli.season import OPTION, WORDS, Season, counted, night

PAIRS, NIGHTS = 2, 7
ORDERS = {"first": 0b01, "second": 0b10}
NONCES: dict[str, list[bytes]] = {}
LETTERS = {"first": b"PCCP", "second": b"CPPC"}


def mask(text: str) -> str:
    """Return text without the long hexadecimal numbers that the seal is made of."""
    return re.sub(r"[0-9a-f]{64,}", lambda found: "#" * len(found.group()), text)


CHECKSUM = 64
"""Bytes at the end of a backup."""


def masked(data: bytes) -> bytes:
    return re.sub(rb"[0-9a-f]{64,}", lambda found: b"#" * len(found.group()), data)


def told(name: str, data: bytes) -> bytes:
    """Return what a file tells: a backup's checksum, at its end, differs as the seal's chance does."""
    return data[:-CHECKSUM] if name.endswith("copy.sqlite") else data


def reached(season: Season, order: int) -> dict[str, bytes]:
    """Play half a season and gather everything the person can reach."""
    folder = season.folder
    season.prepare(np.random.default_rng(7))
    season.chance(order)
    more = ("--secondary", "waso", "--secondary", "total_sleep", "--format", "json")
    season.start_blinded("--nights", str(NIGHTS), "--pairs", str(PAIRS), "--looks", "1", *more)
    season.do("trial", "kit", str(folder / "kit"))
    season.helper("envelope", str(folder / "helper-only" / "envelope.pdf"))
    y = 78 + 4 * np.random.default_rng(8).standard_normal(PAIRS * NIGHTS * 2)
    for block in range(PAIRS * 2):
        last = NIGHTS * (block + 1)
        season.at(night(last))
        season.diary(night(NIGHTS * block + 1), y[NIGHTS * block : last].tolist())
        season.log(NIGHTS * block + 1, [1.0] * (NIGHTS - 1) + [0.0])
        season.do("trial", "log", "--night", str(last), "--guess", "product")
    for n in range(1, PAIRS * NIGHTS * 2 + 1):
        season.do("trial", "log", "--night", str(n), "--circumstance", "alcohol" if n % 3 else "alcohol=no")
    season.do("trial", "log", "--night", "3", "--adverse", "gas", "--severity", "mild")
    season.do("trial", "log", "--night", "4", "--dose", "0.5", "--correct")
    word = season.helper("look")
    season.said.remove(word)
    commands: list[tuple[str, ...]] = [("trial", "status", "--format", f) for f in ("table", "json", "csv")]
    commands += [("trial", "log", "--history", "--format", f) for f in ("table", "json", "csv")]
    commands += [("export",), ("export", "--format", "json"), ("nights",), ("findings",), ("options",)]
    for command in commands:
        season.do(*command)
    season.circumstances(5, [True, False, True])
    quick = ("--trials", "100", "--max-weeks", "6", "--looks", "0", "--least", "0")
    season.do("trial", "design", "--option", OPTION, *quick, "--format", "json")
    season.do("trial", "verdict", code=3)
    season.do("trial", "share", code=3)
    season.do("trial", "start", "--option", OPTION, "--dose", "1 g", "--useful", "2", "--known", code=3)
    season.do("assess", "--out", str(folder / "report"))
    season.do("nights", "--lift-veil")
    for command in (("nights", "--format", "json"), ("export",), ("findings",), ("trial", "log", "--history")):
        season.do(*command)
    season.do("backup", str(folder / "copy.sqlite"))
    return gathered(season)


def gathered(season: Season) -> dict[str, bytes]:
    found = {
        str(path.relative_to(season.folder)): path.read_bytes()
        for path in sorted(season.folder.rglob("*"))
        if path.is_file() and "helper-only" not in path.parts and path.name != season.key.name
    }
    for number, said in enumerate(season.said):
        found[f"command {number}"] = f"{said.code}\n{said.out}\n{said.err}".encode()
    return found


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    # one after the other in one folder and with the same passing names: nothing else may differ
    found = {}
    base = tmp_path_factory.mktemp("twins")
    for name, order in ORDERS.items():
        with pytest.MonkeyPatch.context() as patch:
            folder = base / "person"
            folder.mkdir()
            patch.setenv("NOCTIFLORA_HOME", str(folder / "home"))
            patch.delenv("NOCTIFLORA_DB", raising=False)
            give = counted("passing names")
            patch.setattr(secrets, "token_hex", lambda n=32, give=give: give(n).hex())
            season = Season(run=runner(), folder=folder, monkeypatch=patch)
            found[name] = reached(season, order)
            NONCES[name] = season.nonces
            shutil.rmtree(folder)
    return found


def runner() -> Run:
    def command(*arguments: str) -> Ran:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as end:
            main(arguments)
        return Ran(code=int(end.value.code or 0), out=out.getvalue(), err=err.getvalue())

    return command


def test_names_order_and_sizes_are_the_same(twins: dict[str, dict[str, bytes]]) -> None:
    one, two = twins["first"], twins["second"]
    assert list(one) == list(two)
    assert len(one) > 40
    assert {name: len(data) for name, data in one.items()} == {name: len(data) for name, data in two.items()}


def test_every_byte_is_the_same_but_for_the_seal(twins: dict[str, dict[str, bytes]]) -> None:
    one, two = twins["first"], twins["second"]
    differ = [name for name in one if masked(told(name, one[name])) != masked(told(name, two[name]))]
    assert not differ


def test_the_seals_do_differ_so_the_twins_are_no_copies(twins: dict[str, dict[str, bytes]]) -> None:
    one, two = twins["first"], twins["second"]
    assert any(one[name] != two[name] for name in one)
    assert mask(one["command 3"].decode()) == mask(two["command 3"].decode())


@pytest.mark.parametrize("name", ORDERS)
def test_order_nonce_and_passphrase_stand_nowhere(twins: dict[str, dict[str, bytes]], name: str) -> None:
    assert len(NONCES[name]) == 1
    for place, data in twins[name].items():
        assert NONCES[name][0] not in data, place
        assert NONCES[name][0].hex().encode() not in data, place
        assert WORDS.encode() not in data, place
        assert LETTERS[name] not in data, place
        assert LETTERS[name].hex().encode() not in data, place


def test_the_test_can_fail(twins: dict[str, dict[str, bytes]]) -> None:
    one = dict(twins["first"])
    name = next(iter(one))
    assert masked(one[name] + b" ") != masked(twins["second"][name])
