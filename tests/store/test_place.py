"""Paths, permissions, and which disks are local."""

import os
import stat
from pathlib import Path

import pytest

from noctiflora.core import RangeError, StoreError
from noctiflora.store import StoreReadOnly, StoreUnreachable
from noctiflora.store._place import create_private, is_local, place_of, prepare, tighten

posix = pytest.mark.skipif(os.name != "posix", reason="permission bits are a thing of POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_path_and_its_address_are_one_place(tmp_path: Path) -> None:
    path = tmp_path.resolve() / "a b.db"
    assert place_of(path).path == place_of(str(path)).path == place_of(f"sqlite:///{path}").path == path


def test_a_server_shows_no_password() -> None:
    place = place_of("postgresql://lena:secret@host/nights")
    assert place.path is None
    assert "secret" not in place.shown
    assert "host" in place.shown


@pytest.mark.parametrize(
    "wrong", ["", ":memory:", "sqlite://", "sqlite:///:memory:", "x\x00y", "sqlite:///x?mode=ro", "a b://"]
)
def test_what_is_no_file_is_refused(wrong: str) -> None:
    with pytest.raises(RangeError, match="place of a database"):
        place_of(wrong)


@posix
@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_new_folders_and_files_are_for_the_owner(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        path = tmp_path / "new" / "nights.db"
        prepare(path, own_folder=False)
    finally:
        os.umask(before)
    assert (mode(path.parent), mode(path)) == (0o700, 0o600)


@posix
def test_a_folder_that_exists_is_closed_only_if_it_is_our_own(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    prepare(shared / "nights.db", own_folder=False)
    assert mode(shared) == 0o755
    prepare(shared / "nights.db", own_folder=True)
    assert mode(shared) == 0o700


@posix
def test_tighten_takes_the_journals_too(tmp_path: Path) -> None:
    files = [tmp_path / f"n.db{end}" for end in ("", "-journal", "-wal", "-shm")]
    for file in files:
        file.touch()
        file.chmod(0o644)
    other = tmp_path / "n.dbx"
    other.touch()
    other.chmod(0o644)
    tighten(files[0])
    assert {mode(f) for f in files} == {0o600}
    assert mode(other) == 0o644


def test_an_existing_file_is_never_emptied(tmp_path: Path) -> None:
    path = tmp_path / "n.db"
    path.write_bytes(b"kept")
    prepare(path, own_folder=False)
    assert path.read_bytes() == b"kept"
    with pytest.raises(FileExistsError):
        create_private(path)


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreUnreachable, match="folder"):
        prepare(tmp_path, own_folder=False)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError):
        prepare(tmp_path / "file" / "n.db", own_folder=False)


@posix
def test_a_folder_that_cannot_be_written(tmp_path: Path, not_root: None) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreReadOnly):
            prepare(tmp_path / "n.db", own_folder=False)
    finally:
        tmp_path.chmod(0o700)


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/x /mnt/far nfs4 rw 0 0
/dev/sdb1 /mnt/far/near ext4 rw 0 0
host /mnt/my\\040disk fuse.sshfs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("path", "local"),
    [
        ("/a/n.db", True),
        ("/mnt/far/n.db", False),
        ("/mnt/farther/n.db", True),
        ("/mnt/far/near/n.db", True),
        ("/mnt/my disk/n.db", False),
    ],
)
def test_the_nearest_mount_decides(path: str, local: bool) -> None:
    assert is_local(Path(path), MOUNTS) is local


def test_an_unknown_disk_is_not_taken_for_local() -> None:
    assert not is_local(Path("/a"), "")
