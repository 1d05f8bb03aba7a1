"""Properties of the whole pooling: nulls, names and units.

At fixed mu, omegas and tau a null trial never raises a strain's chance of benefit; names only name; units change
nothing.
"""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from noctiflora.evidence import Evidence, find_product, load, pool, with_additions
from noctiflora.evidence._with_additions import NewTrial
from noctiflora.evidence.model import Grid, Group, Mixture, Observation, Scales, fit
from tests.evidence.test_read_additions import entry

PERSON = 0.2


def chance(mixture: Mixture, tau: float) -> float:
    """Return P(benefit) for a new person."""
    sd = np.sqrt(mixture.var + tau**2 + PERSON**2)
    return float(mixture.weight @ ndtr(-mixture.mean / sd))


def fixed(mu: float, strain: float, species: float, tau: float) -> Grid:
    scales = Scales(
        strain=np.array([strain]), species=np.array([species]), trial=np.array([tau]), log_prior=np.zeros(1)
    )
    return Grid(
        mu=np.array([mu]),
        log_mu=np.zeros(1),
        b=np.zeros(1),
        log_b=np.zeros(1),
        scales=scales,
        lattice=np.array([mu]),
        at=np.zeros((1, 1), dtype=np.intp),
    )


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    se = draw(st.floats(0.08, 0.6))
    edges = draw(
        st.one_of(
            st.floats(-1.0, 1.0).map(lambda y: (y, y)),
            st.sampled_from([(-math.inf, -1.96 * se), (-1.96 * se, 1.96 * se)]),
        )
    )
    return Observation(low=edges[0], high=edges[1], se=se, selective=False)


@st.composite
def nulls(draw: st.DrawFn) -> Observation:
    se = draw(st.floats(0.08, 0.6))
    reach = draw(st.sampled_from([0.0, 1.96 * se]))
    return Observation(low=-reach, high=reach, se=se, selective=False)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(observations(), max_size=3),
    nulls(),
    st.tuples(st.floats(-0.5, 0.1), st.floats(0.02, 0.3), st.floats(0.02, 0.3), st.floats(0.0, 0.3)),
)
def test_a_null_trial_never_raises_the_chance_of_benefit(
    told: list[Observation], null: Observation, at: tuple[float, float, float, float]
) -> None:
    grid = fixed(*at)
    before = chance(fit((Group(strains=(tuple(told),)),), grid, cut=True).strains[0][0], at[3])
    assume(before > 0.5)
    after = chance(fit((Group(strains=((*told, null),)),), grid, cut=True).strains[0][0], at[3])
    assert after <= before + 1e-6


def renamed(evidence: Evidence, names: dict[str, str]) -> Evidence:
    def other(cell: str) -> str:
        return "; ".join(names.get(part.strip(), part.strip()) for part in cell.split(";"))

    trials = tuple(r.model_copy(update={"strains": other(r.strains)}) for r in reversed(evidence.trials))
    strains = []
    for row in evidence.strains:
        full = f"{row.species} {row.strain_id}"
        species, _, ident = names.get(full, full).rpartition(" ") if full in names else (row.species, "", row.strain_id)
        strains.append(row.model_copy(update={"species": species, "strain_id": ident}))
    return replace(evidence, trials=trials, strains=tuple(strains))


def test_relabelled_strains_take_their_results_along() -> None:
    """PS128 and 1714, of different species, exchange their names; nobody else notices."""
    one, two = "Lactiplantibacillus plantarum PS128", "Bifidobacterium longum 1714"
    new = {one: "Lactiplantibacillus plantarum ZZ1", two: "Bifidobacterium longum AA2"}
    before, after = pool(load()), pool(renamed(load(), new))
    results = {s.key.name: (s.effect.mean, s.effect.sd, s.p_benefit) for s in after.strains}
    for strain in before.strains:
        name = new.get(strain.key.name, strain.key.name)
        if name in results:
            assert results[name] == pytest.approx((strain.effect.mean, strain.effect.sd, strain.p_benefit), abs=1e-9)
    assert set(new.values()) <= set(results)


def test_exchanged_names_exchange_results() -> None:
    """Two strains of one species: what was told of one is told of the other."""
    one, two = "Lactiplantibacillus plantarum PS128", "Lactiplantibacillus plantarum HEAL9"
    before, after = pool(load()), pool(renamed(load(), {one: two, two: one}))
    for a, b in ((one, two), (two, one)):
        was, now = before.of(find_product(load(), a)), after.of(find_product(load(), b))
        assert (now.effect.mean, now.effect.sd) == pytest.approx((was.effect.mean, was.effect.sd), abs=1e-9)


@settings(deadline=None, max_examples=4)
@given(st.floats(-2.0, 2.0), st.floats(0.2, 1.0))
def test_units_change_nothing(points: float, se: float) -> None:
    """A difference in PSQI points, the same in SMD, and the same on a scale that runs the other way."""
    forms = [
        ({"scale": "psqi", "unit": "points", "lower_is_better": True}, points, se),
        ({"scale": "psqi", "unit": "SMD", "lower_is_better": True}, points / 3, se / 3),
        ({"scale": "other", "name": "X", "unit": "SMD", "lower_is_better": False}, -points / 3, se / 3),
    ]
    results = []
    for outcome, y, error in forms:
        told = {"kind": "difference", "estimate": y, "se": error}
        trial = NewTrial.model_validate(entry(outcome=outcome, reported=told), strict=False)
        evidence = with_additions(load(), (trial,))
        results.append(pool(evidence).of(find_product(evidence, "PS128")).effect.mean)
    assert results[1:] == pytest.approx([results[0]] * 2, abs=1e-9)
