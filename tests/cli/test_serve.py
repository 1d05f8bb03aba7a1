"""The command that opens the web app."""

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_the_first_line_is_the_address_and_the_server_ends_on_interrupt(tmp_path: Path) -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "noctiflora", "serve", "--port", "0", "--db", str(tmp_path / "x.sqlite")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": ""},
    )
    try:
        assert started.stdout is not None
        address = started.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/start/[\w-]{43}", address)
        with pytest.raises(urllib.error.HTTPError, match="403") as refused:
            urllib.request.urlopen(address.split("/start/")[0] + "/", timeout=10)
        refused.value.close()
    finally:
        started.send_signal(signal.SIGINT)
        _, told = started.communicate(timeout=20)
    assert "Traceback" not in told


def test_a_port_out_of_range_is_a_usage_error(run: Run) -> None:
    assert run("serve", "--port", "70000").code == 2


def test_a_port_that_is_taken_is_said(run: Run, tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ended = run("serve", "--port", str(taken.getsockname()[1]), "--db", str(tmp_path / "x.sqlite"))
    assert ended.code == 3
    assert "--port" in ended.err
