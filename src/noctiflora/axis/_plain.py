"""Records of calibrations, virtual trials and traces as plain data and text."""

import io

from noctiflora.axis._calibrate import Calibration
from noctiflora.axis._kinetics import KineticsScenario
from noctiflora.axis._simulate import Simulation
from noctiflora.axis._trials import VirtualTrial
from noctiflora.core import RangeError


def calibration_dict(found: Calibration) -> dict[str, object]:
    """Return a calibration as plain data; the value never without its interval."""
    return {
        "label": "hypothesis",
        "subject": found.subject,
        "lever": found.lever,
        "value": round(found.value, 5),
        "interval": [round(x, 5) for x in found.interval],
        "at_bound": found.at_bound,
        "target_points": round(found.target, 4),
        "target_interval": [round(x, 4) for x in found.target_interval],
        "weeks": found.weeks,
        "baseline": {"mean": round(found.baseline_mean, 3), "sd": round(found.baseline_sd, 3)},
        "course": [round(x, 4) for x in found.course],
        "placebo_change": [round(x, 4) for x in found.placebo_change],
        "response": [[x, round(y, 4)] for x, y in found.response],
        "sources": [f"{s.ref} ({s.note})" if s.note else s.ref for s in found.sources],
    }


def virtual_trial_dict(trial: VirtualTrial) -> dict[str, object]:
    """Return a virtual trial as plain data: estimate, truth, and one row for each assessment."""
    rows = [
        {"person": i, "week": float(w), "active": bool(trial.active[i, k]), "psqi": round(float(trial.score[i, k]), 3)}
        for i in range(len(trial.score))
        for k, w in enumerate(trial.week)
    ]
    return {
        "label": "hypothesis",
        "design": trial.design,
        "difference": round(trial.difference, 4),
        "se": round(trial.se, 4),
        "truth": round(trial.truth, 4),
        "rows": rows,
    }


def kinetics_dict(found: KineticsScenario) -> dict[str, object]:
    """Return a time course as plain data."""
    return {
        "label": "hypothesis",
        "scenario": found.name,
        "tau_on_days": found.tau_on_days,
        "tau_off_days": found.tau_off_days,
        "worst_early": round(found.worst_early, 4),
        "rests_on": list(found.rests_on),
    }


def trace_csv(run: Simulation) -> str:
    """Return the states and inputs of a run as comma-separated text, one line for each 0.1 h.

    Raises
    ------
    RangeError
        If the run was made without ``trace=True``.
    """
    if run.trace is None:
        raise RangeError("this run kept no trace", where="trace", do="simulate with trace=True")
    names = [*run.trace.inputs, *run.trace.states]
    columns = [*run.trace.inputs.values(), *run.trace.states.values()]
    out = io.StringIO()
    out.write(",".join(["hour", *names]) + "\n")
    for k, hour in enumerate(run.trace.hour):
        out.write(f"{hour:.1f}," + ",".join(f"{float(c[k]):.8g}" for c in columns) + "\n")
    return out.getvalue()
