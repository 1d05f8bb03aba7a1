"""Cosines fitted to 1,000 series of 200 samples, beside CosinorPy in an environment of its own.

NOCTIFLORA_COSINORPY names the Python of an environment with CosinorPy 3.1, numpy below 2 and seaborn; without it only
our own time is printed.
"""

import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from noctiflora.gut import cosinor

N_SERIES, N_SAMPLES, RUNS = 1_000, 200, 15
CHILD = """
import json, sys, time, warnings
warnings.filterwarnings("ignore")
import numpy as np, pandas as pd
from CosinorPy import cosinor, cosinor1
held = np.load(sys.argv[1])
y, t = held["y"], held["t"]
names = np.repeat(np.arange(len(y)).astype(str), len(t))
frame = pd.DataFrame({"test": names, "x": np.tile(t, len(y)), "y": y.ravel()})
some = frame[frame.test.isin([str(i) for i in range(3)])]
cosinor.fit_group(some, n_components=1, period=24, plot=False)
start = time.perf_counter()
many = cosinor.fit_group(frame, n_components=1, period=24, plot=False)
seconds = time.perf_counter() - start
few = frame[frame.test.isin([str(i) for i in range(50)])]
one = cosinor1.fit_group(few, period=24)
one = one.assign(test=one.test.astype(int)).sort_values("test")
print(json.dumps({"seconds": seconds, "p": one.p.tolist(), "amplitude": one.amplitude.tolist()}))
"""


def main() -> None:
    """Print one line per measure."""
    rng = np.random.default_rng(1)
    t = rng.uniform(0, 24, N_SAMPLES)
    y = rng.normal(size=(N_SERIES, N_SAMPLES)) + rng.uniform(0, 1, (N_SERIES, 1)) * np.cos(2 * np.pi * (t - 8) / 24)
    cosinor(y[:2], t)
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        found = cosinor(y, t)
        times.append(time.perf_counter() - start)
    ours = sorted(times)[RUNS // 2]
    print(f"cosinor of 1,000 x 200: {1e3 * ours:.1f} ms (median of {RUNS}, best {1e3 * min(times):.1f})")
    python = os.environ.get("NOCTIFLORA_COSINORPY", "")
    if not python:
        print("CosinorPy: not installed (name its Python in NOCTIFLORA_COSINORPY)")
        return
    with tempfile.TemporaryDirectory() as folder:
        held = Path(folder) / "series.npz"
        np.savez(held, y=y, t=t)
        done = subprocess.run([python, "-c", CHILD, str(held)], check=True, capture_output=True, text=True)
    theirs = json.loads(done.stdout.strip().splitlines()[-1])
    p, amplitude = np.array(theirs["p"]), np.array(theirs["amplitude"])
    n = len(p)
    print(
        f"CosinorPy cosinor.fit_group: {theirs['seconds']:.1f} s, {theirs['seconds'] / ours:,.0f} times ours; against "
        f"cosinor1 p differs by {np.abs(found.p[:n] - p).max():.0e}, amplitude by "
        f"{np.abs(found.amplitude[:n] / amplitude - 1).max():.0e}"
    )


if __name__ == "__main__":
    main()
