"""The manual's tables: every name is there, and the committed pages are the generated ones."""

import pytest

from noctiflora.axis._model_file import load_model
from noctiflora.axis._tables import equation_table, parameter_table
from tests.axis.strategies import ROOT


def test_every_name_appears() -> None:
    model = load_model()
    parameters, equations = parameter_table(model), equation_table(model)
    assert all(f"| {p.name} |" in parameters for p in model.parameters)
    assert all(f"| {t.name} |" in equations for t in (*model.constants, *model.algebra, *model.states))


@pytest.mark.parametrize(
    ("page", "write"), [("axis-parameters.md", parameter_table), ("axis-equations.md", equation_table)]
)
def test_committed_pages_are_the_generated_ones(page: str, write: object) -> None:
    committed = (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")
    assert committed == write(load_model()), "run scripts/axis_generate.py"  # type: ignore[operator]
