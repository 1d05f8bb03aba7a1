"""What the trial commands ask of the person: the passphrase, and the present."""

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli import _session
from noctiflora.core import FormatError

if TYPE_CHECKING:
    from noctiflora.store import Store

PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        metavar="FILE",
        help="File of the helper's that holds the passphrase on its first line; - reads it from standard input.",
        show_default=False,
    ),
]
LONGEST = 1024


def present() -> tuple[dt.datetime, dt.date]:
    """Return the present instant, and the date on this machine's calendar."""
    return _session.now(), _session.today()


ASK_HELPER = "Helper, your passphrase (the other person looks away)"


def passphrase(file: Path | None, *, new: bool = False, words: str = ASK_HELPER) -> str:
    """Return a passphrase from a file, or as typed without being shown; a new one is typed twice."""
    if file is None:
        return str(typer.prompt(words, hide_input=True, confirmation_prompt=new))
    try:
        if str(file) == "-" and sys.stdin.isatty():
            return passphrase(None, new=new, words=words)
        if str(file) == "-":
            return sys.stdin.readline(LONGEST).rstrip("\r\n")
        with file.open(encoding="utf-8") as stream:
            return stream.readline(LONGEST).rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise FormatError("the passphrase file cannot be read", where=str(file), do="check its name") from None


def secret(store: "Store", file: Path | None) -> str | None:
    """Return the passphrase where the order is still sealed, else None."""
    from noctiflora.actions import needs_passphrase

    return passphrase(file) if needs_passphrase(store) else None
