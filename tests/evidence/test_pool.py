"""Pooling gives the documented tables, agrees with NUTS, and answers every product."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import NotPoolable
from noctiflora.evidence import (
    Pooled,
    PoolSettings,
    ReviewChoice,
    find_product,
    load,
    pool,
)

ORACLES = Path(__file__).parents[1] / "oracles"
# strain, mean, sd, predictive sd, p_benefit (SMD, the cut, defaults)
TABLE = [
    (None, -0.197, 0.115, 0.244, 0.83),
    ("JB-1", -0.197, 0.115, 0.244, 0.83),
    ("CP2305", -0.222, 0.072, 0.227, 0.88),
    ("LcS", -0.259, 0.114, 0.243, 0.89),
    ("BLa80", -0.243, 0.110, 0.241, 0.88),
    ("Lp815", -0.209, 0.100, 0.237, 0.86),
    ("PS23", -0.257, 0.115, 0.244, 0.89),
    ("CCFM1025", -0.196, 0.108, 0.240, 0.84),
    ("NVP-1704", -0.195, 0.097, 0.235, 0.84),
    ("PS128", -0.188, 0.105, 0.239, 0.83),
    ("HEAL9", -0.176, 0.103, 0.238, 0.82),
    ("1714", -0.141, 0.107, 0.240, 0.77),
    ("PHGG", -0.197, 0.217, 0.306, 0.76),
]
ALL = {"scale_strain": 0.0, "scale_species": 0.0, "scale_trial": 0.0}


def of(pooled: Pooled, name: str | None) -> tuple[float, float]:
    strain = pooled.untested if name is None else pooled.of(find_product(load(), name))
    return strain.effect.mean, strain.effect.sd


@pytest.mark.parametrize("row", TABLE, ids=lambda row: str(row[0]))
def test_documented_table(row: tuple[str | None, float, float, float, float]) -> None:
    name, mean, sd, predictive_sd, p_benefit = row
    pooled = pool(load())
    strain = pooled.untested if name is None else pooled.of(find_product(load(), name))
    assert strain.effect.mean == pytest.approx(mean, abs=0.005)
    assert strain.effect.sd == pytest.approx(sd, abs=0.005)
    assert strain.predictive_sd == pytest.approx(predictive_sd, abs=0.01)
    assert strain.p_benefit == pytest.approx(p_benefit, abs=0.01)


def test_shared_quantities() -> None:
    pooled = pool(load())
    assert (pooled.mu.mean, pooled.mu.sd) == pytest.approx((-0.197, 0.041), abs=0.001)
    assert (pooled.b_rep.mean, pooled.b_rep.sd) == pytest.approx((-0.115, 0.080), abs=0.003)
    assert pooled.p_b_negative == pytest.approx(0.92, abs=0.01)
    means = (pooled.omega_strain.mean, pooled.omega_species.mean, pooled.tau.mean)
    assert means == pytest.approx((0.060, 0.062, 0.063), abs=0.002)


def test_uncut() -> None:
    pooled = pool(load(), PoolSettings(cut=False))
    assert (pooled.mu.mean, pooled.mu.sd) == pytest.approx((-0.203, 0.039), abs=0.002)
    assert (pooled.b_rep.mean, pooled.b_rep.sd) == pytest.approx((-0.109, 0.079), abs=0.003)
    assert of(pooled, "CP2305") == pytest.approx((-0.226, 0.072), abs=0.002)


def test_full_posterior_agrees_with_nuts() -> None:
    """Golden numbers of an independent sampler (60,000 draws); the frozen terms are still today's."""
    golden = json.loads((ORACLES / "evidence_nuts.json").read_text(encoding="utf-8"))
    pooled = pool(load(), PoolSettings(cut=False))
    for row in golden["strains"]:
        mean, sd = of(pooled, row["strain"])
        # 0.01 sd is the sampler's own error at 10,000 effective draws
        assert mean == pytest.approx(row["mean"], abs=0.02 * row["sd"]), row["strain"]
        assert sd == pytest.approx(row["sd"], rel=0.02), row["strain"]
    shared = golden["shared"]
    for name, found in (("mu", pooled.mu), ("b_rep", pooled.b_rep)):
        assert found.mean == pytest.approx(shared[name]["mean"], abs=0.02 * shared[name]["sd"])
        assert found.sd == pytest.approx(shared[name]["sd"], rel=0.02)
    for name, found in (("omega_s", pooled.omega_strain), ("omega_g", pooled.omega_species), ("tau", pooled.tau)):
        assert found.mean == pytest.approx(shared[name]["mean"], abs=0.04 * shared[name]["sd"])
    assert golden["divergences"] == 0
    assert all(x["r_hat"] < 1.01 for x in (*golden["strains"], *shared.values()))


def test_no_strain_stands_apart() -> None:
    assert all(abs(s.shift) < 0.065 for s in pool(load()).strains)
    assert all("hardly moved" in s.words for s in pool(load()).strains if s.terms)


def test_counts_of_what_was_reported() -> None:
    pooled = pool(load())
    total = [s.reported for s in pooled.strains]
    assert sum(r.exact for r in total) == 5
    assert sum(r.from_p for r in total) == 3
    assert sum(r.significant for r in total) == 2
    assert sum(r.not_significant for r in total) == 8
    b1714 = pooled.of(find_product(load(), "1714"))
    assert (b1714.n_trials, b1714.n_people, b1714.reported.unusable) == (3, 257, 1)


def test_the_pool_of_one_strain_replaces_its_trials() -> None:
    strain = pool(load()).of(find_product(load(), "CP2305"))
    assert strain.n_trials == 6
    assert strain.n_people is None
    assert len(strain.replaced) == 5
    assert (strain.reported.exact, strain.reported.unusable) == (1, 0)
    assert "published pool" in strain.words


def test_a_strain_without_a_term_says_so_and_learns_of_its_species_only() -> None:
    pooled = pool(load())
    jb1 = pooled.of(find_product(load(), "JB-1"))
    assert jb1.effect == pooled.untested.effect
    assert "No trial of this product" in jb1.words
    lpb27 = pooled.of(find_product(load(), "207-27"))
    assert lpb27.effect.mean < jb1.effect.mean


def test_word_only_strains_say_so() -> None:
    assert "significant" in pool(load()).of(find_product(load(), "LcS")).words


def test_no_spread_under_the_cut_is_the_population() -> None:
    pooled = pool(load(), PoolSettings(**ALL))
    for strain in (*pooled.strains, pooled.untested):
        if strain.key.kind.value != "prebiotic":
            assert strain.effect.mean == pytest.approx(pooled.population.mean, abs=1e-9)
            assert strain.effect.sd == pytest.approx(pooled.population.sd, rel=2e-3)


def test_every_review_with_a_size_can_be_chosen() -> None:
    for review in ReviewChoice:
        if review is ReviewChoice.GIL_HERNANDEZ_2023:
            with pytest.raises(NotPoolable):
                pool(load(), PoolSettings(review=review))
        else:
            pooled = pool(load(), PoolSettings(review=review))
            assert pooled.untested.effect.mean == pytest.approx(pooled.population.mean, abs=1e-6)


def test_adding_a_null_trial_moves_a_strain_towards_nothing() -> None:
    evidence = load()
    row = next(r for r in evidence.trials if r.trial_id == "HO2021_PS128" and r.outcome == "PSQI global")
    more = row.model_copy(update={"trial_id": "NEW", "n_randomised_total": 400})
    after = pool(replace(evidence, trials=(*evidence.trials, more)))
    key = find_product(evidence, "PS128")
    assert after.of(key).effect.mean > pool(evidence).of(key).effect.mean + 0.02
    assert after.of(key).n_trials == 2


@given(st.floats(0, 0.3), st.floats(0, 0.3), st.floats(0, 0.3), st.floats(0, 0.5), st.booleans())
@settings(max_examples=12)
def test_any_settings_give_finite_ordered_answers(s: float, g: float, t: float, b: float, cut: bool) -> None:
    pooled = pool(load(), PoolSettings(scale_strain=s, scale_species=g, scale_trial=t, b_rep_sd=b, cut=cut))
    for strain in (*pooled.strains, pooled.untested, pooled.prebiotic):
        low, high = strain.effect.ci95
        assert low < strain.effect.mean < high
        assert math.isfinite(strain.predictive_sd)
        assert strain.predictive_sd >= strain.effect.sd - 1e-9
        assert 0 <= strain.p_benefit <= 1
    assert 0 <= pooled.p_b_negative <= 1


def test_the_same_question_has_the_same_answer() -> None:
    first = pool(load())
    pool.cache_clear()
    again = pool(load())
    assert first is not again
    assert [s.effect for s in first.strains] == [s.effect for s in again.strains]


def test_a_strain_moved_by_its_species_alone_says_so() -> None:
    """K71 has no usable trial of its own; trials of other strains of its species move it."""
    found = pool(load()).of(find_product(load(), "K71"))
    assert not found.terms
    assert abs(found.shift) > 0.01
    assert "other strains of its species" in found.words
    assert "population's mean with its spread" in pool(load()).untested.words
