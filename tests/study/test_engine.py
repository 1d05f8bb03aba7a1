"""Real machines: processes that die, a scheduler that goes away, one that runs another version."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from noctiflora.core import ModelError
from noctiflora.study import Engine, engine
from noctiflora.study import _engine as module


@pytest.fixture(scope="module")
def machines() -> Iterator[Engine]:
    with engine(workers=2) as found:
        yield found


def square(x: int) -> int:
    return x * x


def die_on_three(x: int) -> int:
    if x == 3:
        os._exit(1)
    return x


def fail_on_two(x: int) -> int:
    if x == 2:
        raise ValueError(x)
    time.sleep(0.01 * (4 - x))
    return x


def test_results_come_in_order_and_progress_is_told(machines: Engine) -> None:
    told: list[tuple[int, int]] = []
    assert machines.map(square, range(5), tell=lambda *done: told.append(done)) == [0, 1, 4, 9, 16]
    assert told == [(n, 5) for n in range(1, 6)]
    assert machines.map(square, []) == []


def test_what_fails_stands_in_its_place(machines: Engine) -> None:
    found = machines.map(fail_on_two, range(4))
    assert isinstance(found[2], ValueError)
    assert [found[j] for j in (0, 1, 3)] == [0, 1, 3]


def test_what_kills_its_worker_is_given_up_and_the_rest_is_done() -> None:
    with engine(workers=2) as mine:
        found = mine.map(die_on_three, range(6))
    assert type(found[3]).__name__ == "KilledWorker"
    assert [f for j, f in enumerate(found) if j != 3] == [0, 1, 2, 4, 5]


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Start a scheduler and a worker as processes of their own."""
    dask = [sys.executable, "-m", "dask"]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    said = folder / "scheduler.json"
    here = ["--host", "127.0.0.1"]
    scheduler = subprocess.Popen(
        [*dask, "scheduler", *here, "--port", "0", "--no-dashboard", "--scheduler-file", str(said)], **quiet
    )
    worker = subprocess.Popen([*dask, "worker", "--scheduler-file", str(said), *here, "--no-dashboard"], **quiet)
    try:
        until = time.monotonic() + 60
        while not said.exists() or not said.read_text().strip().endswith("}"):
            assert time.monotonic() < until
            time.sleep(0.05)
        import json

        yield json.loads(said.read_text())["address"], scheduler
    finally:
        for process in (worker, scheduler):
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.terminate()
                process.wait()


def slowly(x: int) -> int:
    time.sleep(0.3)
    return x


def test_a_scheduler_by_its_address_works_until_it_is_lost(tmp_path: Path) -> None:
    with cluster(tmp_path) as (address, scheduler):
        until = time.monotonic() + 60
        while True:
            try:
                with engine(address) as far:
                    assert far.map(abs, [-1, 2]) == [1, 2]

                    def lose(done: int, _of: int) -> None:
                        if done == 1:
                            scheduler.kill()

                    with pytest.raises(ModelError, match="lost") as caught:
                        far.map(time.sleep, [0.01, 5, 5], tell=lose)
                    assert "not repeated" in str(caught.value)
                break
            except ModelError as error:
                if "no workers" not in str(error) or time.monotonic() > until:
                    raise
                time.sleep(0.2)


def test_no_scheduler_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAIT_S", 1)
    with pytest.raises(ModelError, match="does not answer"), engine("tcp://127.0.0.1:1"):
        pass


@pytest.mark.parametrize("address", ["nonsense", "tcp://", "http://a:1", "tcp://a", "tcp://a:1 x"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ModelError, match="no address"), engine(address):
        pass


def test_a_worker_of_another_version_is_named() -> None:
    class Fake:
        """Stands for a client whose worker tells another version: none of that kind can be had here."""

        def run(self, _ask: object) -> dict[str, str]:
            return {"tcp://a:1": "noctiflora 0.0.1, dask 1, Python 3.9"}

    with pytest.raises(ModelError, match="another version") as caught:
        module._same_version(Fake(), "tcp://a:0")
    assert "0.0.1" in str(caught.value)
