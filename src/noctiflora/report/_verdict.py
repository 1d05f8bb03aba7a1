"""The verdict card: four words, two chances, three starting points, what it rests on."""

from dataclasses import dataclass

from noctiflora.report._answer import CENTRE, DOES_SOMETHING, HIGH, LOW, gains, sized
from noctiflora.report._data import DesignSummary, ReportData, TrialSummary
from noctiflora.report._effect import Measure
from noctiflora.report._words import number, of_100
from noctiflora.trial import Posterior, Status, Verdict, Word

SHOWN = (
    (Word.HELPS, "Helps", "helps"),
    (Word.DOES_NOT_HELP, "Does not help", "not"),
    (Word.CANNOT_TELL, "Cannot tell", "unclear"),
    (Word.STOP, "Stop", "halt"),
)
"""The four words as the card shows them, side by side, with their mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the four words; `chosen` where it is the verdict."""

    name: str
    mark: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StartingPoint:
    """The result under one prior."""

    name: str
    centre: str
    range: str
    better: str
    useful: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the verdict card says.

    Parameters
    ----------
    choices : tuple of Choice
        The four words.
    mark : str
        Mark of the verdict, "none" where there is none.
    sentence : str
        What the word means here.
    chances : str
        The two chances with their denominators; empty where there is no result.
    basis : str
        Nights used, and doses taken.
    starting_points : tuple of StartingPoint
        Under the three priors.
    cautions : tuple of str
        That the trial was not blinded, was opened early, or the veil lifted; that nights are missing unevenly.
    next_steps : tuple of str
        What can be done now.
    """

    choices: tuple[Choice, ...]
    mark: str
    sentence: str
    chances: str
    basis: str
    starting_points: tuple[StartingPoint, ...]
    cautions: tuple[str, ...]
    next_steps: tuple[str, ...]


def card(data: ReportData, measure: Measure) -> Card | None:
    """Return the verdict card, or None where there is no verdict."""
    verdict, trial, design = data.verdict, data.trial, data.design
    if verdict is None:
        return None
    marks = {word: mark for word, _, mark in SHOWN}
    return Card(
        choices=tuple(Choice(name=name, mark=mark, chosen=word is verdict.word) for word, name, mark in SHOWN),
        mark="none" if verdict.word is None else marks[verdict.word],
        sentence=_sentence(verdict, trial),
        chances="" if trial is None or design is None else _chances(trial.posterior, design, measure),
        basis="" if trial is None else _basis(trial),
        starting_points=() if trial is None else _starting_points(trial),
        cautions=() if design is None else _cautions(design, trial, verdict),
        next_steps=_NEXT[verdict.word],
    )


def _sentence(verdict: Verdict, trial: TrialSummary | None) -> str:
    """Return what the word means, in words without a percentage."""
    p_harm = None if trial is None else trial.posterior.p_harm
    if verdict.word is None:
        return "No verdict: the calculation did not settle, so it cannot vouch for a number."
    if verdict.word is Word.STOP:
        if p_harm is not None and p_harm > DOES_SOMETHING:
            return f"Stop: {of_100(p_harm)} that you sleep worse with it."
        told = verdict.reason if "%" not in verdict.reason else ""
        return told or "Stop: a safety rule fired."
    if verdict.word is Word.HELPS:
        return "It helps you: your nights are better with it, and a sceptic would say so too."
    if verdict.word is Word.CANNOT_TELL:
        return "Your nights vary too much, or are too few, to tell. That is an answer too."
    if trial is not None and trial.posterior.p_benefit >= DOES_SOMETHING:
        return "It does something, but less than you called worth it before the start."
    return "It does not help you by the amount you called worth it. You can stop buying it."


def _chances(posterior: Posterior, design: DesignSummary, measure: Measure) -> str:
    if posterior.status is Status.NOT_CONVERGED:
        return ""
    better = "it does better than placebo" if design.blinded else "you sleep better with it than without it"
    return (
        f"{of_100(posterior.p_benefit)} that {better}; {of_100(posterior.p_useful)} that it brings the amount you "
        f"called worth it, {measure.amount(posterior.useful)} or more; {of_100(posterior.p_harm)} that it makes sleep "
        "worse."
    )


def _basis(trial: TrialSummary) -> str:
    found = trial.posterior
    used = found.n_nights - found.n_missing
    text = f"Based on {used} of {found.n_nights} nights."
    if trial.doses_taken is not None and trial.doses_planned is not None:
        text += f" {trial.doses_taken} of {trial.doses_planned} doses were taken."
    if trial.guesses is not None and trial.guesses_right is not None:
        text += f" You guessed right in {trial.guesses_right} of {trial.guesses} periods."
    return text


def _starting_points(trial: TrialSummary) -> tuple[StartingPoint, ...]:
    rows = (
        ("Published trials", trial.posterior),
        ("A sceptic: around no difference", trial.sceptical),
        ("Your nights alone: nearly anything possible", trial.vague),
    )
    return tuple(_starting_point(name, found) for name, found in rows)


def _starting_point(name: str, found: Posterior | None) -> StartingPoint:
    if found is None or found.status is Status.NOT_CONVERGED:
        return StartingPoint(name=name, centre="not computed", range="", better="", useful="")
    q = gains(found)
    return StartingPoint(
        name=name,
        centre=number(q[CENTRE]),
        range=f"{number(q[LOW])} to {number(q[HIGH])}",
        better=of_100(found.p_benefit),
        useful=of_100(found.p_useful),
    )


def _cautions(design: DesignSummary, trial: TrialSummary | None, verdict: Verdict) -> tuple[str, ...]:
    said = []
    if not design.blinded:
        said.append("You knew when you took it, and expectation alone changes sleep. This result counts for less.")
    if not design.randomised:
        said.append("Chance did not draw the order of the periods, so drift may look like an effect.")
    if design.opened_early:
        said.append("The seal was opened before the end. From that day on you knew, and the result counts for less.")
    if design.veil_lifted:
        said.append("You looked at trial nights before the end, which feeds expectation. The result counts for less.")
    gone = verdict.missing
    if gone is not None and gone.overturns:
        said.append(
            f"{gone.missing_with} of {gone.nights_with} nights with it are missing, {gone.missing_without} of "
            f"{gone.nights_without} without it. Had the {gone.excess} too many been bad nights, it would not count as "
            "a help."
        )
    if trial is not None and trial.posterior.status is Status.NOT_CONVERGED:
        said.append("The calculation did not settle. Its numbers are not shown.")
    return tuple(said)


_NEXT: dict[Word | None, tuple[str, ...]] = {
    Word.HELPS: (
        "Keep taking it if the size is worth its price to you.",
        "Or stop: your own numbers stay here.",
    ),
    Word.DOES_NOT_HELP: (
        "You can stop taking it.",
        "Another option may still suit you; so may none.",
    ),
    Word.CANNOT_TELL: (
        "A longer trial or a steadier measure could tell more.",
        "Stopping here is a reasonable choice too.",
    ),
    Word.STOP: (
        "Stop taking it now.",
        "If you feel unwell, speak to a doctor or pharmacist and take this page along.",
    ),
    None: ("More nights may let the calculation settle. Until then nothing can be said.",),
}


def effect_sentence(data: ReportData, measure: Measure) -> str:
    """Return the effect in words for the section on the trial; empty where it cannot be vouched for."""
    if data.trial is None or data.design is None or data.trial.posterior.status is Status.NOT_CONVERGED:
        return ""
    size = sized(data.trial.posterior, data.design, measure)
    return f"{size[:1].upper()}{size[1:]}."
