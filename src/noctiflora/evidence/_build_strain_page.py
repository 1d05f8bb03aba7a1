"""Builds the page about one product."""

import re
from dataclasses import replace

from noctiflora.core import Instrument, Outcome, Predictive, Source
from noctiflora.evidence._conditions import IMPORTANT_SMD
from noctiflora.evidence._estimate import expect
from noctiflora.evidence._evidence import Evidence
from noctiflora.evidence._expected import predictive
from noctiflora.evidence._find import find_product
from noctiflora.evidence._forest import forest_lines
from noctiflora.evidence._grade import grade
from noctiflora.evidence._pool import pool
from noctiflora.evidence._pooled import PooledStrain
from noctiflora.evidence._pooled_term import spread_source
from noctiflora.evidence._population import PSQI_SD
from noctiflora.evidence._settings import Discount, PoolSettings
from noctiflora.evidence._strain_key import Kind, StrainKey, key_of_strain
from noctiflora.evidence._strain_page import ChainStep, Level, MechanismClaim, StrainPage, TrialCard
from noctiflora.evidence._term import TermKind
from noctiflora.evidence._transfer import spread_between, usual_transfer
from noctiflora.evidence._trial_card import trial_cards
from noctiflora.evidence.rows import StrainRow

IMPORTANT_POINTS = IMPORTANT_SMD * PSQI_SD
IMPORTANT_SOURCE = Source(ref="10.1186/s12874-024-02297-0", note="2.5 to 2.7 PSQI points between groups")


def strain_page(
    evidence: Evidence,
    name: str,
    *,
    outcome: Outcome = Outcome.EFFICIENCY,
    instrument: Instrument = Instrument.DIARY,
    useful: float | None = None,
    settings: PoolSettings | None = None,
) -> StrainPage:
    """Return everything known of one product.

    Parameters
    ----------
    evidence : Evidence
        See `load`.
    name : str
        Product by any of its names.
    outcome, instrument : Outcome, Instrument
        Nightly outcome to scale the effect to.
    useful : float, optional
        Amount worth it, in the outcome's unit.
    settings : PoolSettings, optional
        Choices of the pooling.

    Raises
    ------
    RangeError
        If no product of that name is known.
    NotPoolable
        If no spread between people is known for the outcome.

    Examples
    --------
    >>> from noctiflora.evidence import load
    >>> page = strain_page(load(), "PS128")
    >>> [line.tier.value for line in page.forest]
    ['not significant only', 'pooled', 'pooled', 'pooled']
    """
    settings = settings or PoolSettings()
    key = find_product(evidence, name)
    pooled = pool(evidence, settings)
    strain = pooled.of(key)
    if strain.key.name != key.name:  # a strain that is not listed takes its species' result under its own name
        strain = replace(strain, key=key, label=key.label)
    free = pool(evidence, replace(settings, anchored=False)).of(key)
    sceptical = pool(evidence, replace(settings, discount=Discount.SCEPTICAL)).of(key)
    person = expect(strain.label, strain.effect)
    expected = predictive(evidence, key.name, outcome, instrument, settings=settings)
    cards = trial_cards(evidence, strain)
    rows = _strain_rows(evidence, strain)
    return StrainPage(
        pooled=strain,
        free=free.effect,
        sceptical=sceptical.effect,
        population=pooled.population,
        summary=_summary(strain, person, cards),
        important_smd=IMPORTANT_SMD,
        important_points=IMPORTANT_POINTS,
        important_source=IMPORTANT_SOURCE,
        p_important=person.p_better_than(IMPORTANT_SMD),
        trials=cards,
        forest=forest_lines(evidence, strain, cards, population=pooled.population, predictive=person),
        mechanisms=_mechanisms(rows),
        products=_products(rows, cards),
        related=_related(evidence, key, tuple(s.key for s in pooled.strains)),
        outcome=outcome,
        instrument=instrument,
        expected=expected,
        useful=useful,
        p_useful=None if useful is None else expected.p_better_than(useful),
        chain=_chain(evidence, strain, person, expected, settings, outcome, instrument),
        grade=grade(evidence, strain),
    )


def _summary(strain: PooledStrain, person: Predictive, cards: tuple[TrialCard, ...]) -> tuple[str, ...]:
    """Return what it comes to, in sentences that need no statistics."""
    points, (low, high) = strain.effect.mean * PSQI_SD, (x * PSQI_SD for x in strain.effect.ci95)
    chance, much = round(100 * strain.p_benefit), round(100 * person.p_better_than(IMPORTANT_SMD))
    direction = "lower" if points < 0 else "higher"
    kinds = [t.kind for t in strain.terms]
    nulls, silent = kinds.count(TermKind.NOT_SIGNIFICANT), len(strain.silent)
    out = [
        f"On average {abs(points):.1f} PSQI points {direction} (better is lower) than placebo, probably between "
        f"{low:.1f} and {high:.1f}. Trials of insomnia call {IMPORTANT_POINTS:g} points important.",
        f"Chance that it helps one new person at all: {chance} of 100; by an important amount: {much} of 100.",
        strain.words,
    ]
    if not cards:
        out.append("No trial of this product with a sleep outcome was found.")
    elif nulls or silent:
        told = [f"{nulls} found no difference"] if nulls else []
        told += [f"{silent} told nothing that can be used, which is not the same"] if silent else []
        trials = "trial" if strain.n_trials == 1 else "trials"
        out.append(f"Of {strain.n_trials} {trials}, {', and '.join(told)}. They are listed below.")
    return tuple(out)


def _strain_rows(evidence: Evidence, strain: PooledStrain) -> tuple[StrainRow, ...]:
    """Return the rows of the strains table behind a product: its own, or those of a blend's parts."""
    names = set(strain.key.name.split(";")) | {strain.key.name}
    found = []
    for row in evidence.strains:
        key = key_of_strain(row)
        listed = key is None and strain.key.kind is Kind.UNDISCLOSED and strain.key.name in (row.trial_ids or "")
        if listed or (key is not None and key.name in names):
            found.append(row)
    return tuple(found)


_LEVEL_WORDS = (
    (Level.HUMAN, re.compile(r"\bhuman")),
    (Level.ANIMAL, re.compile(r"\banimal|\bmice|\bfly")),
    (Level.IN_VITRO, re.compile(r"\bin vitro")),
    (Level.PROPOSED, re.compile(r"\bproposed")),
)


def _mechanisms(rows: tuple[StrainRow, ...]) -> tuple[MechanismClaim, ...]:
    return tuple(
        MechanismClaim(
            strain=f"{row.species} {row.strain_id}",
            what=row.mechanism,
            levels=levels_of(row.mechanism_level or ""),
            as_noted=row.mechanism_level or "level not noted",
            source=row.mechanism_source,
        )
        for row in rows
        if row.mechanism
    )


def levels_of(text: str) -> tuple[Level, ...]:
    """Return the levels that a note names.

    Examples
    --------
    >>> [x.value for x in levels_of("human (n=17 subset); in vitro")]
    ['human', 'in vitro']
    """
    return tuple(level for level, pattern in _LEVEL_WORDS if pattern.search(text.casefold()))


def _products(rows: tuple[StrainRow, ...], cards: tuple[TrialCard, ...]) -> tuple[str, ...]:
    named = [row.products for row in rows if row.products] + [card.product for card in cards]
    return tuple(dict.fromkeys(named))


def _related(evidence: Evidence, key: StrainKey, known: tuple[StrainKey, ...]) -> tuple[str, ...]:
    if key.kind is Kind.BLEND:
        return tuple(key.name.split(";"))
    return tuple(k.label for k in known if k.kind is Kind.BLEND and key.name in k.name.split(";"))


def _chain(
    evidence: Evidence,
    strain: PooledStrain,
    person: Predictive,
    expected: Predictive,
    settings: PoolSettings,
    outcome: Outcome,
    instrument: Instrument,
) -> tuple[ChainStep, ...]:
    spread, sources = spread_between(evidence, outcome, instrument)
    transfer = usual_transfer(outcome, instrument)
    own = spread_source(evidence, strain.key.name, settings.omega_person_scale)
    unit = outcome.unit
    return (
        ChainStep(
            what="The pooled mean effect of the product, in spreads between people (SMD); negative is better",
            value=f"{strain.effect.mean:.3f} (sd {strain.effect.sd:.3f})",
            sources=strain.sources,
        ),
        ChainStep(
            what="One person is not the mean: trials differ, and people differ from each other",
            value=f"{person.mean:.3f} (sd {person.sd:.3f})",
            sources=(own,),
        ),
        ChainStep(
            what=f"One spread between people with insomnia in {outcome.label}, by {instrument.value}",
            value=f"{spread:g} {unit}",
            sources=sources,
        ),
        ChainStep(
            what="Share of the questionnaire's effect that shows in this outcome (c)",
            value=f"{transfer.mean:g}" + (f" (sd {transfer.sd:g}, above 0)" if transfer.sd else ""),
            sources=(transfer.source,),
        ),
        ChainStep(
            what=f"Multiplied: the effect on {outcome.label} in one new person",
            value=f"{expected.mean:.2f} {unit} (sd {expected.sd:.2f}); better at all for "
            f"{round(100 * expected.p_better_than(0.0))} of 100",
            sources=(),
        ),
    )
