"""A disk as it may be found after a power cut, played back from what a process did to its files.

Until a file is synced, any of the writes since may be missing, and any of them may be torn at a
sector. Until a folder is synced, its last names, renames and removals may be missing; what is
missing is missing from some point on, as journaling file systems have it. Nothing else is promised
by POSIX, so nothing else is assumed.
"""

import random
import struct
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
_HEAD = struct.Struct("<cqqII")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One entry of the log of ``recorder.c``.

    Parameters
    ----------
    what : str
        Create, open, write, truncate, sync, unlink, rename, link, make a folder, or acknowledge.
    fd, at : int
        Descriptor; place in the file or new length.
    name : str
        Path.
    data : bytes
        What was written, or the second path.
    """

    what: str
    fd: int
    at: int
    name: str
    data: bytes


def read_log(path: Path) -> list[Deed]:
    """Return everything that was written down, in order."""
    raw, at, found = path.read_bytes(), 0, []
    while at < len(raw):
        what, fd, place, length, n = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        name = raw[at : at + length].decode()
        found.append(Deed(what=what.decode(), fd=fd, at=place, name=name, data=raw[at + length : at + length + n]))
        at += length + n
    return found


@dataclass(slots=True, eq=False)
class _File:
    """Bytes that are safe, then what was done since."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[Deed] = field(default_factory=list)

    def sync(self) -> None:
        for deed in self.pending:
            _apply(self.safe, deed)
        self.pending.clear()

    def after_cut(self, chance: random.Random, keep: float) -> bytes:
        content = bytearray(self.safe)
        for deed in self.pending:
            if chance.random() >= keep:
                continue
            for part in _torn(deed, chance) if deed.what == "W" and keep < 1 and chance.random() < 0.3 else (deed,):
                _apply(content, part)
        return bytes(content)


def _apply(content: bytearray, deed: Deed) -> None:
    end = deed.at if deed.what == "T" else deed.at + len(deed.data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if deed.what == "T":
        del content[end:]
    else:
        content[deed.at : end] = deed.data


def _torn(deed: Deed, chance: random.Random) -> list[Deed]:
    """Return some sectors of a write."""
    parts = []
    for begin in range(deed.at - deed.at % SECTOR, deed.at + len(deed.data), SECTOR):
        low, high = max(begin, deed.at) - deed.at, begin + SECTOR - deed.at
        if chance.random() < 0.5:
            parts.append(Deed(what="W", fd=0, at=deed.at + low, name="", data=deed.data[low:high]))
    return parts


class Disk:
    """Files under one folder, with what is safe and what is on its way."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._now: dict[str, _File | None] = {self._root: None}
        self._safe = dict(self._now)
        self._pending: dict[str, list[Deed]] = {}
        self._open: dict[int, str | _File] = {}
        self._files: dict[int, _File] = {}

    def do(self, deed: Deed) -> None:
        """Go on by one entry."""
        if deed.what == "O":
            self._open[deed.fd] = self._now.get(deed.name) or deed.name
            if deed.at and isinstance(opened := self._open[deed.fd], _File):
                opened.pending.append(Deed(what="T", fd=0, at=0, name="", data=b""))
        elif deed.what in "WT":
            opened = self._open[deed.fd]
            assert isinstance(opened, _File)
            opened.pending.append(deed)
        elif deed.what == "S":
            opened = self._open[deed.fd]
            if isinstance(opened, _File):
                opened.sync()
            else:
                for waiting in self._pending.pop(str(opened), []):
                    _rename(self._safe, waiting, self._files)
        elif deed.what in "CMURL":
            self._change(deed)

    def after_cut(self, target: Path, chance: random.Random) -> None:
        """Write the disk as one of the ways in which it may be found now."""
        names = dict(self._safe)
        keep = chance.choice([0.0, 0.0, 0.3, 0.5, 0.8, 1.0])
        for waiting in self._pending.values():
            for deed in waiting[: 0 if keep == 0 else len(waiting) if keep == 1 else chance.randint(0, len(waiting))]:
                _rename(names, deed, self._files)
        contents: dict[int, bytes] = {}
        for name, file in sorted(names.items()):
            place = target / Path(name).relative_to(self._root)
            if str(Path(name).parent) not in names and name != self._root:
                continue
            if file is None:
                place.mkdir(exist_ok=True, parents=True)
            elif place.parent.is_dir():
                place.write_bytes(contents.setdefault(id(file), file.after_cut(chance, keep)))

    def _change(self, deed: Deed) -> None:
        if deed.what == "C":
            self._files[id(deed)] = _File()
        _rename(self._now, deed, self._files)
        # A name that moved to another folder would wait for both; here none does.
        self._pending.setdefault(str(Path(deed.name).parent), []).append(deed)


def _rename(names: dict[str, _File | None], deed: Deed, made: dict[int, _File]) -> None:
    other = deed.data.decode() if deed.what in "RL" else ""
    if deed.what == "C":
        names[deed.name] = made[id(deed)]
    elif deed.what == "M":
        names[deed.name] = None
    elif deed.what == "U":
        names.pop(deed.name, None)
    elif deed.name in names:
        names[other] = names[deed.name]
        if deed.what == "R":
            del names[deed.name]
