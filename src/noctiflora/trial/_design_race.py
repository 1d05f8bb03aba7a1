"""The race of designs: all are tried on the same people, hopeless ones are left behind early."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from noctiflora.core import RangeError
from noctiflora.trial._arrays import Floats
from noctiflora.trial._design_people import PER_GROUP
from noctiflora.trial._design_plan import Plan
from noctiflora.trial._design_points import Cloud
from noctiflora.trial._design_score import Score, endings, least_threshold, null_scores, summarise
from noctiflora.trial._design_score_two import endings_of_two, summarise_two
from noctiflora.trial._design_trials import Setting
from noctiflora.trial._design_triples import pilot_of, run_group_of
from noctiflora.trial._threshold import ERROR

STAGES = (0.125, 0.25, 0.5, 1.0)
"""Shares of the trials after which designs are compared."""
BEHIND = 2.0
"""Standard errors by which a rival that asks for no more must be ahead (little is lost by an error: it stays)."""
SURE = 3.0
"""Standard errors by which a design must miss what is asked of it."""
KEPT = 3
"""Designs that are never left: the best so far, whatever they promise."""

Progress = Callable[[float], None]
"""Called with the share of the work that is settled, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One design with how its trials end.

    Parameters
    ----------
    plan : Plan
        The design.
    score : Score
        By as many trials as were simulated of it.
    left : str
        Why it was left before all trials were simulated; empty if it was not.
    """

    plan: Plan
    score: Score
    left: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Standing:
    """One design in the middle of the race: what is shown, and the share of right answers of each trial."""

    tried: Tried
    right: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Course:
    """Chances in the trials of designs that differ in their looks only."""

    plan: Plan
    ends: tuple[int, ...]
    cloud: Cloud
    chances: Floats


def race(
    setting: Setting,
    plans: Sequence[Plan],
    *,
    least: float = 0.0,
    early: bool = True,
    workers: int = 1,
    progress: Progress | None = None,
) -> tuple[Tried, ...]:
    """Try designs on the same people.

    After an eighth, a quarter and half of the trials a design is left if another one, with no more
    nights and no more capsules, ends right more often by more than 2 standard errors of the
    paired difference; or if it ends right less often than `least` by more than 3 standard errors,
    unless it is among the best three.

    Parameters
    ----------
    setting : Setting
        Priors and people.
    plans : sequence of Plan
        Designs, all different.
    least : float
        Share of trials with a right answer below which nobody would take a design.
    early : bool
        Whether to leave designs early.
    workers : int
        Threads; the result does not depend on them.
    progress : callable or None
        Told how far the race is.

    Returns
    -------
    tuple of Tried
        In the order of `plans`.

    Raises
    ------
    RangeError
        If there is no worker.
    """
    if workers < 1:
        raise RangeError("a race needs a worker", where="race, workers", found=str(workers))
    n_groups = setting.people.n_groups
    courses = {_base(plan): _start(setting, plan, plans) for plan in plans} if workers == 1 else {}
    with ThreadPoolExecutor(max_workers=workers) as pool:
        if not courses:
            bases = list(dict.fromkeys(map(_base, plans)))
            courses = dict(zip(bases, pool.map(lambda b: _start(setting, b, plans), bases), strict=True))
        total, done = n_groups * len(courses), 0
        found: dict[Plan, _Standing] = {}
        alive, first = list(plans), 0
        for share in STAGES if early else STAGES[-1:]:
            last = max(round(share * n_groups), 1)
            going = [courses[base] for base in dict.fromkeys(map(_base, alive))]
            for course in pool.map(lambda c, a=first, b=last: _run(setting, c, a, b), going):
                courses[course.plan] = course
                done += last - first
                if progress is not None:
                    progress(min(done / total, 1.0))
            found.update({plan: _judge(setting, courses[_base(plan)], plan) for plan in alive})
            if last < n_groups and last > first:
                alive = _leave(alive, found, least)
                done = total - (n_groups - last) * len(dict.fromkeys(map(_base, alive)))
            first = last
    return tuple(found[plan].tried for plan in plans)


def try_one(setting: Setting, plan: Plan) -> Score:
    """Return how all trials of one design end."""
    return race(setting, (plan,), early=False)[0].score


def _base(plan: Plan) -> Plan:
    return replace(plan, n_looks=0)


def _start(setting: Setting, plan: Plan, plans: Sequence[Plan]) -> _Course:
    base = _base(plan)
    ends = tuple(sorted({end for other in plans if _base(other) == base for end in other.ends}))
    nothing = np.empty((len(ends), 2, 0, 3 * plan.products))
    return _Course(plan=base, ends=ends, cloud=pilot_of(setting, base), chances=nothing)


def _run(setting: Setting, course: _Course, first: int, last: int) -> _Course:
    """Return the course with the groups from `first` up to `last` added."""
    more = [run_group_of(setting, course.plan, g, course.cloud, course.ends) for g in range(first, last)]
    return replace(course, chances=np.concatenate([course.chances, *more], axis=2))


def _judge(setting: Setting, course: _Course, plan: Plan) -> _Standing:
    """Return how the trials simulated so far end under the looks of `plan`."""
    chances = course.chances[[course.ends.index(end) for end in plan.ends]]
    null = null_scores(chances[:, 1])
    c = least_threshold(null, ERROR)
    n, people = chances.shape[2], setting.people
    if setting.second is None or people.second is None:
        ended = endings(chances[:, 0], c, people.theta[:n], setting.priors)
        score = summarise(plan, ended, null, c)
        return _Standing(tried=Tried(plan=plan, score=score), right=ended.right.astype(np.float64))
    effects = (people.theta[:n], people.second.theta[:n])
    two = endings_of_two(chances[:, 0], c, effects, (setting.priors, setting.second))
    right = np.stack([one.right for one in two]).mean(axis=0)
    return _Standing(tried=Tried(plan=plan, score=summarise_two(plan, two, null, c)), right=right)


def _leave(alive: list[Plan], found: dict[Plan, _Standing], least: float) -> list[Plan]:
    """Return the designs that stay; tell in `found` why the others do not."""
    best = sorted(alive, key=lambda plan: -found[plan].tried.score.right)[:KEPT]
    stay = []
    for plan in alive:
        why = "" if plan in best else _why(plan, alive, found, least)
        if why:
            found[plan] = replace(found[plan], tried=replace(found[plan].tried, left=why))
        else:
            stay.append(plan)
    return stay


def _why(plan: Plan, alive: Sequence[Plan], found: Mapping[Plan, _Standing], least: float) -> str:
    own = found[plan]
    score = own.tried.score
    n = score.n
    # a share of 0 in few trials is not certain: one ending more either way is always allowed for
    if score.right + SURE * max(score.error, 1 / n) < least:
        return "too seldom a right answer"
    for other in alive:
        rival = found[other].tried.score
        if other == plan or rival.nights > score.nights or other.capsules > plan.capsules:
            continue
        ahead = found[other].right - own.right
        if ahead.mean() > BEHIND * max(float(ahead.std()) / np.sqrt(n), 1 / n):
            return f"behind {other.label}"
    return ""


def groups_of(n: int) -> int:
    """Return `n` trials rounded up to whole groups."""
    return -(-n // PER_GROUP) * PER_GROUP
