import csv
import gzip
from collections import Counter
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.gut import NameStatus, Rank, resolve, resolve_all, resolve_id
from tests.gut.shared import ROOT, needs_samples

NOT_A_NAME = "Lentilactobacillus species close to Lt. hilgardii"


@pytest.mark.parametrize(
    ("given", "name", "status"),
    [
        ("Firmicutes", "Bacillota", NameStatus.SYNONYM),
        ("Bacillota_A", "Bacillota", NameStatus.CURRENT),
        ("Lactobacillus plantarum", "Lactiplantibacillus plantarum", NameStatus.SYNONYM),
        ("Lactobacillus_reuteri", "Limosilactobacillus reuteri", NameStatus.SYNONYM),
        ("Lactobacillus acidophilus", "Lactobacillus acidophilus", NameStatus.CURRENT),
        ("[Ruminococcus]", "Ruminococcus", NameStatus.CURRENT),
        ("SMB53", "SMB53", NameStatus.PLACEHOLDER),
        ("GGB9635", "GGB9635", NameStatus.PLACEHOLDER),
        ("Nonexistella", "Nonexistella", NameStatus.UNKNOWN),
    ],
)
def test_names(given: str, name: str, status: NameStatus) -> None:
    found = resolve(given)
    assert (found.name, found.status) == (name, status)
    assert (found.source is not None) == (status is NameStatus.SYNONYM)


def test_one_name_may_stand_at_two_ranks() -> None:
    assert resolve("Actinobacteria", Rank.PHYLUM).name == "Actinomycetota"
    assert resolve("Actinobacteria", Rank.CLASS).name in ("Actinobacteria", "Actinomycetes")


def test_the_old_bag_is_never_one_of_the_new_genera() -> None:
    old = resolve_all(["Lactobacillus", "Bacteroides"], Rank.GENUS)[0]
    assert (old.name, old.status, old.ncbi_id) == ("Lactobacillus sensu lato", NameStatus.SENSU_LATO, None)
    new = resolve_all(["Lactobacillus", "Limosilactobacillus"], Rank.GENUS)[0]
    assert new.name == "Lactobacillus"


def test_ids() -> None:
    found = resolve_id(816)
    assert found is not None
    assert found.name == "Bacteroides"
    assert resolve_id(999_999_999) is None


@given(st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_any_text_is_answered_and_current_names_stay(text: str) -> None:
    once = resolve(text)
    if once.known and once.status is not NameStatus.SENSU_LATO:
        assert resolve(once.name, once.rank).name == once.name


def test_the_table_is_sound() -> None:
    text = files("noctiflora.gut").joinpath("data", "names", "names.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len({(r["rank"], r["name"]) for r in rows}) == len(rows)
    current = {(r["rank"], r["name"]) for r in rows}
    for row in rows:
        for part in filter(None, row["synonyms"].split("; ")):
            old, bracket, source = part.partition(" (")
            assert bracket
            assert source.startswith(("10.", "PMC", "PMID", "http"))
            assert (row["rank"], old) not in current


@needs_samples
@pytest.mark.parametrize("name", ["agp2013", "agp_bloomfiltered", "twinsuk"])
def test_98_percent_of_reads_at_genus_rank_have_a_name(name: str) -> None:
    with gzip.open(ROOT / "reference" / f"{name}_genus_counts.tsv.gz", "rt") as stream:
        rows = list(csv.reader(stream, delimiter="\t"))
    reads: Counter[str] = Counter()
    for row in rows[1:]:
        for lineage, count in zip(rows[0][1:], row[1:], strict=True):
            genus = lineage.split("|")[-1]
            if not genus.endswith("_unclassified"):
                reads[genus] += float(count)  # type: ignore[assignment]
    named = sum(n for (_, n), r in zip(reads.items(), resolve_all(reads, Rank.GENUS), strict=True) if r.known)
    assert named / sum(reads.values()) >= 0.98


@needs_samples
def test_every_former_lactobacillus_finds_its_name() -> None:
    with (ROOT / "reference" / "lactobacillaceae_names.tsv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    for row in rows:
        below = row["old_subspecies"]
        found = resolve(row["old_name"] + (f" subsp. {below}" if below else ""))
        words = [w for w in row["new_name"].split() if w not in ("subsp.", "ssp.", "spp.")]
        if row["old_name"] == NOT_A_NAME:
            assert found.name.split()[0] == words[0]
            continue
        assert found.name.replace(" subsp. ", " ").split() == words[: 3 if below else 2], row
