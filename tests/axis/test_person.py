"""People: names and ranges are checked, derived constants follow."""

import math

import numpy as np
import pytest

from noctiflora.axis._model_file import load_model
from noctiflora.axis._person import Person, parameter, parameter_matrix
from noctiflora.core import RangeError


def test_unknown_names_get_a_hint() -> None:
    with pytest.raises(RangeError, match="DAO"):
        Person(values={"DAOO": 1.0})
    with pytest.raises(RangeError, match="derived"):
        Person(values={"vHH": 0.3})


@pytest.mark.parametrize("value", [5.0, -1.0, math.nan, math.inf])
def test_implausible_values_are_refused_with_range_and_source(value: float) -> None:
    with pytest.raises(RangeError) as refusal:
        Person(values={"DAO": value})
    if math.isfinite(value):
        assert "0.3 to 1.6" in str(refusal.value)
        assert "10.3390/nu15194246" in str(refusal.value)


def test_implausible_values_may_be_asked_for_and_are_listed() -> None:
    odd = Person(values={"DAO": 3.0}, allow_implausible=True)
    assert len(odd.warnings()) == 1
    assert not Person(values={"DAO": 0.5}).warnings()


def test_people_can_be_keys() -> None:
    assert hash(Person(values={"A0": 0.1, "DAO": 1.0})) == hash(Person(values={"DAO": 1.0, "A0": 0.1}))


def test_derived_constants_follow_each_person() -> None:
    index = load_model().parameter_index
    matrix = parameter_matrix([{}, {"tau": 24.0}, {"vHd": 0.2}])
    assert matrix.shape[1] == 3
    assert matrix[index["w0"]] == pytest.approx([2 * math.pi / 23.84, 2 * math.pi / 24, 2 * math.pi / 23.84])
    assert np.allclose(matrix[index["vHH"]] + matrix[index["vHd"]], matrix[index["kH"]])


def test_parameters_by_name() -> None:
    assert parameter("gas").value == 0.5
