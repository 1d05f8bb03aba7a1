"""Runs a study: every trial by itself, then the population, then every person in its light."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from noctiflora.core import FormatError, NoctifloraError
from noctiflora.study._belief import Belief
from noctiflora.study._dataset import Refused, partitions
from noctiflora.study._engine import Engine
from noctiflora.study._partition import Finished, analyse_partition, load_pile, partition_likelihood
from noctiflora.study._pile import Floats
from noctiflora.study._population import Population, Summary, fit_population, person_effects
from noctiflora.study._settings import Settings, read_settings

OMEGA_SCALE = 0.5
"""Scale of the half-normal of the spread between people, in night-to-night SDs (assumed; 0.2 to 1)."""
STRAIN_SD = 1.0
"""SD of a strain's mean effect where the study gives no prior, in night-to-night SDs (assumed; 0.5 to 2)."""
MOST_LEARNING = 500
"""Most people whose trials teach the time constants. The likelihood of each trial is known to a few hundredths;
of more people those errors add up to a shift of onset and effect that their shrinking SD does not cover (at 2,000
the mean was off by one to two SDs), so the time constants then stay as believed of one person."""
COVARIATE_SD = 0.5
"""SD of the slope per SD of a covariate, in night-to-night SDs (assumed; 0.2 to 1)."""

Tell = Callable[[str, int, int], None]
"""Told what is under way, and how many of how many are done."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StudyResult:
    """What a study says.

    Parameters
    ----------
    settings : Settings
        The study.
    population : Population
        Mean effects, spread between people, kinetics.
    n_people, n_nights : int
        Analysed people, and nights with an outcome.
    refused : tuple of Refused
        What was left out, with reasons.
    failed : tuple of Refused
        Partitions that could not be done; the same command tries them again.
    resumed : int
        Partitions that an earlier run had finished.
    out : Path
        Folder with the effects of the people and the curves of their trials.
    n_of : dict of str to int
        People of each strain.
    data_sha256 : str
        Mark of the data set as it was analysed.
    """

    settings: Settings
    population: Population
    n_people: int
    n_nights: int
    refused: tuple[Refused, ...]
    failed: tuple[Refused, ...]
    resumed: int
    out: Path
    n_of: dict[str, int] = field(default_factory=dict)
    data_sha256: str = ""

    @property
    def caution(self) -> str | None:
        """What to know before the figures of so many people are used; None where there is nothing."""
        if self.n_people <= MOST_LEARNING:
            return None
        return (
            f"More than {MOST_LEARNING} people: the time constants were held as believed of one person, not learned, "
            "and the ranges of the means are too narrow (made-up people: off by about one SD at 2,000)."
        )


def run(dataset: Path, out: Path, machines: Engine, *, tell: Tell) -> StudyResult:
    """Analyse every trial of a data set and pool them; what is finished is never done twice.

    The answer does not depend on how the work was shared out: each partition's numbers come from one
    process, and partitions are summed in the order of their names.

    Parameters
    ----------
    dataset : Path
        Folder with ``study.json`` and ``people/``.
    out : Path
        Folder for results, which all machines can reach.
    machines : Engine
        Where the work runs.
    tell : callable
        Hears of progress.

    Raises
    ------
    FormatError
        If there is no data set, or nobody in it can be analysed.
    ModelError
        If the machines are lost; finished partitions stay.
    """
    settings = read_settings(dataset)
    files = partitions(dataset)
    kept = out / "trials"
    kept.mkdir(parents=True, exist_ok=True)
    answers = machines.map(analyse_partition, files, settings, kept, tell=lambda done, of: tell("trials", done, of))
    finished = [a for a in answers if isinstance(a, Finished)]
    failed = [_failure(f, a) for f, a in zip(files, answers, strict=True) if not isinstance(a, Finished)]
    twice = _twice(finished)
    people = [(name, strain) for f in finished for name, strain in f.people if name not in twice]
    if not people:
        reasons = [*failed, *(r for f in finished for r in f.refused)]
        raise FormatError(
            "nobody in this data set could be analysed",
            where=str(dataset),
            found=f"{reasons[0].where}: {reasons[0].reason}" if reasons else "no people",
            do="correct the data set",
        )
    parts = _Parts(finished=finished, left_out=tuple(sorted(twice)), centre=_centre(finished, len(people)))
    belief = belief_of(settings, sorted({s for _, s in people}), parts)
    count = Counter(strain for _, strain in people)
    share = np.array([count[name] for name in belief.strains]) / len(people)
    population = _population(machines, parts, belief, share, len(people), tell)
    _effects(machines, parts, belief, population, settings, out, tell)
    return StudyResult(
        settings=settings,
        population=population,
        n_people=len(people),
        n_nights=sum(f.n_nights for f in finished),
        refused=(*(r for f in finished for r in f.refused), *twice.values()),
        failed=tuple(failed),
        resumed=sum(f.resumed for f in finished),
        out=out,
        n_of=dict(sorted(count.items())),
        data_sha256=_mark(finished),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """What the second stage needs to know of the first."""

    finished: Sequence[Finished]
    left_out: tuple[str, ...]
    centre: tuple[float, ...]

    @property
    def files(self) -> list[str]:
        return [f.file for f in self.finished if f.people]


def belief_of(settings: Settings, strains: Sequence[str], parts: _Parts) -> Belief:
    """Return the priors of the population of a study."""
    unit = settings.within_sd
    onset, washout = next(f.kinetics for f in parts.finished if f.people)
    return Belief(
        learns_kinetics=sum(len(f.people) for f in parts.finished) <= MOST_LEARNING,
        strains={name: settings.strains.get(name, (0.0, STRAIN_SD * unit)) for name in strains},
        covariates=dict.fromkeys(settings.person_covariates, COVARIATE_SD * unit),
        omega_scale=OMEGA_SCALE * unit,
        onset=onset,
        washout=washout,
    )


def _failure(path: Path, answer: Any) -> Refused:
    if isinstance(answer, NoctifloraError):
        return Refused(where=path.name, reason=str(answer))
    if type(answer).__name__ == "KilledWorker":
        return Refused(where=path.name, reason="each worker that took it died (too little memory?); the rest is done")
    return Refused(
        where=path.name, reason=f"a fault of ours ({type(answer).__name__}); report it with this file's kind"
    )


def _mark(finished: Sequence[Finished]) -> str:
    """Return what tells these partitions' contents from any other."""
    return hashlib.sha256("\n".join(Path(f.file).stem for f in finished).encode()).hexdigest()


def _twice(finished: Sequence[Finished]) -> dict[str, Refused]:
    """Return the people who stand in more than one partition: nobody can say which nights are whose."""
    count = Counter(name for f in finished for name, _ in f.people)
    out = {}
    for name in sorted(n for n, times in count.items() if times > 1):
        where = [f"{f.name} ({strain})" for f in finished for person, strain in f.people if person == name]
        out[name] = Refused(
            where=f"person {name}", reason=f"stands in {' and '.join(where)}; keep each person in one file"
        )
    return out


def _centre(finished: Sequence[Finished], n_people: int) -> tuple[float, ...]:
    sums = np.sum([f.known for f in finished if f.people], axis=0)
    return tuple(float(x) for x in sums / n_people)


def _population(
    machines: Engine, parts: _Parts, belief: Belief, share: Floats, n_people: int, tell: Tell
) -> Population:
    rounds = 0

    def likelihood(rows: Floats) -> Floats:
        nonlocal rounds
        rounds += 1
        tell("population", rounds, 0)
        answers = machines.map(partition_likelihood, parts.files, parts.left_out, belief, parts.centre, rows)
        total = np.zeros(rows.shape[0])
        for answer in answers:
            if isinstance(answer, BaseException):
                raise answer
            total += answer
        return total

    return fit_population(likelihood, belief, n_people=n_people, share=share)


def _effects(
    machines: Engine,
    parts: _Parts,
    belief: Belief,
    population: Population,
    settings: Settings,
    out: Path,
    tell: Tell,
) -> None:
    answers = machines.map(
        _partition_effects,
        parts.files,
        parts.left_out,
        belief,
        parts.centre,
        population,
        settings,
        tell=lambda done, of: tell("people", done, of),
    )
    for answer in answers:
        if isinstance(answer, BaseException):
            raise answer
    pl.concat(answers).write_parquet(out / "people.parquet")


def _partition_effects(
    file: str,
    left_out: tuple[str, ...],
    belief: Belief,
    centre: tuple[float, ...],
    population: Population,
    settings: Settings,
) -> pl.DataFrame:
    pile, names = load_pile(file, left_out, tuple(belief.strains), centre)
    up = settings.outcome.higher_is_better
    found = person_effects(pile, population, belief, useful=settings.useful if up else -settings.useful)
    chances = found[:, 2:] if up else 1.0 - found[:, 2:]
    strains = tuple(belief.strains)
    return pl.DataFrame(
        {
            "person": list(names),
            "strain": [strains[j] for j in pile.strain],
            "mean": found[:, 0],
            "sd": found[:, 1],
            "p_benefit": chances[:, 0],
            "p_useful": chances[:, 1],
        },
        schema_overrides={"person": pl.String, "strain": pl.String},
    )


def result_dict(result: StudyResult) -> dict[str, Any]:
    """Return the result as it is written to ``study.json`` of the out folder."""
    population = result.population
    return {
        "n_people": result.n_people,
        "n_nights": result.n_nights,
        "outcome": result.settings.outcome.value,
        "unit": result.settings.outcome.unit,
        "higher_is_better": result.settings.outcome.higher_is_better,
        "pooled": summary_dict(population.pooled),
        "omega_person": population.omega_person.mean,
        "omega_person_posterior": summary_dict(population.omega_person),
        "strains": {
            name: {**summary_dict(s), "predictive_sd": population.predictive_sd[name]}
            for name, s in population.strains.items()
        },
        "covariates": {name: summary_dict(s) for name, s in population.covariates.items()},
        "kinetics": "learned" if result.caution is None else "held as believed",
        "caution": result.caution,
        "log_tau_on": summary_dict(population.onset),
        "log_tau_off": summary_dict(population.washout),
        "ess": population.points.ess,
        "refused": [{"where": r.where, "reason": r.reason} for r in result.refused],
        "failed": [{"where": r.where, "reason": r.reason} for r in result.failed],
        "data_sha256": result.data_sha256,
        "truth": result.settings.truth or None,
    }


def summary_dict(summary: Summary) -> dict[str, Any]:
    """Return a figure as it is written."""
    return {"mean": summary.mean, "sd": summary.sd, "q": {f"{level:g}": value for level, value in summary.q.items()}}


def write_result(result: StudyResult) -> Path:
    """Write ``study.json`` into the out folder; return its path."""
    path = result.out / "study.json"
    path.write_text(json.dumps(result_dict(result), indent=1), encoding="utf-8")
    return path
