"""Running of people through the engine, sixteen at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from noctiflora.axis._course import Course
from noctiflora.axis._lanes import LANES, Integers, Lanes
from noctiflora.axis._model_file import load_model
from noctiflora.axis._night_columns import CELL_H, CLOSING, KEPT, POINTS
from noctiflora.core import RangeError

STEP_H = 0.1
"""Production step; with it nightly sleep is within 0.25 min of the converged solution."""
_ALLOWED = (0.1, 0.05, 0.02, 0.01)


def substeps(step_h: float) -> int:
    """Return the steps per cell of 0.1 h.

    Raises
    ------
    RangeError
        If the step is too long or does not divide a cell.

    Examples
    --------
    >>> substeps(0.02)
    5
    """
    for allowed in _ALLOWED:
        if abs(step_h - allowed) < 1e-9:
            return round(CELL_H / allowed)
    raise RangeError(
        "the step must be 0.1, 0.05, 0.02 or 0.01 h",
        where="step_h",
        found=str(step_h),
        do="use 0.1 h; 0.2 h is near the stability limit and gives wrong nights",
    )


@dataclass(slots=True, kw_only=True, eq=False)
class Group:
    """Up to 16 people on their way: states, the last day step by step, and what was written.

    Only this file changes a group; `failed` holds half day and state of a failure, or -1.
    """

    states: Lanes
    kept: Lanes
    op: Lanes
    nights: Lanes
    marker: Lanes
    failed: Integers
    trace: Lanes | None = None


def new_group(*, nights: int, days: int, sub: int) -> Group:
    """Return a group at the model's initial values, midnight of day 0.

    Parameters
    ----------
    nights : int
        Nights that will be written.
    days : int
        Days that will be run (for the phase marker).
    sub : int
        Steps per cell.
    """
    model = load_model()
    states = np.repeat(np.array([s.initial for s in model.states])[:, None], LANES, axis=1)
    return Group(
        states=states,
        kept=np.zeros((2, KEPT, POINTS * sub + 1, LANES)),
        op=np.zeros((2, POINTS * sub, LANES)),
        nights=np.full((LANES, nights, CLOSING + len(model.states)), np.nan),
        marker=np.full((LANES, days + 4), np.nan),
        failed=np.full((LANES, 2), -1, dtype=np.int64),
    )


def advance_group(
    group: Group,
    parameters: Lanes,
    courses: Sequence[Course],
    *,
    halves: tuple[int, int],
    sub: int,
    first_night: int,
    keys: Integers | None = None,
    trace: bool = False,
) -> None:
    """Run a group over a span of half days, in place.

    Parameters
    ----------
    group : Group
        Advanced; its arrays are filled.
    parameters : array (parameters + constants, n)
        One column for each of 1 to 16 people.
    courses : sequence of Course
        One for each person.
    halves : (int, int)
        First half day and the one after the last.
    sub : int
        Steps per cell.
    first_night : int
        Night in the first row of `group.nights`.
    keys : array (n,), optional
        Keys of the random streams, for sampled nights.
    trace : bool
        Keep all states at each cell in `group.trace`, (half days, 121, states, lanes).
    """
    from noctiflora.axis._engine import advance
    from noctiflora.axis._kernel import DIGEST, PARAMETERS_AT, ROWS

    n, model = parameters.shape[1], load_model()
    lane = np.minimum(np.arange(LANES), n - 1)
    w = np.zeros((ROWS, LANES))
    w[: len(model.states)] = group.states
    w[PARAMETERS_AT : PARAMETERS_AT + parameters.shape[0]] = parameters[:, lane]
    tables, blocks = _stack([courses[i] for i in lane])
    windows = np.array([_windows(courses[i]) for i in lane])
    made = (
        np.zeros((0, 0, 0, 0)) if not trace else np.zeros((halves[1] - halves[0], POINTS + 1, len(model.states), LANES))
    )
    flat = w.reshape(-1)
    advance(
        flat,
        tables,
        blocks,
        windows,
        np.array([halves[0], halves[1], sub, first_night, DIGEST]),
        np.zeros(0, dtype=np.int64) if keys is None else keys[lane],
        np.array([(s.low, s.high) for s in model.states]),
        group.kept,
        group.op,
        group.nights,
        group.marker,
        group.failed,
        made if trace else np.zeros((1, 0, 0, 0)),
    )
    group.states = w[: len(model.states)].copy()
    group.trace = made if trace else None


def _windows(course: Course) -> Integers:
    windows = course.windows()
    return np.append(windows, [2] * (len(course.blocks) // 2 + 2 - len(windows)))


def _stack(courses: Sequence[Course]) -> tuple[Lanes, Integers]:
    """Return one table of all blocks, and each person's blocks in it."""
    first: dict[int, int] = {}
    tables: list[Lanes] = []
    count = 0
    for course in courses:
        if id(course) not in first:
            first[id(course)] = count
            tables.append(course.tables)
            count += len(course.tables)
    return np.concatenate(tables), np.array([c.blocks + first[id(c)] for c in courses])
