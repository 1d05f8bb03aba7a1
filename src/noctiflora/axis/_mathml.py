"""MathML of a formula, written from its tree."""

from noctiflora.axis._expression import Binary, Call, Name, Negative, Node, Number

_OPERATORS = {"+": "plus", "-": "minus", "*": "times", "/": "divide", "**": "power"}
_FUNCTIONS = {"exp": "exp", "cos": "cos", "sin": "sin", "sqrt": "root"}


def mathml(node: Node) -> str:
    """Return the ``<math>`` element of a formula.

    ``sig`` is spelled out as 1/(1+exp(-x)), ``pos`` as a piecewise of x and 0.

    Examples
    --------
    >>> from noctiflora.axis._expression import parse_expression
    >>> mathml(parse_expression("a*2", where="line 1"))[49:]
    '<apply><times/><ci>a</ci><cn>2</cn></apply></math>'
    """
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML">{_element(node)}</math>'


def _element(node: Node) -> str:
    if isinstance(node, Number):
        return _number(node.text)
    if isinstance(node, Name):
        return "<pi/>" if node.name == "pi" else f"<ci>{node.name}</ci>"
    if isinstance(node, Negative):
        return f"<apply><minus/>{_element(node.of)}</apply>"
    if isinstance(node, Call):
        return _call(node)
    return _joined(node)


def _joined(node: Binary) -> str:
    return f"<apply><{_OPERATORS[node.symbol]}/>{_element(node.left)}{_element(node.right)}</apply>"


def _call(node: Call) -> str:
    inner = _element(node.of)
    if node.function == "sig":
        exponential = f"<apply><exp/><apply><minus/>{inner}</apply></apply>"
        return f"<apply><divide/><cn>1</cn><apply><plus/><cn>1</cn>{exponential}</apply></apply>"
    if node.function == "pos":
        above = f"<apply><gt/>{inner}<cn>0</cn></apply>"
        return f"<piecewise><piece>{inner}{above}</piece><otherwise><cn>0</cn></otherwise></piecewise>"
    return f"<apply><{_FUNCTIONS[node.function]}/>{inner}</apply>"


def _number(text: str) -> str:
    mantissa, mark, exponent = text.partition("e")
    if mark:
        return f'<cn type="e-notation">{mantissa}<sep/>{int(exponent)}</cn>'
    return f"<cn>{text}</cn>"
