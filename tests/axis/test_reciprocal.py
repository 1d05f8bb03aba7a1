"""Products in place of divisions: the value stays, only division by parameters goes."""

import numpy as np
import pytest

from noctiflora.axis._expression import evaluate, names_in, parse_expression, write
from noctiflora.axis._model_file import load_model
from noctiflora.axis._person import parameter_matrix
from noctiflora.axis._reciprocal import as_products, reciprocals


@pytest.mark.parametrize("text", ["a/b", "a/b/c", "-(a/c)/b", "exp(a/b)+c/(a+b)", "(a+c)/b*c", "a-b/c"])
def test_the_value_stays(text: str) -> None:
    tree = parse_expression(text, where="line 1")
    values = {"a": 1.3, "b": 0.7, "c": 2.1}
    products = as_products(tree, frozenset("bc"))
    plain = evaluate(tree, values)
    assert evaluate(products, values | {"1/b": 1 / 0.7, "1/c": 1 / 2.1}) == pytest.approx(float(plain), rel=1e-14)


def test_only_parameters_are_inverted() -> None:
    tree = as_products(parse_expression("a/b+a/(a+b)", where="line 1"), frozenset("b"))
    assert names_in(tree) == {"a", "b", "1/b"}
    assert write(tree, {"1/b": "q"}) == "a * q + a / (a + b)"


def test_the_rows_hold_the_reciprocals() -> None:
    model, names = load_model(), reciprocals(load_model())
    assert {"tw", "wf", "KGR"} <= set(names)
    assert "I0" not in names, "a sum with a state is no parameter"
    matrix = parameter_matrix([{}, {"tw": 20.0}])
    whole = matrix[[model.parameter_index[n] for n in names]] * matrix[len(model.parameter_index) :]
    assert np.allclose(whole, 1.0)
