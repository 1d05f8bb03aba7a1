"""What an action refused, in words that fit a page: without the commands that its message names."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from noctiflora.core import NoctifloraError
from noctiflora.web._form import Filled


def plainly(error: NoctifloraError) -> str:
    """Return what is wrong and what was found, as one sentence.

    Examples
    --------
    >>> from noctiflora.core import RangeError
    >>> plainly(RangeError("a night has one guess", where="--guess", found="x", do="noctiflora trial log"))
    'A night has one guess (found: x).'
    """
    what = error.what[:1].upper() + error.what[1:]
    found = "" if error.found is None else error.found
    line = "".join(c if c.isprintable() else "?" for c in found)[:80]
    return f"{what} (found: {line})." if line else f"{what}."


_COMMAND = re.compile(r" \(noctiflora [a-z -]+\)")


def without_commands(text: str) -> str:
    """Return a text of an action without the commands it names in brackets.

    Examples
    --------
    >>> without_commands("The helper can open the order (noctiflora trial open).")
    'The helper can open the order.'
    """
    return _COMMAND.sub("", text)


@contextmanager
def reworded() -> Iterator[None]:
    """Let an action's refusal pass without the commands and options that its message names."""
    try:
        yield
    except NoctifloraError as error:
        raise type(error)(error.what, found=error.found) from None


def refuse(form: Filled, name: str, error: NoctifloraError) -> None:
    """Note on a form what an action refused."""
    form.wrong(name, plainly(error))
