"""Made-up seasons of a person whose noise is known, for the safety rule's false alarms and power."""

from dataclasses import dataclass

import numpy as np

from noctiflora.trial import safety_alarm, safety_limit

GAPS = 5
"""Run-ins with different missing nights; each has its own limit."""
MISSING = 0.1
BAD_NIGHTS = 14


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A person's noise, a run-in and a trial."""

    phi: float
    white: float
    run_in: int
    nights: int = 84


def night_series(rng: np.random.Generator, phi: float, white: float, n: int) -> np.ndarray:
    """Return nights of SD 8 around 80, written as a plain loop."""
    out, state = [], rng.standard_normal()
    for _ in range(n):
        state = phi * state + np.sqrt(1 - phi**2) * rng.standard_normal()
        out.append(80 + 8 * (np.sqrt(1 - white) * state + np.sqrt(white) * rng.standard_normal()))
    return np.array(out)


def limits(run_in: int, nights: int) -> list[tuple[np.ndarray, float]]:
    """Return gaps in the run-in, each with the limit that a person with these gaps starts with."""
    found = []
    for seed in range(GAPS):
        gaps = np.random.default_rng(seed).random(run_in) < MISSING
        before = np.where(gaps, np.nan, np.arange(run_in) % 7)
        found.append((gaps, safety_limit(np.random.default_rng(1), before, n_nights=nights, missing=MISSING)))
    return found


def fired(cell: Cell, told: list[tuple[np.ndarray, float]], trials: int, *, fall: float = 0.0, seed: int = 11) -> float:
    """Return the share of trials with an alarm; with a fall, in run-in SDs, those in its middle fortnight."""
    rng = np.random.default_rng(seed)
    count = 0
    bad = slice(cell.nights // 2, cell.nights // 2 + BAD_NIGHTS)
    for i in range(trials):
        gaps, limit = told[i % len(told)]
        nights = night_series(rng, cell.phi, cell.white, cell.run_in + cell.nights)
        before, y = np.where(gaps, np.nan, nights[: cell.run_in]), nights[cell.run_in :]
        y[rng.random(y.size) < MISSING] = np.nan
        y[bad] -= fall * np.nanstd(before, ddof=1)
        alarm = safety_alarm(before, y, limit=limit, higher_is_better=True)
        count += alarm is not None and (not fall or bad.start < alarm.night <= bad.stop)
    return count / trials
