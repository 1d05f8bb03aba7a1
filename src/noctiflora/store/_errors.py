"""The leaves of StoreError that only the store itself can tell apart.

::

    StoreError
      StoreForeign       the file is not a database of ours
      StoreFull          the disk is full
      StoreReadOnly      the file or folder cannot be written
      StoreUnreachable   the file, folder, disk or server cannot be opened
      StoreConflict      somebody else changed the same thing first
"""

from noctiflora.core import StoreError


class StoreForeign(StoreError):
    """The file is not a database of ours."""


class StoreFull(StoreError):
    """The disk is full."""


class StoreReadOnly(StoreError):
    """The file or folder cannot be written."""


class StoreUnreachable(StoreError):
    """The file, folder, disk or server cannot be opened."""


class StoreConflict(StoreError):
    """Somebody else changed the same thing first."""
