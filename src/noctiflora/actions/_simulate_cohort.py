"""Simulates a cohort of the axis model, here or on many machines."""

from collections.abc import Callable, Mapping, Sequence

from noctiflora.axis import POPULATIONS, Cohort, Intervention, cohort
from noctiflora.study import engine, run_cohort


def simulate_cohort(
    people: int,
    *,
    weeks: int,
    population: str,
    arms: Mapping[str, Sequence[Intervention]],
    seed: int = 0,
    threads: int = 1,
    scheduler: str | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Cohort:
    """Simulate drawn people under every arm; the answer does not depend on where it was made.

    Parameters
    ----------
    people, weeks, arms, seed, threads, progress
        As in `noctiflora.axis.cohort`.
    population : str
        A name of `noctiflora.axis.POPULATIONS`.
    scheduler : str, optional
        Address of a Dask scheduler.
    workers : int, optional
        Processes on this machine, in place of threads.

    Raises
    ------
    RangeError
        If a number is out of range.
    ModelError
        If the machines do not answer, or are lost.
    MissingExtra
        If machines are asked for and Dask is not installed.
    """
    if scheduler is None and workers is None:
        return cohort(
            people,
            weeks=weeks,
            population=POPULATIONS[population],
            arms=arms,
            seed=seed,
            threads=threads,
            progress=progress,
        )
    with engine(scheduler, workers=workers) as machines:
        return run_cohort(people, machines, weeks=weeks, population=population, arms=arms, seed=seed, tell=progress)
