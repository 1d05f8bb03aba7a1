"""Formulas of the model text, parsed into a small tree without running anything.

The grammar is ``+ - * / **``, numbers, names and the calls in `CALLS`. Python's own parser
reads the text; every other kind of node is refused, so that a model file is data.
"""

import ast
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from noctiflora.axis._lanes import Lanes
from noctiflora.core import FormatError

Value = float | Lanes
"""What a formula gives: a number, or one number for each person."""

CALLS = ("exp", "cos", "sin", "sqrt", "sig", "pos")
"""Functions that a formula may call, each with one argument."""
LONGEST = 2000
"""Characters in one formula; longer text is refused before it is parsed."""
DEEPEST = 60
_SYMBOLS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
_WHAT = "write it with + - * / **, numbers, names and exp, cos, sin, sqrt, sig, pos"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number as written."""

    value: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name that stands for a value."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Negative:
    """The negative of a formula."""

    of: "Node"


@dataclass(frozen=True, slots=True, kw_only=True)
class Binary:
    """Two formulas joined by one of ``+ - * / **``."""

    symbol: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call of one of `CALLS`."""

    function: str
    of: "Node"


Node = Number | Name | Negative | Binary | Call


def parse_expression(text: str, *, where: str) -> Node:
    """Return the tree of one formula.

    Parameters
    ----------
    text : str
        The formula.
    where : str
        File and line, for messages.

    Raises
    ------
    FormatError
        If the text is no formula of this grammar.

    Examples
    --------
    >>> parse_expression("2*sig(x)", where="line 1").right.function
    'sig'
    """
    if len(text) > LONGEST:
        raise FormatError("the formula is too long", where=where, found=f"{len(text)} characters", do="split it")
    try:
        tree = ast.parse(text.strip(), mode="eval")
        return _node(tree.body, text, where, 0)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise FormatError("this is not a formula", where=where, found=text, do=_WHAT) from None


def _node(node: ast.expr, text: str, where: str, depth: int) -> Node:
    if depth > DEEPEST:
        raise FormatError("the formula is nested too deeply", where=where, do="split it")
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and _plain_number(node.value):
        return Number(value=float(node.value), text=repr(node.value))
    if isinstance(node, ast.Name):
        return Name(name=node.id)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return Negative(of=_node(node.operand, text, where, depth + 1))
    if isinstance(node, ast.BinOp) and type(node.op) in _SYMBOLS:
        left, right = _node(node.left, text, where, depth + 1), _node(node.right, text, where, depth + 1)
        return Binary(symbol=_SYMBOLS[type(node.op)], left=left, right=right)
    if isinstance(node, ast.Call) and _is_known_call(node):
        assert isinstance(node.func, ast.Name)
        return Call(function=node.func.id, of=_node(node.args[0], text, where, depth + 1))
    raise FormatError("this part of the formula is not allowed", where=where, found=text, do=_WHAT)


def _is_known_call(node: ast.Call) -> bool:
    known = isinstance(node.func, ast.Name) and node.func.id in CALLS
    return known and len(node.args) == 1 and not node.keywords


def _plain_number(value: float) -> bool:
    return not isinstance(value, bool) and math.isfinite(value)


def names_in(node: Node) -> frozenset[str]:
    """Return every name a formula reads.

    Examples
    --------
    >>> sorted(names_in(parse_expression("a*cos(b)+a", where="line 1")))
    ['a', 'b']
    """
    if isinstance(node, Name):
        return frozenset((node.name,))
    if isinstance(node, Negative | Call):
        return names_in(node.of)
    if isinstance(node, Binary):
        return names_in(node.left) | names_in(node.right)
    return frozenset()


def evaluate(node: Node, values: Mapping[str, Value]) -> Value:
    """Return the value of a formula; slow, and the plainest reading of the text.

    Parameters
    ----------
    node : Node
        A parsed formula.
    values : mapping of str to float or array
        What each name stands for; arrays of one shape are taken element by element.

    Examples
    --------
    >>> float(evaluate(parse_expression("pos(x-1)*2", where="line 1"), {"x": 3.0}))
    4.0
    """
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Name):
        return values[node.name]
    if isinstance(node, Negative):
        return -evaluate(node.of, values)
    if isinstance(node, Call):
        return _FUNCTIONS[node.function](evaluate(node.of, values))
    return _JOINS[node.symbol](evaluate(node.left, values), evaluate(node.right, values))


def _sig(x: Value) -> Value:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -700.0, 700.0))))


def _pos(x: Value) -> Value:
    return np.maximum(x, 0.0)


_FUNCTIONS: Mapping[str, Callable[[Value], Value]] = {
    "exp": np.exp,
    "cos": np.cos,
    "sin": np.sin,
    "sqrt": np.sqrt,
    "sig": _sig,
    "pos": _pos,
}
_JOINS: Mapping[str, Callable[[Value, Value], Value]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
}
_BINDS = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 4}


def write(node: Node, spell: Mapping[str, str]) -> str:
    """Return a formula as Python text, names replaced by their spelling and small powers multiplied out.

    Parameters
    ----------
    node : Node
        A parsed formula.
    spell : mapping of str to str
        How a name is written; a name that is missing is written as it is.

    Examples
    --------
    >>> write(parse_expression("a-(b-c)", where="line 1"), {"b": "p[0]"})
    'a - (p[0] - c)'
    """
    return _write(node, spell)[0]


def _write(node: Node, spell: Mapping[str, str]) -> tuple[str, int]:
    if isinstance(node, Number):
        return node.text, 9
    if isinstance(node, Name):
        return spell.get(node.name, node.name), 9
    if isinstance(node, Call):
        return f"{node.function}({_write(node.of, spell)[0]})", 9
    if isinstance(node, Negative):
        return f"-{_bracket(node.of, spell, 3)}", 3
    if node.symbol == "**":
        return f"{_bracket(node.left, spell, 5)}**{_bracket(node.right, spell, 5)}", 4
    own = _BINDS[node.symbol]
    right = own + 1 if node.symbol in "-/" else own
    return f"{_bracket(node.left, spell, own)} {node.symbol} {_bracket(node.right, spell, right)}", own


def _bracket(node: Node, spell: Mapping[str, str], least: int) -> str:
    text, binds = _write(node, spell)
    return text if binds >= least else f"({text})"
