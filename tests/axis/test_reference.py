"""Derived constants: the committed ones are those of a reference run."""

from functools import cache

import pytest

from noctiflora.axis._model_file import load_model
from noctiflora.axis._reference import NAMES, reference_constants, reference_means


@cache
def fresh() -> dict[str, float]:
    return reference_constants()


@pytest.mark.parametrize("name", NAMES)
def test_committed_constants_are_those_of_a_reference_run(name: str) -> None:
    assert load_model().parameter_by_name[name].value == pytest.approx(fresh()[name], rel=5e-4)


def test_with_them_the_reference_person_sits_at_the_stated_means() -> None:
    own = {p.name: p.value for p in load_model().parameters} | fresh()
    means = reference_means(own)
    assert means["Bu"] == pytest.approx(15.0, rel=1e-4)
    assert means["x3"] == pytest.approx(1.0, rel=1e-4)
    assert means["fer"] == pytest.approx(fresh()["fref"], rel=1e-4)
    for guild in ("NB", "NG", "NH", "NO"):
        assert means[guild] == pytest.approx(1.0, abs=0.03)
