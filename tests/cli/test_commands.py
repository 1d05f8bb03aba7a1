"""Every command has help, and help needs none of the heavy rooms."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
COMMANDS = (
    "demo",
    "import",
    "nights",
    "gut read",
    "gut score",
    "checkin",
    "questionnaire phq9",
    "questionnaire gad7",
    "questionnaire enter",
    "questionnaire scores",
    "findings",
    "gates",
    "options",
    "assess",
    "evidence trials",
    "evidence strains",
    "evidence claims",
    "evidence pool",
    "trial analyse",
    "export",
    "backup",
    "restore",
    "erase",
    "doctor",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(run: Run, command: str) -> None:
    ended = run(*command.split(), "--help")
    assert ended.code == 0
    assert len(ended.out.splitlines()) > 4


def test_help_lists_every_command(run: Run) -> None:
    text = run("--help").out
    for command in COMMANDS:
        assert f"  {command.split()[0]} " in text


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys\ntry:\n from noctiflora.cli import main; main(['--help'])\nexcept SystemExit: pass\n"
        "print([m for m in ('numpy', 'scipy', 'numba', 'sqlalchemy', 'pydantic', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_reference_page_is_current() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import runpy; print(runpy.run_path('scripts/reference.py')['reference'](), end='')"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "100"},
    )
    page = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    assert done.stdout == page, "run: make reference"
