"""Choosing each trial's term by rule, never by whether it is significant."""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

from noctiflora.core import NotPoolable
from noctiflora.evidence._evidence import Evidence
from noctiflora.evidence._personal_term import personal_term
from noctiflora.evidence._pooled_term import pooled_term
from noctiflora.evidence._population import CI_WIDTH, ISI_SD, PSQI_SD
from noctiflora.evidence._strain_key import StrainKey, key_of_trial, single
from noctiflora.evidence._term import NoTerm, Selection, Silence, Term, TermKind
from noctiflora.evidence._vocabulary import (
    About,
    Blinding,
    Design,
    Domain,
    EffectKind,
    EvidenceLevel,
    PKind,
    Quality,
    Scale,
    Scope,
    Significant,
)
from noctiflora.evidence.rows import EffectRow, ReviewRow, TrialRow

CUT_OFF = 1.96  # two-sided 5 %, in standard errors
REFERENCE_SD = {Scale.PSQI: PSQI_SD, Scale.ISI: ISI_SD}
_OPEN_TABLES = (EvidenceLevel.FULL_TABLE, EvidenceLevel.REGISTRY)  # what these tell is not a choice of the abstract
_EXACT = (Quality.EXACT, Quality.COMPUTED)
_EXACT_KINDS = (EffectKind.END_SCORE, EffectKind.COEFFICIENT, EffectKind.MEAN_DIFFERENCE, EffectKind.STANDARDISED)


@lru_cache(maxsize=4)
def select(evidence: Evidence) -> Selection:
    """Return the term of every trial with a sleep outcome, or the reason why it has none.

    The order of the rules: (1) excluded trials, crossovers without their own error and open-label trials
    give none; (2) the best scale present is taken whatever it says (PSQI, else ISI, else another scale of
    sleep), whole group, at the last time point; (3) a derived effect of that outcome beats the words;
    (4) else the words "significant" and "not significant"; (5) sizes are those analysed, else randomised,
    else the total split evenly.

    Parameters
    ----------
    evidence : Evidence
        See `load`.

    Examples
    --------
    >>> from noctiflora.evidence import load
    >>> len(select(load()).terms)
    18
    """
    pools = [_pool_term(row) for row in evidence.reviews if row.about is About.ONE_STRAIN]
    replaced = {term.key.name for term in pools}
    terms: list[Term] = list(pools)
    silent: list[NoTerm] = []
    for rows in _trials_about_sleep(evidence.trials):
        products = _products(rows)
        for key, of_product in products:
            found = _term(key, of_product, evidence.derived_effects, len(products), replaced)
            if isinstance(found, Term):
                terms.append(found)
            else:
                silent.append(NoTerm(trial_id=rows[0].trial_id, key=key, why=found))
    of_people = [
        *(personal_term(evidence, shared) for shared in evidence.personal),
        *(pooled_term(evidence, pooled) for pooled in evidence.pooled_people),
    ]
    for told in of_people:
        if isinstance(told, Term):
            terms.append(told)
        else:
            silent.append(told)
    return Selection(terms=tuple(terms), silent=tuple(silent))


def _trials_about_sleep(rows: Iterable[TrialRow]) -> list[list[TrialRow]]:
    by_trial: dict[str, list[TrialRow]] = {}
    for row in rows:
        by_trial.setdefault(row.trial_id, []).append(row)
    return [group for group in by_trial.values() if any(_about_sleep(r) for r in group)]


def _about_sleep(row: TrialRow) -> bool:
    if row.outcome_domain in (Domain.SLEEP_SUBJECTIVE, Domain.SLEEP_OBJECTIVE):
        return True
    return row.outcome_domain is Domain.DAYTIME_FUNCTION and "sleepiness" in row.outcome.lower()


def _products(rows: Sequence[TrialRow]) -> list[tuple[StrainKey | None, list[TrialRow]]]:
    """Return the products of one trial with their rows."""
    by_cell: dict[str, list[TrialRow]] = {}
    for row in rows:
        by_cell.setdefault(row.strains, []).append(row)
    return [(key_of_trial(of_product[0]), of_product) for of_product in by_cell.values()]


def _term(
    key: StrainKey | None,
    rows: Sequence[TrialRow],
    effects: Sequence[EffectRow],
    n_products: int,
    replaced: set[str],
) -> Term | Silence:
    first = rows[0]
    if key is not None and key.name in replaced:
        return Silence.REPLACED
    if any(r.exclusion for r in rows) or key is None:
        return Silence.EXCLUDED
    candidates = _candidates(rows)
    if not candidates:
        return Silence.NO_SCALE
    if first.design is Design.CROSSOVER and all(r.diff_se is None for r in candidates):
        return Silence.CROSSOVER
    if first.blinding is Blinding.OPEN or not first.randomised:
        return Silence.OPEN_LABEL
    row = candidates[0]
    number = _number(row, effects)
    if number is not None:
        return _with_number(key, row, number)
    word = _word(candidates)
    if isinstance(word, Silence):
        return Silence.UNCONFIRMED if _only_unconfirmed(row, rows, effects) else word
    return _with_word(key, row, word, n_products)


def _candidates(rows: Sequence[TrialRow]) -> list[TrialRow]:
    """Return the rows of the best scale at its last time point and highest dose.

    There are several only where parts of a scale alone are named.
    """
    usable = [r for r in rows if r.scale is not None and r.scope in _SCOPES[r.scale]]
    if not usable:
        responders = [r for r in rows if r.scale is Scale.OTHER and r.scope is Scope.RESPONDERS]
        return responders[:1]
    best = min((r.scale for r in usable if r.scale), key=list(Scale).index)
    of_best = [r for r in usable if r.scale is best]
    last = max(r.timepoint_days or math.inf for r in of_best)
    of_best = [r for r in of_best if (r.timepoint_days or math.inf) == last]
    top = max(r.dose_value or 0.0 for r in of_best)
    of_best = [r for r in of_best if (r.dose_value or 0.0) == top]
    whole = [r for r in of_best if r.scope is Scope.WHOLE]
    return whole[:1] or of_best


_SCOPES: dict[Scale, tuple[Scope, ...]] = {
    Scale.PSQI: (Scope.WHOLE,),
    Scale.ISI: (Scope.WHOLE,),
    Scale.OTHER: (Scope.WHOLE, Scope.PART, Scope.ONE_OF_SEVERAL),
}


def _matching(row: TrialRow, effects: Sequence[EffectRow]) -> list[EffectRow]:
    return [
        e
        for e in effects
        if e.trial_id == row.trial_id
        and e.outcome == row.outcome
        and (e.timepoint_days is None or row.timepoint_days is None or e.timepoint_days == row.timepoint_days)
    ]


def _number(row: TrialRow, effects: Sequence[EffectRow]) -> EffectRow | None:
    """Return the derived effect of exactly this row, if there is one that may be used."""
    usable = [e for e in _matching(row, effects) if _divisor(row, e) is not None]
    for effect in usable:
        if effect.quality in _EXACT and effect.kind in _EXACT_KINDS:
            return effect
    if row.significant is Significant.NOT_REPORTED:
        return None
    return next((e for e in usable if e.quality is Quality.APPROXIMATE), None)


def _divisor(row: TrialRow, effect: EffectRow) -> float | None:
    """Return what turns the effect into SMD: 1 for standardised ones, the reference SD of its scale for points."""
    if effect.kind is EffectKind.STANDARDISED:
        return 1.0
    if effect.kind is EffectKind.LOG_ODDS_RATIO or row.scale is None:
        return None
    return REFERENCE_SD.get(row.scale)


def _only_unconfirmed(row: TrialRow, rows: Sequence[TrialRow], effects: Sequence[EffectRow]) -> bool:
    same = row.scope is Scope.RESPONDERS and len([r for r in rows if r.scale is not None]) == 1
    return same and any(e.quality is Quality.APPROXIMATE for e in _matching(row, effects))


def _word(candidates: Sequence[TrialRow]) -> TermKind | Silence:
    """Return what the rows say in words, if they agree."""
    if any(r.p_kind in (PKind.WITHIN, PKind.SUBGROUP, PKind.UNCLEAR) for r in candidates):
        return Silence.NOTHING_BETWEEN
    said = {r.significant for r in candidates}
    if said == {Significant.NOT_REPORTED} or candidates[0].scope is Scope.RESPONDERS:
        return Silence.NOTHING_BETWEEN
    if len(said) > 1 or candidates[0].scope is Scope.ONE_OF_SEVERAL:
        return Silence.PARTS_DISAGREE
    return TermKind.SIGNIFICANT if said == {Significant.YES} else TermKind.NOT_SIGNIFICANT


def _with_number(key: StrainKey, row: TrialRow, effect: EffectRow) -> Term:
    divisor = _divisor(row, effect) or 1.0
    better_down = row.lower_is_better is not False or effect.kind is EffectKind.STANDARDISED
    y = effect.estimate / divisor * (1 if better_down else -1)
    kind = TermKind.EXACT if effect.quality in _EXACT else TermKind.FROM_P
    sizes = _sizes(row, 1)
    both = effect.n_active is not None and effect.n_placebo is not None
    people = (effect.n_active or 0) + (effect.n_placebo or 0) if both else None
    return Term(
        trial_id=row.trial_id,
        key=key,
        kind=kind,
        low=y,
        high=y,
        se=effect.se / divisor,
        selective=row.evidence_level not in _OPEN_TABLES,
        n_people=people if people is not None else (round(sizes[0] + sizes[1]) if sizes else None),
        arms_assumed_equal=False,
        outcome=row.outcome,
        form=row.form,
        sources=row.sources,
    )


def _with_word(key: StrainKey, row: TrialRow, word: TermKind, n_products: int) -> Term | Silence:
    sizes = _sizes(row, n_products)
    if sizes is None:
        return Silence.NO_SIZES
    se = math.sqrt(1 / sizes[0] + 1 / sizes[1])
    low, high = -CUT_OFF * se, CUT_OFF * se
    if word is TermKind.SIGNIFICANT:
        low, high = (high, math.inf) if _harmful(row) else (-math.inf, low)
    return Term(
        trial_id=row.trial_id,
        key=key,
        kind=word,
        low=low,
        high=high,
        se=se,
        selective=row.evidence_level not in _OPEN_TABLES,
        n_people=round(sizes[0] + sizes[1]),
        arms_assumed_equal=_exact_sizes(row) is None,
        outcome=row.outcome,
        form=row.form,
        sources=row.sources,
    )


def _harmful(row: TrialRow) -> bool:
    """Return whether a significant difference is against the product.

    A row without a printed difference says yes of a benefit only: harms are always printed with theirs.
    """
    if row.between_diff is None or row.lower_is_better is None:
        return False
    return (row.between_diff > 0) == row.lower_is_better


def _exact_sizes(row: TrialRow) -> tuple[float, float] | None:
    if row.n_analysed_active and row.n_analysed_placebo:
        return row.n_analysed_active, row.n_analysed_placebo
    if row.n_randomised_active and row.n_randomised_placebo:
        return row.n_randomised_active, row.n_randomised_placebo
    return None


def _sizes(row: TrialRow, n_products: int) -> tuple[float, float] | None:
    """Return the sizes of both arms; a placebo arm shared by several products is divided."""
    known = _exact_sizes(row)
    if known is not None:
        return known[0], known[1] / n_products
    if row.n_randomised_total is None or row.design is not Design.PARALLEL or row.arms is None:
        return None
    each = row.n_randomised_total / row.arms
    return each, each / n_products


def _pool_term(row: ReviewRow) -> Term:
    """Return the term of a review that pooled one strain: exact, and without a spread between trials of its own."""
    key = single(row.strain or "")
    if key is None or row.estimate is None or row.ci_low is None or row.ci_high is None:
        raise NotPoolable(
            "a pool of one strain needs the strain, its effect and the interval",
            where=f"reviews.csv, {row.review_id}",
            do="complete the row",
        )
    return Term(
        trial_id=row.review_id,
        key=key,
        kind=TermKind.EXACT,
        low=row.estimate / PSQI_SD,
        high=row.estimate / PSQI_SD,
        se=(row.ci_high - row.ci_low) / CI_WIDTH / PSQI_SD,
        selective=False,
        pool_of=row.k or 0,
        n_people=row.n,
        arms_assumed_equal=False,
        outcome=row.outcome,
        form=None,
        sources=row.sources,
    )
