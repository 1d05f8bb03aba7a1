import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import InputError, NoctifloraError, UnitError
from noctiflora.gut import Content, Rank, Unit, labels, read, read_gene_table, recognise
from tests.gut.read.documents import HUMANN, NAMES_QZA, PLAIN, TABLE_QZA, TEXTS, biom_hdf5
from tests.gut.shared import FORMATS, needs_samples

GOLDEN = {
    "agp_single_fecal_v2.biom": ("BIOM 2 (HDF5)", Unit.READS, 166, 1, 1000.0),
    "bracken_sample.report": ("Kraken2 or Bracken report", Unit.READS, 967, 1, 26_667_003.0),
    "bracken_sample_species.txt": ("Bracken table", Unit.READS, 175, 1, 26_240_381.0),
    "complete_v2_hdf5.biom": ("BIOM 2 (HDF5)", Unit.READS, 6, 2, 410.0),
    "humanization2_v1_json.biom": ("BIOM 1 (JSON)", Unit.READS, 151, 27, 37_394.0),
    "humann_demo_genefamilies.tsv": ("gene table (HUMAnN or KO)", Unit.RPK, 1412, 1, 2412.92665047),
    "humann_genefamilies_3samples.tsv": ("gene table (HUMAnN or KO)", Unit.UNKNOWN, 3, 3, 954.0),
    "kraken_sample.report": ("Kraken2 or Bracken report", Unit.READS, 1545, 1, 26_667_004.0),
    "metaphlan3_SRS014459_stool.tsv": ("MetaPhlAn profile", Unit.PERCENT, 16, 1, 100.0),
    "metaphlan3_SRS014476_plaque.tsv": ("MetaPhlAn profile", Unit.PERCENT, 11, 1, 100.0),
    "metaphlan3_merged.txt": ("MetaPhlAn profile", Unit.PERCENT, 62, 6, 100.0),
    "metaphlan_demo_bugs_list.tsv": ("MetaPhlAn profile", Unit.PERCENT, 21, 1, 100.0),
    "movingpictures_table.qza": ("QIIME 2 artefact", Unit.READS, 770, 34, 7788.0),
    "movingpictures_taxonomy.qza": ("QIIME 2 artefact", Unit.UNKNOWN, 770, 0, None),
    "ubiome_2016-08-02_gut.json": ("uBiome JSON", Unit.READS, 226, 1, 62_946.0),
    "ubiome_2016-08-04_gut.json": ("uBiome JSON", Unit.READS, 229, 1, 59_017.0),
    "ubiome_export_74607.csv": ("uBiome or Biomesight CSV", Unit.READS, 276, 1, 77_768.0),
}


@needs_samples
@pytest.mark.parametrize("path", FORMATS, ids=lambda p: p.name)
def test_every_shared_file_reads_without_an_option(path: Path) -> None:
    label, unit, n, m, total = GOLDEN[path.name]
    with path.open("rb") as stream:
        reading = read(stream, path.name)
    assert (reading.format, reading.unit, len(reading.features), len(reading.sample_ids)) == (label, unit, n, m)
    assert total is None or reading.totals[0] == pytest.approx(total, abs=0.01)
    assert (reading.content is Content.GENES) == path.name.startswith("humann_")


@needs_samples
def test_sums_of_the_whole_tables() -> None:
    by_name = {p.name: p for p in FORMATS}
    for name, total in (("movingpictures_table.qza", 153_884), ("humanization2_v1_json.biom", 485_932)):
        with by_name[name].open("rb") as stream:
            assert read(stream, name).totals.sum() == total


@pytest.mark.parametrize("label", TEXTS)
def test_each_format_is_recognised_by_content(label: str) -> None:
    assert recognise(TEXTS[label].encode()) == label
    assert read(io.BytesIO(TEXTS[label].encode()), "x.pdf").format == label
    assert label in labels()


def test_a_table_of_genes_is_never_read_as_taxa() -> None:
    reading = read(io.BytesIO(HUMANN.encode()), "f")
    with pytest.raises(InputError, match="no amounts of taxa"):
        reading.sample(0)


def test_the_user_may_overrule() -> None:
    table = b"taxon,abundance\nBlautia,40.5\nBacteroides,18.5\n"
    with pytest.raises(UnitError, match="neither to 1, 100 nor"):
        read(io.BytesIO(table), "f")
    told = read(io.BytesIO(table), "f", unit=Unit.PERCENT, region="V4", site="gut")
    assert told.sample(0).unassigned == pytest.approx(0.41)
    assert told.told == ("unit", "region", "site")
    assert read(io.BytesIO(PLAIN.encode()), "f", rank=Rank.GENUS).told == ("rank",)


@pytest.mark.parametrize(
    ("table", "what"),
    [
        (b"taxon,percent\nBlautia,6000\nBacteroides,4000\n", "more than 100"),
        (b"taxon,percent\nBlautia,39\nBacteroides,20\n", "neither to 1"),
        ("taxon,percent\nBlautia,100\n".encode("utf-16"), "UTF-16"),
        (b"taxon,share\nBlautia,6000\nBacteroides,4000\n", "neither to 1"),
        (b"taxon,count\nBlautia,-5\nBacteroides,4000\n", "negative"),
        (b"taxon,count\nBlautia,5\nBlautia,4000\n", "twice"),
        (b"taxon,percent\nFirmicutes,60\nBlautia,60\nBacteroidetes,40\nBacteroides,40\n", "more than 100"),
        (b"%PDF-1.4 x", "PDF"),
        (b"PK\x03\x04\x14\x00\x00\x00\x00\x00Index/Document.iwa", "Numbers"),
        (b"  \n", "empty"),
        (biom_hdf5()[:900], "damaged"),
    ],
)
def test_bad_input_is_one_sentence(table: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        read(io.BytesIO(table), "mine.csv")
    assert "mine.csv" in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.sampled_from([*(t.encode() for t in TEXTS.values()), TABLE_QZA, NAMES_QZA, biom_hdf5()]), st.data())
@settings(max_examples=150, deadline=None)
def test_damaged_files_read_or_are_refused(content: bytes, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(content)))
    flip = data.draw(st.integers(0, max(0, cut - 1)))
    hurt = bytearray(content[:cut])
    if hurt:
        hurt[flip] ^= data.draw(st.integers(1, 255))
    try:
        reading = read(io.BytesIO(bytes(hurt)), "f")
    except NoctifloraError:
        return
    assert (reading.values >= 0).all()


def test_gene_tables_only() -> None:
    assert len(read_gene_table(io.BytesIO(HUMANN.encode()), "f").features) == 2
    with pytest.raises(InputError, match="no table of genes"):
        read_gene_table(io.BytesIO(PLAIN.encode()), "f")
    with pytest.raises(InputError, match="table of taxa"):
        read_gene_table(io.BytesIO(biom_hdf5()), "f")
    with pytest.raises(InputError, match="no row of the table is known"):
        read_gene_table(io.BytesIO(HUMANN.encode()), "f", wanted=lambda n: n == "K99999")
