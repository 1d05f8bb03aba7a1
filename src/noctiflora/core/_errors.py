"""The error tree: every way in which Noctiflora says no.

::

    NoctifloraError
      InputError         (also ValueError)
        FormatError        the file or row is not what it should be
        UnitError          the unit is missing or not one we know
        RangeError         the value lies outside what is possible
      EvidenceError
        SourceMissing      a number has no source
        NotPoolable        these results cannot be pooled
      ModelError
        NotConverged       the engine cannot vouch for its answer
      DesignError          the trial cannot answer the question
      GateClosed           a safety question stands in the way
      StoreError
        NotFound           nothing is stored under that name
        MigrationNeeded    the database belongs to another version
        StoreBusy          another process holds the database
        StoreDamaged       the database or a backup does not pass its check
        and leaves of the store's own: foreign file, full disk, read-only, unreachable, conflict
      MissingExtra       (also ImportError)

A message has four parts: what is wrong, where, what was found, what to do. Each
leaf carries the exit code with which a command ends.
"""

from typing import ClassVar


class NoctifloraError(Exception):
    """Root of the tree; never raised itself.

    Parameters
    ----------
    what : str
        What is wrong, in plain words, without a full stop.
    where : str, optional
        File, line, field or argument.
    found : str, optional
        What stood there instead; shortened to 80 characters when shown.
    do : str, optional
        What the reader can do about it.

    Examples
    --------
    >>> print(RangeError("a night cannot last 30 hours", where="diary.csv, line 4", do="correct it"))
    a night cannot last 30 hours (diary.csv, line 4); correct it
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str | None = None, found: str | None = None, do: str | None = None) -> None:
        self.what = what
        self.where = where
        self.found = found
        self.do = do
        super().__init__(what)

    def __str__(self) -> str:
        text = self.what
        if self.where:
            text += f" ({_plain(self.where, 200)})"
        if self.found is not None:
            text += f", found {_plain(self.found, 80)}"
        if self.do:
            text += f"; {self.do}"
        return text


def _plain(text: str, longest: int) -> str:
    """Return hostile text as one short printable line."""
    line = "".join(c if c.isprintable() else "?" for c in text)
    return line if len(line) <= longest else line[: longest - 1] + "…"


class InputError(NoctifloraError, ValueError):
    """What was given cannot be used."""

    exit_code = 3


class FormatError(InputError):
    """The file or row is not what it should be."""


class UnitError(InputError):
    """The unit is missing or not one we know."""


class RangeError(InputError):
    """The value lies outside what is possible."""


class EvidenceError(NoctifloraError):
    """The evidence cannot be used in this way."""

    exit_code = 3


class SourceMissing(EvidenceError):
    """A number has no source."""


class NotPoolable(EvidenceError):
    """These results cannot be pooled."""


class ModelError(NoctifloraError):
    """A model cannot answer."""

    exit_code = 3


class NotConverged(ModelError):
    """The engine cannot vouch for its answer."""


class DesignError(NoctifloraError):
    """The trial cannot answer the question."""

    exit_code = 3


class GateClosed(NoctifloraError):
    """A safety question stands in the way."""

    exit_code = 4


class StoreError(NoctifloraError):
    """The database cannot do what was asked."""

    exit_code = 5


class NotFound(StoreError):
    """Nothing is stored under that name."""


class MigrationNeeded(StoreError):
    """The database belongs to another version."""


class StoreBusy(StoreError):
    """Another process holds the database."""


class StoreDamaged(StoreError):
    """The database or a backup does not pass its check."""


class MissingExtra(NoctifloraError, ImportError):
    """An optional part is not installed.

    Parameters
    ----------
    extra : str
        Name of the extra, as in ``pip install noctiflora[extra]``.
    needed_for : str
        What cannot be done without it.
    """

    exit_code = 2

    def __init__(self, extra: str, *, needed_for: str) -> None:
        self.extra = extra
        super().__init__(
            f"{needed_for} needs an optional part that is not installed",
            do=f"install it with: pip install 'noctiflora[{extra}]'",
        )
