import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.gut.read.documents import HUMANN, METAPHLAN, PLAIN, UBIOME_CSV, biom_hdf5
from tests.gut.shared import FORMATS, needs_samples


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(UBIOME_CSV)
    return path


def test_it_says_what_was_read_and_what_it_cannot_tell(run: Run, mine: Path) -> None:
    said = run("gut", str(mine)).out
    for part in ("uBiome or Biomesight CSV", "rank genus", "unit reads", "20,000 reads", "25.0 %", "Blautia"):
        assert part in said
    assert "not a diagnosis" in said
    assert "cannot tell" in said


def test_json_and_csv(run: Run, mine: Path) -> None:
    (document,) = json.loads(run("gut", "--format", "json", str(mine)).out)
    assert document["samples"][0]["taxa"][0]["share_pct"] == 75.0
    assert document["recognised"]["unit"] == "reads"
    rows = run("gut", str(mine), "--format", "csv").out.splitlines()
    assert rows[1] == "mine.csv,Blautia,Blautia,572511,15000.0,75.0"


def test_guesses_can_be_overruled(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("taxon,abundance\nBlautia,40.5\nBacteroides,18.5\n")
    refused = run("gut", str(path))
    assert refused.code == 3
    assert "--unit" in refused.err
    told = run("gut", str(path), "--unit", "percent", "--region", "V4")
    assert told.code == 0
    assert "41.0 %" in told.out
    assert run("gut", str(path), "--unit", "cubits").code == 3


def test_few_reads_are_refused_with_a_reason_and_no_taxa(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "small.csv"
    path.write_text("genus,count\nBlautia,900\n")
    said = run("gut", str(path)).out
    assert "below 2,000 nothing can be said" in said
    assert "100.0" not in said


def test_genes_point_to_their_command_and_tables_to_their_samples(run: Run, tmp_path: Path) -> None:
    (tmp_path / "g.tsv").write_text(HUMANN)
    assert "gut score" in run("gut", str(tmp_path / "g.tsv")).out
    (tmp_path / "b.biom").write_bytes(biom_hdf5())
    assert "1 more samples: --all" in run("gut", str(tmp_path / "b.biom")).out
    assert "  B: " in run("gut", str(tmp_path / "b.biom"), "--all").out
    (tmp_path / "m.tsv").write_text(METAPHLAN)
    assert "region shotgun" in run("gut", str(tmp_path / "m.tsv")).out


def test_a_refusal_is_on_the_error_stream_in_every_format(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"%PDF-1.4")
    (tmp_path / "ok.csv").write_text(PLAIN)
    for form in ("table", "json", "csv"):
        ended = run("gut", str(tmp_path / "x.csv"), str(tmp_path / "ok.csv"), "--format", form)
        assert ended.code == 3
        assert "x.csv: not read. this is a PDF" in ended.err


@needs_samples
@pytest.mark.parametrize("path", FORMATS, ids=lambda p: p.name)
def test_each_shared_file(run: Run, path: Path) -> None:
    ended = run("gut", str(path), "--format", "json")
    assert ended.code == 0
    assert json.loads(ended.out)[0]["refusal"] is None
    assert run("gut", str(path)).code == 0
