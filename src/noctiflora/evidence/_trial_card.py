"""What each trial of a product told, in words, with its links."""

import math

from noctiflora.core import Source
from noctiflora.evidence._evidence import Evidence
from noctiflora.evidence._pooled import PooledStrain
from noctiflora.evidence._pooled_term import product_of, source_of
from noctiflora.evidence._strain_key import key_of_cell, key_of_trial
from noctiflora.evidence._strain_page import OutcomeTold, TrialCard
from noctiflora.evidence._term import Term, TermKind
from noctiflora.evidence._vocabulary import Domain, PKind, Significant
from noctiflora.evidence.rows import NewPersonal, NewPooled, TrialRow

_ABOUT = {
    Domain.SLEEP_SUBJECTIVE: "sleep as rated",
    Domain.SLEEP_OBJECTIVE: "sleep as measured",
    Domain.DAYTIME_FUNCTION: "daytime",
}
_KIND_WORDS = {
    TermKind.EXACT: "a number with its error",
    TermKind.FROM_P: "a number worked out from its p",
    TermKind.SIGNIFICANT: 'only the word "significant"',
    TermKind.NOT_SIGNIFICANT: 'only the word "not significant"',
}


def trial_cards(evidence: Evidence, strain: PooledStrain) -> tuple[TrialCard, ...]:
    """Return a card for every trial of a product, those that count and those that do not.

    Parameters
    ----------
    evidence : Evidence
        Holds the trials.
    strain : PooledStrain
        The product's result.
    """
    counts = counts_as(strain)
    by_trial: dict[str, list[TrialRow]] = {}
    for row in evidence.trials:
        key = key_of_trial(row)
        if row.trial_id in counts and (key is None or key.name == strain.key.name):
            by_trial.setdefault(row.trial_id, []).append(row)
    cards = [_card(rows, counts[name], name in evidence.added) for name, rows in by_trial.items()]
    cards += [_person(p, counts[p.id]) for p in evidence.personal if _of(p) == strain.key.name]
    cards += [_people(p, counts[p.id]) for p in evidence.pooled_people if product_of(p).name == strain.key.name]
    return tuple(sorted(cards, key=lambda card: (card.title, card.trial_id)))


def counts_as(strain: PooledStrain) -> dict[str, str]:
    """Return what each trial of a product adds to its result, or why it adds nothing."""
    out = {t.trial_id: _term_words(t) for t in strain.terms if not t.pool_of}
    out |= {s.trial_id: f"Adds nothing: {s.why.value}." for s in strain.silent}
    pool = next((t for t in strain.terms if t.pool_of), None)
    told = f" ({pool.trial_id}, {pool.pool_of} trials)" if pool else ""
    out |= dict.fromkeys(strain.replaced, f"Stands behind a published pool of this strain{told}.")
    return out


def links(sources: tuple[Source, ...], doi: str | None = None, pmid: str | None = None) -> tuple[str, ...]:
    """Return the addresses of a paper: its DOI and PMID where known, else the page that was read."""
    named = [Source(ref=doi)] if doi else []
    named += [Source(ref=f"PMID {pmid}")] if pmid else []
    found = [s.url for s in named or sources if s.url is not None]
    return tuple(dict.fromkeys(found))[:2]


def dose_words(value: float | None, unit: str | None, text: str | None) -> str | None:
    """Return a dose as people write it.

    Examples
    --------
    >>> dose_words(3e10, "CFU/day", None), dose_words(5.0, "g/day", None)
    ('3 x 10^10 CFU/day', '5 g/day')
    """
    if value is None or unit is None:
        return text
    if value < 1e5:
        return f"{value:g} {unit}"
    power = math.floor(math.log10(value) + 1e-9)
    return f"{value / 10**power:g} x 10^{power} {unit}"


def _of(shared: NewPersonal) -> str | None:
    key = key_of_cell(shared.strain, shared.id)
    return None if key is None else key.name


def _card(rows: list[TrialRow], counts: str, added: bool) -> TrialCard:
    first = rows[0]
    author = first.first_author or first.trial_id
    people = first.n_randomised_total or sum(x or 0 for x in (first.n_analysed_active, first.n_analysed_placebo))
    who = [f"{people} people" if people else None, first.population, first.baseline_severity]
    how = [
        first.design_detail or (first.design.value if first.design else None),
        first.blinding.value if first.blinding else "blinding not stated",
        f"against {first.control}" if first.control else None,
        f"paid by {first.funding}" if first.funding else "who paid is not stated",
        f"known from: {first.evidence_level.value}",
    ]
    return TrialCard(
        trial_id=first.trial_id,
        title=f"{author} {first.year}" if first.year else author,
        links=links(first.sources, first.doi, first.pmid),
        people="; ".join(x for x in who if x),
        design="; ".join(x for x in how if x),
        product=first.intervention_label,
        dose=dose_words(first.dose_value, first.dose_unit, first.dose_text),
        days=first.duration_days,
        outcomes=tuple(
            OutcomeTold(
                outcome=row.outcome,
                about=_ABOUT.get(row.outcome_domain, row.outcome_domain.value),
                days=row.timepoint_days,
                told=told_words(row),
            )
            for row in rows
        ),
        counts_as=counts,
        adverse_events=next((r.adverse_events for r in rows if r.adverse_events), None),
        added=added,
    )


def _person(shared: NewPersonal, counts: str) -> TrialCard:
    told = OutcomeTold(
        outcome=f"{shared.outcome.label} ({shared.instrument.value})",
        about="sleep as rated" if shared.instrument.value == "diary" else "sleep as measured",
        days=None,
        told="shared as a likelihood, without its nights",
    )
    return TrialCard(
        trial_id=shared.id,
        title=f"One person's trial ({shared.id})",
        links=links((Source(ref=shared.doi),)),
        people="1 person",
        design=f"{shared.design.n_nights} nights in {shared.design.n_periods} periods, in random order; "
        f"{shared.blinding.value}",
        product=shared.strain,
        dose=dose_words(shared.dose_value, shared.dose_unit, None),
        days=shared.duration_days,
        outcomes=(told,),
        counts_as=counts,
        adverse_events=None,
        added=True,
    )


def _people(pooled: NewPooled, counts: str) -> TrialCard:
    told = OutcomeTold(
        outcome=f"{pooled.outcome.label} ({pooled.instrument.value})",
        about="sleep as rated" if pooled.instrument.value == "diary" else "sleep as measured",
        days=None,
        told=f"mean effect {pooled.mean:.3g} {pooled.unit} (sd {pooled.sd:.2g}); people differ from it by "
        f"{pooled.omega_person:.3g} (sd {pooled.omega_person_sd:.2g})",
    )
    return TrialCard(
        trial_id=pooled.id,
        title=f"{pooled.n_people} personal trials ({pooled.id})",
        links=links((source_of(pooled),)),
        people=f"{pooled.n_people} people, {pooled.n_agreed_before} of them agreed before their result was known",
        design=f"personal trials in random order, pooled by {pooled.made_by}; {pooled.blinding.value}",
        product=pooled.strain,
        dose=dose_words(pooled.dose_value, pooled.dose_unit, None),
        days=pooled.duration_days,
        outcomes=(told,),
        counts_as=counts,
        adverse_events=None,
        added=True,
    )


def told_words(row: TrialRow) -> str:
    """Return what a row tells of the difference between the groups, in words."""
    p = f" (p {row.p_value})" if row.p_value and row.p_value[:1] in "0123456789<>=" else ""
    size = ""
    if row.between_diff is not None and (row.diff_se is not None or row.diff_ci_low is not None):
        size = f"difference {row.between_diff:g}"
        if row.diff_ci_low is not None and row.diff_ci_high is not None:
            size += f" ({row.diff_ci_low:g} to {row.diff_ci_high:g})"
        size += ", "
    elif row.active_end_mean is not None and row.placebo_end_mean is not None:
        size = f"{row.active_end_mean:g} against {row.placebo_end_mean:g} at the end, "
    if row.p_kind is PKind.WITHIN:
        return f"{size}only a change within one group was tested{p}: no comparison with the other"
    if row.p_kind is PKind.SUBGROUP:
        return f"{size}only in a part of the people{p}"
    if row.significant is Significant.NO:
        return f"{size}no significant difference to the comparator{p}"
    if row.significant is Significant.YES:
        return f"{size}said to differ significantly{p}"
    return f"{size}nothing said of the difference between the groups{p}"


def _term_words(term: Term) -> str:
    words = f"Counts as {_KIND_WORDS[term.kind]} on {term.outcome}"
    if term.n_people:
        words += f", {term.n_people} {'person' if term.n_people == 1 else 'people'}"
    if term.arms_assumed_equal:
        words += " (arms assumed equal)"
    if term.selective:
        words += "; known from a text that chooses what it tells"
    return f"{words}."
