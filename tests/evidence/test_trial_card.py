"""What each trial told, in words: nulls as nulls, changes within a group as nothing."""

import pytest

from noctiflora.core import Source
from noctiflora.evidence import find_product, load, pool
from noctiflora.evidence._trial_card import TrialCard, counts_as, dose_words, links, told_words, trial_cards
from noctiflora.evidence._vocabulary import PKind, Significant


def cards(name: str) -> dict[str, TrialCard]:
    strain = pool(load()).of(find_product(load(), name))
    return {card.trial_id: card for card in trial_cards(load(), strain)}


def test_words_of_every_row_follow_what_it_says() -> None:
    for row in load().trials:
        told = told_words(row)
        if row.p_kind is PKind.WITHIN:
            assert "no comparison with the other" in told
        elif row.p_kind is PKind.SUBGROUP:
            assert "only in a part of the people" in told
        elif row.significant is Significant.NO:
            assert "no significant difference" in told
        elif row.significant is Significant.YES:
            assert "said to differ significantly" in told
        else:
            assert "nothing said" in told


def test_numbers_stand_in_front_of_the_word() -> None:
    row = next(r for r in load().trials if r.trial_id == "LAN2023_CCFM1025" and "PSQI" in r.outcome)
    assert " against " in told_words(row)


def test_what_a_trial_counts_as() -> None:
    counts = counts_as(pool(load()).of(find_product(load(), "1714")))
    assert 'the word "not significant"' in counts["PATTERSON2024_1714"]
    assert "arms assumed equal" in counts["PATTERSON2024_1714"]
    assert counts["MOLONEY2021_1714"] == "Adds nothing: crossover without its own standard error."
    pooled = counts_as(pool(load()).of(find_product(load(), "CP2305")))
    assert all("published pool" in told for told in pooled.values())


def test_a_card_tells_who_how_and_what() -> None:
    card = cards("PS128")["HO2021_PS128"]
    assert card.title == "Ho YT 2021"
    assert "40 people" in card.people
    assert "double-blind" in card.design
    assert card.dose is not None
    assert "registry" in card.dose
    assert card.days == 30
    assert card.links == ("https://doi.org/10.3390/nu13082820", "https://pubmed.ncbi.nlm.nih.gov/34444980/")
    assert not card.added


def test_adverse_events_only_where_they_were_read() -> None:
    told = [c for s in pool(load()).strains for c in trial_cards(load(), s) if c.adverse_events]
    assert {c.trial_id for c in told} >= {"LEE2021_NVP1704"}
    assert all(c.adverse_events != "" for c in told)


@pytest.mark.parametrize(
    ("value", "unit", "text", "words"),
    [
        (1e9, "CFU/day", None, "1 x 10^9 CFU/day"),
        (2.5e10, "CFU/day", "x", "2.5 x 10^10 CFU/day"),
        (1e10, "cells/day", None, "1 x 10^10 cells/day"),
        (300.0, "mg/day", None, "300 mg/day"),
        (None, None, "two sachets", "two sachets"),
        (None, None, None, None),
    ],
)
def test_doses_as_people_write_them(value: float | None, unit: str | None, text: str | None, words: str | None) -> None:
    assert dose_words(value, unit, text) == words


def test_links_prefer_the_paper_itself() -> None:
    page = (Source(ref="https://example.org/a"), Source(ref="assumed", note="x"))
    assert links(page) == ("https://example.org/a",)
    assert links(page, "10.1000/x", "12") == ("https://doi.org/10.1000/x", "https://pubmed.ncbi.nlm.nih.gov/12/")
