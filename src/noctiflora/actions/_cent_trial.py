"""Fills the CENT 2015 report of a locked season."""

import numpy as np

from noctiflora.actions._trial_kit import kit_of
from noctiflora.actions._trial_record import TrialRecord
from noctiflora.actions._trial_result import DROPPED_NIGHTS, SeasonResult
from noctiflora.actions._trial_verdict import NEXT, circumstances_told, foreseen_told, verdict_lines
from noctiflora.actions._veil import veil_lifted_on
from noctiflora.evidence import load_options
from noctiflora.report import CentAnswer, CentStatus, cent_text
from noctiflora.trial import EntryKind, SeasonPlan, order_text, standing

_ASKED = {
    "4a": "Write what the sleep complaint is, who diagnosed it, other illnesses, and medicines in these months.",
    "4c": "Say whether this is research; a trial on oneself for one's own use is usually care, not research.",
    "25": "Say who paid for the product, and whether the maker had any part in this.",
}


def cent_report(record: TrialRecord, found: SeasonResult) -> str:
    """Return the report of one season as Markdown, after CENT 2015.

    Parameters
    ----------
    record : TrialRecord
        The locked season.
    found : SeasonResult
        What it says.
    """
    texts = {**_before(record, found), **_methods(record, found), **_results(record, found)}
    answers = {number: CentAnswer(status=CentStatus.FILLED, text=text) for number, text in texts.items()}
    answers |= {number: CentAnswer(status=CentStatus.ASKED, text=text) for number, text in _ASKED.items()}
    answers["17b"] = CentAnswer(status=CentStatus.NOT_APPLICABLE, text="The outcome is a number, not yes or no.")
    return cent_text(f"A trial in one person: {record.plan.option_name} and {record.plan.outcome.label}", answers)


def _before(record: TrialRecord, found: SeasonResult) -> dict[str, str]:
    plan, unit = record.plan, record.plan.outcome.unit
    entry = next((o for o in load_options() if o.key == plan.option_key), None)
    known = "" if entry is None else f"{entry.known} Not known: {entry.not_known}"
    sign = 1 if plan.outcome.higher_is_better else -1
    return {
        "1a": f"A randomised N-of-1 trial of {plan.option_name} for {plan.outcome.label}.",
        "1b": f"{plan.n_nights} nights, {plan.pairs} pairs of periods, {_blinding(record)}. {found.verdict.reason}",
        "2a.1": (
            f"{known} From trials in groups, {sign * found.expected.mean:.1f} {unit} better (SD "
            f"{found.expected.sd:.1f}) was "
            "to be expected in a new person."
        ),
        "2a.2": (
            "Trials in groups do not tell whether it helps this person; nights are many, and what is taken comes and "
            "goes within weeks, so that one person can be compared with oneself."
        ),
        "2b": (
            f"Does {plan.option_name} change {plan.outcome.label} in this person, and by {plan.useful:g} {unit} "
            "or more? "
            '"Helps" needed a chance of benefit of '
            f"{100 * plan.threshold:.1f} of 100, fixed before the start."
        ),
    }


def _methods(record: TrialRecord, found: SeasonResult) -> dict[str, str]:
    plan = record.plan
    order = "" if record.order is None else order_text(record.order.arms)
    looks = ", ".join(str(n) for n in plan.looks) or "none"
    sealed = record.sealed.commitment if record.sealed else "none: the order was known"
    return {
        "3a": (
            f"{plan.pairs} pairs of a period of {plan.on_nights} nights with and one of {plan.off_nights} "
            "without, in bottles "
            f"of {plan.bottle_nights} nights, after a run-in of {plan.run_in_nights} nights{_left_out(plan)}; no "
            "wash-out apart: carry-over is modelled."
        ),
        "3b": "None: the plan was fixed by a fingerprint before the start and checked when it was read.",
        "4b": "At home; nights from the named instrument, doses and remarks entered by the person.",
        "5": (
            f"{plan.option_name}, {plan.dose_value:g} {plan.dose_unit}, each evening; in the other periods "
            f"{'a look-alike' if plan.blinded else 'nothing'}."
        ),
        "6a.1": (
            f"Primary: {plan.outcome.label} each night by {plan.instrument.value}, in {plan.outcome.unit}. Secondary: "
            f"{_secondaries(plan)}."
        ),
        "6a.2": (
            f"Over the run-in, {plan.outcome.label} had a night-to-night SD of {plan.run_in_sd:.1f} "
            f"{plan.outcome.unit}; how well a diary or device agrees with a sleep laboratory was not measured here."
        ),
        "6b": "None.",
        "7a": _length(record),
        "7b": (
            f"Looks fixed before the start, after nights: {looks}; made: {_looks_made(record)}; one word at each. A "
            "daily safety rule on a "
            f"week's mean, {plan.safety_limit:g} standard errors below the run-in, set by simulation to at most 5 "
            "false alarms "
            "in 100 trials."
        ),
        "8a": "By the cryptographic random generator of the operating system.",
        "8b": "Both arms in each pair, each order inside a pair with chance one half.",
        "8c": f"By bottle: {order} (P product, C comparator).",
        "9": f"Encrypted under a helper's passphrase; fingerprint given at the start: {sealed}.",
        "10": "The program drew the order; the helper prepared the bottles."
        if plan.blinded
        else "The program drew the order.",
        "11a": f"{_blinding(record)[:1].upper()}{_blinding(record)[1:]}.",
        "11b": kit_of(record).blinding_reason or "Not known.",
        "12a": (
            "One Bayesian model of all nights with the effect at full exposure, under three priors: evidence, "
            f"sceptical, vague. Allowed for: {circumstances_told(found)}. A circumstance enters by a fixed rule on how "
            "often it was logged, which looks at neither outcome nor dose. Secondary outcomes by the same model, no "
            "effect expected, then shrunk together with the noise they share; they decide nothing."
        ),
        "12c": (
            "Exposure builds up and fades with time constants of its own, so carry-over is part of the model; a linear "
            "trend; first-order autoregression with white noise for nights that hang together."
        ),
        "12b": (
            f"Dose as assigned; the first {DROPPED_NIGHTS} nights of each bottle left out; onset and wash-out "
            "fixed at the 10, "
            "50 and 90 % points of their priors. All fixed before the start."
        ),
    }


def _results(record: TrialRecord, found: SeasonResult) -> dict[str, str]:
    plan = record.plan
    lines = {line.what: line.value for line in verdict_lines(record, found)}
    missing = set(found.series.nights[np.isnan(found.series.y)].tolist())
    kept = sorted(standing(record.entries).items())
    reasons = [e.text for (kind, n), e in kept if kind is EntryKind.MISSING and n in missing]
    effects = [f"{e.value}: {e.text}" for e in record.entries if e.kind is EntryKind.ADVERSE]
    ends = [e for e in record.entries if e.kind in (EntryKind.STOPPED, EntryKind.OPENED)]
    ended = [e.text.strip() or "no reason was given" for e in ends]
    last = found.series.n_nights
    order = "" if record.order is None else order_text(record.order.arms)
    further = [
        f"{name}: {value}" for name, value in lines.items() if "prior" in name or "left out" in name or "onset" in name
    ]
    return {
        "13a": (
            f"Of the bottles {order} (P product, C comparator), {sum(end <= last for end in plan.ends)} of "
            f"{len(plan.ends)} were completed. Doses: {lines['Doses']}."
        ),
        "13b": f"{found.series.n_missing} nights without a value. Reasons told: {'; '.join(reasons) or 'none'}.",
        "13c": f"The whole trial: {'; '.join(ended)}." if ended else "None.",
        "14a": f"{plan.first_night} to {plan.date_of(last)}" + (f", planned to {plan.last_night}." if ended else "."),
        "14b": f"Ended early: {'; '.join(ended)}." if ended else "It ran to its end.",
        "15": (
            f"{plan.outcome.label.capitalize()} over {plan.run_in_nights} nights before: mean "
            f"{plan.run_in_mean:.1f}, SD "
            f"{plan.run_in_sd:.1f} {plan.outcome.unit}."
        ),
        "16": f"{found.series.n_nights - found.series.n_missing} nights with a value, of {found.series.n_nights}.",
        "17a.1": _by_period(record, found),
        "17a.2": (
            f"At full exposure {lines['evidence prior']}. After 28 nights {lines['After 28 nights of full dose']}."
            + "".join(f" {name}: {value}." for name, value in lines.items() if name.startswith("Secondary"))
        ),
        "18": f"{'; '.join(further)}; as assigned: {lines['as assigned']}. Guesses: {lines['Guesses']}.",
        "19": f"{'; '.join(effects)}." if effects else "None were told of.",
        "20": (
            "One person, own records. What was logged as a circumstance may itself come from what was taken (illness, "
            "say), and then takes part of the effect. Belief and drift can pass for an effect; the guesses and the "
            "versions above "
            "tell how far. The prior from published trials carries their own doubts."
        ),
        "21": "For this person and product; one person's trial says little of others until many are pooled.",
        "22": f"{found.verdict.reason} {NEXT[found.verdict.word]}",
        "23": "Not registered, unless you did; the plan's fingerprint is " + plan.fingerprint().hex() + ".",
        "24": "The plan is in the database of the person, unchanged since the start.",
    }


def _looks_made(record: TrialRecord) -> str:
    return ", ".join(str(e.night) for e in record.entries if e.kind is EntryKind.LOOK) or "none"


def _left_out(plan: SeasonPlan) -> str:
    n = plan.run_in_left_out
    return f" ({n} nights before the start left out: an earlier trial and its wash-out)" if n else ""


def _secondaries(plan: SeasonPlan) -> str:
    named = [f"{one.outcome.label} by {one.instrument.value}, in {one.outcome.unit}" for one in plan.secondaries]
    return "; ".join(named) + "; none of them enters the verdict" if named else "none"


def _by_period(record: TrialRecord, found: SeasonResult) -> str:
    """Return the plain mean of each bottle's nights; the model, not these, tells the effect."""
    plan, y = record.plan, found.series.y
    letters = "" if record.order is None else order_text(record.order.arms)
    parts = []
    for letter, end in zip(letters, plan.ends, strict=True):
        values = y[end - plan.bottle_nights : end]
        known = values[~np.isnan(values)]
        parts.append(f"{letter} {np.mean(known):.1f} ({known.size})" if known.size else f"{letter} none")
    return f"Mean {plan.outcome.unit} by bottle, with the number of nights: {'; '.join(parts)}."


def _blinding(record: TrialRecord) -> str:
    if not record.plan.blinded:
        return "not blinded, the analysis allows for belief"
    early = "; the order was opened before the end" if record.opened_early else ""
    lifted = veil_lifted_on(record)
    looked = f"; the person looked at the nights of the trial from {lifted} on" if lifted is not None else ""
    return f"the person was blinded, the helper was not{early}{looked}"


def _length(record: TrialRecord) -> str:
    if not record.told_before:
        return "Chosen by the person; no simulated assurance was stored."
    return f"By simulation before the start; of 100 such trials {foreseen_told(record.told_before)}."
