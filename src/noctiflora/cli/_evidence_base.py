"""The evidence that the commands of ``evidence`` read: packaged, with what the person added."""

from pathlib import Path
from typing import TYPE_CHECKING

from noctiflora.cli._session import config, opened
from noctiflora.core import FormatError

if TYPE_CHECKING:
    from noctiflora.evidence import Evidence

MOST_BYTES = 8 << 20
"""A file of additions or a table of studies larger than this is none (assumed; a thousand trials need 2 MB)."""


def known_evidence(database: str | None) -> "Evidence":
    """Return the evidence; a database is opened only where there is one."""
    settings = config(database)
    if "://" not in settings.database and not Path(settings.database).is_file():
        from noctiflora.evidence import load

        return load()
    from noctiflora.actions import gather_evidence

    with opened(database) as store:
        return gather_evidence(store)


def file_bytes(path: Path) -> bytes:
    """Return a file of the person's, if it can be what is expected."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FormatError(
                "this file is too large to be such a file", where=path.name, do=f"give one below {MOST_BYTES >> 20} MB"
            )
        return path.read_bytes()
    except OSError as error:
        raise FormatError(
            "this file cannot be read", where=path.name, found=error.strerror or "", do="check the path"
        ) from None


def printable(text: str) -> str:
    r"""Return text from a file as a terminal may show it: what is no character of a line becomes a question mark.

    Examples
    --------
    >>> printable("a\x1b[2Jb")
    'a?[2Jb'
    """
    return "".join(c if c.isprintable() or c == "\n" else "?" for c in text)
