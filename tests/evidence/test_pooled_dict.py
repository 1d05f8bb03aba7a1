"""The JSON record keeps its contract."""

import json

import pytest

from noctiflora.evidence import PoolOutcome, PoolUnit, load, pool, pooled_dict
from noctiflora.evidence._pooled_dict import strain_dict

CONTRACT = {
    "strain",
    "n_trials",
    "n_people",
    "mean",
    "sd",
    "ci95",
    "predictive_sd",
    "p_benefit",
    "shift_from_population",
    "reported",
    "certainty",
    "reasons",
}


def test_contract() -> None:
    record = json.loads(json.dumps(pooled_dict(load(), pool(load()))))
    assert {"outcome", "unit", "population", "strains"} <= set(record)
    assert {"mean", "sd", "ci95", "tau", "source"} <= set(record["population"])
    assert record["population"]["source"] == "10.3389/fnut.2026.1795450"
    assert len(record["strains"]) == len(pool(load()).strains)
    for strain in record["strains"]:
        assert set(strain) >= CONTRACT
        assert set(strain["reported"]) == {"exact", "from_p", "significant", "not_significant", "unusable"}
        assert strain["reasons"]
        assert len(strain["ci95"]) == 2


def test_names_are_sorted_and_never_ranked() -> None:
    names = [s["strain"] for s in pooled_dict(load(), pool(load()))["strains"]]  # type: ignore[union-attr]
    assert names == sorted(names)


@pytest.mark.parametrize(("outcome", "factor"), [(PoolOutcome.PSQI, 3.0), (PoolOutcome.ISI, 3.9)])
def test_points(outcome: PoolOutcome, factor: float) -> None:
    smd = pooled_dict(load(), pool(load()))
    points = pooled_dict(load(), pool(load()), outcome=outcome, unit=PoolUnit.POINTS)
    assert points["unit"] == "points"
    for key in ("mean", "sd", "tau"):
        assert points["population"][key] == pytest.approx(smd["population"][key] * factor)  # type: ignore[index]
    for a, b in zip(smd["strains"], points["strains"], strict=True):  # type: ignore[call-overload]
        assert b["mean"] == pytest.approx(a["mean"] * factor)
        assert b["predictive_sd"] == pytest.approx(a["predictive_sd"] * factor)
        assert b["p_benefit"] == a["p_benefit"]


def test_psqi_points_of_the_population_are_those_of_the_review() -> None:
    record = pooled_dict(load(), pool(load()), unit=PoolUnit.POINTS)
    assert record["population"]["mean"] == pytest.approx(-0.59)  # type: ignore[index]


def test_one_strain() -> None:
    record = pooled_dict(load(), pool(load()), strain="Bifidobacterium longum 1714")
    assert [s["strain"] for s in record["strains"]] == ["Bifidobacterium longum 1714"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("Lacticaseibacillus paracasei NEW1", "another strain of Lacticaseibacillus paracasei"),
        ("Genus species NEW1", "an untested strain"),
    ],
)
def test_an_unlisted_strain_takes_its_species(name: str, answers: str) -> None:
    record = pooled_dict(load(), pool(load()), strain=name)
    assert [s["strain"] for s in record["strains"]] == [answers]  # type: ignore[union-attr]


def test_untested_strain_stands_beside() -> None:
    record = pooled_dict(load(), pool(load()))
    assert record["untested"] == strain_dict(load(), pool(load()).untested)
