import io
import zlib
from typing import cast

import pytest

from noctiflora.core import FormatError
from noctiflora.sleep.read import _document
from noctiflora.sleep.read._document import Document


class Drip(io.BytesIO):
    """A stream that gives few bytes at a time, as sockets do."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(3, size) if size and size > 0 else 3)


class Broken(io.BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        raise zlib.error("Error -3 while decompressing data")


def test_head_and_rest_are_the_whole() -> None:
    data = bytes(range(256)) * 1000
    seen: list[int] = []
    document = Document(io.BytesIO(data), "x", progress=seen.append)
    assert document.head == data[: _document.HEAD_BYTES]
    assert b"".join(document.chunks(1000)) == data
    assert seen[-1] == len(data)
    assert seen == sorted(seen)


def test_a_slow_stream_gives_the_same() -> None:
    assert Document(Drip(b"hello world"), "x").whole() == b"hello world"


def test_a_broken_stream_is_a_damaged_file() -> None:
    with pytest.raises(FormatError, match="damaged"):
        Document(Broken(), "x")


def test_text_is_utf_8_with_or_without_mark() -> None:
    assert Document(io.BytesIO(b"\xef\xbb\xbfa\xc3\xa4"), "x").text() == "aä"
    with pytest.raises(FormatError, match="UTF-8") as caught:
        Document(io.BytesIO(b"ab\xff"), "x").text()
    assert caught.value.where == "x, byte 2"


def test_a_document_too_large_to_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_document, "LARGEST_TEXT_BYTES", 10)
    document = Document(cast("io.BytesIO", io.BytesIO(b"x" * 11)), "x")
    with pytest.raises(FormatError, match="too large"):
        document.whole()
