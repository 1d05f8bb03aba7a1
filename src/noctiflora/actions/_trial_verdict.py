"""Says what the locked season says: the word, the sentence, and what they rest on."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from noctiflora.actions._keep_trial import KeptTrial, kept_trials
from noctiflora.actions._trial_record import TrialRecord, TrialState
from noctiflora.actions._trial_result import SeasonResult, season_result
from noctiflora.actions._veil import veil_lifted_on
from noctiflora.core import DesignError, NotFound
from noctiflora.store import Store
from noctiflora.trial import (
    Arm,
    Marginal,
    Posterior,
    Prior,
    Word,
    doses_taken,
    of_100,
    order_text,
    posterior_dict,
)

NEXT: Mapping[Word | None, str] = {
    Word.HELPS: "You can go on taking it; look again in some months, and tell who looks after your health.",
    Word.DOES_NOT_HELP: "You can stop buying it. The next option, or trying nothing new, is as good a choice.",
    Word.CANNOT_TELL: "A steadier outcome, a longer trial or another option could tell more; trying nothing is "
    "fine too.",
    Word.STOP: "Stop taking it. If your sleep or health got worse, see someone who looks after your health.",
    None: "The nights could not be analysed to the end; keep recording, or ask someone who knows such analyses.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictLine:
    """One line of what is told."""

    what: str
    value: str


def verdict_of_last(store: Store) -> tuple[KeptTrial, SeasonResult]:
    """Return the season locked last, with what it says.

    Raises
    ------
    NotFound
        If there is no season at all.
    DesignError
        If none is locked: before the lock no effect is shown.
    """
    every = kept_trials(store)
    if not every:
        raise NotFound("there is no trial yet", where="trial", do="start one: noctiflora trial start")
    locked = [kept for kept in every if kept.record.state is TrialState.LOCKED]
    if not locked or every[-1].record.state is TrialState.KEY_LOST:
        lost = every[-1].record.state is TrialState.KEY_LOST
        raise DesignError(
            "this trial ended unblinded by key loss: its order is unknown, so no effect can be told; its data are kept"
            if lost
            else "no effect is shown before the lock",
            where="trial verdict",
            do="take your nights out with: noctiflora export"
            if lost
            else "after the last night: noctiflora trial lock",
        )
    return locked[-1], season_result(locked[-1].record)


def verdict_document(record: TrialRecord, found: SeasonResult) -> dict[str, object]:
    """Return the verdict with all analyses as JSON values."""
    verdict, plan, lifted = found.verdict, record.plan, veil_lifted_on(record)
    return {
        "word": None if verdict.word is None else verdict.word.value,
        "reason": verdict.reason,
        "next": NEXT[verdict.word],
        "threshold": verdict.threshold,
        "outcome": plan.outcome.value,
        "unit": plan.outcome.unit,
        "useful": plan.useful,
        "p_benefit": {
            "evidence": verdict.p_benefit_evidence,
            "sceptical": verdict.p_benefit_sceptical,
            "vague": verdict.p_benefit_vague,
        },
        "p_useful": found.evidence.p_useful,
        "p_harm": found.evidence.p_harm,
        "after_28_nights": {
            "effect": _marginal(found.after_28.effect),
            "p_useful": found.after_28.p_useful,
        },
        "analyses": {name: posterior_dict(p) for name, p in _analyses(found).items()},
        "kinetics_nights": {
            name: {"prior": _nights(found.priors.hyper[f"log_{name}"]), "posterior": _nights_of(found, f"log_{name}")}
            for name in ("tau_on", "tau_off")
        },
        "blinding": [
            {
                "arm": b.arm.value,
                "right": b.right,
                "wrong": b.wrong,
                "do_not_know": b.do_not_know,
                "bang": b.index,
                "sd": b.sd,
            }
            for b in found.blinding
        ],
        "blinded": plan.blinded,
        "opened_early": record.opened_early,
        "veil_lifted_on": None if lifted is None else lifted.isoformat(),
        "doses_taken": found.doses_taken,
        "doses_planned": found.doses_planned,
        "doses_not_logged": doses_not_logged(record, found),
        "nights": int(found.series.n_nights),
        "nights_missing": int(found.series.n_missing),
        "missing_by_arm": _missing_document(found),
        "order": "" if record.order is None else order_text(record.order.arms),
        "codes": list(plan.codes),
        "commitment": None if record.sealed is None else record.sealed.commitment,
        "told_before": dict(record.told_before),
        "secondary": _secondary_document(record, found),
        "circumstances": {
            "used": {name: {"nights_filled_in": n} for name, n in found.circumstances.filled.items()},
            "left_out": dict(found.circumstances.left_out),
        },
    }


def verdict_lines(record: TrialRecord, found: SeasonResult) -> tuple[VerdictLine, ...]:
    """Return the verdict in plain lines, the answer first."""
    plan, unit = record.plan, record.plan.outcome.unit
    word = "none" if found.verdict.word is None else found.verdict.word.value
    lines = [
        ("Verdict", f"{word}. {found.verdict.reason}"),
        ("What now", NEXT[found.verdict.word]),
        *_weakened(record),
        (
            "Chances",
            f"of benefit {of_100(found.evidence.p_benefit)}, of {plan.useful:g} {unit} or more "
            f"{of_100(found.evidence.p_useful)}, of harm {of_100(found.evidence.p_harm)}",
        ),
        (
            "After 28 nights of full dose",
            f"{_range(found.after_28.effect, unit, better=plan.outcome.higher_is_better)}; chance of the useful "
            "amount by then "
            f"{of_100(found.after_28.p_useful)}",
        ),
        *((name, _short(p, unit)) for name, p in _analyses(found).items()),
        *_kinetics(found),
        *_secondary(record, found),
        ("Allowed for", circumstances_told(found)),
        ("Doses", doses_told(record, found)),
        ("Nights", f"{found.series.n_nights}, {found.series.n_missing} of them without a value"),
        *_missing(found),
        ("Guesses", _guesses(found) if plan.blinded else "the order was known; the analysis allows for belief"),
    ]
    if record.told_before:
        lines.append(("What the design could tell, of 100 such trials", foreseen_told(record.told_before)))
    return tuple(VerdictLine(what=what, value=value) for what, value in lines)


def _weakened(record: TrialRecord) -> list[tuple[str, str]]:
    """Return what takes weight from the verdict, to be read right after it."""
    lines = []
    lifted = veil_lifted_on(record)
    if lifted is not None:
        lines.append(
            ("Note", f"the nights were looked at from {lifted} on, which feeds expectation; this counts for less")
        )
    if record.opened_early:
        lines.append(("Note", "the order was opened before the end; nights after that do not count"))
    return lines


def doses_told(record: TrialRecord, found: SeasonResult) -> str:
    """Return how many doses were taken, and what became of those that nobody logged."""
    silent = doses_not_logged(record, found)
    told = f"{found.doses_taken} of {found.doses_planned} logged as taken"
    return f"{told}; {silent} not logged, analysed as if taken as planned" if silent else told


def doses_not_logged(record: TrialRecord, found: SeasonResult) -> int:
    """Return on how many nights a dose was due and nothing was logged."""
    plan, order = record.plan, record.order
    log = doses_taken(record.entries)
    silent = [n for n in range(1, found.series.n_nights + 1) if n not in log]
    if plan.blinded or order is None:
        return len(silent)
    return sum(order.arms[plan.bottle_of(n)] is Arm.PRODUCT for n in silent)


def foreseen_told(told: Mapping[str, float]) -> str:
    """Return what the design could tell in words: the kinds of end, then the words.

    Examples
    --------
    >>> foreseen_told({"right": 0.4, "wrong": 0.01, "cannot tell": 0.59, "helps": 0.41})
    '40 end in a clear and right answer, 1 in a wrong one, 59 cannot tell (helps 41)'
    """
    ends = {
        "right": "{} end in a clear and right answer",
        "wrong": "{} in a wrong one",
        "cannot tell": "{} cannot tell",
    }
    parts = [words.format(f"{100 * told[name]:.0f}") for name, words in ends.items() if name in told]
    others = [f"{name} {100 * share:.0f}" for name, share in told.items() if name not in ends]
    return ", ".join(parts) + (f" ({', '.join(others)})" if others else "")


def _missing_document(found: SeasonResult) -> dict[str, object] | None:
    """Return how nights are missing by arm where the nights alone say "helps"."""
    by_arm = found.verdict.missing
    if by_arm is None:
        return None
    return {
        "with": [by_arm.missing_with, by_arm.nights_with],
        "without": [by_arm.missing_without, by_arm.nights_without],
        "by_chance": by_arm.by_chance,
        "tipping_sd": by_arm.tipping,
        "overturned": by_arm.overturns,
    }


def _missing(found: SeasonResult) -> tuple[tuple[str, str], ...]:
    """Return the line on missing nights where "helps" was tried against them."""
    by_arm = found.verdict.missing
    if by_arm is None or not by_arm.uneven:
        return ()
    text = f"{by_arm.missing_with} with the product, {by_arm.missing_without} without"
    if not by_arm.overturns:
        end = "however bad they were" if by_arm.tipping is None else f"until {by_arm.tipping:g} SDs worse than usual"
        text += f"; the word bears that the {by_arm.excess} too many were bad nights, {end}"
    return (("Missing by arm", text),)


def _analyses(found: SeasonResult) -> dict[str, Posterior]:
    return {
        "evidence prior": found.evidence,
        "sceptical prior": found.sceptical,
        "vague prior": found.vague,
        "as assigned": found.assigned,
        "first nights of each bottle left out": found.dropped,
        **{f"{name} onset and wash-out": p for name, p in found.by_kinetics.items()},
    }


def circumstances_told(found: SeasonResult) -> str:
    """Return which circumstances every analysis allows for, and why others are left out."""
    chosen = found.circumstances
    used = [
        f"{_plain(name)}{f' (not logged on {n} nights, taken as average)' if n > 1 else ''}"
        f"{' (not logged on 1 night, taken as average)' if n == 1 else ''}"
        for name, n in chosen.filled.items()
    ]
    silent = [_plain(name) for name, why in chosen.left_out.items() if why == "never logged"]
    others = [f"{_plain(name)} ({why})" for name, why in chosen.left_out.items() if why != "never logged"]
    parts = [f"weekend{''.join(f', {one}' for one in used)}"]
    parts += [f"not {'; not '.join(others)}"] if others else []
    parts += [f"never logged: {', '.join(silent)}"] if silent else []
    return "; ".join(parts)


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _secondary(record: TrialRecord, found: SeasonResult) -> list[tuple[str, str]]:
    lines = []
    units = {one.outcome.value: one.outcome for one in record.plan.secondaries}
    for name, one in found.secondary.shrunk.items():
        low, high = one.mean - 1.6449 * one.sd, one.mean + 1.6449 * one.sd
        lines.append(
            (
                f"Secondary, {units[name].label}",
                f"{amount_told(one.mean, low, high, units[name].unit)}, chance of benefit "
                f"{of_100(one.p_benefit)} ({one.label.removeprefix('secondary: ')})",
            )
        )
    if found.secondary.left_out:
        names = ", ".join(units[name].label for name in found.secondary.left_out)
        lines.append(("Secondary, nothing to tell", names))
    return lines


def _secondary_document(record: TrialRecord, found: SeasonResult) -> dict[str, object]:
    units = {one.outcome.value: one.outcome.unit for one in record.plan.secondaries}
    return {
        "outcomes": {
            name: {
                "unit": units[name],
                "better_by": one.mean,
                "sd": one.sd,
                "p_benefit": one.p_benefit,
                "alone": posterior_dict(found.secondary.alone[name]),
                "shared_noise": dict(found.secondary.correlation[name]),
                "label": one.label,
            }
            for name, one in found.secondary.shrunk.items()
        },
        "left_out": list(found.secondary.left_out),
        "decides": False,
    }


def _short(found: Posterior, unit: str) -> str:
    return f"{_range(found.theta, unit, better=found.higher_is_better)}, chance of benefit {of_100(found.p_benefit)}"


def _range(found: Marginal, unit: str, *, better: bool) -> str:
    sign = 1.0 if better else -1.0
    low, high = sorted(sign * found.q[level] for level in (0.05, 0.95))
    return amount_told(sign * found.q[0.5], low, high, unit)


def amount_told(middle: float, low: float, high: float, unit: str) -> str:
    """Return an effect with its range in words, so that nobody has to read "better by" a negative number.

    Examples
    --------
    >>> amount_told(2.0, 0.5, 3.5, "points")
    'better by 2.0 points, probably between 0.5 and 3.5'
    >>> amount_told(-2.0, -5.0, 1.0, "min")
    'worse by 2.0 min, probably between 5.0 worse and 1.0 better'
    """
    said = f"{'worse' if middle < 0 else 'better'} by {abs(middle):.1f} {unit}, probably between "
    if low < 0 < high:
        return said + f"{-low:.1f} worse and {high:.1f} better"
    ends = sorted((abs(low), abs(high)))
    return said + f"{ends[0]:.1f} and {ends[1]:.1f}"


def _kinetics(found: SeasonResult) -> list[tuple[str, str]]:
    names = {"tau_on": "How fast it came", "tau_off": "How fast it went"}
    lines = []
    for name, words in names.items():
        now, before = _nights_of(found, f"log_{name}"), _nights(found.priors.hyper[f"log_{name}"])
        lines.append(
            (
                words,
                f"time constant about {now['median']:.0f} nights, probably between {now['low']:.0f} and "
                f"{now['high']:.0f} (before the trial: {before['median']:.0f}, {before['low']:.0f} to "
                f"{before['high']:.0f})",
            )
        )
    return lines


def _nights(prior: Prior) -> dict[str, float]:
    wide = 1.6449 * prior.sd
    return {"median": math.exp(prior.mean), "low": math.exp(prior.mean - wide), "high": math.exp(prior.mean + wide)}


def _nights_of(found: SeasonResult, name: str) -> dict[str, float]:
    q = found.evidence.params[name].q
    return {"median": math.exp(q[0.5]), "low": math.exp(q[0.05]), "high": math.exp(q[0.95])}


def _guesses(found: SeasonResult) -> str:
    if not found.guesses:
        return "none were made, so nothing is known of the blinding"
    parts = [f"{b.arm.value} {b.index:+.2f}" for b in found.blinding if b.index is not None]
    return (
        f"{found.guesses_right} of {found.guesses} bottles guessed right; Bang's index {', '.join(parts)} "
        "(0 is chance, 1 all known). Right guesses come of a blind that failed, or of an effect that was felt: these "
        "numbers do not tell which"
    )


def _marginal(found: Marginal) -> dict[str, object]:
    return {"mean": found.mean, "sd": found.sd, "q": {f"{level:g}": value for level, value in found.q.items()}}
