"""Formulas: the same value however they are read, and nothing but formulas."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.axis._expression import evaluate, names_in, parse_expression, write
from noctiflora.core import FormatError
from tests.axis.strategies import ARRAY_NAMES, formulas

HOSTILE = [
    "__import__('os')",
    "a.b",
    "a[0]",
    "(lambda: 1)()",
    "open(a)",
    "exp(a, b)",
    "exp(x=a)",
    "a if b else c",
    "'text'",
    "True",
    "1e999",
    "a @ b",
    "a // b",
    "~a",
    "[a]",
    "f'{a}'",
    "",
    "a +",
    "a\x00b",
    "(" * 5000 + "a" + ")" * 5000,
    "-" * 500 + "a",
    "a" * 3000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: t[:12] or "empty")
def test_whatever_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        parse_expression(text, where="line 1")


@given(formulas(), st.floats(0.5, 2.0), st.floats(0.5, 2.0), st.floats(0.5, 2.0))
@settings(max_examples=80, deadline=None)
def test_written_text_means_the_same(text: str, a: float, b: float, c: float) -> None:
    tree = parse_expression(text, where="line 1")
    values = {"a": a, "b": b, "c": c}
    direct = float(evaluate(tree, values))
    again = float(evaluate(parse_expression(write(tree, {}), where="line 1"), values))
    assert again == pytest.approx(direct, rel=1e-12, abs=1e-12)
    namespace = {k: v for k, v in ARRAY_NAMES.items() if k != "L"} | values
    code = compile(write(tree, {}), "formula", "eval")
    assert float(eval(code, {"__builtins__": {}}, namespace)) == pytest.approx(direct, rel=1e-12, abs=1e-12)


def test_precedence_is_kept_on_writing() -> None:
    for text in ("a-(b-c)", "a/(b*c)", "(a**b)**c", "a**(b**c)", "-(a+b)", "(-a)**2", "-a**2", "a/b/c", "a-b-c"):
        tree = parse_expression(text, where="line 1")
        values = {"a": 1.3, "b": 1.7, "c": 0.6}
        plain = eval(text, {"__builtins__": {}}, values)
        assert float(evaluate(tree, values)) == pytest.approx(plain, rel=1e-14)
        assert eval(write(tree, {}), {"__builtins__": {}}, values) == pytest.approx(plain, rel=1e-14)


def test_names_and_arrays() -> None:
    tree = parse_expression("sig(a)+sqrt(b)", where="line 1")
    assert names_in(tree) == {"a", "b"}
    value = evaluate(tree, {"a": np.array([-1000.0, 0.0, 1000.0]), "b": np.array([4.0, 4.0, 4.0])})
    assert np.allclose(value, [2.0, 2.5, 3.0])
    assert math.isclose(float(evaluate(parse_expression("pos(-2)", where="x"), {})), 0.0)
