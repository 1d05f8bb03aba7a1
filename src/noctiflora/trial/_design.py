"""The search for designs: which trials could answer, at what price, and whether any is worth it."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from scipy.special import ndtr

from noctiflora.core import RangeError
from noctiflora.trial._design_noise import NoiseBelief
from noctiflora.trial._design_people import draw_people
from noctiflora.trial._design_plan import WEEKS, Plan, candidates
from noctiflora.trial._design_race import Progress, Tried, groups_of, race, try_one
from noctiflora.trial._design_score import Score
from noctiflora.trial._design_trials import Setting
from noctiflora.trial._priors import Prior, Priors
from noctiflora.trial._rules import HOPELESS, judge, sceptical
from noctiflora.trial._verdict import Word

LEAST = 1 / 3
"""Share of trials that must end in a right answer to be worth it (assumed, 0.2 to 0.8; the person says)."""
MOST_WRONG = 0.10
"""Largest share of wrong answers that is accepted (assumed, 0.05 to 0.2)."""
SEED, FRESH_SEED = 20240304, 20240305
"""Seeds of the people designs are chosen by, and of those by which their scores are told."""
SEARCHING = 0.8
"""Share of the work that the search is, for the progress told."""
TRIALS = 400
"""Simulated trials of each design; Monte-Carlo error of a share at most 0.025."""
LOOKS = (0, 2)
"""Numbers of looks that are tried."""
STEADIER = 0.5
"""Factor on the night-to-night spread in the question "what if the outcome were steadier?"."""
NAIVE = 7
"""Nights of a period when one switches every week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What is known before the first night.

    Parameters
    ----------
    p_benefit, p_useful : float
        Chance that the effect is above none, above the useful amount: what trials lead one to
        expect, the informative part of the prior alone.
    useful_is_unlikely : bool
        Whether `p_useful` is below 0.10: what the person calls useful is more than trials suggest.
    word : Word
        What the rules of the verdict would say with no night at all, under the whole prior.
    """

    p_benefit: float
    p_useful: float
    useful_is_unlikely: bool
    word: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """The best design tried again with one thing changed.

    Parameters
    ----------
    change : str
        What is changed: ``steadier``, ``longer``, ``useful larger``, ``useful smaller``.
    plan : Plan
        The design, which differs from the best one only in ``longer``.
    useful : float
        The useful amount.
    score : Score
        How its trials end then.
    """

    change: str
    plan: Plan
    useful: float
    score: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Designs:
    """The answer of the search.

    Parameters
    ----------
    before : Before
        What is known before the first night.
    frontier : tuple of Tried
        Designs of which no other ends right as often with no more nights and no more capsules,
        the shortest first; shares count in whole per cent.
    accepted : tuple of Tried
        Those of the frontier that are worth it to the person; empty: no design can answer this.
    tried : tuple of Tried
        All that were tried.
    naive : Tried
        Switching every week for as long as the best design, for comparison; not offered.
    remedies : tuple of Remedy
        What would help, where nothing is accepted.
    best : Tried
        The one that ends right most often.
    other_blinding : Score or None
        The best design with the arm known where it was searched blinded, and blinded where it was
        searched with the arm known; None where knowing was given no effect.
    blinded : bool
        Whether the designs were searched as blinded.
    noise : NoiseBelief
        The noise they were tried with.
    useful, least : float
        The useful amount; the least share of right answers.
    n : int
        Simulated trials of each design.
    before_second : Before or None
        What is known of a second product; then all designs have three arms.
    """

    before: Before
    frontier: tuple[Tried, ...]
    accepted: tuple[Tried, ...]
    tried: tuple[Tried, ...]
    naive: Tried
    remedies: tuple[Remedy, ...]
    best: Tried
    other_blinding: Score | None
    blinded: bool
    noise: NoiseBelief
    useful: float
    least: float
    n: int
    before_second: Before | None = None


def design(
    priors: Priors,
    noise: NoiseBelief,
    *,
    max_weeks: float = WEEKS[-1],
    max_capsules: int | None = None,
    n_looks: Sequence[int] = LOOKS,
    least: float = LEAST,
    n: int = TRIALS,
    known: Prior | None = None,
    blinded: bool = True,
    second: Priors | None = None,
    plans: Sequence[Plan] | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Designs:
    """Search the designs of a personal trial.

    Every design is tried on the same simulated people: effects as trials lead one to expect,
    kinetics from their priors, noise as the run-in tells. Each trial passes through the analysis
    and the rules of the verdict, with "helps" needing what keeps false alarms at 5 % for this
    design. With a second product the designs have three arms, triples of periods in which both share one
    comparator; each product has its answer, "helps" is held to 5 % false alarms of either, and what one does is
    taken to tell nothing of the other.

    No night is dropped: the model knows that a product builds up and washes out, and learns how fast; a
    longer period without product serves as wash-out.

    Outcomes are simulated as normal on the scale they are analysed on (`Priors.transform`), in
    natural units at the person's own mean; heavy tails and the steps of a rating are not simulated.

    The designs that come out best are tried again on fresh people, and what is told of them is
    from these: of many designs the best looks better than it is on the people it was chosen by.

    Parameters
    ----------
    priors : Priors
        From `priors_for`: with effect, useful amount, level and spread.
    noise : NoiseBelief
        From `learn_noise`.
    max_weeks, max_capsules : float, int or None
        What the person accepts.
    n_looks : sequence of int
        Numbers of looks to try.
    least : float
        Least share of trials with a right answer that makes one worth it, 0 to 1.
    n : int
        Simulated trials of each design, rounded up to whole groups of 25.
    known : Prior or None
        What knowing the arm does by itself, in the outcome's unit and sign.
    blinded : bool
        False searches designs in which the person knows the arm; needs `known`.
    second : Priors or None
        Of a second product on the same outcome: only its effect, useful amount and kinetics are used.
    plans : sequence of Plan or None
        Designs to try in place of `candidates`.
    workers : int
        Threads; the answer does not depend on them.
    progress : callable or None
        Called with the share of the work that is settled.

    Returns
    -------
    Designs

    Raises
    ------
    DesignError
        If no design fits within what the person accepts.
    RangeError
        If a number is out of range or the priors lack what a design needs.
    """
    for one in (priors,) if second is None else (priors, second):
        _check(one, least, n, known, blinded)
    products = 1 if second is None else 2
    if plans is None:
        plans = candidates(max_weeks=max_weeks, max_capsules=max_capsules, n_looks=n_looks, products=products)
    if any(plan.products != products for plan in plans):
        raise RangeError(f"these designs are of {products} products", where="design, plans")
    n = groups_of(n)
    nights = max(7 * WEEKS[-1], *(2 * plan.n_nights for plan in plans))
    knowing = None if blinded else known
    setting = _setting(SEED, priors, noise, n, nights, knowing, second)
    tried = race(setting, plans, least=least, workers=workers, progress=_part(progress, 0.0, SEARCHING))
    fresh = _setting(FRESH_SEED, priors, noise, n, nights, knowing, second)
    again = [one.plan for one in frontier(tried)]
    told = race(fresh, again, early=False, workers=workers, progress=_part(progress, SEARCHING, 1.0))
    best = max(told, key=lambda one: one.score.right)
    front = frontier(told)
    accepted = tuple(t for t in front if t.score.right >= least and t.score.wrong <= MOST_WRONG)
    other = known if blinded else None
    return Designs(
        before=look_before(priors),
        frontier=front,
        accepted=accepted,
        tried=tried,
        naive=_naive(fresh, best.plan),
        remedies=() if accepted else _remedies(fresh, noise, best.plan),
        other_blinding=None
        if known is None
        else try_one(_setting(FRESH_SEED, priors, noise, n, nights, other, second), best.plan),
        best=best,
        blinded=blinded,
        noise=noise,
        useful=priors.useful,
        least=least,
        n=n,
        before_second=None if second is None else look_before(second),
    )


def look_before(priors: Priors) -> Before:
    """Return what is known before the first night.

    Parameters
    ----------
    priors : Priors
        With the effect, its vague part, and the useful amount.
    """
    parts = [(p.weight, p.mean, p.sd) for p in priors.theta or ()]
    good, worth = _above(priors, parts, 0.0), _above(priors, parts, priors.useful)
    word = judge(
        p_benefit=_above(priors, priors.parts, 0.0),
        p_useful=_above(priors, priors.parts, priors.useful),
        p_sceptical=_above(priors, sceptical(priors).parts, 0.0),
        threshold=1.0,
    )
    return Before(p_benefit=good, p_useful=worth, useful_is_unlikely=worth < HOPELESS, word=word)


def frontier(tried: Sequence[Tried]) -> tuple[Tried, ...]:
    """Return the designs that no other one matches with no more nights and no more capsules, the shortest first."""
    finished = sorted(
        (t for t in tried if not t.left), key=lambda t: (-_percent(t), t.score.nights, t.plan.capsules, t.plan.n_looks)
    )
    kept: list[Tried] = []
    for one in finished:
        if not any(k.score.nights <= one.score.nights and k.plan.capsules <= one.plan.capsules for k in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda t: (t.score.nights, t.plan.capsules)))


def _percent(tried: Tried) -> int:
    return round(100 * tried.score.right)


def _above(priors: Priors, parts: Sequence[tuple[float, float, float]], amount: float) -> float:
    sign = 1.0 if priors.higher_is_better else -1.0
    return float(sum(w * ndtr((sign * m - amount) / s) for w, m, s in parts))


def _naive(setting: Setting, best: Plan) -> Tried:
    n = best.products
    plan = Plan(on=NAIVE, off=NAIVE, pairs=max(round(best.n_nights / ((n + 1) * NAIVE)), 1), products=n)
    return Tried(plan=plan, score=try_one(setting, plan))


def _setting(
    seed: int,
    priors: Priors,
    noise: NoiseBelief,
    n: int,
    nights: int,
    known: Prior | None,
    second: Priors | None,
) -> Setting:
    people = draw_people(seed, priors, noise, n=n, n_nights=nights, known=known, second=second)
    return Setting(priors=priors, people=people, known=known, second=second)


def _part(progress: Progress | None, first: float, last: float) -> Progress | None:
    """Return the progress of one part of the work as progress of the whole."""
    if progress is None:
        return None
    return lambda share: progress(first + (last - first) * share)


def _remedies(setting: Setting, noise: NoiseBelief, best: Plan) -> tuple[Remedy, ...]:
    """Return the best design under each change, simulated anew."""
    n, nights = setting.people.noise.shape
    changes: tuple[tuple[str, Callable[[Priors], Priors]], ...] = (
        ("steadier", _steadier),
        ("longer", lambda same: same),
        ("useful larger", lambda one: replace(one, useful=2 * one.useful)),
        ("useful smaller", lambda one: replace(one, useful=one.useful / 2)),
    )
    found = []
    for change, changed in changes:
        plan = replace(best, pairs=2 * best.pairs) if change == "longer" else best
        own = noise.steadier(STEADIER) if change == "steadier" else noise
        priors, second = changed(setting.priors), None if setting.second is None else changed(setting.second)
        score = try_one(_setting(FRESH_SEED, priors, own, n, nights, setting.known, second), plan)
        found.append(Remedy(change=change, plan=plan, useful=priors.useful, score=score))
    return tuple(found)


def _steadier(priors: Priors) -> Priors:
    spread = priors.hyper["log_sigma"]
    return replace(
        priors,
        hyper={**priors.hyper, "log_sigma": Prior(mean=spread.mean + math.log(STEADIER), sd=spread.sd)},
        vague_sd=None if priors.vague_sd is None else STEADIER * priors.vague_sd,
    )


def _check(priors: Priors, least: float, n: int, known: Prior | None, blinded: bool) -> None:
    if not priors.useful > 0:
        raise RangeError("a design needs the useful amount", where="design, useful", found=f"{priors.useful:g}")
    needed = {"mu", "trend"} - priors.coefficients.keys()
    if needed or "log_sigma" not in priors.hyper or priors.vague_sd is None or priors.theta is None:
        raise RangeError(
            "these priors leave something to the data, and a design has none", where="design, priors",
            do="start from priors_for with the level of the run-in",
        )  # fmt: skip
    if priors.coefficients["mu"].sd == 0:
        raise RangeError("the level cannot be fixed", where="design, mu", do="give its prior an sd above 0")
    if not 0 <= least <= 1:
        raise RangeError("a share lies between 0 and 1", where="design, least", found=str(least))
    if n < 100:
        raise RangeError("fewer than 100 simulated trials tell nothing", where="design, n", found=str(n))
    if not blinded and known is None:
        raise RangeError("an open trial needs what knowing does by itself", where="design, known")
