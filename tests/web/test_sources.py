"""Sources of nights: seen, chosen, and left to the rule again."""

from noctiflora.actions import explain_nights, preference
from noctiflora.store import Store
from tests.web.conftest import TODAY, TestClient


def test_a_source_is_preferred_and_left_to_the_rule_again(client: TestClient, store: Store) -> None:
    source = explain_nights(store, today=TODAY)[0].source
    page = client.get("/nights/sources").text
    assert "Why this record" in page
    assert source in page
    assert "Saved." in client.post("/nights/sources", data={"source": source}).text
    assert preference(store).always == source
    assert f'value="{source}" checked' in client.get("/nights/sources").text
    client.post("/nights/sources", data={"source": "auto"})
    assert preference(store).always is None


def test_a_source_that_is_nowhere_is_refused_without_a_command(client: TestClient, store: Store) -> None:
    answer = client.post("/nights/sources", data={"source": "<b>moon</b>"})
    assert answer.status_code == 422
    assert "<b>moon" not in answer.text
    assert "--prefer" not in answer.text
    assert preference(store).always is None


def test_without_nights_the_page_says_so(new_client: TestClient) -> None:
    assert "There is no night yet." in new_client.get("/nights/sources").text
