"""Where the results of a study may lie."""

from pathlib import Path

import pytest

from noctiflora.actions import run_study, sample_study
from noctiflora.core import FormatError


def test_results_do_not_lie_among_the_data(tmp_path: Path) -> None:
    folder = sample_study(tmp_path / "data", people=1, seed=1)
    for out in (folder, folder / "people", folder / "people" / "x"):
        with pytest.raises(FormatError, match="among the data"):
            run_study(folder, out, tell=lambda *_: None)
