"""Write what follows from the model text: the kernel and the manual's tables."""

from pathlib import Path

from noctiflora.axis import equation_table, kernel_source, load_model, parameter_table

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"


def main() -> None:
    """Write the generated files."""
    (ROOT / "src" / "noctiflora" / "axis" / "_kernel.py").write_text(kernel_source(), encoding="utf-8")
    (REFERENCE / "axis-parameters.md").write_text(parameter_table(load_model()), encoding="utf-8")
    (REFERENCE / "axis-equations.md").write_text(equation_table(load_model()), encoding="utf-8")


if __name__ == "__main__":
    main()
