"""Write what follows from the model text: the kernel."""

from pathlib import Path

from noctiflora.axis import kernel_source

ROOT = Path(__file__).parents[1]
KERNEL = ROOT / "src" / "noctiflora" / "axis" / "_kernel.py"


def main() -> None:
    """Write the generated files."""
    KERNEL.write_text(kernel_source(), encoding="utf-8")


if __name__ == "__main__":
    main()
