import io
from pathlib import Path

import numpy as np
import pytest

from noctiflora.actions import import_files, keep_gut, kept_guts
from noctiflora.actions._keep_gut import MOST_SAMPLES, from_document, to_document
from noctiflora.core import FormatError, StoreDamaged
from noctiflora.gut import GutReading, read
from noctiflora.store import Store
from tests.gut.read.documents import METAPHLAN, NAMES_QZA, TABLE_QZA, UBIOME_CSV
from tests.gut.shared import FORMATS, needs_samples


def reading(text: str) -> GutReading:
    return read(io.BytesIO(text.encode()), "mine.csv")


@pytest.mark.parametrize("text", [UBIOME_CSV, METAPHLAN, "genus\tA\tB\nBlautia\t9000\t1\nDorea\t0\t9999\n"])
def test_a_reading_comes_back_as_it_was(text: str) -> None:
    one = reading(text)
    other = from_document(to_document(one), where="x")
    for at in range(len(one.sample_ids)):
        a, b = one.sample(at), other.sample(at)
        seen = a.values > 0
        assert [n for n, s in zip(a.names, seen, strict=True) if s] == list(np.array(b.names)[b.values > 0])
        assert (a.total, a.depth, a.unit, a.unassigned) == (b.total, b.depth, b.unit, b.unassigned)
    assert (one.site, one.region, one.nested, one.notes) == (other.site, other.region, other.nested, other.notes)


def test_only_samples_that_bear_a_statement_are_kept(store: Store) -> None:
    table = reading("genus\tgood\tpoor\nBlautia\t9000\t9\nDorea\t5000\t9\n")
    done = keep_gut(store, table, sha256="0" * 64)
    assert [r.split(":")[0] for r in done.refused] == ["poor"]
    (kept,) = kept_guts(store)
    assert kept.reading.sample_ids == ("good",)
    assert kept.reading.told == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("genus,count\nBlautia,900\n", "below 2,000 nothing can be said"),
        ("genus,count\nStreptococcus,9000\nVeillonella,900\n", "sample of the mouth"),
        ("# Gene Family\tmine\nUniRef90_A0A1\t5\n", "no sleep module can be measured"),
        ("genus\t" + "\t".join(f"S{i}" for i in range(MOST_SAMPLES + 1)) + "\nBlautia" + "\t9000" * (MOST_SAMPLES + 1),
         "whole study"),
    ],
)  # fmt: skip
def test_what_says_nothing_is_refused_in_a_sentence_and_not_kept(store: Store, text: str, words: str) -> None:
    with pytest.raises(FormatError, match=words):
        keep_gut(store, reading(text), sha256="0" * 64)
    assert kept_guts(store) == ()


def test_a_spoilt_document_is_named() -> None:
    with pytest.raises(StoreDamaged, match=r"stool_tests, mine\.csv"):
        from_document({"name": "x"}, where="mine.csv")


def test_import_takes_stool_tests_once(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_text(UBIOME_CSV)
    (folder / "b.csv").write_text("taxon,percent\nBlautia,39\nBacteroides,20\n")
    (folder / "t.qza").write_bytes(TABLE_QZA)
    (folder / "z.qza").write_bytes(NAMES_QZA)
    report = import_files(store, [folder], zone=None)
    stool, shares, table, names = report.files
    assert stool.stool is not None
    assert not stool.stool.already
    assert "found a sum of 59" in shares.refusal
    assert names.joined == "t.qza"
    assert table.stool is not None
    assert report.n_refused == 1
    again = import_files(store, [folder / "a.csv"], zone=None).files[0].stool
    assert again is not None
    assert again.already
    assert len(kept_guts(store)) == 2


@needs_samples
def test_every_shared_file_is_kept_or_refused_in_a_sentence(store: Store) -> None:
    report = import_files(store, FORMATS, zone=None)
    kept = {Path(f.name).name for f in report.files if f.stool is not None}
    refused = {Path(f.name).name: f.refusal for f in report.files if f.refusal}
    assert {n for n, why in refused.items() if "genes" in why} == {
        "humann_demo_genefamilies.tsv",
        "humann_genefamilies_3samples.tsv",
    }
    assert "below 2,000" in refused.pop("agp_single_fecal_v2.biom")
    assert "mouth" in refused.pop("metaphlan3_SRS014476_plaque.tsv")
    assert len(kept) == 11
    assert len(refused) == 3
