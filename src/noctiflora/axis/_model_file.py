"""The packaged model text, read once."""

from functools import cache
from importlib.resources import files

from noctiflora.axis._model import Model
from noctiflora.axis._model_text import parse_model

FILE = "noctiflora_axis.txt"


def model_text() -> str:
    """Return the model as text, the one source of kernel, SBML and tables."""
    return files("noctiflora.axis").joinpath("model").joinpath(FILE).read_text(encoding="utf-8")


@cache
def load_model() -> Model:
    """Return the packaged model.

    Examples
    --------
    >>> model = load_model()
    >>> len(model.states), len(model.inputs), len(model.modules)
    (30, 8, 10)
    """
    return parse_model(model_text(), where=FILE)
