"""Errors: four parts, one line, an exit code for every leaf."""

import pytest

from noctiflora import core
from noctiflora.core import MissingExtra, NoctifloraError, RangeError


def leaves(root: type[NoctifloraError] = NoctifloraError) -> list[type[NoctifloraError]]:
    below = root.__subclasses__()
    below = [child for child in below if child.__module__.startswith("noctiflora.core")]
    return [root] if not below else [leaf for child in below for leaf in leaves(child)]


CODES = {
    "FormatError": 3,
    "UnitError": 3,
    "RangeError": 3,
    "SourceMissing": 3,
    "NotPoolable": 3,
    "NotConverged": 3,
    "DesignError": 3,
    "GateClosed": 4,
    "NotFound": 5,
    "MigrationNeeded": 5,
    "StoreBusy": 5,
    "StoreDamaged": 5,
    "MissingExtra": 2,
}


def test_every_leaf_has_its_exit_code_and_stands_at_the_door() -> None:
    assert {leaf.__name__: leaf.exit_code for leaf in leaves()} == CODES
    assert set(CODES) <= set(core.__all__)


def test_a_message_has_four_parts() -> None:
    error = RangeError("a night cannot last 30 hours", where="x.csv, line 4", found="30", do="correct it")
    assert str(error) == "a night cannot last 30 hours (x.csv, line 4), found 30; correct it"
    assert isinstance(error, ValueError)


@pytest.mark.parametrize("hostile", ["a\nb", "\x1b[31mred", "\u202eabc", "x" * 500])
def test_hostile_text_becomes_one_short_printable_line(hostile: str) -> None:
    text = str(RangeError("no", found=hostile))
    assert "\n" not in text
    assert text.isprintable()
    assert len(text) < 120


def test_a_missing_extra_says_how_to_install_it() -> None:
    error = MissingExtra("study", needed_for="running a study")
    assert "pip install 'noctiflora[study]'" in str(error)
    assert isinstance(error, ImportError)
