from pathlib import Path

from noctiflora.actions import read_gut
from noctiflora.cli._gut_text import taxa
from tests.gut.read.documents import UBIOME_CSV


def test_taxa_come_most_frequent_first_with_shares_of_the_whole(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("genus,count\nDorea,1000\nBlautia,8000\nunassigned,1000\n")
    (file,) = read_gut([tmp_path / "t.csv"])
    assert file.reading is not None
    assert [(r["taxon"], r["share_pct"]) for r in taxa(file.reading, 0)] == [("Blautia", 80.0), ("Dorea", 10.0)]


def test_nested_ranks_show_one(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(UBIOME_CSV)
    (file,) = read_gut([tmp_path / "t.csv"])
    assert file.reading is not None
    assert [r["taxon"] for r in taxa(file.reading, 0)] == ["Blautia"]
