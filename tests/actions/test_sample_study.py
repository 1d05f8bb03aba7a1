"""A made-up data set by its action."""

from pathlib import Path

from noctiflora.actions import sample_study
from noctiflora.study import read_settings


def test_a_data_set_is_written_where_it_was_asked_for(tmp_path: Path) -> None:
    folder = sample_study(tmp_path / "data", people=2, seed=1)
    assert folder == tmp_path / "data"
    assert read_settings(folder).truth["people"] == 2
