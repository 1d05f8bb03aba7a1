import json
from pathlib import Path

from tests.cli.conftest import Run

TABLE = "# Gene Family\tmine_Abundance-CPM\tother_Abundance-CPM\nK01580\t700000\t0\nK00248\t300000\t1000000\n"


def test_kept_genes_are_shown_as_genes_never_activity(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ko.tsv").write_text(TABLE)
    told = run("import", str(tmp_path / "ko.tsv"))
    assert told.code == 0
    assert "not the table" in told.out
    said = run("gut").out
    for part in ("Genes present, never activity", "GABA made from glutamate", "100 % of its steps", "1 more samples"):
        assert part in said
    (document,) = json.loads(run("gut", "--format", "json").out)
    assert document["modules"]["other"][0]["status"] == "absent"
    assert document["modules"]["mine"][0]["score"] == 700_000


def test_keep_stores_them_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ko.tsv").write_text(TABLE)
    assert "kept" in run("gut", str(tmp_path / "ko.tsv"), "--keep").err
    assert "Genes present" in run("gut").out
