"""Module scores of 1,000 samples by 6,000 identifiers, in process and as a command; one sample read; a cosinor."""

import io
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from noctiflora.gut import cosinor, read_gene_table, read_modules, score

N_IDS, N_SAMPLES, N_MODULES = 6_000, 1_000, 56


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
        start = time.perf_counter()
        reading = read_gene_table(io.BytesIO(content), "table", wanted=wanted.__contains__)
        middle = time.perf_counter()
        score(reading, known, namespaces={"K"})
        end = time.perf_counter()
        print(
            f"gut score in process: read {middle - start:.2f} s, score {end - middle:.3f} s ({len(content) >> 20} MB)"
        )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "t.tsv").write_bytes(content)
        (Path(folder) / "m.txt").write_text(text)
        command = [
            sys.executable,
            "-m",
            "noctiflora",
            "gut",
            "score",
            f"{folder}/t.tsv",
            "--modules",
            f"{folder}/m.txt",
        ]
        start = time.perf_counter()
        with (Path(folder) / "out.csv").open("wb") as out:
            subprocess.run([*command, "--format", "csv"], check=True, stdout=out)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"gut score as a command: {time.perf_counter() - start:.2f} s, peak {peak:.0f} MB")
    y, t = rng.normal(size=(1_000, 200)), rng.uniform(0, 24, 200)
    cosinor(y[:2], t)
    times = []
    for _ in range(9):
        start = time.perf_counter()
        cosinor(y, t)
        times.append(time.perf_counter() - start)
    print(f"cosinor of 1,000 x 200: {1e3 * sorted(times)[4]:.1f} ms")


if __name__ == "__main__":
    main()
