"""Where a database lies: its path, the files beside it, and who may read them."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from noctiflora.core import RangeError
from noctiflora.store._errors import StoreUnreachable
from noctiflora.store._trouble import translated

FILE_MODE = 0o600
FOLDER_MODE = 0o700

JOURNALS = ("-journal", "-wal", "-shm")
"""Endings of the files that SQLite itself keeps beside a database."""

_REMOTE = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "vboxsf", "virtiofs", "davfs"}
)
"""File systems on which locks or shared memory cannot be trusted (https://sqlite.org/wal.html)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A database's address.

    Parameters
    ----------
    path : Path or None
        The SQLite file; None for a database server.
    url : str
        Address of the server; empty for a file.
    """

    path: Path | None
    url: str = ""

    @property
    def shown(self) -> str:
        """The address as it may be shown: without a password."""
        if self.path is not None:
            return str(self.path)
        return sa.make_url(self.url).render_as_string(hide_password=True)


def place_of(location: str | Path) -> Place:
    """Return the place meant by a path or an SQLAlchemy address.

    Raises
    ------
    RangeError
        If the address cannot be understood, or names a database in memory.

    Examples
    --------
    >>> place_of("sqlite:////srv/x.db").path == Path("/srv/x.db").resolve()
    True
    """
    if isinstance(location, str) and "://" in location:
        try:
            url = sa.make_url(location)
        except (sa.exc.ArgumentError, ValueError):
            raise _no_address("an address that SQLAlchemy does not understand") from None
        if url.get_backend_name() != "sqlite":
            return Place(path=None, url=location)
        if not url.database or url.database == ":memory:" or url.query:
            raise _no_address("an SQLite address without a plain file")
        location = url.database
    if str(location) in ("", ":memory:") or "\x00" in str(location):
        raise _no_address("no file")
    try:
        return Place(path=Path(location).expanduser().resolve())
    except (OSError, RuntimeError) as error:
        raise _no_address(str(error)) from None


def _no_address(found: str) -> RangeError:
    # The address itself is not shown: it may hold a password.
    return RangeError("this is not the place of a database", where="db", found=found, do="give the path of a file")


def prepare(path: Path, *, own_folder: bool) -> None:
    """Make sure that the file exists, readable by its owner only.

    A folder is created with 0700; one that exists is left as it is unless it is our own.

    Parameters
    ----------
    path : Path
        The SQLite file.
    own_folder : bool
        Whether the folder is Noctiflora's data folder, so that it may be closed to others.

    Raises
    ------
    StoreReadOnly, StoreUnreachable
        If that cannot be done.
    """
    with translated(str(path)):
        if path.is_dir():
            raise StoreUnreachable("this is a folder, not a database", where=str(path), do="name a file in it")
        if not path.parent.exists():
            new = [folder for folder in (path.parent, *path.parent.parents) if not folder.exists()]
            path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            for folder in new:
                # Else a power cut could take the folder with all that was acknowledged in it.
                sync_folder(folder.parent)
        elif own_folder:
            _chmod(path.parent, FOLDER_MODE)
        create_private(path, exist_ok=True)


def create_private(path: Path, *, exist_ok: bool = False) -> None:
    """Create an empty file that only its owner can read.

    SQLite keeps the mode of a file it finds, and gives its journals the same.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
    except FileExistsError:
        if not exist_ok:
            raise


def tighten(path: Path) -> None:
    """Take a file of ours from everybody but its owner; leave it where it is not ours to change."""
    for file in (path, *(Path(f"{path}{end}") for end in JOURNALS)):
        if file.exists():
            _chmod(file, FILE_MODE)


def _chmod(path: Path, mode: int) -> None:
    found = path.stat()
    mine = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
    if mine and stat.S_IMODE(found.st_mode) != mode:
        path.chmod(mode)


def sync_folder(folder: Path) -> None:
    """Make a rename or a new name in `folder` survive a power cut, where the system allows it."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_local(path: Path, mounts: str) -> bool:
    r"""Return whether `path` lies on a disk of this machine.

    Parameters
    ----------
    path : Path
        A resolved path.
    mounts : str
        Text of ``/proc/mounts``; empty where the system has none, which counts as not local.

    Examples
    --------
    >>> table = "/dev/sda1 / ext4 rw 0 0\nserver:/nights /nights nfs4 rw 0 0"
    >>> is_local(Path("/var/x.db"), table), is_local(Path("/nights/x.db"), table)
    (True, False)
    """
    best, kind = -1, ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ")
        if path.is_relative_to(point) and len(point) >= best:
            best, kind = len(point), parts[2]
    return kind != "" and kind not in _REMOTE and not kind.startswith("fuse")


def read_mounts() -> str:
    """Return the table of mounts of this machine; empty where there is none."""
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
