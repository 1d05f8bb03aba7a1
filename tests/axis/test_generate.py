"""Generated files: what is committed is what the model text gives."""

from noctiflora.axis._generate import kernel_source
from tests.axis.strategies import ROOT


def test_the_committed_kernel_is_the_generated_one() -> None:
    committed = (ROOT / "src" / "noctiflora" / "axis" / "_kernel.py").read_text(encoding="utf-8")
    assert committed == kernel_source(), "run scripts/axis_generate.py"
