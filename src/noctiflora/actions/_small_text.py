"""Reads a small text file whole, or says in one sentence why not."""

from pathlib import Path

from noctiflora.core import FormatError


def small_text(path: Path, *, most: int, what: str, limit: str) -> str:
    """Return the text of a file.

    Parameters
    ----------
    path : Path
        The file.
    most : int
        Most bytes taken.
    what, limit : str
        How to call it in a message, and what it is too large for.

    Raises
    ------
    FormatError
        If it cannot be opened, is too large, or is no UTF-8 text.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(most + 1)
    except OSError as problem:
        raise FormatError("the file cannot be opened", where=str(path), found=problem.strerror) from None
    if len(content) > most:
        raise FormatError(f"{what} is too large{limit}", where=path.name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FormatError(f"{what} is not UTF-8 text", where=path.name, do="save it in UTF-8") from None
