"""Pooling: what the published trials say of every product, together."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from noctiflora.evidence._estimate import expect, summarise
from noctiflora.evidence._evidence import Evidence
from noctiflora.evidence._layout import Layout, lay_out
from noctiflora.evidence._pooled import Estimate, Pooled, PooledStrain, Shared
from noctiflora.evidence._pooled_term import spreads_told
from noctiflora.evidence._population import Population, population
from noctiflora.evidence._selection import select
from noctiflora.evidence._settings import PoolSettings, Selective
from noctiflora.evidence._strain_key import Kind, StrainKey, key_of_strain
from noctiflora.evidence._term import Selection, Silence, Term, TermKind
from noctiflora.evidence.model import Fit, Moments, fit, flat_grid, make_grid, make_scales

# A free population mean is flat over this range (SMD), wider than any pooled effect on sleep ever printed.
FREE_RANGE = (-1.6, 1.2)
FREE_NODES = 113  # 0.025 SMD apart, under half the error of a free mean
HARDLY_MOVED = 0.1  # SMD, 0.3 PSQI points; assumed: no strain stands further from the population today
OWN_PLACE = 1e-6
"""Below this shift, SMD, a product without a trial stands where the population does; above it its species moved it."""


@lru_cache(maxsize=8)
def pool(evidence: Evidence, settings: PoolSettings | None = None) -> Pooled:
    """Return the pooled effect of every product on subjective sleep (SMD, negative = better).

    Model: theta_i = mu + r_i b_rep + g_species + s_strain + eps_i, with mu from one published review, words such
    as "not significant" as censored terms, and half-normal spreads. Under the cut (default) mu is not
    updated by the strain trials. Quadrature: the same input gives the same answer.

    Parameters
    ----------
    evidence : Evidence
        See `load`.
    settings : PoolSettings, optional
        Choices; the documented analysis by default.

    Raises
    ------
    NotPoolable
        If the chosen review prints no effect with an interval.

    References
    ----------
    .. [1] doi:10.3389/fnut.2026.1795450 (population mean)
    .. [2] Plummer 2015, doi:10.1007/s11222-014-9503-z (cuts)

    Examples
    --------
    >>> from noctiflora.evidence import load
    >>> pooled = pool(load())
    >>> round(pooled.untested.effect.mean, 3), round(pooled.untested.effect.sd, 3)
    (-0.197, 0.115)
    """
    settings = settings or PoolSettings()
    people = population(evidence, settings)
    selection = _selected(evidence, settings)
    keys = _keys(evidence, selection)
    layout = lay_out(keys, selection.terms)
    scales = make_scales(settings.scale_strain, settings.scale_species, settings.scale_trial, nodes=settings.nodes)
    if settings.anchored:
        grid = make_grid(people.mean, people.sd, b_sd=settings.b_rep_sd, scales=scales)
    else:
        grid = flat_grid(*FREE_RANGE, nodes=FREE_NODES, scales=scales)
    result = fit(layout.groups, grid, cut=settings.cut and settings.anchored)
    told = spreads_told(evidence, without=settings.without_trial)
    return _assemble(settings, people, selection, keys, layout, result, told)


def _selected(evidence: Evidence, settings: PoolSettings) -> Selection:
    """Return the terms that the settings let in."""
    selection = select(evidence)
    words = (TermKind.SIGNIFICANT, TermKind.NOT_SIGNIFICANT)
    kept = [
        t for t in selection.terms if t.trial_id != settings.without_trial and (settings.words or t.kind not in words)
    ]
    if settings.selective is Selective.WORDS_AND_P:
        kept = [replace(t, selective=False) if t.kind is TermKind.EXACT else t for t in kept]
    silent = tuple(s for s in selection.silent if s.trial_id != settings.without_trial)
    return Selection(terms=tuple(kept), silent=silent)


def _keys(evidence: Evidence, selection: Selection) -> tuple[StrainKey, ...]:
    """Return every product of the trials about sleep and of the strains table, by name."""
    found: dict[str, StrainKey] = {}
    table = (key_of_strain(row) for row in evidence.strains)
    for key in (*selection.keys, *table):
        if key is not None:
            found.setdefault(key.name, key)
    return tuple(found[name] for name in sorted(found))


def _assemble(
    settings: PoolSettings,
    people: Population,
    selection: Selection,
    keys: tuple[StrainKey, ...],
    layout: Layout,
    result: Fit,
    told: Mapping[str, tuple[tuple[float, float], ...]],
) -> Pooled:
    done: dict[tuple[int, int], Estimate] = {}

    def strain(key: StrainKey, place: tuple[int, int]) -> PooledStrain:
        mixture = result.strains[place[0]][place[1]]
        spread = told.get(key.name, ())
        if spread:
            effect = summarise(mixture, omega_person_scale=settings.omega_person_scale, told=spread)
            return _pooled_strain(key, effect, people.mean if settings.anchored else result.mu.mean, selection)
        if place not in done:
            done[place] = summarise(mixture, omega_person_scale=settings.omega_person_scale)
        return _pooled_strain(key, done[place], people.mean if settings.anchored else result.mu.mean, selection)

    return Pooled(
        settings=settings,
        population=people,
        mu=_shared(result.mu),
        b_rep=_shared(result.b_rep),
        p_b_negative=result.p_b_negative,
        omega_strain=_shared(result.omega_strain),
        omega_species=_shared(result.omega_species),
        tau=_shared(result.tau),
        untested=strain(StrainKey(name="an untested strain", kind=Kind.STRAIN), layout.untested),
        prebiotic=strain(StrainKey(name="an untested prebiotic", kind=Kind.PREBIOTIC), layout.prebiotic),
        strains=tuple(strain(key, layout.places[key.name]) for key in keys),
        species=tuple(
            strain(StrainKey(name=f"another strain of {name}", kind=Kind.STRAIN, species=name), place)
            for name, place in layout.species
        ),
    )


def _pooled_strain(key: StrainKey, effect: Estimate, centre: float, selection: Selection) -> PooledStrain:
    terms = tuple(t for t in selection.terms if t.key.name == key.name)
    of_key = [s for s in selection.silent if s.key is not None and s.key.name == key.name]
    replaced = tuple(s.trial_id for s in of_key if s.why is Silence.REPLACED)
    silent = tuple(s for s in of_key if s.why is not Silence.REPLACED)
    sizes = [t.n_people for t in terms]
    known = [n for n in sizes if n is not None]
    shift = effect.mean - centre
    expected = expect(key.name, effect)
    return PooledStrain(
        key=key,
        label=key.label,
        effect=effect,
        predictive_sd=expected.sd,
        p_benefit=expected.p_better_than(0.0),
        shift=shift,
        terms=terms,
        silent=silent,
        replaced=replaced,
        n_trials=sum(t.pool_of or 1 for t in terms) + len(silent),
        n_people=sum(known) if len(known) == len(sizes) else None,
        forms=tuple(dict.fromkeys(t.form for t in terms if t.form is not None)),
        words=_words(terms, shift),
    )


def _words(terms: tuple[Term, ...], shift: float) -> str:
    if not terms and abs(shift) < OWN_PLACE:
        return "No trial of this product tells anything usable: this is the population's mean with its spread."
    if not terms:
        side = "better" if shift < 0 else "worse"
        return (
            "No trial of this product tells anything usable: it is the population's mean, moved to the "
            f"{side} only because other strains of its species were tried. It says nothing of this strain itself."
        )
    parts = []
    if abs(shift) < HARDLY_MOVED:
        parts.append("The population's result, hardly moved by the trials of this product.")
    else:
        direction = "better" if shift < 0 else "worse"
        parts.append(f"The trials of this product move it to {direction} than the population.")
    if all(t.kind is TermKind.SIGNIFICANT for t in terms):
        parts.append(
            'It rests on the word "significant" alone; a product with a printed effect can come out lower '
            "without being the worse one."
        )
    if any(t.pool_of for t in terms):
        parts.append("It rests on a published pool of this one strain.")
    return " ".join(parts)


def _shared(moments: Moments) -> Shared:
    return Shared(mean=moments.mean, sd=moments.sd)
