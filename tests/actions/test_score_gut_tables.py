"""Many gut tables at once, from their files to one file."""

from pathlib import Path

import pytest

from noctiflora.actions import score_gut_tables
from noctiflora.core import FormatError
from tests.study.test_gut_tables import table


def test_tables_become_one_file(tmp_path: Path) -> None:
    heard: list[str] = []
    tables = [table(tmp_path / "a.tsv", 1), table(tmp_path / "b.tsv", 2)]
    out = tmp_path / "out.csv"
    count, refused = score_gut_tables(tables, out, workers=1, tell=lambda what, _done, _of: heard.append(what))
    assert (count, refused) == (10, ())
    assert out.read_text(encoding="utf-8").startswith("table,sample,module,score")
    assert set(heard) == {"tables"}


def test_modules_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be opened"):
        score_gut_tables([], tmp_path / "x.csv", modules=tmp_path / "none", tell=lambda *_: None)
