"""Asks the axis model what four changes would do in some weeks, beside what trials say."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from noctiflora.actions._calibrate_strain import calibrate_strain
from noctiflora.actions._evidence_summary import evidence_summary
from noctiflora.actions._what_if_day import ModelDay, hypotheses, what_if_day
from noctiflora.axis import (
    COMPLAINT,
    EVENING_LUX,
    Calibration,
    Cohort,
    Evening,
    Intervention,
    Kind,
    Strain,
    cohort,
    with_timing,
)
from noctiflora.core import Source
from noctiflora.evidence import Evidence, OptionEntry, load, load_options
from noctiflora.report import Change, Range, WeekCourse, WhatIf, WhatIfRow

WEEKS = 8
PEOPLE = 32
CALIBRATED_ON = 32
"""People of the virtual trial that sets the potency; with 150 it differs by less than a fifth of its interval."""
SEED = 0
THREADS = 2
BED_H, DINNER_H = 23.0, 17.5
SAME_MIN, SAME_POINTS = 1.0, 0.1
"""Differences called none: both lie far below what a diary or questionnaire resolves (assumed)."""
GUILDS = ("butyrate_guild", "gaba_guild", "histamine_guild", "opportunists")
FIGURES = ("tst_min", "psqi", "dlmo_h", "arousal", *GUILDS)
Values = NDArray[np.float64]


def what_if(
    *,
    option: str | None = None,
    evidence: Evidence | None = None,
    weeks: int = WEEKS,
    people: int = PEOPLE,
    seed: int = SEED,
) -> WhatIf | None:
    """Return what the model says of a fixed bedtime, an earlier dinner, dim evenings and a strain.

    Nothing of the person enters but the name of what is tried, so that nothing of a sealed trial
    can show. Nothing of the answer enters an option, a prior or a verdict.

    Parameters
    ----------
    option : str, optional
        Name of an option, as listed; one without pooled trials stands for an untested strain.
    evidence : Evidence, optional
        What the strain's potency is set by, as from `gather_evidence`; by default the packaged tables.
    weeks : int
        After which the difference is read, 1 to 52.
    people : int
        Drawn people with a sleep complaint, 2 or more.
    seed : int
        The same seed gives the same people.

    Returns
    -------
    WhatIf or None
        None if the drawn day or half of the runs leave the range that a body can have.
    """
    entry = next((e for e in load_options() if option is not None and e.name == option and e.evidence_key), None)
    return _what_if(None if entry is None else entry.evidence_key, evidence or load(), weeks, people, seed)


@lru_cache(maxsize=16)
def _what_if(strain: str | None, evidence: Evidence, weeks: int, people: int, seed: int) -> WhatIf | None:
    """Run the model once for each question: the answer depends on nothing else."""
    potency = potency_of(strain, evidence, seed)
    changes = {
        "bed": Intervention(kind=Kind.BEDTIME, dose=BED_H),
        "dinner": Intervention(kind=Kind.DINNER, dose=DINNER_H),
        "light": Intervention(kind=Kind.EVENING_LIGHT, dose=EVENING_LUX[Evening.DIM]),
    }
    top = max(abs(potency.interval[0]), abs(potency.interval[1]))
    doses = {"half": dose_of(potency, top / 2), "top": dose_of(potency, top)}
    arms = {"no change": (), **{k: (v,) for k, v in {**changes, **doses}.items()}}
    population = with_timing(COMPLAINT)
    run = cohort(people, weeks=weeks, population=population, arms=arms, seed=seed, figures=FIGURES, threads=THREADS)
    day = what_if_day((changes["light"],), seed=seed)
    kept = np.asarray(~run.failed.any(axis=0), dtype=np.bool_)
    if 2 * int(kept.sum()) <= people or day is None:
        return None
    levels = draw_potencies(potency, people, seed)[kept]
    found = _Run(cohort=run, kept=kept, potency=potency, shares=levels / top, tested=strain is not None)
    return _gather(found, day, evidence)


@lru_cache(maxsize=64)
def potency_of(strain: str | None, evidence: Evidence, seed: int) -> Calibration:
    """Return the potency of a strain, by what is known of it; kept, because many questions share it."""
    return calibrate_strain(strain, evidence=evidence, people=CALIBRATED_ON, seed=seed, threads=THREADS)


def dose_of(potency: Calibration, value: float) -> Intervention:
    """Return the preparation at one value of its lever."""
    if potency.lever == "fibre_g_d":
        return Intervention(kind=Kind.PHGG, dose=value)
    live = potency.lever == "vX"
    kind = Kind.LIVE_STRAIN if live else Kind.HEAT_KILLED
    return Intervention(kind=kind, dose=1.0, strain=Strain(name=potency.subject, potency=value, live=live))


def draw_potencies(potency: Calibration, people: int, seed: int) -> Values:
    """Return one potency a person: even quantiles of its range, taken as normal, in a drawn order."""
    low, high = potency.interval
    spread = NormalDist(potency.value, max((high - low) / (2 * NormalDist().inv_cdf(0.975)), 1e-9))
    even = np.array([spread.inv_cdf((k + 0.5) / people) for k in range(people)])
    if potency.lever == "fibre_g_d":
        even = np.maximum(even, 0.0)
    return np.random.Generator(np.random.Philox(key=[seed, people])).permutation(even)


def at_potency(half: Values, top: Values, share: Values) -> Values:
    """Return differences at a share of the top potency, on the parabola through zero, half and top.

    Parameters
    ----------
    half, top : array (people, weeks)
        Differences at half of the top potency and at the top.
    share : array (people,)
        Potency over the top one; below zero the parabola is carried on.

    Examples
    --------
    >>> at_potency(np.array([[1.0]]), np.array([[2.0]]), np.array([-0.5]))
    array([[-1.]])
    """
    s = share[:, None]
    return np.asarray((4 * half - top) * s + (2 * top - 4 * half) * s * s, dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Run:
    """The cohort with who counts in it, and how strongly the strain acts in each."""

    cohort: Cohort
    kept: NDArray[np.bool_]
    potency: Calibration
    shares: Values
    tested: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Differences:
    """Differences from no change of each figure, array (runs, weeks), by change."""

    of: Mapping[str, Mapping[str, Values]]


def _differences(run: Cohort, kept: NDArray[np.bool_], shares: Values) -> _Differences:
    at = {name: k for k, name in enumerate(run.arms)}
    raw = {arm: {f: run.weekly[f][k][kept] - run.weekly[f][0][kept] for f in FIGURES} for arm, k in at.items() if k > 0}
    strain = {f: at_potency(raw["half"][f], raw["top"][f], shares) for f in FIGURES}
    return _Differences(of={**{k: raw[k] for k in ("bed", "dinner", "light")}, "strain": strain})


def _gather(run: _Run, day: ModelDay, evidence: Evidence) -> WhatIf:
    found = _differences(run.cohort, run.kept, run.shares)
    name = _strain_name(run.potency, run.tested)
    return WhatIf(
        weeks=run.cohort.weekly["psqi"].shape[2],
        runs=int(run.kept.sum()),
        left_out=int((~run.kept).sum()),
        people=(
            f"It was run for {len(run.kept)} people drawn with a sleep complaint, who go to bed around "
            f"{_bed_middle()}, stay 8 hours and dine at 19:00; they differ in traits and in the assumed constants that "
            "set the pace over weeks. They are not you: nothing of your nights went in."
        ),
        rows=_rows(found, run.potency, name, evidence),
        hours=day.hours,
        lanes=day.lanes,
        day_change="dim evenings",
        day_caption=day.caption,
        courses=_courses(found.of["strain"]),
        course_change=f"{name[:1].lower()}{name[1:]}",
        potency=potency_words(run.potency),
        n_hypotheses=len(hypotheses()),
        seed=run.cohort.seed,
    )


def _bed_middle() -> str:
    minutes = round(60 * COMPLAINT.bed_h.middle)
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def _rows(found: _Differences, potency: Calibration, name: str, evidence: Evidence) -> tuple[WhatIfRow, ...]:
    options = {e.key: e for e in load_options()}
    dim, typical = EVENING_LUX[Evening.DIM], EVENING_LUX[Evening.TYPICAL]
    lux = Source(ref="assumed", note="effective lux of the model's evenings, 3 to 500; not the reading of a meter")
    return (
        _row(
            found,
            "bed",
            "Lights out at 23:00",
            "Every night, rising as before: those who went earlier lose time in bed, others win it.",
            options["regular-wake-time"],
        ),
        _row(found, "dinner", "Dinner at 17:30", "In place of 19:00; other meals stay.", options["earlier-dinner"]),
        _row(
            found,
            "light",
            "Dim evenings",
            f"{dim:.0f} in place of {typical:.0f} effective lux from 18:00, set so that the clock moves as it did "
            "between a usual and a dim home; bed and rising stay. The clock moves earlier, so the model wakes before "
            "rising time. Going to bed earlier too was not asked.",
            options["dim-evening"],
            lux,
        ),
        _strain_row(found, potency, name, evidence),
    )


def _row(found: _Differences, key: str, name: str, detail: str, option: OptionEntry, *further: Source) -> WhatIfRow:
    figures = found.of[key]
    return WhatIfRow(
        name=name,
        detail=detail,
        sleep=_change(figures["tst_min"][:, -1], SAME_MIN),
        gain=_change(-figures["psqi"][:, -1], SAME_POINTS),
        clock_min=60 * float(np.median(figures["dlmo_h"][:, -1])),
        trials=f"No effect on this score is pooled here. {option.name}: {option.known} Not known: {option.not_known}",
        sources=(*option.sources, *further),
    )


def _strain_row(found: _Differences, potency: Calibration, name: str, known: Evidence) -> WhatIfRow:
    figures, evidence = found.of["strain"], evidence_summary(known)
    printed = evidence.review_psqi
    gain = None if printed is None else Range(middle=-printed.mean, low=-printed.high, high=-printed.low)
    words = "No pooled effect is at hand."
    if gain is not None:
        people = "" if evidence.n_people is None else f", {evidence.n_people} people"
        trials = "" if evidence.n_trials is None else f", {evidence.n_trials} trials"
        words = (
            f"Probiotics taken together{trials}{people}: {gain.middle:.2f} points gained on average over people "
            f"({gain.low:.2f} to {gain.high:.2f}, 95 of 100). Pooled minutes of sleep: not known."
        )
    subject = potency.subject[:1].upper() + potency.subject[1:]
    return WhatIfRow(
        name=name,
        detail=f"{subject}, daily. Set to act as trials pooled it, so no new size.",
        sleep=_change(figures["tst_min"][:, -1], SAME_MIN),
        gain=_change(-figures["psqi"][:, -1], SAME_POINTS),
        clock_min=60 * float(np.median(figures["dlmo_h"][:, -1])),
        trials=words,
        trials_gain=gain,
        sources=(*evidence.sources, *potency.sources),
    )


def _strain_name(potency: Calibration, tested: bool) -> str:
    if potency.lever == "fibre_g_d":
        return "This fibre"
    return "This strain" if tested else "A strain without trials"


def potency_words(potency: Calibration) -> str:
    """Return how strongly a preparation acts in the model and where this comes from, in sentences."""
    (low, high), (best, worst) = potency.interval, (-potency.target_interval[0], -potency.target_interval[1])
    unit = "g a day" if potency.lever == "fibre_g_d" else "in the model’s own units"
    cut = " The range was cut where the model has no meaning." if potency.at_bound else ""
    return (
        f"How strongly it acts was set so that a virtual trial shows what trials pooled for {potency.subject}: "
        f"{-potency.target:.1f} points ({worst:.1f} to {best:.1f}, 95 of 100). That takes {potency.value:.3f} "
        f"({low:.3f} to {high:.3f}) {unit}, and each run draws its own strength from this range.{cut} So the size is "
        "the trials’, handed back; only the time course is the model’s, and it rests on assumed constants."
    ).replace("-", "−")


def _change(values: Values, same: float) -> Change:
    return Change(
        range=_range(values),
        better=int((values > same).sum()),
        worse=int((values < -same).sum()),
        same_within=same,
    )


def _range(values: Values) -> Range:
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95)) + 0.0
    return Range(middle=float(middle), low=float(low), high=float(high))


def _courses(figures: Mapping[str, Values]) -> tuple[WeekCourse, ...]:
    panels = (
        ("PSQI points gained", "0 to 21 points", "psqi", -1.0),
        ("Arousal lowered by", "the model’s own units", "arousal", -1.0),
        ("Butyrate makers", "% of the reference", "butyrate_guild", 100.0),
        ("GABA makers", "% of the reference", "gaba_guild", 100.0),
        ("Histamine makers", "% of the reference", "histamine_guild", 100.0),
        ("Opportunists", "% of the reference", "opportunists", 100.0),
    )
    out = []
    for name, unit, figure, factor in panels:
        low, middle, high = (np.quantile(factor * figures[figure], (0.05, 0.5, 0.95), axis=0) + 0.0).tolist()
        out.append(WeekCourse(name=name, unit=unit, low=tuple(low), middle=tuple(middle), high=tuple(high)))
    return tuple(out)
