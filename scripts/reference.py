"""Writes docs/reference/commands.md from the commands themselves."""

import contextlib
import io
import os
from pathlib import Path

from noctiflora.cli import main

OUT = Path(__file__).parents[1] / "docs" / "reference" / "commands.md"
HEAD = """# Commands

Made by `make reference` from the commands themselves. Every reading command takes `--format table|json|csv` and
`--db FILE`. Exit codes: 0 done; 1 a fault of ours; 2 usage; 3 input refused or partly refused; 4 a safety question
stands in the way; 5 trouble with the database. Errors say in one sentence what is wrong, where, what was found and
what to do; `noctiflora --debug ...` shows more.

"""
LEAF_WORDS = 2


def help_of(*command: str) -> str:
    """Return the help text of one command."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
        main([*command, "--help"])
    return out.getvalue().rstrip()


def listed(text: str) -> list[str]:
    """Return the commands that a help text lists."""
    _, found, below = text.partition("Commands:\n")
    names = [line.split()[0] for line in below.splitlines() if line.startswith("  ") and not line.startswith("   ")]
    return names if found else []


def sections(*command: str) -> list[str]:
    """Return the sections of a command and of those below it."""
    text = help_of(*command)
    below = listed(text)
    own = [] if not command else [f"## noctiflora {' '.join(command)}\n\n```text\n{text}\n```\n"]
    return own + [part for name in below for part in sections(*command, name)]


def reference() -> str:
    """Return the whole page."""
    return HEAD + "\n".join(sections())


if __name__ == "__main__":
    os.environ["COLUMNS"] = "100"
    OUT.write_text(reference(), encoding="utf-8")
