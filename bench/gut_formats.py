"""Reading of each stool format beside its usual reader, in process, on the shared sample files where they are.

NOCTIFLORA_READERS names the Python of an environment with biom-format and pandas; without it only our own time stands.
"""

import io
import json
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from noctiflora.gut import read
from noctiflora.gut.read._lineage import _part, clean

ROOT = Path(__file__).parents[2] / "shared" / "samples" / "gut" / "formats"
RUNS = 9
CHILD = """
import io, json, sys, time, warnings, zipfile
warnings.filterwarnings("ignore")
import pandas as pd, biom, h5py
def hdf5(content):
    with h5py.File(io.BytesIO(content), "r") as held:
        return biom.Table.from_hdf5(held)
def qza(content):
    held = zipfile.ZipFile(io.BytesIO(content))
    inner = next(n for n in held.namelist() if n.endswith((".biom", "data/taxonomy.tsv")))
    return hdf5(held.read(inner)) if inner.endswith(".biom") else pd.read_csv(io.BytesIO(held.read(inner)), sep="\\t")
def usual(name, content):
    if name.endswith(".qza"): return qza(content)
    if content.startswith(b"\\x89HDF"): return hdf5(content)
    if name.endswith(".biom"): return biom.Table.from_json(json.loads(content))
    if name.endswith(".json"): return pd.DataFrame(json.loads(content)["ubiome_bacteriacounts"])
    if name.endswith(".csv"): return pd.read_csv(io.BytesIO(content))
    lines = content.split(b"\\n", 6)
    above = sum(1 for line in lines[:6] if line.startswith(b"#") and b"\\t" not in line)
    header = None if name.endswith(".report") else "infer"
    return pd.read_csv(io.BytesIO(content), sep="\\t", skiprows=above, header=header, names=None)
out = {}
for path in sys.argv[2:]:
    content = open(path, "rb").read()
    name = path.rsplit("/", 1)[-1]
    times = []
    try:
        for _ in range(int(sys.argv[1])):
            start = time.perf_counter(); usual(name, content); times.append(time.perf_counter() - start)
        out[name] = min(times)
    except Exception as problem:
        out[name] = type(problem).__name__ + ": " + str(problem)[:60]
print(json.dumps(out))
"""


def best(work: Callable[[], object]) -> float:
    """Return the shortest of some runs, each with nothing remembered of the one before, seconds."""
    times = []
    for _ in range(RUNS):
        clean.cache_clear()
        _part.cache_clear()
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print one line per file."""
    files = sorted(ROOT.glob("*")) if ROOT.exists() else []
    if not files:
        print("formats: no sample files here")
        return
    theirs: dict[str, float | str] = {}
    python = os.environ.get("NOCTIFLORA_READERS", "")
    if python:
        done = subprocess.run(
            [python, "-c", CHILD, str(RUNS), *map(str, files)], check=True, capture_output=True, text=True
        )
        theirs = json.loads(done.stdout.strip().splitlines()[-1])
    else:
        print("usual readers: not installed (name a Python with biom-format and pandas in NOCTIFLORA_READERS)")
    for path in files:
        content = path.read_bytes()
        ours = best(lambda content=content, path=path: read(io.BytesIO(content), path.name))
        other = theirs.get(path.name, "not measured")
        words = f"{1e3 * other:.2f} ms, ratio {other / ours:.1f}" if isinstance(other, float) else other
        print(f"read {path.name} ({len(content) >> 10} KB): ours {1e3 * ours:.2f} ms; usual reader {words}")


if __name__ == "__main__":
    main()
