"""Cohorts: many drawn people side by side, kept as weekly means."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from noctiflora.axis._cases import BASELINE_NIGHTS, Outcome, burn_in, chunks, run_cases
from noctiflora.axis._figures import FIGURES
from noctiflora.axis._intervention import Intervention
from noctiflora.axis._lanes import Flags, Lanes
from noctiflora.axis._population import COMPLAINT, MOST_PEOPLE, Drawn, Population, draw_person
from noctiflora.axis._simulate import LONGEST_WEEKS, Mode, stream_keys
from noctiflora.core import RangeError

MOST_THREADS = 64
Arm = tuple[Intervention, ...]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cohort:
    """Weekly means of many people under one or more arms; everything here is a hypothesis.

    Parameters
    ----------
    population : str
        From which people were drawn.
    seed : int
        Their seed.
    arms : tuple of str
        Names of the arms; all people run through each of them.
    baseline : mapping of str to array (people,)
        Mean of the last seven nights before treatment.
    weekly : mapping of str to array (arms, people, weeks)
        Means of each treatment week.
    failed : array (arms, people) of bool
        Who left the physiological range; their figures are NaN.
    """

    population: str
    seed: int
    arms: tuple[str, ...]
    baseline: Mapping[str, Lanes]
    weekly: Mapping[str, Lanes]
    failed: Flags


def cohort(
    people: int,
    *,
    weeks: int = 12,
    population: Population = COMPLAINT,
    arms: Mapping[str, Sequence[Intervention]] | None = None,
    seed: int = 0,
    figures: Sequence[str] = FIGURES,
    mode: Mode | str = Mode.MEAN,
    threads: int = 1,
    progress: Progress | None = None,
    first: int = 0,
) -> Cohort:
    """Simulate people drawn from a population, each under every arm from the same burn-in.

    Parameters
    ----------
    people : int
        1 to 1,000,000.
    weeks : int
        1 to 52 after the burn-in.
    population : Population
        How people differ.
    arms : mapping of str to sequence of Intervention, optional
        Default: one arm, "no change".
    seed : int
        Same seed, same people and nights, whatever the number of threads.
    figures : sequence of str
        Which of `FIGURES` to keep.
    mode : {"mean", "sample"}
        Mean nights or nights drawn one by one.
    threads : int
        1 to 64.
    progress : callable, optional
        Called with people done and people in all; may be called from any thread, one at a time.
    first : int
        Number of the first person: the people of a larger cohort from there on. A multiple of 16 keeps every
        last bit, because people run side by side in sixteens.

    Returns
    -------
    Cohort

    Raises
    ------
    RangeError
        If a number or a figure's name is out of range.

    Examples
    --------
    >>> cohort(3, weeks=1, figures=("psqi",)).weekly["psqi"].shape
    (1, 3, 1)
    """
    _check(people=people, weeks=weeks, threads=threads, figures=figures)
    every: dict[str, Arm] = {k: tuple(v) for k, v in (arms or {"no change": ()}).items()}
    groups, sampled = chunks(people), Mode(mode) is Mode.SAMPLE
    kept = _room(people, weeks, len(every), figures)

    def one(which: range) -> int:
        numbers = [first + i for i in which]
        drawn = [draw_person(population, seed=seed, index=i) for i in numbers]
        keys = numbers if sampled else None
        _run_group(which, drawn, list(every.values()), weeks=weeks, seed=seed, keys=keys, kept=kept)
        return len(which)

    _work(one, groups, threads=threads, people=people, progress=progress)
    return Cohort(
        population=population.name,
        seed=seed,
        arms=tuple(every),
        baseline=MappingProxyType(kept.baseline),
        weekly=MappingProxyType(kept.weekly),
        failed=kept.failed,
    )


@dataclass(slots=True, kw_only=True, eq=False)
class _Kept:
    """Arrays that groups fill, each its own columns."""

    baseline: dict[str, Lanes]
    weekly: dict[str, Lanes]
    failed: Flags


def _room(people: int, weeks: int, arms: int, figures: Sequence[str]) -> _Kept:
    return _Kept(
        baseline={f: np.full(people, np.nan) for f in figures},
        weekly={f: np.full((arms, people, weeks), np.nan) for f in figures},
        failed=np.zeros((arms, people), dtype=np.bool_),
    )


def _check(*, people: int, weeks: int, threads: int, figures: Sequence[str]) -> None:
    limits = {"people": (people, MOST_PEOPLE), "weeks": (weeks, LONGEST_WEEKS), "threads": (threads, MOST_THREADS)}
    for name, (value, most) in limits.items():
        if not isinstance(value, int) or not 1 <= value <= most:
            raise RangeError(f"must be 1 to {most}", where=name, found=str(value), do="choose a number inside")
    unknown = sorted(set(figures) - set(FIGURES))
    if unknown or not figures:
        raise RangeError("unknown figure", where="figures", found=", ".join(unknown), do="use names from FIGURES")


def _work(
    one: Callable[[range], int], groups: Sequence[range], *, threads: int, people: int, progress: Progress | None
) -> None:
    """Run the first group alone, so that the code is compiled once, then the rest on threads."""
    done = one(groups[0])
    if progress:
        progress(done, people)
    if threads == 1:
        for group in groups[1:]:
            done += one(group)
            if progress:
                progress(done, people)
        return
    with ThreadPoolExecutor(max_workers=threads) as pool:
        for count in pool.map(one, groups[1:]):
            done += count
            if progress:
                progress(done, people)


def _run_group(
    which: range,
    drawn: Sequence[Drawn],
    arms: Sequence[Arm],
    *,
    weeks: int,
    seed: int,
    keys: list[int] | None,
    kept: _Kept,
) -> None:
    """Run one group through every arm from one burn-in, and keep the weekly means."""
    start = burn_in([d.case() for d in drawn])
    columns = slice(which.start, which.stop)
    stream = None if keys is None else stream_keys(seed, keys)
    for at, arm in enumerate(arms):
        out = run_cases([d.case(arm) for d in drawn], days=7 * weeks, start=start, keys=stream)
        bad = out.failed[:, 0] >= 0
        kept.failed[at, columns] = bad
        for name in kept.weekly:
            kept.weekly[name][at, columns] = _weekly(out, name, weeks, bad)
            if at == 0:
                kept.baseline[name][columns] = np.where(
                    bad, np.nan, out.figures[name][:, :BASELINE_NIGHTS].mean(axis=1)
                )


def _weekly(out: Outcome, name: str, weeks: int, bad: Flags) -> Lanes:
    nights = out.figures[name][:, BASELINE_NIGHTS : BASELINE_NIGHTS + 7 * weeks]
    means = nights.reshape(len(nights), weeks, 7).mean(axis=2)
    means[bad] = np.nan
    return np.asarray(means, dtype=np.float64)


def cohort_dict(result: Cohort) -> dict[str, object]:
    """Return a cohort as plain data: mean, SD and quartiles of each figure, arm and week.

    Returns
    -------
    dict
        Unknown values are None.
    """
    arms: dict[str, object] = {}
    for at, arm in enumerate(result.arms):
        arms[arm] = {
            name: [_spread(values[at, :, w]) for w in range(values.shape[2])] for name, values in result.weekly.items()
        }
    return {
        "label": "hypothesis",
        "population": result.population,
        "seed": result.seed,
        "people": int(result.failed.shape[1]),
        "failed": int(result.failed.any(axis=0).sum()),
        "baseline": {name: _spread(values) for name, values in result.baseline.items()},
        "arms": arms,
    }


def _spread(values: Lanes) -> dict[str, float | None]:
    known = values[np.isfinite(values)]
    if known.size == 0:
        return {"mean": None, "sd": None, "q25": None, "q50": None, "q75": None}
    q25, q50, q75 = np.quantile(known, (0.25, 0.5, 0.75))
    found = {
        "mean": known.mean(),
        "sd": known.std(ddof=1) if known.size > 1 else None,
        "q25": q25,
        "q50": q50,
        "q75": q75,
    }
    return {k: None if v is None else round(float(v), 4) for k, v in found.items()}
