"""The pages of options: questions first, then cards folded by group."""

import re

import pytest

from noctiflora.actions import kept_costs, list_options, option_chances
from noctiflora.plan import Door, Reply
from noctiflora.store import Store
from tests.web.conftest import TODAY, Live, Opened, TestClient, axe_violations
from tests.web.test_safety import answer_all

MOST_BYTES = 160_000
"""Of the page, so that with sheet and script it stays under 200 kB."""


def test_products_are_locked_until_the_questions_are_answered(client: TestClient) -> None:
    page = client.get("/options").text
    assert "Products come after the safety questions" in page
    assert 'href="/safety"' in page
    assert "CBT-I" in page
    assert "longum" not in page
    assert "This comes after the safety questions" in client.get("/options/bifidobacterium-longum-1714").text


def test_open_options_stand_in_groups_of_which_the_first_is_unfolded(client: TestClient, store: Store) -> None:
    answer_all(store)
    page = client.get("/options").text
    shelves = re.findall(r'<details class="shelf"( open)?>', page)
    assert shelves[0] == " open"
    assert not any(shelves[1:])
    assert len(page.encode()) < MOST_BYTES
    offered = list_options(store, today=TODAY)
    chances = option_chances(store, offered)
    for one in offered.options:
        assert f'id="{one.key}"' in page
        card = page[page.index(f'id="{one.key}"') :].split("</article>")[0]
        if one.effect is not None:
            assert f"<b>{round(100 * chances[one.key].gain.centre)} of 100</b>" in card
            assert f'href="/trial/design?option={one.key}"' in card
        else:
            assert "/trial/design" not in card
    assert "Or try nothing" in page


def test_a_warning_stands_above_the_numbers(client: TestClient, store: Store) -> None:
    answer_all(store, S09=Reply.YES)
    warned = [o for o in list_options(store, today=TODAY).options if o.warnings and o.effect]
    assert warned
    card = client.get("/options").text.split(f'id="{warned[0].key}"')[1].split("</article>")[0]
    assert card.index('class="note bad"') < card.index("of 100</b>")


def test_what_is_closed_is_named_with_its_reason_and_offers_no_trial(client: TestClient, store: Store) -> None:
    answer_all(store, S01=Reply.NOT_SURE)
    page = client.get("/options").text
    closed = [o for o in list_options(store, today=TODAY).options if o.door is Door.CLOSED]
    assert closed
    assert "Not offered, and why" in page
    for one in closed:
        assert f"option={one.key}" not in page
    told = client.get(f"/options/{closed[0].key}").text
    assert "Not offered" in told
    assert "as long as the line is in" in told


def test_a_clinicians_word_locks_but_shows(client: TestClient, store: Store) -> None:
    answer_all(store, S03=Reply.YES)
    page = client.get("/options").text
    assert "See a clinician first" in page
    assert "option=bifidobacterium-longum-1714" not in page
    assert 'id="bifidobacterium-longum-1714"' in page


def test_another_measure_and_amount_change_the_counts_but_no_address(client: TestClient, store: Store) -> None:
    answer_all(store)
    answer = client.post("/options", data={"outcome": "latency", "instrument": "diary", "useful": "30"})
    assert answer.status_code == 200
    assert "30 minutes" in answer.text
    assert answer.url.query == b""
    refused = client.post("/options", data={"useful": "-4", "outcome": "x"})
    assert refused.status_code == 422
    assert "Write a number above 0" in refused.text
    assert 'value="-4"' in refused.text


def test_a_cost_is_kept_and_forgotten(client: TestClient, store: Store) -> None:
    answer_all(store)
    page = client.post("/options/phgg/cost", data={"cost": "0,30"}).text
    assert "Costs you 0.3 a day" in page
    assert kept_costs(store) == {"phgg": 0.3}
    client.post("/options/phgg/cost", data={"cost": ""})
    assert kept_costs(store) == {}
    refused = client.post("/options/phgg/cost", data={"cost": "-1"})
    assert refused.status_code == 422
    assert client.get("/options/no-such").status_code == 404
    assert client.post("/options/no-such/cost", data={"cost": "1"}).status_code == 404


def test_help_comes_before_options(client: TestClient, store: Store) -> None:
    answer_all(store, S24=Reply.YES)
    for path in ("/options", "/options/cbt-i"):
        page = client.get(path).text
        assert "Please get help now" in page
        assert "CBT-I" not in page


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_have_no_fault_in_either_theme(live: Live, store: Store, open_page: Opened, theme: str) -> None:
    assert axe_violations(open_page(live, "/options", theme=theme)) == []
    answer_all(store, S47=Reply.NOT_SURE, S09=Reply.YES)
    page = open_page(live, "/options", theme=theme, width=320, script=True)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("h1").count() == 1
    assert axe_violations(open_page(live, "/options/phgg", theme=theme, width=320)) == []
