"""The page of a strain as text: whole, readable, and with its nulls."""

import pytest

from noctiflora.cli._strain_text import COLUMNS, strain_text
from noctiflora.core import Instrument, Outcome
from noctiflora.evidence import StrainPage, load, pool, strain_page


def page(name: str, **choices: object) -> StrainPage:
    return strain_page(load(), name, **choices)  # type: ignore[arg-type]


def test_a_page_of_nulls_shows_them() -> None:
    text = strain_text(page("1714", useful=2.0), points=3.0)
    assert "Of 3 trials, 2 found no difference, and 1 told nothing that can be used" in " ".join(text.split())
    assert " ".join(text.split()).count("no significant difference to the comparator") == 4
    assert "nothing usable" in text
    assert "crossover without its own standard error" in text
    assert "https://doi.org/10.1038/s41598-024-53810-w" in text
    assert "Certainty: very low" in text
    assert "Chance of 2 points or more: 30 of 100." in text
    assert "assumed (" in text
    assert "[human]" in text


def test_marks_are_those_of_what_was_reported() -> None:
    def plot(name: str) -> list[str]:
        lines = strain_text(page(name), points=3.0).splitlines()
        start = next(i for i, line in enumerate(lines) if line.startswith("What each trial showed"))
        return lines[start + 2 :]

    assert "]" in plot("LcS")[0]
    assert plot("LcS")[0][35] == "<"
    assert "|" in plot("CCFM1025")[0]
    assert "o" in plot("CCFM1025")[0][35:84]
    assert "[~" in plot("HEAL9")[0]


@pytest.mark.parametrize("name", ["Lp815", "PHGG", "Bifidobacterium longum new1", "JB-1"])
def test_any_product_has_a_page_that_fits(name: str) -> None:
    text = strain_text(page(name), points=3.0)
    assert all(len(line) <= COLUMNS + 15 for line in text.splitlines() if "http" not in line)
    assert "None" not in text


def test_every_product_of_the_tables_has_a_page() -> None:
    for strain in pool(load()).strains:
        assert strain_text(page(strain.key.name), points=3.0)


def test_another_outcome() -> None:
    text = strain_text(page("PS128", outcome=Outcome.LATENCY, instrument=Instrument.WEARABLE), points=3.0)
    assert "time to fall asleep, by wearable" in text
    assert "13.43 min" in text
