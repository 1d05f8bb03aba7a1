"""MathML: each node, and a reading back that gives the same value."""

import math
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from noctiflora.axis._expression import evaluate, parse_expression
from noctiflora.axis._mathml import mathml
from tests.axis.strategies import formulas

SPACE = "{http://www.w3.org/1998/Math/MathML}"
VALUES = {"a": 1.3, "b": 0.7, "c": 1.9}


def read(element: ElementTree.Element) -> float:
    """Return the value of a MathML element, by a reader that knows nothing of the writer."""
    tag = element.tag.removeprefix(SPACE)
    children = list(element)
    if tag == "math":
        return read(children[0])
    if tag == "cn":
        return (
            float(element.text or "0") * 10.0 ** int(children[0].tail or "0") if children else float(element.text or "")
        )
    if tag == "ci":
        return VALUES[element.text or ""]
    if tag == "pi":
        return math.pi
    if tag == "piecewise":
        value, above = children[0]
        return read(value) if read(above[1]) > read(above[2]) else read(children[1][0])
    operator, *rest = children
    args = [read(r) for r in rest]
    name = operator.tag.removeprefix(SPACE)
    if name == "minus" and len(args) == 1:
        return -args[0]
    table = {"plus": "+", "minus": "-", "times": "*", "divide": "/", "power": "**"}
    if name in table:
        return float(eval(f"x{table[name]}y", {"__builtins__": {}}, {"x": args[0], "y": args[1]}))
    return {"exp": math.exp, "cos": math.cos, "sin": math.sin, "root": math.sqrt}[name](args[0])


@given(formulas())
@settings(max_examples=60, deadline=None)
def test_reading_back_gives_the_same_value(text: str) -> None:
    tree = parse_expression(text, where="line 1")
    assert read(ElementTree.fromstring(mathml(tree))) == pytest.approx(
        float(evaluate(tree, VALUES)), rel=1e-12, abs=1e-12
    )


@pytest.mark.parametrize("text", ["1e-7*a", "2**a", "-a", "sqrt(a)+pi", "exp(a)"])
def test_other_nodes(text: str) -> None:
    tree = parse_expression(text, where="line 1")
    value = float(evaluate(tree, {**VALUES, "pi": math.pi}))
    assert read(ElementTree.fromstring(mathml(tree))) == pytest.approx(value, rel=1e-14)
