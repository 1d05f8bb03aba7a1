"""Reading of the model text: what is wrong is named with its line."""

import pytest

from noctiflora.axis._model_file import model_text
from noctiflora.axis._model_text import parse_model
from noctiflora.core import FormatError, SourceMissing

SMALL = """model small 1.0
[sources]
here = assumed | our own
[inputs]
light = 0 | lux | light
[parameters]
module one
k = 0.5 | 1/h | 0 .. 1 | assumed | here | a rate
[constants]
k2 = 2*k
[states]
module one | assumed | light = 0
x = 1 | 1 | 0 .. 2 | a state
[algebra]
y = k2*x | a term
[rates]
x = light-y
"""


def test_a_small_model_is_read() -> None:
    model = parse_model(SMALL, where="small.txt")
    assert (model.name, model.version) == ("small", "1.0")
    assert [s.name for s in model.states] == ["x"]
    assert model.parameter_index == {"k": 0, "k2": 1}
    assert model.modules[0].holds[0].name == "light"


BROKEN = [
    ("model small 1.0", "model SMALL", "line 1"),
    ("[rates]", "[rate]", "line 16"),
    ("k2 = 2*k", "k2 = 2*unknown", "line 10"),
    ("k2 = 2*k", "exp = 2*k", "line 10"),
    ("k2 = 2*k", "k = 2*k", "small.txt"),
    ("0 .. 1 |", "1 .. 0 |", "line 8"),
    ("0 .. 1 |", "0 .. 0.2 |", "line 8"),
    ("0 .. 1 |", "0 to 1 |", "line 8"),
    ("k = 0.5", "k = nan", "line 8"),
    ("k = 0.5", "k = fast", "line 8"),
    ("| assumed | here | a rate", "| certain | here | a rate", "line 8"),
    ("| assumed | here | a rate", "| assumed | there | a rate", "line 8"),
    ("| assumed | here | a rate", "| assumed | here", "line 8"),
    ("x = light-y", "z = light-y", "line 13"),
    ("x = light-y", "x = light-y\nw = x", "small.txt"),
    ("module one | assumed | light = 0", "module one", "line 13"),
    ("y = k2*x | a term", "y k2*x", "line 15"),
    ("y = k2*x | a term", "y = k2*(x", "line 15"),
]


@pytest.mark.parametrize(("old", "new", "where"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_line_is_named(old: str, new: str, where: str) -> None:
    assert old in SMALL
    with pytest.raises(FormatError) as refusal:
        parse_model(SMALL.replace(old, new), where="small.txt")
    assert where in str(refusal.value)


def test_an_unsourced_number_is_refused() -> None:
    with pytest.raises(SourceMissing):
        parse_model(SMALL.replace("here = assumed | our own", "here = a book | our own"), where="small.txt")


def test_an_algebraic_term_may_not_look_ahead() -> None:
    with pytest.raises(FormatError):
        parse_model(model_text().replace("c2 = c1*c1-s1*s1", "c2 = c1*s2"), where="model")
