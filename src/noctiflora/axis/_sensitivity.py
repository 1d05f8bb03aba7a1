"""Local sensitivity to the hypothesis parameters, and how many combinations data could tell apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from noctiflora.axis._cases import Case, chunks, run_cases
from noctiflora.axis._intervention import Intervention, Kind
from noctiflora.axis._lanes import Lanes
from noctiflora.axis._model_file import load_model
from noctiflora.axis._person import Person
from noctiflora.axis._schedule import Day, Schedule
from noctiflora.axis._strain import Strain

STEP = 0.2
"""Each parameter is moved up and down by a fifth."""
WEEKS = 6
OUTPUTS = (
    "psqi",
    "tst_min",
    "sol_min",
    "waso_min",
    "awakenings",
    "onset_h",
    "dlmo_h",
    "melatonin_peak_pmol_l",
    "cortisol_peak_nmol_l",
    "cortisol_evening_nmol_l",
    "cortisol_mean_nmol_l",
    "car",
    "butyrate_mmol_kg",
    "histamine",
    "arousal",
    "opportunists",
)
"""Sixteen outputs that trials measure or could."""
VISIBLE = 2e-3
"""A parameter that moves PSQI by less than this share of the strongest has no visible effect."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sensitivity:
    """What a trial of this kind could learn of the hypotheses.

    Parameters
    ----------
    outputs, parameters : tuple of str
        Rows and columns.
    matrix : array (outputs, parameters)
        Relative change of the output per relative change of the parameter.
    singular_values : array
        Of the matrix, as shares of the first.
    directions_5_pct, directions_1_pct : int
        Combinations whose singular value is above that share.
    strongest : tuple of str
        Parameters that move PSQI most, strongest first.
    silent : tuple of str
        Parameters without visible effect on PSQI.
    """

    outputs: tuple[str, ...]
    parameters: tuple[str, ...]
    matrix: Lanes
    singular_values: Lanes
    directions_5_pct: int
    directions_1_pct: int
    strongest: tuple[str, ...]
    silent: tuple[str, ...]


def treated_case(person: Person | None = None, schedule: Schedule | None = None) -> Case:
    """Return the run on which sensitivity is read: by default high arousal and stress; a strain and PHGG, six weeks."""
    last = 7.0 * WEEKS
    return Case(
        values={"A0": 0.45} if person is None else person.values,
        schedule=Schedule(days=(Day(stress=0.3),)) if schedule is None else schedule,
        interventions=(
            Intervention(kind=Kind.LIVE_STRAIN, dose=1, end_day=last, strain=Strain(potency=0.3)),
            Intervention(kind=Kind.PHGG, dose=5, end_day=last),
        ),
    )


def sensitivity(case: Case | None = None, *, parameters: Sequence[str] | None = None) -> Sensitivity:
    """Move each hypothesis parameter by a fifth and read the last week of six.

    Parameters
    ----------
    case : Case, optional
        Default: `treated_case`.
    parameters : sequence of str, optional
        Default: all hypotheses of the model.

    Returns
    -------
    Sensitivity
    """
    base = case or treated_case()
    names = tuple(parameters if parameters is not None else load_model().hypotheses)
    own = base.parameters()
    start = {n: own.get(n, load_model().parameter_by_name[n].value) for n in names}
    moved = [{n: v * (1 + s * STEP)} for n, v in start.items() for s in (1, -1)]
    found = _read([replace(base, values={**base.values, **m}) for m in [{}, *moved]])
    middle, up, down = found[0], found[1::2], found[2::2]
    scale = np.maximum(np.abs(middle), 0.1)
    matrix = ((up - down) / (2 * STEP) / scale).T
    values = np.linalg.svd(matrix, compute_uv=False)
    share = values / values[0] if values[0] > 0 else values
    psqi = np.abs(matrix[OUTPUTS.index("psqi")])
    return Sensitivity(
        outputs=OUTPUTS,
        parameters=names,
        matrix=matrix,
        singular_values=share,
        directions_5_pct=int((share > 0.05).sum()),
        directions_1_pct=int((share > 0.01).sum()),
        strongest=tuple(names[i] for i in np.argsort(-psqi)[:8]),
        silent=tuple(n for i, n in enumerate(names) if psqi[i] < VISIBLE * psqi.max()),
    )


def _read(cases: Sequence[Case]) -> Lanes:
    """Return the outputs of each case in the last week, (cases, outputs)."""
    rows = []
    for which in chunks(len(cases)):
        figures = run_cases([cases[i] for i in which], days=7 * WEEKS).figures
        rows.append(np.column_stack([figures[name][:, 7 * WEEKS : 7 * WEEKS + 7].mean(axis=1) for name in OUTPUTS]))
    return np.concatenate(rows)


def sensitivity_dict(found: Sensitivity) -> Mapping[str, object]:
    """Return a sensitivity report as plain data."""
    return {
        "label": "hypothesis",
        "step": STEP,
        "outputs": list(found.outputs),
        "parameters": list(found.parameters),
        "matrix": [[round(float(x), 5) for x in row] for row in found.matrix],
        "singular_values": [round(float(x), 5) for x in found.singular_values],
        "directions_above_5_pct": found.directions_5_pct,
        "directions_above_1_pct": found.directions_1_pct,
        "strongest_on_psqi": list(found.strongest),
        "no_visible_effect": list(found.silent),
        "reading": "pathway attributions are scenarios: data of this kind can learn only these few combinations",
    }
