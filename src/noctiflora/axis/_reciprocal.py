"""Divisions by parameters turned into products, since a division costs as much as ten of them."""

from noctiflora.axis._expression import Binary, Call, Name, Negative, Node
from noctiflora.axis._model import Model


def reciprocals(model: Model) -> tuple[str, ...]:
    """Return the parameters and constants by which some term or rate divides, in the model's order.

    Examples
    --------
    >>> from noctiflora.axis._model_file import load_model
    >>> "tw" in reciprocals(load_model())
    True
    """
    known = model.parameter_index
    trees = [t.formula for t in model.algebra] + [s.rate for s in model.states]
    found = {name for tree in trees for name in _divisors(tree) if name in known}
    return tuple(sorted(found, key=lambda name: known[name]))


def _divisors(node: Node) -> set[str]:
    if isinstance(node, Negative | Call):
        return _divisors(node.of)
    if not isinstance(node, Binary):
        return set()
    own = {node.right.name} if node.symbol == "/" and isinstance(node.right, Name) else set()
    return own | _divisors(node.left) | _divisors(node.right)


def as_products(node: Node, inverted: frozenset[str]) -> Node:
    """Return the formula with each division by a name in `inverted` written as a product with ``1/name``."""
    if isinstance(node, Negative):
        return Negative(of=as_products(node.of, inverted))
    if isinstance(node, Call):
        return Call(function=node.function, of=as_products(node.of, inverted))
    if not isinstance(node, Binary):
        return node
    left, right = as_products(node.left, inverted), as_products(node.right, inverted)
    if node.symbol == "/" and isinstance(right, Name) and right.name in inverted:
        return Binary(symbol="*", left=left, right=Name(name=f"1/{right.name}"))
    return Binary(symbol=node.symbol, left=left, right=right)
