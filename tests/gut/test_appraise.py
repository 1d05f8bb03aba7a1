import csv
import gzip
import io
from pathlib import Path

import pytest

from noctiflora.gut import GutReading, Standing, appraise, grown_in_post, read
from tests.gut.read.documents import HUMANN
from tests.gut.shared import ROOT, needs_samples


def counts(**taxa: int) -> GutReading:
    text = "genus,count\n" + "\n".join(f"{k},{v}" for k, v in taxa.items())
    return read(io.BytesIO(text.encode()), "f")


@pytest.mark.parametrize(
    ("reads", "standing"),
    [(1_999, Standing.REFUSED), (2_000, Standing.CAUTION), (9_999, Standing.CAUTION), (10_000, Standing.USABLE)],
)
def test_depth(reads: int, standing: Standing) -> None:
    assert appraise(counts(Blautia=reads)).standing is standing


def test_a_mouth_sample_is_called_one() -> None:
    found = appraise(counts(Streptococcus=15_000, Veillonella=5_000, Bacteroides=500))
    assert found.not_stool
    assert found.standing is Standing.REFUSED
    assert not appraise(counts(Streptococcus=9_000, Bacteroides=11_000)).not_stool


def test_rows_of_a_phylum_among_genera_are_refused() -> None:
    found = appraise(counts(Blautia=9_000, Firmicutes=9_000))
    assert found.standing is Standing.REFUSED
    assert "Firmicutes is a phylum" in found.reasons[0]
    assert appraise(counts(Blautia=19_900, Firmicutes=100)).standing is Standing.USABLE


def test_a_site_told_by_the_file_is_believed() -> None:
    told = counts(Blautia=20_000).told_otherwise(site="mouth")
    assert "sample of the mouth" in appraise(told).reasons[0]


def test_growth_in_the_post_is_flagged_and_names_the_consequence() -> None:
    found = appraise(counts(Klebsiella=5_000, Bacteroides=15_000))
    assert found.bloomed
    assert found.bloom_share == 0.25
    assert "nothing is said of Enterobacteriaceae" in found.reasons[0]
    assert not appraise(counts(Klebsiella=1_000, Bacteroides=15_000)).bloomed


def test_names_that_grow_in_the_post_are_found_at_each_rank() -> None:
    table = (
        "lineage,count\nk__Bacteria;f__Enterobacteriaceae;g__Odd,9\nk__Bacteria;f__Bacteroidaceae;g__Bacteroides,9\n"
    )
    assert grown_in_post(read(io.BytesIO(table.encode()), "f")) == {"Enterobacteriaceae", "Odd"}
    assert grown_in_post(counts(Klebsiella=5, Blautia=9)) == {"Klebsiella"}


def test_shares_without_reads_are_taken_with_caution() -> None:
    shares = read(io.BytesIO(b"genus,percent\nBlautia,100\n"), "f")
    assert appraise(shares).standing is Standing.CAUTION


def test_split_genera_of_gtdb_count_as_their_genus() -> None:
    assert appraise(counts(Pseudomonas_E=9_000, Bacteroides=9_000)).bloomed


def test_genes_cannot_be_appraised() -> None:
    with pytest.raises(ValueError, match="no amounts of taxa"):
        appraise(read(io.BytesIO(HUMANN.encode()), "f"))


def reference(name: str) -> tuple[GutReading, list[dict[str, str]]]:
    folder: Path = ROOT / "reference"
    content = gzip.decompress((folder / f"{name}_genus_counts.tsv.gz").read_bytes())
    with (folder / f"{name}_metadata.tsv").open(encoding="utf-8") as stream:
        return read(io.BytesIO(content), name), list(csv.DictReader(stream, delimiter="\t"))


@needs_samples
def test_bloom_is_found_in_the_mailed_stools_of_2013() -> None:
    reading, people = reference("agp2013")
    flags = {s: appraise(reading, s).bloomed for s in reading.sample_ids}
    truth = {p["sample"]: float(p["bloom_fraction"]) > 0.2 for p in people}
    hits = sum(flags[s] for s in truth if truth[s])
    false = sum(flags[s] for s in truth if not truth[s])
    assert hits / sum(truth.values()) >= 0.95
    assert false / (len(truth) - sum(truth.values())) <= 0.05


@needs_samples
@pytest.mark.parametrize("name", ["agp_bloomfiltered", "twinsuk"])
def test_stools_are_not_called_mouths(name: str) -> None:
    reading, _ = reference(name)
    wrong = sum(appraise(reading, s).not_stool for s in reading.sample_ids)
    assert wrong / len(reading.sample_ids) <= 0.01


@needs_samples
def test_mouths_are_not_called_stools() -> None:
    path = ROOT / "formats" / "metaphlan3_merged.txt"
    with path.open("rb") as stream:
        reading = read(stream, path.name)
    flags = {s: appraise(reading, s).not_stool for s in reading.sample_ids}
    assert flags["SRS014476-Supragingival_plaque"]
    assert flags["SRS014472-Buccal_mucosa"]
    assert flags["SRS014470-Tongue_dorsum"]
    assert not flags["SRS014459-Stool"]
