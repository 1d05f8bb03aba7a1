"""The page of findings: every finding in its group, those without a sign as large as the others."""

import re
from html import unescape

import pytest

from noctiflora.actions import list_findings, list_pathways
from noctiflora.plan import Group, Reply
from noctiflora.store import Store
from tests.web.conftest import TODAY, Live, Opened, TestClient, axe_violations
from tests.web.test_safety import answer_all


def test_every_finding_and_pathway_stands_once_in_its_group(client: TestClient, store: Store) -> None:
    page = unescape(client.get("/findings").text)
    pathways = list_pathways(store, today=TODAY)
    own = [f for f in list_findings(store, today=TODAY) if f.key not in {p.pathway for p in pathways}]
    sections = dict(zip(Group, page.split("<section><h2>")[1:], strict=False))
    for found in (*own, *pathways):
        assert page.count(f"<h3>{found.heading}</h3>") == 1
        assert f"<h3>{found.heading}</h3>" in sections[found.group]
    for f in own:
        if f.number:
            assert f.number[1:] in sections[f.group]


def test_what_shows_no_sign_is_marked_up_like_what_may_bear(client: TestClient) -> None:
    page = client.get("/findings").text
    articles = re.findall(r'<article class="([^"]*)"', page)
    assert set(articles) == {"finding"}
    assert "What goes together is not a cause" in page
    assert page.count("Sources and what would change this") == len(articles)


def test_without_nights_the_page_says_what_it_needs(new_client: TestClient) -> None:
    page = new_client.get("/findings").text
    assert "No nights yet" in page
    assert 'href="/data"' in page


def test_help_comes_before_findings(client: TestClient, store: Store) -> None:
    answer_all(store, S24=Reply.YES)
    page = client.get("/findings").text
    assert "Please get help now" in page
    assert "finding" not in page.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_has_no_fault_in_either_theme(live: Live, open_page: Opened, theme: str) -> None:
    page = open_page(live, "/findings", theme=theme, width=320)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("h1").count() == 1
