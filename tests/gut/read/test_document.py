import io

import pytest

from noctiflora.core import FormatError
from noctiflora.gut.read import _document
from noctiflora.gut.read._document import Document, first_lines


class Broken(io.BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        raise OSError("disk gone")


def test_the_whole_is_head_and_rest() -> None:
    content = b"x" * (_document.HEAD_BYTES + 10)
    document = Document(io.BytesIO(content), "f")
    assert len(document.head) == _document.HEAD_BYTES
    assert document.whole() == content


def test_a_broken_stream_is_a_sentence() -> None:
    with pytest.raises(FormatError, match="damaged or cut short"):
        Document(Broken(), "f")


def test_text_that_is_no_utf8_names_the_byte() -> None:
    with pytest.raises(FormatError, match="UTF-8") as caught:
        Document(io.BytesIO(b"ab\xff"), "f").text()
    assert caught.value.where == "f, byte 2"


def test_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_document, "LARGEST_TEXT_BYTES", 3)
    with pytest.raises(FormatError, match="too large"):
        Document(io.BytesIO(b"abcd"), "f").whole()


def test_bytes_with_zeros_have_no_lines() -> None:
    assert first_lines(b"a\x00b\n") == []
    assert first_lines(b"\xef\xbb\xbfa\n\nb\n", 1) == ["a"]
