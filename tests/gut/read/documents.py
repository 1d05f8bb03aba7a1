"""Small true-to-format stool tables, made up."""

import io
import zipfile

import h5py
import numpy as np

from noctiflora.gut.read._document import Document

UUID = "11111111-2222-3333-4444-555555555555"
LINEAGES = [
    ["k__Bacteria", "p__Firmicutes", "c__Clostridia", "o__Clostridiales", "f__Lachnospiraceae", "g__Blautia", "s__"],
    ["k__Bacteria", "p__Bacteroidetes", "c__Bacteroidia", "o__Bacteroidales", "f__Bacteroidaceae", "g__Bacteroides"],
    ["Unassigned"],
]

PLAIN = "taxon,percent\nFaecalibacterium,60\nBlautia,30\nunassigned,10\n"
METAPHLAN = (
    "#mpa_v30_CHOCOPhlAn_201901\n#12345 reads processed\n#SampleID\tMetaphlan_Analysis\n"
    "#clade_name\tNCBI_tax_id\trelative_abundance\tadditional_species\n"
    "UNKNOWN\t-1\t41.0\t\nk__Bacteria\t2\t59.0\t\nk__Bacteria|p__Firmicutes\t2|1239\t59.0\t\n"
    "k__Bacteria|p__Firmicutes|c__C|o__O|f__F|g__Blautia\t2|1239|1|2|3|572511\t59.0\t\n"
    "k__Bacteria|p__Firmicutes|c__C|o__O|f__F|g__Blautia|s__Blautia_obeum\t2|1239|1|2|3|572511|40520\t59.0\t\n"
)
STRIPPED = "clade_name\tA\tB\nSGB4831_group\t60.0\t10\nSGB1836\t40.0\t90\n"
KRAKEN = (
    "  1.00\t100\t100\tU\t0\tunclassified\n 99.00\t9900\t0\tR\t1\troot\n 99.00\t9900\t0\tD\t2\t  Bacteria\n"
    " 50.00\t5000\t10\tG\t816\t    Bacteroides\n 49.00\t4900\t4900\tS\t817\t      Bacteroides fragilis\n"
)
BRACKEN = (
    "name\ttaxonomy_id\ttaxonomy_lvl\tkraken_assigned_reads\tadded_reads\tnew_est_reads\tfraction_total_reads\n"
    "Bacteroides fragilis\t817\tS\t4000\t900\t4900\t0.98\nBlautia obeum\t40520\tS\t90\t10\t100\t0.02\n"
)
UBIOME_CSV = (
    "tax_name,tax_rank,count,count_norm,taxon,parent\nroot,root,20000,1010101,1,0\n"
    "Bacteria,superkingdom,19800,1000000,2,1\nFirmicutes,phylum,19000,959596,1239,2\nBlautia,genus,15000,757576,572511,1239\n"
)
UBIOME_JSON = (
    '{"site": "gut", "ubiome_bacteriacounts": ['
    '{"taxon": 1, "parent": 0, "count": 20000, "count_norm": 1, "tax_name": "root", "tax_rank": "root"},'
    '{"taxon": 2, "parent": 1, "count": 19800, "count_norm": 1, "tax_name": "Bacteria", "tax_rank": "superkingdom"},'
    '{"taxon": 572511, "parent": 2, "count": 15000, "count_norm": 1, "tax_name": "Blautia", "tax_rank": "genus"}]}'
)
THRYVE = (
    "taxon_id,rank,name,parent,count,rank_count,perc\n2,superkingdom,Bacteria,root,20000,20000,1.0\n"
    "1760,class,Actinobacteria,Actinobacteria,100,20000,0.005\n201174,phylum,Actinobacteria,Bacteria,100,20000,0.005\n"
    "572511,genus,Blautia,Lachnospiraceae,15000,20000,0.75\n"
)
MOTUS = (
    "# git tag version 3.0.3 |  motus version 3.0.3 | map_tax 3.0.3\n# call: motus profile\n"
    "#consensus_taxonomy\tNCBI_tax_id\tmine\nBacteroides vulgatus [ref_mOTU_v3_02367]\t821\t30\n"
    "Clostridiales species incertae sedis [meta_mOTU_v3_12345]\t-\t10\nunassigned\t-1\t60\n"
)
EMU = (
    "tax_id\tabundance\tspecies\tgenus\tfamily\torder\tclass\tphylum\tclade\tsuperkingdom\n"
    "817\t0.7\tBacteroides fragilis\tBacteroides\tBacteroidaceae\tBacteroidales\tBacteroidia\tBacteroidetes\t\t"
    "Bacteria\n"
    "40520\t0.2\tBlautia obeum\tBlautia\tLachnospiraceae\tClostridiales\tClostridia\tFirmicutes\t\tBacteria\n"
    "unassigned\t0.1\t\t\t\t\t\t\t\t\n"
)
HUMANN = (
    "# Gene Family\tmine_Abundance-CPM\nUNMAPPED\t500000\nK01580\t300000.5\n"
    "K01580|g__Bacteroides.s__Bacteroides_fragilis\t300000.5\nK00812: aspartate aminotransferase\t199999.5\n"
)
BIOM_JSON = (
    '{"id": null, "format": "Biological Observation Matrix 1.0.0", "matrix_type": "sparse", "shape": [2, 2],'
    '"data": [[0, 0, 8000], [1, 1, 9000], [1, 0, 2000]],'
    '"rows": [{"id": "1", "metadata": {"taxonomy": ["\\"k__Bacteria", "p__Firmicutes\\""]}},'
    '{"id": "2", "metadata": {"taxonomy": "k__Bacteria; p__Bacteroidetes"}}],'
    '"columns": [{"id": "A", "metadata": null}, {"id": "B", "metadata": null}]}'
)
TEXTS = {
    "plain table": PLAIN,
    "MetaPhlAn profile": METAPHLAN,
    "Kraken2 or Bracken report": KRAKEN,
    "Bracken table": BRACKEN,
    "uBiome or Biomesight CSV": UBIOME_CSV,
    "uBiome JSON": UBIOME_JSON,
    "Thryve or Ombre CSV": THRYVE,
    "mOTUs profile": MOTUS,
    "Emu or rank-per-column table": EMU,
    "gene table (HUMAnN or KO)": HUMANN,
    "BIOM 1 (JSON)": BIOM_JSON,
}


def document(content: str | bytes, name: str = "file") -> Document:
    """Return a document of this content."""
    return Document(io.BytesIO(content.encode() if isinstance(content, str) else content), name)


def biom_hdf5(*, taxonomy: bool = True) -> bytes:
    """Return a BIOM 2 table of three features in two samples."""
    out = io.BytesIO()
    with h5py.File(out, "w") as file:
        file["observation/ids"] = np.array([b"otu1", b"otu2", b"otu3"])
        file["sample/ids"] = np.array([b"A", b"B"])
        file["observation/matrix/data"] = np.array([5000.0, 100.0, 6000.0, 7.0])
        file["observation/matrix/indices"] = np.array([0, 1, 1, 0])
        file["observation/matrix/indptr"] = np.array([0, 2, 3, 4])
        if taxonomy:
            width = max(map(len, LINEAGES))
            rows = [[p.encode() for p in x] + [b""] * (width - len(x)) for x in LINEAGES]
            file["observation/metadata/taxonomy"] = np.array(rows)
    return out.getvalue()


def qza(member: str, content: bytes, kind: str) -> bytes:
    """Return a QIIME 2 artefact."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{UUID}/metadata.yaml", f"uuid: {UUID}\ntype: {kind}\nformat: x\n")
        archive.writestr(f"{UUID}/{member}", content)
    return out.getvalue()


TAXONOMY = (
    "Feature ID\tTaxon\tConfidence\notu1\tk__Bacteria; p__Firmicutes; c__C; o__O; f__F; g__Blautia; s__obeum\t0.99\n"
    "otu2\tk__Bacteria; p__Bacteroidetes\t0.9\n"
)
TABLE_QZA = qza("data/feature-table.biom", biom_hdf5(taxonomy=False), "FeatureTable[Frequency]")
NAMES_QZA = qza("data/taxonomy.tsv", TAXONOMY.encode(), "FeatureData[Taxonomy]")
