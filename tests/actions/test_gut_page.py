import datetime as dt

from noctiflora.actions import gut_page
from noctiflora.report import gut_dict
from noctiflora.store import Store
from tests.actions.test_observe_gut import USUAL, kept

TODAY = dt.date(2026, 8, 2)


def test_without_a_test_there_is_no_page(store: Store) -> None:
    assert gut_page(store, today=TODAY) is None


def test_the_page_says_what_was_read_how_sure_and_what_it_cannot_tell(store: Store) -> None:
    kept(store, **USUAL)
    page = gut_page(store, today=TODAY, age_years=40)
    assert page is not None
    assert page.shares[0].taxon == "Bacteroides"
    assert page.reads == sum(USUAL.values())
    assert page.references[0].startswith("American Gut 2013")
    assert page.lab_sd > 0
    assert page.day_sd > 0
    assert all(r.band_from < r.band_to for r in page.rows)
    assert page.n_unplaced > 0
    assert any("seven companies" in line for line in page.cannot_tell)
    assert gut_dict(page)["not_assessable"] == page.n_unplaced


def test_families_that_grew_in_the_post_are_not_shown(store: Store) -> None:
    kept(store, **USUAL, Klebsiella=9000)
    page = gut_page(store, today=TODAY)
    assert page is not None
    assert "Klebsiella" not in {s.taxon for s in page.shares}
    assert "grow in the post" in page.reasons[0]
    assert not any("Enterobacteriaceae" in c.sentence for c in page.capacities)
