"""How often the daily safety rule fires where nothing changes, and how often in a fortnight that is worse.

Run from the repository root: ``python bench/trial_safety.py [TRIALS]``. One row for each run-in and
autocorrelation: the share of trials of 84 nights with a false alarm, with no white noise and with
three tenths of it, then how often a fortnight worse by 2 and by 3 run-in SDs is noticed before it ends.
"""

import math
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.trial.safety_seasons import MISSING, Cell, fired, limits  # noqa: E402

TRIALS = 1000
RUN_INS = (14, 28, 56)
PHIS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9)
WHITES = (0.0, 0.3)


def main() -> None:
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else TRIALS
    start = time.process_time()
    error = math.sqrt(0.05 * 0.95 / trials)
    print(f"{trials} trials for each share; error of a share of 0.05: {error:.3f}; {MISSING:.0%} of nights missing")
    print("| run-in | autocorrelation | false alarms | with white noise of 0.3 | noticed: 2 SD | 3 SD |")
    print("|---|---|---|---|---|---|")
    for run_in in RUN_INS:
        told = limits(run_in, 84)
        for phi in PHIS:
            false = [fired(Cell(phi=phi, white=white, run_in=run_in), told, trials) for white in WHITES]
            cell = Cell(phi=phi, white=0.0, run_in=run_in)
            noticed = [fired(cell, told, trials, fall=fall, seed=12) for fall in (2.0, 3.0)]
            told_row = " | ".join(f"{share:.3f}" for share in (*false, *noticed))
            print(f"| {run_in} | {phi} | {told_row} |", flush=True)
    print(f"{time.process_time() - start:.0f} s CPU")


if __name__ == "__main__":
    main()
