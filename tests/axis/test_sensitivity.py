"""Sensitivity: what moves sleep, what does not, and how little can be told apart."""

import json
from functools import cache

import numpy as np
import pytest

from noctiflora.axis._cases import Case
from noctiflora.axis._model_file import load_model
from noctiflora.axis._sensitivity import OUTPUTS, Sensitivity, sensitivity, sensitivity_dict


@cache
def report() -> Sensitivity:
    return sensitivity()


def test_few_combinations_can_be_learned() -> None:
    found = report()
    assert found.singular_values[0] == 1
    assert 3 <= found.directions_5_pct <= 8
    assert found.directions_5_pct <= found.directions_1_pct <= 12
    assert len(found.parameters) == len(load_model().hypotheses)


def test_the_strongest_and_the_silent_are_those_of_the_specification() -> None:
    """Guild histamine is derived here, so vHd takes its place; otherwise both lists are the specification's."""
    found = report()
    assert set(found.strongest) >= {"wA", "aS", "wM", "aV", "aL", "wF"}
    assert {"eSer", "rB", "rG", "rH", "rhB", "rhG", "rhO", "bON", "tI", "tC", "sB"} <= set(found.silent)


def test_a_derivative_is_a_derivative() -> None:
    """Halving nothing and doubling nothing: the matrix of one parameter is its own column."""
    alone = sensitivity(parameters=("wA",))
    column = report().matrix[:, report().parameters.index("wA")]
    assert alone.matrix[:, 0] == pytest.approx(column, abs=1e-9)
    assert alone.matrix[OUTPUTS.index("psqi"), 0] > 0.2, "arousal keeps people awake"


def test_a_parameter_that_is_off_has_no_effect() -> None:
    off = sensitivity(Case(values={"wA": 0.0}), parameters=("wA",))
    assert np.allclose(off.matrix, 0)


def test_plain_data() -> None:
    plain = json.loads(json.dumps(sensitivity_dict(report())))
    assert plain["label"] == "hypothesis"
    assert len(plain["matrix"]) == len(OUTPUTS)
