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
    ended = run("gut", str(path))
    assert ended.code == 3
    said = ended.out
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
    (document,) = json.loads(ended.out)
    assert document["refusal"] is None
    standings = {s.get("standing") for s in document["samples"]}
    assert ended.code == (3 if standings == {"nothing can be said"} else 0)
    assert run("gut", str(path)).code == ended.code


def test_a_sample_is_held_against_a_reference_of_its_region(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "v4.csv"
    genera = ("Bacteroides", "Faecalibacterium", "Blautia", "Roseburia", "Coprococcus", "Dorea", "Lachnospira")
    path.write_text("genus,count\n" + "\n".join(f"{g},2000" for g in genera))
    said = run("gut", str(path), "--region", "V4", "--age", "40").out
    assert "Held against American Gut 2013, healthy adults (245 people" in said
    assert "genera cannot be placed" in said
    assert "--region V4 --keep" in run("gut", str(path)).out
    (document,) = json.loads(run("gut", str(path), "--region", "V4", "--format", "json").out)
    placed = document["samples"][0]["placement"]
    assert placed["band_pct"] == 80
    assert all(g["band_from"] <= g["band_to"] for g in placed["genera"])
    assert run("gut", str(path), "--age", "400").code == 3


def test_of_a_bloomed_sample_nothing_is_said_of_its_families(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "post.csv"
    path.write_text("genus,count\nKlebsiella,9000\nBacteroides,9000\nBlautia,2000\n")
    said = run("gut", str(path)).out
    assert "grow in the post" in said
    assert "Klebsiella" not in said
    assert "Klebsiella" not in run("gut", str(path), "--format", "csv").out
    assert "Klebsiella" not in run("gut", str(path), "--format", "json").out


def test_what_was_kept_is_shown_without_a_file(run: Run, mine: Path, tmp_path: Path) -> None:
    db = str(tmp_path / "n.db")
    assert "No stool test is kept" in run("gut", "--db", db).out
    assert run("import", str(mine), "--db", db).code == 0
    assert "kept; nothing changed" in run("import", str(mine), "--db", db).out
    said = run("gut", "--db", db).out
    assert "mine.csv (kept " in said
    assert "Blautia" in said
    (document,) = json.loads(run("gut", "--db", db, "--format", "json").out)
    assert document["samples"][0]["taxa"][0]["share_pct"] == 75.0


def test_what_was_told_is_kept_and_outlives_an_import(run: Run, mine: Path, tmp_path: Path) -> None:
    db = str(tmp_path / "n.db")
    assert "mine.csv: kept." in run("gut", str(mine), "--region", "V4", "--keep", "--db", db).err
    assert "region V4" in run("gut", "--db", db).out
    assert "already kept" in run("import", str(mine), "--db", db).out
    assert "region V4" in run("gut", "--db", db).out
    assert "mine.csv: kept." in run("gut", str(mine), "--region", "V3-V4", "--keep", "--db", db).err
    assert "region V3-V4" in run("gut", "--db", db).out


def test_a_sample_is_chosen_by_its_id(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "two.tsv"
    path.write_text("genus\tA\tB\nBlautia\t9000\t1\nBacteroides\t9000\t29999\n")
    assert "  B: sum 30000" in run("gut", str(path), "--sample", "B").out
    refused = run("gut", str(path), "--sample", "C")
    assert refused.code == 3
    assert "choose one of: A, B" in refused.err
