"""The page about one product as text that needs no statistics."""

import textwrap
from collections.abc import Iterator

from noctiflora.cli._bars import WIDTH, Scale, bar, bracket, dots, ruler, scale_for
from noctiflora.core import Source
from noctiflora.evidence import ForestLine, StrainPage, Tier, TrialCard

COLUMNS = 100
LABEL = 34
_LEAST_REACH = 0.9  # SMD: the important difference (0.83) is always on the plot


def strain_text(page: StrainPage, *, points: float) -> str:
    """Return the page as text.

    Parameters
    ----------
    page : StrainPage
        From `strain_page`.
    points : float
        PSQI points in one SMD.
    """
    return "\n".join(_lines(page, points)) + "\n"


def _lines(page: StrainPage, points: float) -> Iterator[str]:
    yield from _title(page.pooled.label.upper())
    for sentence in page.summary:
        yield from _wrapped(sentence)
    yield ""
    yield from _title(f"How sure is that? Certainty: {page.grade.certainty.value}")
    for reason in page.grade.reasons:
        yield from _wrapped(reason, bullet="- ")
    yield ""
    yield from _plot(page, points)
    yield from _beside(page, points)
    yield from _title("The trials, one by one")
    if not page.trials:
        yield from _wrapped("No trial of it with a sleep outcome was found.")
    for card in page.trials:
        yield from _card(card)
    yield from _harms(page)
    yield from _mechanisms(page)
    yield from _products(page)
    yield from _chain(page)


def _plot(page: StrainPage, points: float) -> Iterator[str]:
    yield from _title("What each trial showed against placebo (PSQI points; less is better)")
    ends = [x for line in page.forest for x in (line.low, line.high, line.mean) if x is not None]
    scale = scale_for(ends, least=_LEAST_REACH)
    for line in page.forest:
        yield f"{_short(line.label)} {_drawn(line, scale)} {_told(line, points)}"
    yield " " * (LABEL + 1) + ruler(scale, better="better", worse="worse")
    mark = [" "] * WIDTH
    mark[scale.at(-page.important_smd)] = "^"
    yield " " * (LABEL + 1) + "".join(mark)
    yield from _wrapped(
        f"^ {page.important_points:g} points, the smallest difference between groups that insomnia trials called "
        f"important ({page.important_source.ref}). |--o--| a number with its 95 % interval; <~~] only the word "
        '"significant"; [~~] only the words "not significant"; . . . nothing usable.'
    )
    yield ""


def _drawn(line: ForestLine, scale: Scale) -> str:
    if line.tier is Tier.NOTHING:
        return dots()
    if line.mean is None or line.low is None or line.high is None:
        return bracket(scale, line.low, line.high)
    return bar(scale, line.mean, line.low, line.high, mark="#" if line.tier is Tier.POOLED else "o")


def _told(line: ForestLine, points: float) -> str:
    if line.tier is Tier.NOTHING:
        return "nothing usable"
    if line.mean is None:
        return "only a word"
    assert line.low is not None
    assert line.high is not None
    return f"{line.mean * points:.1f} ({line.low * points:.1f} to {line.high * points:.1f})"


def _beside(page: StrainPage, points: float) -> Iterator[str]:
    yield from _title("The same, told by others")
    for name, effect in (
        ("trials of single strains alone, without a review", page.free),
        ("a sceptic, who discounts for small and sponsored studies", page.sceptical),
    ):
        low, high = (x * points for x in effect.ci95)
        yield from _wrapped(f"{name}: {effect.mean * points:.1f} points ({low:.1f} to {high:.1f})", bullet="- ")
    yield ""


def _card(card: TrialCard) -> Iterator[str]:
    yield from _wrapped(card.title + (" (added by you)" if card.added else ""), bullet="* ")
    yield from _inner(f"Who: {card.people}")
    yield from _inner(f"How: {card.design}")
    days = f"{card.days} days" if card.days else "length not stated"
    yield from _inner(f"What: {card.product}; dose: {card.dose or 'not stated'}; {days}")
    for told in card.outcomes:
        when = f", day {told.days}" if told.days else ""
        yield from _inner(f"- {told.outcome} ({told.about}{when}): {told.told}")
    yield from _inner(card.counts_as)
    yield from _inner(f"Adverse events: {card.adverse_events or 'nothing of them in what was read'}")
    for link in card.links:
        yield f"    {link}"
    yield ""


def _harms(page: StrainPage) -> Iterator[str]:
    told = sum(card.adverse_events is not None for card in page.trials)
    if page.trials and not told:
        yield from _wrapped(
            "Nothing was read of adverse events in any of its trials: that is not the same as none having happened."
        )
        yield ""


def _mechanisms(page: StrainPage) -> Iterator[str]:
    yield from _title("How it might work, and where that was seen")
    if not page.mechanisms:
        yield from _wrapped("No mechanism was noted.")
    for claim in page.mechanisms:
        levels = ", ".join(level.value for level in claim.levels) or "level not noted"
        yield from _wrapped(f"[{levels}] {claim.strain}: {claim.what} ({claim.as_noted})", bullet="- ")
        if claim.source:
            yield from _inner(claim.source)
    yield ""


def _products(page: StrainPage) -> Iterator[str]:
    if page.products:
        yield from _title("Products, only as trials and their sources name them")
        for product in page.products:
            yield from _wrapped(product, bullet="- ")
        yield ""
    if page.related:
        blend = page.pooled.key.kind.value == "blend"
        yield from _title("Its parts" if blend else "Blends that hold it")
        yield from _wrapped("Results of a blend and of its parts do not stand in for each other.")
        for name in page.related:
            yield from _wrapped(name, bullet="- ")
        yield ""


def _chain(page: StrainPage) -> Iterator[str]:
    yield from _title(f"From the questionnaire to your nights ({page.outcome.label}, by {page.instrument.value})")
    for number, step in enumerate(page.chain, start=1):
        yield from _wrapped(f"{step.what}: {step.value}", bullet=f"{number}. ")
        for source in step.sources:
            yield from _inner(_source(source))
    if page.useful is not None and page.p_useful is not None:
        chance = round(100 * page.p_useful)
        yield from _wrapped(f"Chance of {page.useful:g} {page.outcome.unit} or more: {chance} of 100.")


def _source(source: Source) -> str:
    note = f" ({source.note})" if source.note else ""
    return f"{source.ref}{note}"


def _title(text: str) -> Iterator[str]:
    yield text
    yield "-" * min(len(text), COLUMNS)


def _short(label: str) -> str:
    return (label if len(label) <= LABEL else f"{label[: LABEL - 1]}…").ljust(LABEL)


def _wrapped(text: str, *, bullet: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        COLUMNS,
        initial_indent=bullet,
        subsequent_indent=" " * len(bullet),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _inner(text: str) -> list[str]:
    return textwrap.wrap(
        text,
        COLUMNS,
        initial_indent="    ",
        subsequent_indent="      ",
        break_long_words=False,
        break_on_hyphens=False,
    )
