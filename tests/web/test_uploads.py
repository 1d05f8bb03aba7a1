"""Files on their way in."""

import asyncio
import os
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from noctiflora.core import FormatError, RangeError
from noctiflora.store import StoreFull
from noctiflora.web import _uploads
from noctiflora.web._uploads import (
    MOST_FIELD_BYTES,
    MOST_FIELDS,
    MOST_FILES,
    PREFIX,
    Received,
    Uploads,
    receive,
    safe_name,
)


def body(*parts: tuple[str, bytes], end: bytes = b"--x--\r\n") -> bytes:
    return (
        b"".join(b"--x\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (h.encode(), b) for h, b in parts) + end
    )


def taken(data: bytes, uploads: Uploads, *, kind: str = "multipart/form-data; boundary=x", step: int = 7) -> Received:
    pieces = [data[i : i + step] for i in range(0, len(data), step)] or [b""]

    async def piece() -> AsyncIterator[dict[str, object]]:
        for k, part in enumerate(pieces):
            yield {"type": "http.request", "body": part, "more_body": k + 1 < len(pieces)}
        yield {"type": "http.disconnect"}

    source = piece()

    async def next_piece() -> dict[str, object]:
        return await anext(source)

    request = Request({"type": "http", "headers": [(b"content-type", kind.encode())]}, next_piece)
    # In a thread of its own: the browser of other tests keeps an event loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(receive(request, uploads))).result()


@pytest.fixture
def uploads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Uploads:
    monkeypatch.setattr(_uploads.tempfile, "tempdir", str(tmp_path))
    return Uploads()


def left(tmp_path: Path) -> list[Path]:
    return [p for p in tmp_path.rglob("*") if p.is_file()]


def test_files_and_fields_come_in_whatever_the_pieces(uploads: Uploads) -> None:
    data = body(
        ('name="zone"', b"Europe/Berlin"),
        ('name="file"; filename="a.csv"', b"1\r\n--2"),
        ('name="file"; filename="a.csv"', b""),
    )
    for step in (1, 3, 1000):
        found = taken(data, uploads, step=step)
        assert found.fields == {"zone": "Europe/Berlin"}
        assert [f.read_bytes() for f in found.files] == [b"1\r\n--2", b""]
        assert {f.name for f in found.files} == {"a.csv"}
        assert found.folder.stat().st_mode & 0o077 == 0
        uploads.drop(found.folder)
        assert not found.folder.exists()


def test_a_file_field_without_a_file_is_nothing(uploads: Uploads) -> None:
    found = taken(body(('name="file"; filename=""', b"")), uploads)
    assert (found.files, found.fields) == ((), {})


@pytest.mark.parametrize("cut", [0, 5, 40, 90, -4])
def test_an_upload_that_ends_early_leaves_nothing(uploads: Uploads, tmp_path: Path, cut: int) -> None:
    data = body(('name="file"; filename="a.csv"', b"x" * 50))
    with pytest.raises(FormatError, match="ended early"):
        taken(data[:cut], uploads)
    assert not left(tmp_path)


@pytest.mark.parametrize("kind", ["", "text/plain", "multipart/form-data", "multipart/form-data; boundary=" + "x" * 71])
def test_what_is_no_form_with_files_is_refused(uploads: Uploads, kind: str) -> None:
    with pytest.raises(FormatError):
        taken(b"", uploads, kind=kind)


@pytest.mark.parametrize(
    "parts",
    [
        [('name="f"; filename="a"', b"")] * (MOST_FILES + 1),
        [(f'name="f{k}"', b"") for k in range(MOST_FIELDS + 1)],
        [('name="f"', b"x" * (MOST_FIELD_BYTES + 1))],
    ],
)
def test_too_many_parts_are_refused(uploads: Uploads, tmp_path: Path, parts: list[tuple[str, bytes]]) -> None:
    with pytest.raises(RangeError):
        taken(body(*parts), uploads, step=9999)
    assert not left(tmp_path)


def test_a_full_disk_is_said(uploads: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(_uploads._Parts, "_data", full)
    with pytest.raises(StoreFull):
        taken(body(('name="file"; filename="a.csv"', b"x")), uploads)


@given(st.text())
def test_a_name_stays_in_its_folder(name: str) -> None:
    safe = safe_name(name)
    assert (Path("/a") / safe).parent == Path("/a")
    assert safe not in {"", ".", ".."}
    assert safe.isprintable()
    assert len(safe.encode()) <= 120


def test_everything_can_be_cleared(uploads: Uploads, tmp_path: Path) -> None:
    taken(body(('name="file"; filename="a.csv"', b"x")), uploads)
    assert left(tmp_path)
    uploads.clear()
    uploads.clear()
    assert not left(tmp_path)


def test_what_a_killed_process_left_is_removed_and_what_runs_is_left_alone(uploads: Uploads, tmp_path: Path) -> None:
    dead, alive, other = (tmp_path / f"{PREFIX}{n}" for n in ("4194304-a", f"{os.getpid()}-b", "x-c"))
    for folder in (dead, alive, other):
        folder.mkdir()
    uploads.new_folder()
    assert [f.exists() for f in (dead, alive, other)] == [False, True, True]
