"""A registry of summaries: what it says, whatever the chunks, and beside the study of the same trials."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from noctiflora.core import FormatError
from noctiflora.study import _shelf, fit_population, likelihood_of, stack
from noctiflora.study._grid_curves import FIXED
from noctiflora.study._registry import PooledGroup, RegistryResult, belief_of_group, pool_registry
from noctiflora.study._run import OMEGA_SCALE
from noctiflora.trial import likelihood
from tests.study.people import PRIORS, contribution_of, series_of
from tests.study.summaries import document, normal_summary, people, summary, write


def pooled(folder: Path, tmp_path: Path, **keys: float) -> RegistryResult:
    scratch = tmp_path / "scratch"
    scratch.mkdir(exist_ok=True)
    return pool_registry([folder], scratch, tell=lambda *_: None, **keys)


def only(result: RegistryResult) -> PooledGroup:
    (group,) = result.groups
    return group


def test_it_agrees_with_the_study_of_the_same_trials(tmp_path: Path) -> None:
    """The same forty trials as grids, and as curves with their kinetics fixed: the same model."""
    entries = []
    for number in range(40):
        told = likelihood(series_of(number)[0], PRIORS)
        entries.append(summary(number, told.theta, told.log_likelihood))
    found = only(pooled(write(tmp_path / "all", entries), tmp_path, within_sd=4.3)).population
    said = [replace(contribution_of(number, curves=512), kinetics=FIXED) for number in range(40)]
    belief = belief_of_group("a", 4.3)
    same = fit_population(likelihood_of(stack(said, [0] * 40), belief), belief, n_people=40)
    assert found.pooled.mean == pytest.approx(same.pooled.mean, abs=0.1 * same.pooled.sd)
    assert found.pooled.sd == pytest.approx(same.pooled.sd, rel=0.1)
    assert found.omega_person.mean == pytest.approx(same.omega_person.mean, abs=0.1 * same.omega_person.sd)
    # with kinetics that the population teaches, as in `study run`, it moves a little
    free = belief_of_group("a", 4.3)
    free = replace(free, onset=(2.639, 0.5), washout=(2.303, 0.6), omega_scale=OMEGA_SCALE * 4.3)
    pile = stack([contribution_of(number) for number in range(40)], [0] * 40)
    run = fit_population(likelihood_of(pile, free), free, n_people=40)
    assert found.pooled.mean == pytest.approx(run.pooled.mean, abs=0.5 * run.pooled.sd)


def test_chunks_and_order_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = people(25)
    whole = only(pooled(write(tmp_path / "a", entries), tmp_path))
    monkeypatch.setattr(_shelf, "CHUNK", 4)
    parts = only(pooled(write(tmp_path / "b", entries[::-1]), tmp_path))
    assert parts.population.pooled.mean == pytest.approx(whole.population.pooled.mean, rel=1e-9)
    assert parts.data_sha256 == whole.data_sha256
    assert [i.id for i in parts.influence] == [i.id for i in whole.influence]
    other = only(pooled(write(tmp_path / "c", entries[:-1]), tmp_path))
    assert other.data_sha256 != whole.data_sha256


def test_products_outcomes_and_known_treatment_are_kept_apart(tmp_path: Path) -> None:
    entries = [
        normal_summary(1, 1.0),
        normal_summary(2, 2.0, agreed_before=False),
        normal_summary(3, 3.0, blinding="open-label"),
        normal_summary(4, 4.0, strain="Lactiplantibacillus plantarum PS128"),
        normal_summary(5, 5.0, instrument="wearable"),
        normal_summary(6, 1.0, 2.5, outcome="rating", unit="points of 10"),
    ]
    found = pooled(write(tmp_path / "all", entries), tmp_path)
    assert sorted((g.n_people, g.n_agreed, g.key.known) for g in found.groups) == [
        (1, 1, False),
        (1, 1, False),
        (1, 1, False),
        (1, 1, True),
        (2, 1, False),
    ]
    assert found.n_people == 6


def test_one_who_stands_apart_is_named(tmp_path: Path) -> None:
    entries = [*people(20, omega=0.5), normal_summary(999, 15.0, 1.0)]
    found = only(pooled(write(tmp_path / "all", entries), tmp_path))
    assert found.influence[0].id == "person-000999"
    assert found.influence[0].moves > 0.5
    assert found.influence[0].mean_without < found.population.pooled.mean


def test_bad_ones_do_not_take_the_others_along(tmp_path: Path) -> None:
    good = people(12)
    clean = only(pooled(write(tmp_path / "a", good), tmp_path))
    hostile = [normal_summary(77, unit="min"), {}, good[3], *good, normal_summary(78, 0.0, 50.0)]
    found = pooled(write(tmp_path / "b", hostile), tmp_path)
    assert (found.n_people, found.n_refused) == (12, 4)
    assert only(found).data_sha256 == clean.data_sha256


def test_nothing_that_counts(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(document({}), encoding="utf-8")
    with pytest.raises(FormatError, match="no summary here counts"):
        pooled(tmp_path, tmp_path)


@pytest.mark.parametrize("count", [300, pytest.param(10_000, marks=pytest.mark.slow)])
def test_many_summaries_tell_their_population(count: int, tmp_path: Path) -> None:
    entries = people(count)
    folder = tmp_path / "all"
    for first in range(0, count, 1000):
        write(folder, entries[first : first + 1000], f"part-{first:06d}.jsonl")
    found = only(pooled(folder, tmp_path))
    assert (found.n_people, found.population.n_people) == (count, count)
    within = found.population
    assert abs(within.pooled.mean - 1.5) < 4 * within.pooled.sd
    assert abs(within.omega_person.mean - 1.5) < 4 * within.omega_person.sd
    assert within.pooled.sd == pytest.approx(np.sqrt((1.5**2 + 2.29**2) / count), rel=0.15)
    assert abs(found.influence[0].moves) < 20 / np.sqrt(count)
