"""Writing of the model's equations as straight-line Python, one line for each term or rate."""

from noctiflora.axis._expression import CALLS, write
from noctiflora.axis._model import Model
from noctiflora.axis._reciprocal import as_products, reciprocals

_HEAD = '''"""The model's equations as straight-line code, generated from the model text; do not edit.

All numbers of a group of persons lie in one flat array `w`: row i, lane b at ``w[i*L + b]``.
One base and constant distances let the compiler prove that lanes do not touch each other, and
so run them side by side. With L = 1, b = 0 and `w` a two-dimensional array the same lines are
array code for NumPy. Written by ``scripts/axis_generate.py``.
"""

# ruff: noqa: E501
# fmt: off
from numba import njit

from noctiflora.axis._elementary import {functions}
from noctiflora.axis._lanes import LANES, Lanes

L = LANES
'''
_JIT = '@njit(forceinline=True, error_model="numpy", fastmath={"contract", "nsz", "arcp"})\n'
_WATCHED = ("Psi", "pS", "U", "Hm", "x3", "kf", "kw", "Op", "kup")
"""Names that the engine reads for nightly figures; their rows are written as constants."""


def kernel_text(model: Model, digest: int) -> str:
    """Return the source of the kernel module.

    Parameters
    ----------
    model : Model
        The parsed model.
    digest : int
        Digest of the model text and of the engine's other files, written into the file.

    Returns
    -------
    str
        Python source; the same model gives the same text.
    """
    rows, inverted = layout(model), frozenset(reciprocals(model))
    spell = {name: f"w[{row}*L + b]" for name, row in rows.items() if not name.endswith("'")}
    lines = [
        _HEAD.replace("{functions}", ", ".join(_called(model))),
        f'DIGEST = {digest}\n"""Digest of the model text and of the engine; part of the key of the compiled code."""\n',
    ]
    first = rows[f"{model.states[0].name}'"]
    places = {
        "STATES": len(model.states),
        "RATES_AT": first,
        "TERMS_AT": rows[model.algebra[0].name],
        "INPUTS": len(model.inputs),
        "INPUTS_AT": rows[model.inputs[0].name],
        "PARAMETERS": len(model.parameter_index) + len(inverted),
        "PARAMETERS_AT": rows[model.parameters[0].name],
        "START_AT": len(rows),
        "SUM_AT": len(rows) + len(model.states),
        "ROWS": len(rows) + 2 * len(model.states),
    }
    places |= {f"ROW_{name.upper()}": rows[name] for name in _WATCHED}
    lines += [f"{name} = {value}\n" for name, value in places.items()]
    lines += ["\n\n", _JIT, "def terms(b: int, w: Lanes) -> None:\n"]
    lines.append('    """Fill the algebraic terms of one lane."""\n')
    lines += [
        f"    {spell[t.name]} = {write(as_products(t.formula, inverted), spell)}  # {t.name}\n" for t in model.algebra
    ]
    lines += ["\n\n", _JIT, "def rates(b: int, w: Lanes) -> None:\n"]
    lines.append('    """Fill the rates of change per hour of one lane."""\n')
    for state in model.states:
        row = rows[f"{state.name}'"]
        lines.append(f"    w[{row}*L + b] = {write(as_products(state.rate, inverted), spell)}  # {state.name}'\n")
    return "".join(lines)


def _called(model: Model) -> list[str]:
    """Return the functions that some formula calls."""
    texts = [write(t.formula, {}) for t in model.algebra] + [write(s.rate, {}) for s in model.states]
    return [f for f in sorted(CALLS) if any(f"{f}(" in text for text in texts)]


def layout(model: Model) -> dict[str, int]:
    """Return the row of every state, rate (name with a prime), term, input, parameter and reciprocal.

    Examples
    --------
    >>> from noctiflora.axis._model_file import load_model
    >>> rows = layout(load_model())
    >>> rows["R"], rows["R'"]
    (0, 30)
    """
    names = [s.name for s in model.states]
    names += [f"{s.name}'" for s in model.states]
    names += [t.name for t in model.algebra]
    names += [i.name for i in model.inputs]
    names += list(model.parameter_index)
    names += [f"1/{name}" for name in reciprocals(model)]
    return {name: row for row, name in enumerate(names)}
