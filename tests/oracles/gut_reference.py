"""Makes the packaged figures of reference cohorts, and measures how often their bands hold in a cohort left out.

Usage: gut_reference.py SHARED_REFERENCE_FOLDER MICROBEDS_DATA_FOLDER OUT. The second holds the .rda files of
github.com/twbattaglia/MicrobeDS (CC0) and needs the package rdata; no row of a person is written.
"""

import csv
import gzip
import io
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from noctiflora.gut import GutReading, Level, Rank, place, read
from noctiflora.gut._names import resolve_all
from noctiflora.gut._place import COMMON, read_counts
from noctiflora.gut._references import CORE, LEVELS, MEDIAN, PSEUDO, Cohort, Figures

BLOOM = {"Enterobacteriaceae", "Pseudomonadaceae", "Moraxellaceae", "Aeromonadaceae", "Shewanellaceae"}
UNSURE = {"Clostridium", "Eubacterium", "Ruminococcus", "Oscillospira"}
"""Names that stand for different groups in different databases, or in one only."""

FEWEST = 2_000
COLUMNS = ("id", "name", "role", "region", "age_from", "age_to", "n", "made", "sources")
MICROBEDS = "https://github.com/twbattaglia/MicrobeDS"
COHORTS = {
    "agp2013": ("American Gut 2013, healthy adults", "reference", "V4", 20, 69, "mailed unpreserved, bloom removed"),
    "agp2013b": ("American Gut 2013, the project's filtered table", "batch", "V4", 0, 120, "mailed, bloom filtered"),
    "twinsuk": ("TwinsUK 2014", "reference", "V4", 20, 90, "frozen, 98 % women"),
    "hmp35": (
        "Human Microbiome Project, V3-V5",
        "reference",
        "V3-V5",
        18,
        90,
        "screened adults, pyrosequenced at four centres",
    ),
    "hmp13": (
        "Human Microbiome Project, V1-V3",
        "reference",
        "V1-V3",
        18,
        90,
        "screened adults, pyrosequenced at three centres",
    ),
    "prism": ("PRISM, people with bowel disease", "batch", "V4", 0, 120, "not told"),
    "osccar": ("OSCCAR, people with bowel disease", "batch", "V4", 0, 120, "not told"),
}
SOURCES = {
    "agp2013": "10.1128/mSystems.00031-18 (open data ERP012803); https://github.com/zdk123/SpiecEasi",
    "agp2013b": "10.1128/mSystems.00031-18; https://github.com/biocore/American-Gut (BSD-3, AG_debug)",
    "twinsuk": f"10.1016/j.cell.2014.09.053; {MICROBEDS} (CC0)",
    "hmp35": f"10.1038/nature11234; https://qiita.ucsd.edu/study/description/1928; {MICROBEDS} (CC0)",
    "hmp13": f"10.1038/nature11234; https://qiita.ucsd.edu/study/description/1927; {MICROBEDS} (CC0)",
    "prism": f"https://qiita.ucsd.edu/study/description/1939; {MICROBEDS} (CC0)",
    "osccar": f"https://qiita.ucsd.edu/study/description/1939; {MICROBEDS} (CC0)",
}
PROJECTS = (("agp2013", "agp2013b"), ("twinsuk",), ("hmp35", "hmp13"), ("prism", "osccar"))


def shared(folder: Path, name: str, keep: Callable[[dict[str, str]], bool]) -> GutReading:
    """Return a shared table of one stool per person."""
    with (folder / f"{name}_metadata.tsv").open(encoding="utf-8") as stream:
        rows = [r for r in csv.DictReader(stream, delimiter="\t") if keep(r)]
    first = {r["subject"]: r["sample"] for r in reversed(rows)}
    whole = read(io.BytesIO(gzip.decompress((folder / f"{name}_genus_counts.tsv.gz").read_bytes())), name)
    return only(whole, sorted(set(first.values())))


def only(reading: GutReading, ids: list[str]) -> GutReading:
    """Return some samples of a table."""
    at = [reading.sample_ids.index(i) for i in ids]
    return reading.told_otherwise(
        sample_ids=tuple(ids),
        values=reading.values[:, at].copy(),
        unassigned=reading.unassigned[at].copy(),
        totals=reading.totals[at].copy(),
        depths=tuple(reading.depths[j] for j in at),
    )


def from_r(folder: Path, name: str, keep: Callable[[dict[str, str]], bool]) -> GutReading:
    """Return the stools of a phyloseq object, summed by genus, the deepest of each person."""
    import rdata

    held = vars(rdata.conversion.convert(rdata.parser.parse_file(folder / f"{name}.rda"))[name])
    otu = np.asarray(held["otu_table"].values, dtype=float)
    lineages = np.asarray(held["tax_table"], dtype=object).reshape(-1, otu.shape[0]).T
    columns = {str(k): [str(x) for x in np.asarray(v, dtype=object)] for k, v in held["sam_data"].items()}
    people: dict[str, int] = {}
    for j in np.argsort(-otu.sum(axis=0), kind="stable").tolist():
        if keep({k: v[j] for k, v in columns.items()}):
            people.setdefault(columns["host_subject_id"][j], j)
    picked = list(people.values())
    sums: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(len(picked)))
    for i, line in enumerate(lineages):
        phylum, family, genus = ("" if line[k] is None else str(line[k]).strip("[]") for k in (1, 4, 5))
        sums[f"{phylum}|{family}|{genus}" if genus else "||unclassified"] += otu[i, picked]
    head = "sample\t" + "\t".join(sums)
    rows = np.array(list(sums.values())).T
    text = [head] + [f"P{n}\t" + "\t".join(f"{v:.0f}" for v in row) for n, row in enumerate(rows)]
    return read(io.BytesIO("\n".join(text).encode()), name)


def without_bloom(reading: GutReading) -> GutReading:
    """Return a table without the families that grow in the post, samples of too few reads left out."""
    kept = [not any(n in BLOOM for _, n in f.lineage) for f in reading.features]
    values = reading.values[kept]
    totals = values.sum(axis=0)
    out = reading.told_otherwise(
        features=tuple(f for f, k in zip(reading.features, kept, strict=True) if k),
        values=values,
        totals=totals,
        depths=tuple(totals.tolist()),
    )
    return only(out, [s for s, t in zip(out.sample_ids, totals.tolist(), strict=True) if t >= FEWEST])


def named(reading: GutReading) -> list[str]:
    """Return the genera of a table under their current names, those of unsure meaning too."""
    counts = read_counts(reading, 0)[0]
    return [n for n, r in zip(counts, resolve_all(counts, Rank.GENUS), strict=True) if r.known or "sensu lato" in n]


def ratios(reading: GutReading) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Return genera, their log-ratios and whether each was seen, by people."""
    counts = [read_counts(reading, j)[0] for j in range(len(reading.sample_ids))]
    names = sorted({n for c in counts for n in c})
    known = [r.known for r in resolve_all(names, Rank.GENUS)]
    names = [n for n, k in zip(names, known, strict=True) if (k or "sensu lato" in n) and n not in UNSURE]
    table = np.array([[c.get(n, 0.0) for n in names] for c in counts])
    core = np.log(np.array([[c.get(n, 0.0) for n in CORE] for c in counts]) + PSEUDO)
    core = np.median(core, axis=1)
    return names, np.log(table + PSEUDO) - core[:, None], table > 0


def figures(key: str, reading: GutReading, genera: Iterable[str]) -> Cohort:
    """Return the figures of a cohort."""
    names, logs, seen = ratios(reading)
    name, role, region, low, high, made = COHORTS[key]
    at = {n: i for i, n in enumerate(names)}
    found = {}
    for genus in genera:
        if genus in at:
            quantiles = np.round(np.quantile(logs[:, at[genus]], LEVELS), 3)
            found[genus] = Figures(prevalence=round(float(seen[:, at[genus]].mean()), 4), log_ratios=quantiles)
    return Cohort(
        id=key,
        name=name,
        region=region,
        is_reference=role == "reference",
        age_from=low,
        age_to=high,
        n=len(reading.sample_ids),
        made=made,
        sources=(),
        genera=found,
    )


def coverage(tables: dict[str, GutReading], made: dict[str, Cohort]) -> None:
    """Print, for each cohort left out with its whole project, how often the 80 % band holds."""
    print(
        "left out | references | genera | people x genera in band | genera whose median is in its band | "
        "genera with >= 80 % of people in band | not assessable | high or low | of those wrong side"
    )
    for key, table in tables.items():
        project = next(p for p in PROJECTS if key in p)
        known = [c for k, c in made.items() if k not in project]
        names, logs, _ = ratios(table)
        inside, level, wrong, ranks = defaultdict(list), defaultdict(int), 0, {}
        for i, name in enumerate(names):
            ranks[name] = 100 * (np.argsort(np.argsort(logs[:, i])) + 0.5) / len(logs)
            _, back, n = np.unique(logs[:, i], return_inverse=True, return_counts=True)
            ranks[name] = (np.bincount(back, ranks[name]) / n)[back]
        middle = defaultdict(list)
        for j in range(len(table.sample_ids)):
            done = place(table.told_otherwise(region="V4"), j, rng=np.random.default_rng(j), known=known)
            for p in done.places:
                if p.taxon not in made[key].genera or made[key].genera[p.taxon].prevalence < COMMON:
                    continue
                truth = float(ranks[p.taxon][j])
                inside[p.taxon].append(p.low <= truth <= p.high)
                if abs(truth - 50) <= 5:
                    middle[p.taxon].append(inside[p.taxon][-1])
                level[p.level] += 1
                wrong += (p.level is Level.HIGH and truth < 50) or (p.level is Level.LOW and truth > 50)
        n = sum(level.values())
        sided = level[Level.HIGH] + level[Level.LOW]
        refs = "+".join(c.id for c in known if c.is_reference and c.region == "V4")
        print(
            f"{key} | {refs} | {len(inside)} | {np.mean([x for v in inside.values() for x in v]):.2f} | "
            f"{np.mean([np.mean(v) >= 0.5 for v in middle.values() if v]):.2f} | "
            f"{np.mean([np.mean(v) >= 0.8 for v in inside.values()]):.2f} | "
            f"{level[Level.NOT_ASSESSABLE] / n:.2f} | {sided / n:.2f} | {wrong / max(1, sided):.3f}",
            flush=True,
        )


def main() -> None:
    """Write cohorts.csv and genera.csv, and print the table of coverage."""
    folder, microbeds, out = (Path(x) for x in sys.argv[1:4])
    tables = {
        "agp2013": shared(folder, "agp2013", lambda r: r["in_reference"] == "1"),
        "agp2013b": shared(folder, "agp_bloomfiltered", lambda _: True),
        "twinsuk": shared(folder, "twinsuk", lambda _: True),
        "hmp35": from_r(microbeds, "HMPv35", lambda r: r["body_product"] == "UBERON:feces"),
        "hmp13": from_r(microbeds, "HMPv13", lambda r: r["body_product"] == "UBERON:feces"),
        "prism": from_r(microbeds, "RISK_CCFA", lambda r: r["sample_type"] == "stool" and r["collection"] == "PRISM"),
        "osccar": from_r(microbeds, "RISK_CCFA", lambda r: r["sample_type"] == "stool" and r["collection"] == "OSCCAR"),
    }
    tables = {k: without_bloom(t) for k, t in tables.items()}
    common = defaultdict(int)
    for key in ("agp2013", "agp2013b", "twinsuk", "hmp35"):
        names, _, seen = ratios(tables[key])
        for name, share in zip(names, seen.mean(axis=0), strict=True):
            common[name] += share >= COMMON
    genera = sorted(n for n, k in common.items() if k >= 2)
    with (out / "names.csv").open("w", encoding="utf-8") as stream:
        stream.write("genus\n" + "".join(f"{n}\n" for n in sorted({n for t in tables.values() for n in named(t)})))
    made = {k: figures(k, t, genera) for k, t in tables.items()}
    with (out / "cohorts.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for key, c in made.items():
            writer.writerow([key, c.name, COHORTS[key][1], c.region, c.age_from, c.age_to, c.n, c.made, SOURCES[key]])
    with (out / "genera.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["cohort", "genus", "prevalence", *(f"q{q:g}" for q in LEVELS)])
        for key, c in made.items():
            for genus, f in c.genera.items():
                writer.writerow([key, genus, f.prevalence, *(f"{v:g}" for v in f.log_ratios)])
    print(
        len(genera),
        "genera;",
        {k: float(np.round(c.genera["Bacteroides"].log_ratios[MEDIAN], 2)) for k, c in made.items()},
    )
    coverage(tables, made)


if __name__ == "__main__":
    main()
