"""Refit the light scale, the cortisol drive and its two new couplings to the open reference table.

    python scripts/axis_fit.py           print the fitted values and write docs/reference/axis-fit.md

Data, scales and sources are in ``axis_fit_data.csv``. After each trial of parameters the
reference constants are recomputed, so the reference person stays at 1. The fitted values are
then written into the model text by hand, rounded, and the generated files are written anew.
"""

# ruff: noqa: PLC2701 - a script of this room reads its parts

import csv
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from scipy.optimize import least_squares

from noctiflora.axis import Day, Light, Schedule, Span, load_model
from noctiflora.axis._cases import Case, run_cases
from noctiflora.axis._course import Phase
from noctiflora.axis._reference import reference_constants

HERE = Path(__file__).parent
DATA = HERE / "axis_fit_data.csv"
PAGE = HERE.parent / "docs" / "reference" / "axis-fit.md"
FITTED = ("I0", "GL", "uL", "uN", "kapU", "phiU", "kapU2", "phiU2", "qCAR")
"""qCAR is fitted relative to u0; both are then scaled so that mean cortisol is 1."""
FREE_DIGITS = 4
DAY = Day()


def at_noon(**change: object) -> tuple[Phase, ...]:
    """Return a change of the reference day from noon of the first day."""
    return (Phase(start_day=0.5, schedule=Schedule(days=(replace(DAY, **change),))),)


def cases(values: dict[str, float]) -> list[Case]:
    """Return the protocols of the reference table."""
    evening = [at_noon(light=Light(evening_lux=x, evening_from_h=19.0)) for x in (3.0, 65.0)]
    room = [at_noon(light=Light(evening_lux=x, evening_from_h=15.0)) for x in (3.0, 200.0)]
    short = at_noon(sleeps=(Span(start_h=25.0, end_h=30.0),))
    dinner = [at_noon(meals_h=(8.0, 13.0, h)) for h in (18.0, 22.0)]
    return [Case(values=values, phases=p) for p in ((), *evening, *room, short, *dinner)]


def outcome(values: dict[str, float]) -> dict[str, float]:
    """Return what the model says for each row of the data."""
    run = run_cases(cases(values), days=9, trace=True)
    f, index = run.figures, load_model().state_index
    cortisol = values.get("Fmean", 190.0) * run.trace[:, index["x3"]]
    day = {h: cortisol[round(10 * (24 * 7 + h)), 0] for h in (0.3, 3, 5, 7, 8.5, 10, 12, 14, 16, 18, 20, 22)}
    night = slice(10 * (24 * 5 + 23), 10 * (24 * 6 + 7))
    found = {f"cortisol_{int(h):02d}_{round(60 * (h % 1)):02d}": v for h, v in day.items()}
    found["cortisol_08_32"] = found.pop("cortisol_08_30")
    found = at_level_of_data(found)
    return found | {
        "nadir_time": lowest(cortisol[10 * 24 * 6 + 180 : 10 * 24 * 7 + 60, 0]) - 6.0,
        "dlmo_reference": f["dlmo_h"][0, 7],
        "home_light_shift": f["dlmo_h"][2, 7 + 6] - f["dlmo_h"][1, 7 + 6],
        "room_light_duration": f["melatonin_duration_h"][4, 7] - f["melatonin_duration_h"][3, 7],
        "melatonin_peak": f["melatonin_peak_pmol_l"][0, 7],
        "awakening_response": f["car"][0, 7],
        "short_nights_evening": f["cortisol_evening_nmol_l"][5, 14] / f["cortisol_evening_nmol_l"][0, 14],
        "short_nights_mean": f["cortisol_mean_nmol_l"][5, 13] / f["cortisol_mean_nmol_l"][0, 13],
        "late_dinner_night": cortisol[night, 7].mean() / cortisol[night, 6].mean(),
    }


def at_level_of_data(profile: dict[str, float]) -> dict[str, float]:
    """Return the profile at the level of its data: the model's mean is fixed at another study's 190 nmol/L."""
    rows = [r for r in read() if r["name"] in profile]
    weight = {r["name"]: (float(r["value"]), float(r["scale"]) ** -2) for r in rows}
    up = sum(w * profile[n] * d for n, (d, w) in weight.items())
    factor = up / sum(w * d * d for d, w in weight.values())
    return {n: v / factor for n, v in profile.items()}


@cache
def read() -> list[dict[str, str]]:
    """Return the rows of the data."""
    with DATA.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def lowest(values: np.ndarray) -> float:
    """Return the hour of the minimum of values 0.1 h apart, by a parabola through the three lowest."""
    k = int(np.argmin(values))
    a, b, c = values[k - 1 : k + 2]
    return 0.1 * (k + 0.5 * (a - c) / (a - 2 * b + c))


def complete(values: dict[str, float]) -> dict[str, float]:
    """Return the values with the reference constants that belong to them."""
    return values | reference_constants(values)


def fit(rows: list[dict[str, str]]) -> dict[str, float]:
    """Return the values that fit best, with their reference constants."""
    own = load_model().parameter_by_name
    start = np.array([own[n].value for n in FITTED])
    low, high = np.array([own[n].low for n in FITTED]), np.array([own[n].high for n in FITTED])
    unit = np.maximum(np.abs(start), 0.1)

    def gap(x: np.ndarray) -> np.ndarray:
        values = complete(dict(zip(FITTED, (float(v) for v in x * unit), strict=True)))
        said = outcome(values)
        return np.array([(said[r["name"]] - float(r["value"])) / float(r["scale"]) for r in rows])

    made = least_squares(gap, start / unit, bounds=(low / unit, high / unit), diff_step=1e-3, xtol=1e-5, max_nfev=12)
    sys.stdout.write(f"cost {made.cost:.3f} after {made.nfev} evaluations: {made.message}\n")
    return complete({n: float(f"{v:.{FREE_DIGITS}g}") for n, v in zip(FITTED, made.x * unit, strict=True)})


def page(rows: list[dict[str, str]], values: dict[str, float], after: dict[str, float]) -> str:
    """Return the page of data, residuals and fitted values."""
    lines = ["# Fit of the light scale and the cortisol drive", ""]
    lines += ["<!-- Written by scripts/axis_fit.py; the words about it stand in docs/explanation/axis.md. -->", ""]
    lines += ["| row | data | model | residual in scales | source | note |", "|---|---|---|---|---|---|"]
    for r in rows:
        said, aim, scale = after[r["name"]], float(r["value"]), float(r["scale"])
        cells = (f"{r['name']} ({r['unit']})", f"{aim:g}", f"{said:.4g}", f"{(said - aim) / scale:+.2f}")
        lines.append("| " + " | ".join((*cells, r["source"], r["note"])) + " |")
    lines += ["", "| parameter | fitted |", "|---|---|"]
    lines += [f"| {name} | {value:.5g} |" for name, value in values.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit, or with ``--page`` only write the page for the values in the model text."""
    rows = read()
    own = load_model().parameter_by_name
    committed = {n: own[n].value for n in (*FITTED, *reference_constants())}
    values = committed if "--page" in sys.argv else fit(rows)
    said = outcome(values)
    PAGE.write_text(page(rows, values, said), encoding="utf-8")
    sys.stdout.write("\n".join(f"{n} = {v:.6g}" for n, v in values.items()) + "\n")


if __name__ == "__main__":
    main()
