"""Times pandas and biom-format on stool files; run by a Python that has them, knows nothing of this package.

Two times per file: the bare call of the usual reader, and that call with the usual lines of pandas behind it that
make what our reader hands out too: a dense table of numbers, a clean name, a rank and a lineage per row.
"""

import io
import json
import sys
import time
import warnings
import zipfile

import biom
import h5py
import pandas as pd

warnings.filterwarnings("ignore")
NAMES = ["percent", "clade", "own", "code", "taxid", "name"]


def hdf5(content):
    """Read BIOM 2."""
    with h5py.File(io.BytesIO(content), "r") as held:
        return biom.Table.from_hdf5(held)


def qza(content):
    """Read the one member of an artefact that matters."""
    held = zipfile.ZipFile(io.BytesIO(content))
    inner = next(n for n in held.namelist() if n.endswith((".biom", "data/taxonomy.tsv")))
    return hdf5(held.read(inner)) if inner.endswith(".biom") else pd.read_csv(io.BytesIO(held.read(inner)), sep="\t")


def bare(name, content):
    """Call the usual reader."""
    if name.endswith(".qza"):
        return qza(content)
    if content.startswith(b"\x89HDF"):
        return hdf5(content)
    if name.endswith(".biom"):
        return biom.Table.from_json(json.loads(content))
    if name.endswith(".json"):
        return pd.DataFrame(json.loads(content)["ubiome_bacteriacounts"])
    if name.endswith(".csv"):
        return pd.read_csv(io.BytesIO(content))
    lines = content.split(b"\n", 6)
    above = sum(1 for line in lines[:6] if line.startswith(b"#") and b"\t" not in line)
    if name.endswith(".report"):
        return pd.read_csv(io.BytesIO(content), sep="\t", header=None, names=NAMES)
    return pd.read_csv(io.BytesIO(content), sep="\t", skiprows=above)


def ranks(texts, mark):
    """Return a column per rank, without prefixes."""
    parts = texts.str.split(mark, expand=True)
    return parts.apply(lambda c: c.str.strip(" \"'[]").str.replace(r"^[a-z]__", "", regex=True).str.replace("_", " "))


def by_indent(table):
    """Return the lineage of each row of a report."""
    above, out = [], []
    for name, code in zip(table["name"], table["code"], strict=True):
        level = (len(name) - len(name.lstrip())) // 2
        above = [*above[:level], (code, name.strip())]
        out.append(list(above))
    return out


def by_parent(table):
    """Return the lineage of each row of a home test."""
    held = {
        t: (p, n, r)
        for t, p, n, r in zip(table["taxon"], table["parent"], table["tax_name"], table["tax_rank"], strict=True)
    }
    out = []
    for taxon in table["taxon"]:
        line = []
        while taxon in held and len(line) < 60:
            parent, name, rank = held[taxon]
            line.append((rank, name))
            taxon = parent
        out.append(line[::-1])
    return out


def full(name, content):
    """Call the usual reader and make rows with names, ranks and lineages of it."""
    table = bare(name, content)
    if isinstance(table, biom.Table):
        dense = table.matrix_data.toarray()
        ids = pd.Series(table.ids(axis="observation").tolist())
        held = table.metadata(axis="observation")
        if not held or "taxonomy" not in held[0]:
            return dense, ids
        lines = [m["taxonomy"] if isinstance(m["taxonomy"], str) else ";".join(m["taxonomy"]) for m in held]
        return dense, ids, ranks(pd.Series(lines), ";")
    if name.endswith(".report"):
        return table, by_indent(table)
    if "tax_rank" in table.columns:
        return table, by_parent(table)
    if "Taxon" in table.columns:
        return table, ranks(table["Taxon"], ";")
    if "gene" in name:
        first = table.columns[0]
        whole = table[~table[first].str.contains("|", regex=False)]
        named = whole.assign(gene=whole[first].str.split(": ", n=1).str[0])
        return named.drop(columns=first).groupby("gene", sort=False).sum()
    if table.columns[0] == "name":
        return table, table["name"].str.strip(), table["taxonomy_lvl"].str.lower()
    return table, ranks(table[table.columns[0]].astype(str), "|")


def best(work, runs):
    """Return the shortest of some runs, seconds; or the fault as text."""
    times = []
    try:
        for _ in range(runs):
            start = time.process_time()
            work()
            times.append(time.process_time() - start)
    except Exception as problem:
        return f"{type(problem).__name__}: {str(problem)[:60]}"
    return min(times)


def main():
    """Print the two times of each file as JSON."""
    out = {}
    for path in sys.argv[2:]:
        with open(path, "rb") as stream:
            content = stream.read()
        name = path.rsplit("/", 1)[-1]
        calls = (lambda: bare(name, content), lambda: full(name, content))  # noqa: B023 - called at once
        out[name] = [best(call, int(sys.argv[1])) for call in calls]
    print(json.dumps(out))


if __name__ == "__main__":
    main()
