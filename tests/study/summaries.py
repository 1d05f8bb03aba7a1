"""Made-up shared summaries, as `trial share` writes them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from noctiflora.evidence._read_additions import VERSION
from noctiflora.study._pile import Floats


def summary(number: int, theta: Floats, log_likelihood: Floats, **changes: object) -> dict[str, Any]:
    """Return one person's entry with this likelihood."""
    return {
        "kind": "personal trial",
        "id": f"person-{number:06d}",
        "whose": "another person",
        "agreed_before": True,
        "strain": "Bifidobacterium longum 1714",
        "dose_value": 1e9,
        "dose_unit": "CFU/day",
        "duration_days": 14,
        "design": {"randomised": True, "n_nights": 84, "n_periods": 6},
        "blinding": "double-blind",
        "outcome": "efficiency",
        "instrument": "diary",
        "unit": "points",
        "higher_is_better": True,
        "kinetics": {"log_tau_on": [2.639, 0.5], "log_tau_off": [2.303, 0.6]},
        "theta": [float(f"{x:.6g}") for x in theta.tolist()],
        "log_likelihood": [float(f"{x:.6g}") for x in log_likelihood.tolist()],
        **changes,
    }


def normal_summary(number: int, mean: float = 1.5, sd: float = 2.0, **changes: object) -> dict[str, Any]:
    """Return one person's entry whose likelihood is normal."""
    theta = np.linspace(-34.0, 34.0, 161)
    return summary(number, theta, -0.5 * ((theta - mean) / sd) ** 2, **changes)


def document(*entries: object) -> str:
    """Return a whole document on one line."""
    return json.dumps({"schema": VERSION, "entries": list(entries)})


def write(folder: Path, entries: Sequence[object], name: str = "all.jsonl") -> Path:
    """Write one document a line; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n".join(document(entry) for entry in entries), encoding="utf-8")
    return folder


def people(count: int, *, mean: float = 1.5, omega: float = 1.5, seed: int = 3) -> list[dict[str, Any]]:
    """Return entries of people of one population, each with an error of their own."""
    rng = np.random.default_rng(seed)
    out = []
    for number in range(count):
        sd = float(rng.uniform(1.5, 3.0))
        found = mean + omega * rng.standard_normal() + sd * rng.standard_normal()
        out.append(normal_summary(number, float(found), sd))
    return out
