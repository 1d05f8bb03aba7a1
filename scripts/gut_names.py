"""Makes the packaged table of gut names from freely licensed building stones; see its README for the sources.

Usage: gut_names.py EMU_TAXONOMY SHARED_GUT_FOLDER TRAITS OUT
"""

import csv
import gzip
import json
import sys
from collections import defaultdict
from pathlib import Path

RANKS = ("phylum", "class", "order", "family", "genus", "species")
LETTERS = dict(zip("PCOFGS", RANKS, strict=True))
LACTO = "10.1099/ijsem.0.004107 2020"
PHYLA = "10.1099/ijsem.0.005056 2021"
NEW_PHYLA = {
    "Actinobacteria": "Actinomycetota",
    "Bacteroidetes": "Bacteroidota",
    "Chlamydiae": "Chlamydiota",
    "Chloroflexi": "Chloroflexota",
    "Deferribacteres": "Deferribacterota",
    "Deinococcus-Thermus": "Deinococcota",
    "Elusimicrobia": "Elusimicrobiota",
    "Fibrobacteres": "Fibrobacterota",
    "Firmicutes": "Bacillota",
    "Fusobacteria": "Fusobacteriota",
    "Acidobacteria": "Acidobacteriota",
    "Gemmatimonadetes": "Gemmatimonadota",
    "Lentisphaerae": "Lentisphaerota",
    "Nitrospirae": "Nitrospirota",
    "Planctomycetes": "Planctomycetota",
    "Proteobacteria": "Pseudomonadota",
    "Spirochaetes": "Spirochaetota",
    "Synergistetes": "Synergistota",
    "Tenericutes": "Mycoplasmatota",
    "Thermotogae": "Thermotogota",
    "Verrucomicrobia": "Verrucomicrobiota",
}
EXTRA_GENERA = ("Oscillospira", "Bilophila", "Sarcina")
"""Genera of stool tables that the building stone lacks; their NCBI ids stand in the uBiome samples."""

SUBSPECIES = ("subsp.", "ssp.", "spp.")
SEEN = {"yes", "partly", "no (both names seen in separate sources)"}

Key = tuple[str, str]


def ids_of_samples(folder: Path) -> dict[Key, int]:
    """Return NCBI ids by rank and name that the sample files give."""
    out: dict[Key, int] = {}
    for path in sorted(folder.glob("ubiome_*.json")):
        for row in json.loads(path.read_text())["ubiome_bacteriacounts"]:
            out[(row["tax_rank"], row["tax_name"])] = row["taxon"]
    for row in csv.DictReader((folder / "ubiome_export_74607.csv").open()):
        out.setdefault((row["tax_rank"], row["tax_name"]), int(row["taxon"]))
    for line in (folder / "kraken_sample.report").read_text().splitlines():
        cells = line.split("\t")
        if cells[3] in LETTERS:
            out.setdefault((LETTERS[cells[3]], cells[5].strip()), int(cells[4]))
    for name in ("metaphlan3_merged.txt", "metaphlan_demo_bugs_list.tsv", "metaphlan3_SRS014459_stool.tsv"):
        for line in (folder / name).read_text().splitlines():
            cells = line.split("\t")
            if cells[0].startswith("k__"):
                for part, taxid in zip(cells[0].split("|"), cells[1].split("|"), strict=False):
                    if part[0].upper() in LETTERS and taxid.isdigit():
                        out.setdefault((LETTERS[part[0].upper()], part[3:].replace("_", " ")), int(taxid))
    return out


def genera_of_stools(folder: Path) -> set[str]:
    """Return the genera that the shared 16S tables name."""
    out: set[str] = set()
    for path in folder.glob("*_genus_counts.tsv.gz"):
        with gzip.open(path, "rt") as stream:
            header = stream.readline().rstrip("\n").split("\t")[1:]
        out |= {h.split("|")[-1].strip("[]") for h in header}
    return out


def main(emu: Path, shared: Path, traits: Path, out: Path) -> None:
    """Write the table."""
    rows = list(csv.DictReader(emu.open(), delimiter="\t"))
    ids = ids_of_samples(shared / "formats")
    stools = genera_of_stools(shared / "reference")
    names: dict[Key, int | None] = {}
    for row in rows:
        for rank in RANKS[:-1]:
            if row[rank]:
                names.setdefault((rank, row[rank]), ids.get((rank, row[rank])))
        lacto = row["family"] == "Lactobacillaceae"
        if row["species"] and (row["genus"] in stools or lacto) and len(row["species"].split()) == 2:
            names[("species", row["species"])] = int(row["tax_id"])
    for genus in EXTRA_GENERA:
        names[("genus", genus)] = ids.get(("genus", genus))
    synonyms: dict[Key, list[str]] = defaultdict(list)
    for old, new in NEW_PHYLA.items():
        taxid = names.pop(("phylum", old), None) or ids.get(("phylum", old))
        names[("phylum", new)] = taxid
        synonyms[("phylum", new)].append(f"{old} ({PHYLA})")
    lactobacilli(shared / "reference" / "lactobacillaceae_names.tsv", names, synonyms)
    for row in csv.DictReader(traits.open()):
        key = (row["rank"], row["taxon"])
        if row["synonyms"] and row["synonym_seen_in_source"] in SEEN and row["rank"] in RANKS:
            names.setdefault(key, ids.get(key))
            source = row["source"].split(";")[0].split(" (")[0].strip()
            taken = {s.split(" (")[0] for known in synonyms.values() for s in known} | {n for _, n in names}
            given = [s.strip() for s in row["synonyms"].split(";")]
            synonyms[key] += [f"{s} ({source})" for s in given if s not in taken]
    with out.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("name", "rank", "ncbi_id", "synonyms"))
        for key in sorted(names, key=lambda k: (RANKS.index(k[0]) if k[0] in RANKS else 9, k[1])):
            known = [s for s in dict.fromkeys(synonyms[key]) if s.split(" (")[0] != key[1]]
            writer.writerow((key[1], key[0], names[key] or "", "; ".join(known)))


def written(name: str) -> str:
    """Return a name with its subspecies marked in one way."""
    return " ".join("subsp." if w in SUBSPECIES else w for w in name.split())


def lactobacilli(path: Path, names: dict[Key, int | None], synonyms: dict[Key, list[str]]) -> None:
    """Add the names of 2020: species with their former names, subspecies as names of their own."""
    for row in csv.DictReader(path.open(), delimiter="\t"):
        words = [w for w in row["new_name"].split() if w not in SUBSPECIES]
        species = " ".join(words[:2] if len(words) < 4 else words)
        key = ("species", species)
        old_key = ("species", row["old_name"])
        taxid = names.get(old_key)
        names.setdefault(key, taxid)
        names.setdefault(("genus", words[0]), None)
        if row["old_name"] != species:
            names.pop(old_key, None)
            synonyms[key].append(f"{row['old_name']} ({LACTO})")
        below = key
        if len(words) == 3:
            below = ("subspecies", f"{species} subsp. {words[2]}")
            names.setdefault(below, None)
        if row["old_subspecies"]:
            synonyms[below].append(f"{row['old_name']} subsp. {row['old_subspecies']} ({LACTO})")
        for name in row["obsolete_names"].split(";"):
            if name.strip():
                names.pop(("species", name.strip()), None)
                synonyms[below].append(f"{written(name)} ({LACTO})")


if __name__ == "__main__":
    main(*(Path(a) for a in sys.argv[1:5]))
