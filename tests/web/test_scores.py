"""The pages of scores and questionnaires."""

import pytest

from noctiflora.actions import current_scores
from noctiflora.intake import load_questionnaire
from noctiflora.store import Store
from tests.web.conftest import TODAY, Live, Opened, TestClient, axe_violations


def test_scores_from_elsewhere_are_kept_and_told_in_words(client: TestClient, store: Store) -> None:
    page = client.post("/safety/scores", data={"psqi": "9", "age_years": "54", "isi": ""}).text
    assert "9 of 21, counted as poor sleep" in page
    assert {k: s.value for k, s in current_scores(store, today=TODAY).items()} == {"psqi": 9.0, "age_years": 54.0}


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"psqi": "99"}, "PSQI is a whole number from 0 to 21."),
        ({"psqi": "9.5"}, "PSQI is a whole number"),
        ({"isi": "many"}, "Write a number"),
        ({}, "No score was filled in."),
    ],
)
def test_what_is_no_score_is_refused_with_the_input_kept(
    client: TestClient, store: Store, sent: dict[str, str], told: str
) -> None:
    answer = client.post("/safety/scores", data=sent)
    assert answer.status_code == 422
    assert told in answer.text
    assert all(f'value="{value}"' in answer.text for value in sent.values())
    assert not current_scores(store, today=TODAY)


def test_a_questionnaire_is_asked_as_printed_and_only_its_score_kept(client: TestClient, store: Store) -> None:
    asked = load_questionnaire("gad7")
    page = client.get("/safety/questionnaires/gad7").text
    assert all(item.replace("'", "&#39;") in page for item in asked.items)
    assert asked.attribution.replace("'", "&#39;") in page
    told = client.post("/safety/questionnaires/gad7", data={f"item{n}": "2" for n in range(1, 8)}).text
    assert "14 of 21, moderate" in told
    assert current_scores(store, today=TODAY)["gad7"].value == 14


def test_missing_answers_are_named_and_the_others_kept(client: TestClient, store: Store) -> None:
    answer = client.post("/safety/questionnaires/gad7", data={"item1": "3"})
    assert answer.status_code == 422
    assert "Question 7 is not answered" in answer.text
    assert 'name="item1" value="3" checked' in answer.text
    assert not current_scores(store, today=TODAY)


def test_the_one_item_brings_help_first(client: TestClient) -> None:
    page = client.post("/safety/questionnaires/phq9", data={"item9": "1"}).text
    assert "Please get help now" in page
    assert "answer the questionnaire anew" in page


def test_there_is_no_other_questionnaire(client: TestClient) -> None:
    assert client.get("/safety/questionnaires/psqi").status_code == 404
    assert client.post("/safety/questionnaires/psqi", data={}).status_code == 404


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_have_no_fault_in_either_theme(live: Live, open_page: Opened, theme: str) -> None:
    for path in ("/safety/scores", "/safety/questionnaires/phq9"):
        page = open_page(live, path, theme=theme, width=320, script=True)
        assert axe_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.locator("h1").count() == 1
