"""Module scores of 1,000 samples by 6,000 identifiers, in process and as a command; one sample to its report."""

import io
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from noctiflora.gut import read_gene_table, read_modules, score

N_IDS, N_SAMPLES, N_MODULES = 6_000, 1_000, 56
GENERA = ("Bacteroides", "Faecalibacterium", "Blautia", "Roseburia", "Coprococcus", "Dorea", "Lachnospira", "Alistipes")

WATCHED = """
import atexit, sys
from noctiflora.cli import main
def most():
    held = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    sys.stderr.write(" " + held.split()[1])
atexit.register(most)
main(sys.argv[1:])
"""
"""Runs a command and tells the most memory of this process alone: not what a parent held before the start."""


def table(rng: np.random.Generator) -> bytes:
    """Return a made-up KO table, half of it zeros."""
    values = np.where(rng.random((N_IDS, N_SAMPLES)) < 0.5, 0.0, np.round(rng.lognormal(1, 1, (N_IDS, N_SAMPLES)), 3))
    out = io.StringIO()
    out.write("id\t" + "\t".join(f"S{j}" for j in range(N_SAMPLES)) + "\n")
    for i, row in enumerate(values.tolist()):
        out.write(f"K{i:05d}\t" + "\t".join(f"{v:g}" for v in row) + "\n")
    return out.getvalue().encode()


def modules(rng: np.random.Generator) -> str:
    """Return made-up modules of the shape of the gut-brain modules."""
    out = []
    for m in range(N_MODULES):
        steps = []
        for _ in range(rng.integers(1, 8)):
            ids = rng.integers(0, N_IDS, (rng.integers(1, 4), rng.integers(1, 3)))
            steps.append("\t".join(",".join(f"K{i:05d}" for i in a) for a in ids))
        out.append(f"M{m}\tmade up\n" + "\n".join(steps) + "\n///")
    return "\n".join(out)


def main() -> None:
    """Print one line per measure."""
    rng = np.random.default_rng(1)
    content, text = table(rng), modules(rng)
    known = read_modules(text, where="modules")
    wanted = frozenset[str]().union(*(m.identifiers for m in known))
    small = content[: content.index(b"\n", content.index(b"\n") + 1) + 1]
    read_gene_table(io.BytesIO(small), "warm")
    for _ in range(3):
        start, busy = time.perf_counter(), time.process_time()
        reading = read_gene_table(io.BytesIO(content), "table", wanted=wanted.__contains__)
        middle = time.perf_counter()
        score(reading, known, namespaces={"K"})
        end, used = time.perf_counter(), time.process_time() - busy
        size = len(content) >> 20
        spent = f"read {middle - start:.2f} s, score {end - middle:.3f} s, cpu {used:.2f} s"
        print(f"gut score in process ({size} MB): {spent}")
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        (at / "t.tsv").write_bytes(content)
        (at / "m.txt").write_text(text)
        (at / "one.csv").write_text("genus,count\n" + "\n".join(f"{g},{2_000 + i}" for i, g in enumerate(GENERA)))
        one, store = str(at / "one.csv"), ["--db", str(at / "n.db")]
        table_words = [str(at / "t.tsv"), "--modules", str(at / "m.txt")]
        run("1,000 samples scored, csv", ["gut", "score", *table_words, "--format", "csv"])
        run("1,000 samples scored, json", ["gut", "score", *table_words, "--format", "json"])
        run("one sample, gut", ["gut", one, "--region", "V4"])
        run("one sample, import", ["import", one, *store])
        run("one sample, kept and shown", ["gut", *store])


def run(name: str, words: list[str]) -> None:
    """Print the time of one command, of its processor, and the most memory it held."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", WATCHED, *words], check=True, capture_output=True, text=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"command, {name}: {wall:.2f} s, cpu {cpu:.2f} s, peak {int(done.stderr.split()[-1]) >> 10} MB")


if __name__ == "__main__":
    main()
