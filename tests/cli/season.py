"""A season played through the commands in this process, with a clock and a generator of one's own."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from noctiflora.actions import Chance
from noctiflora.evidence import load_safety
from noctiflora.trial import exposure
from tests.cli.conftest import Ran, Run

START = dt.date(2025, 1, 5)
"""The day of starting; night 1 is the next."""
OPTION = "lactobacillus-gasseri-cp2305"
WORDS = "mole lantern quiet orchard"
HEAD = "date,in_bed,lights_out,sol_min,awakenings,waso_min,final_awakening,out_of_bed,quality,zone\n"
GATES = [part for rule in load_safety() for part in ("--answer", f"{rule.gate_id}=no")]


def diary_row(date: dt.date, efficiency: float) -> str:
    """Return one morning: 480 minutes in bed, of which so many per cent asleep."""
    awake = round(480 * (1 - efficiency / 100))
    latency = min(20, awake)
    evening = date - dt.timedelta(days=1)
    to_bed, up = f"{evening}T23:00", f"{date}T07:00"
    return f"{date},{to_bed},{to_bed},{latency},1,{awake - latency},{up},{up},6,Europe/Berlin\n"


def counted(seed: str) -> Callable[[int], bytes]:
    """Return a source of bytes that is the same for the same seed."""
    state = [0]

    def give(n: int) -> bytes:
        state[0] += 1
        return hashlib.shake_256(f"{seed}/{state[0]}".encode()).digest(n)

    return give


@dataclass
class Season:
    """Commands with what they said, in order."""

    run: Run
    folder: Path
    monkeypatch: pytest.MonkeyPatch
    day: dt.date = START
    said: list[Ran] = field(default_factory=list)
    nonces: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key = self.folder / "helper.txt"
        self.key.write_text(WORDS + "\n")
        self.at(START)
        # few simulated trials behind the threshold: its number is another test's concern
        self.monkeypatch.setattr("noctiflora.actions._trial_result.SIMULATED", 100)

    def at(self, day: dt.date, hour: int = 12) -> None:
        """Set the clock."""
        self.day = day
        instant = dt.datetime.combine(day, dt.time(hour), dt.UTC)
        self.monkeypatch.setattr("noctiflora.cli._session.now", lambda: instant)
        self.monkeypatch.setattr("noctiflora.cli._session.today", lambda: day)
        for module in ("_gates", "_plan", "_nights"):
            self.monkeypatch.setattr(f"noctiflora.cli.{module}.today", lambda: day)

    def chance(self, bits: int | None, seed: str = "season") -> None:
        """Fix the generator: `bits` is the order, all else comes from the seed."""
        source = counted(seed)

        def give(n: int) -> bytes:
            found = source(n)
            if n == 32:
                self.nonces.append(found)
            return found

        made = Chance(
            bits=lambda n: int.from_bytes(give(8)) % 2**n if bits is None else bits,
            below=lambda n: int.from_bytes(give(8)) % n,
            bytes=give,
        )
        self.monkeypatch.setattr("noctiflora.actions._start_trial.Chance", lambda: made)

    def do(self, *arguments: str, code: int = 0) -> Ran:
        """Run one command and remember what it said."""
        ended = self.run(*arguments)
        assert ended.code == code, ended.err + ended.out
        self.said.append(ended)
        return ended

    def diary(self, first: dt.date, values: list[float]) -> None:
        """Import mornings from a date on."""
        path = self.folder / f"diary-{first}.csv"
        rows = [diary_row(first + dt.timedelta(days=i), v) for i, v in enumerate(values)]
        path.write_text(HEAD + "".join(rows))
        self.do("import", str(path))

    def prepare(self, rng: np.random.Generator, *, nights: int = 28) -> None:
        """Record a run-in and answer the safety questions."""
        self.diary(START - dt.timedelta(days=nights - 1), (78 + 4 * rng.standard_normal(nights)).tolist())
        self.do("gates", *GATES)

    def start(self, *more: str, code: int = 0) -> Ran:
        """Start a trial."""
        return self.do(
            "trial", "start", "--option", OPTION, "--dose", "1e10 cells/day", "--useful", "2", *more, code=code
        )

    def helper(self, *arguments: str, code: int = 0) -> Ran:
        """Run a trial command with the helper's passphrase."""
        return self.do("trial", *arguments, "--passphrase-file", str(self.key), code=code)

    def start_blinded(self, *more: str) -> Ran:
        """Start a trial with a helper."""
        return self.start("--passphrase-file", str(self.key), *more)

    def log(self, first: int, doses: list[float]) -> None:
        """Log doses from a night on."""
        path = self.folder / f"log-{first}.csv"
        path.write_text("night,dose\n" + "".join(f"{first + i},{d:g}\n" for i, d in enumerate(doses)))
        self.do("trial", "log", "--from", str(path))

    def circumstances(self, first: int, drank: list[bool]) -> None:
        """Log alcohol from a night on."""
        path = self.folder / f"circumstances-{first}.csv"
        rows = [f"{first + i},{'yes' if one else 'no'}\n" for i, one in enumerate(drank)]
        path.write_text("night,alcohol\n" + "".join(rows))
        self.do("trial", "log", "--from", str(path))

    def status(self) -> dict[str, object]:
        """Return the status."""
        found: dict[str, object] = json.loads(self.do("trial", "status", "--format", "json").out)
        return found


def night(n: int) -> dt.date:
    """Return the date of a night."""
    return START + dt.timedelta(days=n)


def outcome(rng: np.random.Generator, dose: np.ndarray, theta: float) -> np.ndarray:
    """Return efficiencies of nights with an effect of theta at full exposure."""
    return 78 + theta * exposure(dose, 7.0, 5.0) + 4 * rng.standard_normal(dose.size)


@pytest.fixture
def season(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Season:
    return Season(run=run, folder=tmp_path, monkeypatch=monkeypatch)
