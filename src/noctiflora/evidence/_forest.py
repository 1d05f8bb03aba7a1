"""The data of a product's forest plot, each line no more certain than what was reported."""

import math

from noctiflora.core import Predictive
from noctiflora.evidence._evidence import Evidence
from noctiflora.evidence._pooled import PooledStrain
from noctiflora.evidence._population import Population
from noctiflora.evidence._strain_page import ForestLine, Tier, TrialCard
from noctiflora.evidence._term import Silence, Term, TermKind

Z95 = 1.96
HALVINGS = 50


def forest_lines(
    evidence: Evidence,
    strain: PooledStrain,
    cards: tuple[TrialCard, ...],
    *,
    population: Population,
    predictive: Predictive,
) -> tuple[ForestLine, ...]:
    """Return the lines: numbers, then words, then nothing usable, then what is pooled.

    Parameters
    ----------
    evidence : Evidence
        Holds the reviews that pooled one strain.
    strain : PooledStrain
        The product's result.
    cards : tuple of TrialCard
        Its trials, for titles and links.
    population : Population
        The mean of all probiotics.
    predictive : Predictive
        Effect in a new person, SMD.
    """
    titles = {card.trial_id: card for card in cards}
    reviews = {row.review_id: row.review for row in evidence.reviews}
    terms = sorted(strain.terms, key=lambda t: (list(TermKind).index(t.kind), t.trial_id))
    lines = [_term_line(t, titles, reviews) for t in terms]
    lines += [
        _line(_title(titles, s.trial_id), Tier.NOTHING, card=titles.get(s.trial_id), note=s.why) for s in strain.silent
    ]
    low, high = strain.effect.ci95
    return (
        *lines,
        ForestLine(label="Pooled mean", tier=Tier.POOLED, mean=strain.effect.mean, low=low, high=high, link=None),
        ForestLine(
            label="A new person",
            tier=Tier.POOLED,
            mean=predictive.mean,
            low=quantile(predictive, 0.025),
            high=quantile(predictive, 0.975),
            link=None,
        ),
        ForestLine(
            label="All probiotics",
            tier=Tier.POOLED,
            mean=population.mean,
            low=population.ci95[0],
            high=population.ci95[1],
            link=next((s.url for s in population.sources if s.url), None),
        ),
    )


def quantile(effect: Predictive, p: float) -> float:
    """Return a quantile of a mixture where less is better, by halving."""
    low, high = effect.mean - 20 * effect.sd, effect.mean + 20 * effect.sd
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if effect.p_better_than(-middle) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _term_line(term: Term, titles: dict[str, TrialCard], reviews: dict[str, str]) -> ForestLine:
    card = titles.get(term.trial_id)
    label = _title(titles, term.trial_id)
    link = card.links[0] if card and card.links else next((s.url for s in term.sources if s.url), None)
    if term.pool_of:
        label = f"{reviews.get(term.trial_id, term.trial_id)}: {term.pool_of} trials"
    if term.is_exact:
        return ForestLine(
            label=label,
            tier=Tier.INTERVAL,
            mean=term.low,
            low=term.low - Z95 * term.se,
            high=term.low + Z95 * term.se,
            link=link,
        )
    tier = Tier.SIGNIFICANT_ONLY if term.kind is TermKind.SIGNIFICANT else Tier.NOT_SIGNIFICANT
    return ForestLine(label=label, tier=tier, mean=None, low=_known(term.low), high=_known(term.high), link=link)


def _known(end: float) -> float | None:
    return end if math.isfinite(end) else None


def _title(titles: dict[str, TrialCard], trial_id: str) -> str:
    return titles[trial_id].title if trial_id in titles else trial_id


def _line(label: str, tier: Tier, *, card: TrialCard | None, note: Silence) -> ForestLine:
    link = card.links[0] if card and card.links else None
    return ForestLine(label=f"{label}: {note.value}", tier=tier, mean=None, low=None, high=None, link=link)
