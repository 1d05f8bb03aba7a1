"""Small text files, and what is none."""

from pathlib import Path

import pytest

from noctiflora.actions._small_text import small_text
from noctiflora.core import FormatError


def read(path: Path) -> str:
    return small_text(path, most=8, what="the list", limit=" for one person")


def test_text_is_read_without_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"\xef\xbb\xbfabc")
    assert read(path) == "abc"


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"123456789", "the list is too large for one person"), (b"\xff", "not UTF-8"), (None, "opened")],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, content: bytes | None, words: str) -> None:
    path = tmp_path / "a"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FormatError, match=words):
        read(path)
