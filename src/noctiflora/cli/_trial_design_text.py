"""What the designer found, in sentences, rows and JSON."""

from typing import TYPE_CHECKING

import typer

from noctiflora.cli._pathway_list import filled
from noctiflora.cli._show import Cell

if TYPE_CHECKING:
    from noctiflora.actions import TrialDesign
    from noctiflora.trial import Plan, Remedy, Score, Tried

CHANGES = {
    "steadier": "nights that vary half as much (a steadier outcome)",
    "longer": "a trial twice as long",
    "useful larger": "twice the useful amount",
    "useful smaller": "half the useful amount",
}
"""Changes that are tried where nothing is accepted, in words."""


def tell_design(found: "TrialDesign") -> None:
    """Print the whole answer for reading."""
    _tell_before(found)
    designs = found.designs
    if designs.accepted:
        typer.echo(filled("What you could do, what ends soonest first; no other design gives more for as little:", ""))
        for i, tried in enumerate(designs.frontier, start=1):
            typer.echo(filled(f"{i}. {_sentence(found, tried)}", ""))
        _tell_rules(found)
    else:
        typer.echo(
            filled(
                f"No design you would accept can answer this: none ends in a clear and right answer in at least "
                f"{_hundred(designs.least)} of 100 trials. The best of them: {_sentence(found, designs.best)}",
                "",
            )
        )
        typer.echo(filled("What would help, each tried on the best design:", ""))
        for remedy in designs.remedies:
            typer.echo(filled(f"- {_remedy(found, remedy)}", ""))
        typer.echo(filled("Not trying is a full answer too.", ""))
    _tell_beside(found)


def design_rows(found: "TrialDesign") -> list[dict[str, Cell]]:
    """Return one row for each design of the frontier."""
    accepted = {tried.plan for tried in found.designs.accepted}
    return [
        {
            **_plan(found, tried.plan),
            **_score(tried.score),
            "worth_it": tried.plan in accepted,
        }
        for tried in found.designs.frontier
    ]


def design_document(found: "TrialDesign") -> dict[str, object]:
    """Return the answer as JSON values."""
    d, request = found.designs, found.request
    noise = d.noise.middle
    limit = found.threshold
    return {
        "option": found.option.key,
        "second_option": _second_option(found),
        "option_door": found.option.door.value,
        "outcome": request.outcome.value,
        "instrument": request.instrument.value,
        "unit": request.outcome.unit,
        "useful": d.useful,
        "blinded": d.blinded,
        "before": {
            "p_benefit": d.before.p_benefit,
            "p_useful": d.before.p_useful,
            "useful_is_unlikely": d.before.useful_is_unlikely,
            "word_without_a_trial": d.before.word.value,
            "largest_plausible": found.largest_plausible,
        },
        "run_in": {
            "nights_used": d.noise.n_known,
            "source": found.run_in_told,
            "sigma": noise.sigma,
            "phi": noise.phi,
            "white": noise.white,
            "missing": noise.missing,
        },
        "least_right": d.least,
        "trials": d.n,
        "designs_tried": len(d.tried),
        "designs_left_early": sum(bool(t.left) for t in d.tried),
        "answerable": bool(d.accepted),
        "frontier": design_rows(found),
        "best": {**_plan(found, d.best.plan), **_score(d.best.score)},
        "weekly_switching": {**_plan(found, d.naive.plan), **_score(d.naive.score), "offered": False},
        "other_blinding": None if d.other_blinding is None else _score(d.other_blinding),
        "would_help": [
            {"change": r.change, "useful": r.useful, **_plan(found, r.plan), **_score(r.score)} for r in d.remedies
        ],
        "threshold": None
        if limit is None
        else {
            "c": limit.c,
            "low": limit.low,
            "high": limit.high,
            "trials": limit.n,
            "false_alarms": {world: rate.rate for world, rate in limit.rates.items()},
        },
        "three_arms": found.second is not None,
        "your_data": _your_data(found),
    }


def _your_data(found: "TrialDesign") -> list[dict[str, object]]:
    return [
        {
            "outcome": s.outcome.value,
            "instrument": s.instrument.value,
            "can_carry": s.bears,
            "known": s.known,
            "window": s.window,
            "reasons": list(s.reasons),
        }
        for s in found.supplies
    ]


def _second_option(found: "TrialDesign") -> dict[str, object] | None:
    second, before = found.second, found.designs.before_second
    if second is None or before is None:
        return None
    return {
        "option": second.option.key,
        "option_door": second.option.door.value,
        "p_benefit": before.p_benefit,
        "p_useful": before.p_useful,
        "useful_is_unlikely": before.useful_is_unlikely,
        "largest_plausible": second.largest_plausible,
    }


def _plan(found: "TrialDesign", plan: "Plan") -> dict[str, Cell]:
    return {
        "weeks": plan.n_nights / 7,
        "nights": plan.n_nights,
        "nights_with": plan.on,
        "nights_without": plan.off,
        "pairs": plan.pairs,
        "looks": plan.n_looks,
        "products": plan.products,
        "look_after_pairs": ", ".join(str(night // plan.block) for night in plan.looks),
        "bottle_nights": plan.bottle,
        "capsules": plan.capsules,
        "cost": _cost(found, plan),
        "start": _start(found, plan),
    }


def _cost(found: "TrialDesign", plan: "Plan") -> float | None:
    """Return what the product costs, of two products both; None where a price is not known."""
    prices = [found.price] if found.second is None else [found.price, found.second.price]
    known = [price for price in prices if price is not None]
    return round(sum(known) * plan.pairs * plan.on, 2) if len(known) == len(prices) else None


def _start(found: "TrialDesign", plan: "Plan") -> str:
    """Return the command that starts a design; the dose is the person's to say."""
    without = "" if plan.on == plan.off else f" --nights-without {plan.off}"
    known = "" if found.designs.blinded else " --known"
    request = found.request
    if found.second is not None:
        return ""
    return (
        f"noctiflora trial start --option {found.option.key} --dose 'NUMBER UNIT' --useful {found.designs.useful:g} "
        f"--nights {plan.on}{without} --pairs {plan.pairs} --looks {plan.n_looks} --outcome {request.outcome.value} "
        f"--instrument {request.instrument.value}{known}"
    )


def _score(score: "Score") -> dict[str, Cell]:
    words = {word.value: share for word, share in score.words.items()}
    return {
        "right_of_100": round(100 * score.right, 1),
        "error_of_100": round(100 * score.error, 1),
        "wrong_of_100": round(100 * score.wrong, 1),
        **{f"{word.replace(' ', '_')}_of_100": round(100 * share, 1) for word, share in words.items()},
        "expected_nights": round(score.nights, 1),
        "expected_capsules": round(score.capsules, 1),
        "threshold": None if score.c > 1 else score.c,
        "false_alarms_of_100": round(100 * score.false_alarms.rate, 1),
        "trials": score.n,
        **_each(score),
    }


def _each(score: "Score") -> dict[str, Cell]:
    """Return right and wrong of each of two products; nothing where there is one."""
    names = ("first", "second")
    rows: dict[str, Cell] = {}
    for name, one in zip(names, score.products, strict=False):
        rows[f"{name}_right_of_100"] = round(100 * one.right, 1)
        rows[f"{name}_wrong_of_100"] = round(100 * one.wrong, 1)
    return rows


def _tell_before(found: "TrialDesign") -> None:
    d, outcome, before = found.designs, found.request.outcome, found.designs.before
    both = [(found.option, before)]
    if found.second is not None and d.before_second is not None:
        both.append((found.second.option, d.before_second))
    shut = [option for option, _ in both if option.door.value != "open"]
    for option in shut:
        typer.echo(filled(f"{option.name} is not open to you: {option.door_reason}", ""))
    if shut:
        typer.echo(filled("What follows is arithmetic and opens nothing: noctiflora gates", "") + "\n")
    for option, chance in both:
        typer.echo(
            filled(
                f"{option.name}, {outcome.label} ({found.request.instrument.value}). Of 100 people like you it makes "
                f"{_hundred(chance.p_benefit)} sleep better at all and {_hundred(chance.p_useful)} by the {d.useful:g} "
                f"{outcome.unit} called worth it, as far as trials tell.",
                "",
            )
        )
    if found.second is not None:
        typer.echo(
            filled(
                "Three arms: both products share one comparator, and each has its answer; what one does is taken to "
                "tell nothing of the other.",
                "",
            )
        )
    typer.echo(filled(f"Your nights vary by about {d.noise.middle.sigma:.2g} {outcome.unit}: {found.run_in_told}.", ""))
    _tell_supply(found)
    if before.useful_is_unlikely:
        typer.echo(
            filled(
                f"Before you start: {d.useful:g} {outcome.unit} is more than trials suggest. {_way_out(found)}",
                "",
            )
        )
    typer.echo("")


def _tell_supply(found: "TrialDesign") -> None:
    """Say whether the person's own nights can carry this outcome, and which they can."""
    request = found.request
    asked = [s for s in found.supplies if (s.outcome, s.instrument) == (request.outcome, request.instrument)]
    for supply in asked:
        if supply.bears:
            told = f"Your data can carry this outcome: known on {supply.known} of {supply.window} nights."
        else:
            others = [f"{s.outcome.label} ({s.instrument.value})" for s in found.supplies if s.bears]
            can = f"They can carry: {', '.join(others)}." if others else "No other outcome is carried yet either."
            told = f"Your data cannot carry this outcome yet: {'; '.join(supply.reasons)}. {can}"
        typer.echo(filled(told, ""))


def _way_out(found: "TrialDesign") -> str:
    from noctiflora.core import Instrument, Outcome

    amount = (
        f"A smaller amount is yours to choose with --useful; trials leave {found.largest_plausible:.2g} "
        f"{found.request.outcome.unit} a chance of 10 in 100."
    )
    if (found.request.outcome, found.request.instrument) == (Outcome.EFFICIENCY, Instrument.DIARY):
        return amount
    return f"The diary's sleep efficiency may serve better (--outcome efficiency --instrument diary). {amount}"


def _sentence(found: "TrialDesign", tried: "Tried") -> str:
    plan, score = tried.plan, tried.score
    price = _cost(found, plan)
    cost = "" if price is None else f", {price:.2f} to pay"
    if found.second is not None:
        return _of_two(found, tried, cost)
    worth = "" if tried.plan in {t.plan for t in found.designs.accepted} else " Not worth it by your own measure."
    mean = round(score.nights / 7)
    early = f" Looks end it after {mean} weeks on average." if mean < round(plan.n_nights / 7) else ""
    return (
        f"{plan.n_nights / 7:g} weeks, {plan.capsules} capsules{cost}: of 100 trials like yours "
        f"{_hundred(score.right)} end in a clear and right answer, {_hundred(score.wrong)} in a wrong one "
        f"({_words(score)}). {_periods(plan)}{early}{worth}"
    )


def _of_two(found: "TrialDesign", tried: "Tried", cost: str) -> str:
    assert found.second is not None
    plan, score = tried.plan, tried.score
    worth = "" if tried.plan in {t.plan for t in found.designs.accepted} else " Not worth it by your own measure."
    mean = round(score.nights / 7)
    early = f" Looks end it after {mean} weeks on average." if mean < round(plan.n_nights / 7) else ""
    each = "; ".join(
        f"of {name} {_hundred(one.right)} end in a clear and right answer ({_words(one)})"
        for name, one in zip((found.option.name, found.second.option.name), score.products, strict=True)
    )
    return (
        f"{plan.n_nights / 7:g} weeks, {plan.capsules} capsules in all{cost}: of 100 trials like yours, {each}; "
        f"{_hundred(score.wrong)} give any wrong answer. {_periods(plan)}{early}{worth}"
    )


def _words(score: "Score") -> str:
    from noctiflora.trial import Word

    order = (Word.HELPS, Word.DOES_NOT_HELP, Word.STOP, Word.CANNOT_TELL)
    return ", ".join(f"{_hundred(score.words[word])} “{word.value}”" for word in order)


def _periods(plan: "Plan") -> str:
    looks = {0: "no look", 1: "1 look"}.get(plan.n_looks, f"{plan.n_looks} looks")
    word = "pairs" if plan.products == 1 else "triples"
    each = "" if plan.products == 1 else " each"
    if plan.on == plan.off:
        return f"{plan.pairs} {word} of periods of {plan.on} nights, {looks}."
    return (
        f"{plan.pairs} {word} of {plan.on} nights{each} with and {plan.off} without, in bottles of {plan.bottle} "
        f"nights, {looks}."
    )


def _remedy(found: "TrialDesign", remedy: "Remedy") -> str:
    words = CHANGES[remedy.change]
    if remedy.change.startswith("useful"):
        words += f" ({remedy.useful:g} {found.request.outcome.unit})"
    if remedy.change == "longer":
        words += f" ({remedy.plan.n_nights / 7:g} weeks, {remedy.plan.capsules} capsules)"
    return f"{words}: {_hundred(remedy.score.right)} right, {_hundred(remedy.score.wrong)} wrong of 100."


def _tell_rules(found: "TrialDesign") -> None:
    limit, designs = found.threshold, found.designs
    best = max(designs.accepted, key=lambda tried: tried.score.right).plan
    if limit is None:
        typer.echo(
            filled("For the one that tells most, no threshold keeps false alarms rare in every world tried.", "")
        )
        return
    worst = max(rate.rate for rate in limit.rates.values())
    typer.echo(
        filled(
            f"Fixed before the start, for the one that tells most ({best.label}): “helps” needs a chance of benefit of "
            f"{100 * limit.c:.1f} %. If it did nothing, {100 * limit.rates['as modelled'].rate:.1f} of 100 such trials "
            f"would still say so, and at most {100 * worst:.1f} if your nights behave in ways the model does not know.",
            "",
        )
    )
    start = _start(found, best)
    if start:
        typer.echo(filled(f"To start it: {start}", ""))
    else:
        typer.echo(
            filled(
                "A trial of three arms is not drawn and sealed here yet: somebody else draws each triple's order by "
                "lot and keeps it, and afterwards noctiflora trial analyse SERIES.csv, with a column dose_NAME for "
                "each product, gives each its verdict. Or start two trials, one after the other.",
                "",
            )
        )


def _tell_beside(found: "TrialDesign") -> None:
    d = found.designs
    weekly = d.naive
    if weekly.plan not in {t.plan for t in d.frontier}:
        typer.echo(
            filled(
                f"Not offered: switching every week for {weekly.plan.n_nights / 7:g} weeks. It looks fair, but of 100 "
                f"such trials {_hundred(weekly.score.right)} end in a clear and right answer: what acts slowly has no "
                "time to act or to leave.",
                "",
            )
        )
    if d.other_blinding is not None:
        mine, other = _hundred(d.best.score.right), _hundred(d.other_blinding.right)
        shut, opened = (mine, other) if d.blinded else (other, mine)
        why = "" if d.blinded or found.request.known else f" It {found.option.blinding.value}."
        typer.echo(
            filled(
                f"Knowing what you take costs answers: of 100 trials of {d.best.plan.label}, {shut} end in a clear and "
                f"right answer when the order is sealed, {opened} when you know it.{why}",
                "",
            )
        )
    typer.echo(
        filled(
            f"Each design was tried on {d.n} simulated people, the same for all; of {len(d.tried)} designs "
            f"{sum(bool(t.left) for t in d.tried)} were left early. A share may be off by "
            f"{2 * 100 * max(t.score.error for t in (*d.frontier, d.best)):.0f} of 100. Education, not medical advice.",
            "",
        )
    )


def _hundred(share: float) -> str:
    """Return how many of 100."""
    return f"{100 * share:.0f}"
