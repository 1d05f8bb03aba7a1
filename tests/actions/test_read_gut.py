from pathlib import Path

from noctiflora.actions import read_gut
from noctiflora.gut import Rank
from tests.gut.read.documents import NAMES_QZA, PLAIN, TABLE_QZA


def test_a_taxonomy_is_joined_to_its_table(tmp_path: Path) -> None:
    for name, content in (("t.qza", TABLE_QZA), ("n.qza", NAMES_QZA)):
        (tmp_path / name).write_bytes(content)
    for order in (("t.qza", "n.qza"), ("n.qza", "t.qza")):
        (file,) = read_gut([tmp_path / n for n in order])
        assert file.reading is not None
        assert file.reading.rank is not Rank.OTHER


def test_one_refusal_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"%PDF-1.4")
    (tmp_path / "b.csv").write_text(PLAIN)
    refused, read, missing = read_gut([tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.csv"], rank=Rank.GENUS)
    assert refused.reading is None
    assert "PDF" in refused.refusal
    assert read.reading is not None
    assert read.reading.told == ("rank",)
    assert "cannot be opened" in missing.refusal
