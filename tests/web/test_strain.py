"""The page of one strain: every trial, nulls included, and how sure that is."""

from html import unescape

import pytest

from noctiflora.core import NotFound
from noctiflora.evidence import load, pool, strain_page
from noctiflora.web._slug import slug
from noctiflora.web._strain import shown
from tests.web.conftest import Live, Opened, TestClient, axe_violations

PATH = "/evidence/strains/bifidobacterium-longum-1714"


def test_every_trial_and_every_step_of_doubt_is_shown(client: TestClient) -> None:
    page = unescape(client.get(PATH).text)
    found = strain_page(load(), "Bifidobacterium longum 1714")
    for card in found.trials:
        assert f"<summary>{card.title}" in page
        assert all(told.told in page for told in card.outcomes)
    assert all(rule.reason in page for rule in found.grade.rules)
    assert all(sentence in page for sentence in found.summary)
    assert "Unwanted effects:" in page
    assert page.count('class="miss"') >= 2


def test_every_product_has_a_forest_that_ends_in_a_new_person() -> None:
    for strain in pool(load()).strains[::6]:
        table = shown(load(), slug(strain.key.name)).figure.table
        assert table is not None
        assert [row[0] for row in table.rows[-3:]] == ["All probiotics", "This product, pooled", "A new person"]


def test_an_unknown_address_is_not_found(client: TestClient) -> None:
    assert client.get("/evidence/strains/no-such-thing").status_code == 404
    with pytest.raises(NotFound):
        shown(load(), "no-such-thing")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_has_no_fault_in_either_theme(live: Live, open_page: Opened, theme: str) -> None:
    page = open_page(live, PATH, theme=theme, width=320)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("h1").count() == 1
