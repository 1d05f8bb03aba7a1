"""Where the shared sample files lie, if they do."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3] / "shared" / "samples" / "gut"
FORMATS = sorted((ROOT / "formats").glob("*")) if ROOT.exists() else []
needs_samples = pytest.mark.skipif(not ROOT.exists(), reason="the shared gut samples are not here")
