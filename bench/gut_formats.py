"""Reading of each stool format beside its usual reader, in process, on the shared sample files where they are.

NOCTIFLORA_READERS names the Python of an environment with biom-format and pandas; without it only our own time stands.
"""

import io
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from noctiflora.gut import read
from noctiflora.gut.read._lineage import _part, clean

ROOT = Path(__file__).parents[2] / "shared" / "samples" / "gut" / "formats"
RUNS = 9
WIDE_ROWS, WIDE_SAMPLES, WIDE_RUNS = 6_000, 200, 3
USUAL = Path(__file__).with_name("usual_readers.py")


def best(work: Callable[[], object]) -> float:
    """Return the shortest of some runs, each with nothing remembered of the one before, seconds."""
    times = []
    for _ in range(RUNS):
        clean.cache_clear()
        _part.cache_clear()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def wide(folder: str) -> Path:
    """Write a made-up KO table of the size of a study."""
    rng = np.random.default_rng(1)
    values = np.where(rng.random((WIDE_ROWS, WIDE_SAMPLES)) < 0.5, 0.0, rng.lognormal(1, 1, (WIDE_ROWS, WIDE_SAMPLES)))
    rows = ("\t".join([f"K{i:05d}", *(f"{v:.3f}" for v in row)]) for i, row in enumerate(values.tolist()))
    path = Path(folder) / "made_up_gene_families.tsv"
    path.write_text("\n".join(["id\t" + "\t".join(f"S{j}" for j in range(WIDE_SAMPLES)), *rows]) + "\n")
    return path


def main() -> None:
    """Print one line per file, with processor times: other work on the machine does not count."""
    with tempfile.TemporaryDirectory() as folder:
        measure([*sorted(ROOT.glob("*")), wide(folder)] if ROOT.exists() else [wide(folder)])


def measure(files: list[Path]) -> None:
    """Print one line per file."""
    theirs: dict[str, list[float | str]] = {}
    python = os.environ.get("NOCTIFLORA_READERS", "")
    if python:
        done = subprocess.run(
            [python, str(USUAL), str(RUNS), *map(str, files)], check=True, capture_output=True, text=True
        )
        theirs = json.loads(done.stdout.strip().splitlines()[-1])
    else:
        print("usual readers: not installed (name a Python with biom-format and pandas in NOCTIFLORA_READERS)")
    for path in files:
        content = path.read_bytes()
        ours = best(lambda content=content, path=path: read(io.BytesIO(content), path.name))
        bare, full = theirs.get(path.name, ["not measured", "not measured"])
        print(
            f"read {path.name} ({len(content) >> 10} KB): ours {1e3 * ours:.2f} ms; usual reader with names, ranks and "
            f"lineages {beside(full, ours)}; its bare call {beside(bare, ours)}"
        )


def beside(other: float | str, ours: float) -> str:
    """Return a time in words, with its ratio to ours: above 1 is slower than ours."""
    return f"{1e3 * other:.2f} ms, ratio {other / ours:.2f}" if isinstance(other, float) else other


if __name__ == "__main__":
    main()
