"""Today's page and the morning entry."""

import datetime as dt

import pytest
from starlette.testclient import TestClient

from noctiflora.actions import check_in, list_nights
from noctiflora.core import Instrument
from noctiflora.store import Store
from tests.web.conftest import TODAY, Live, Opened, axe_violations

ENTRY = {
    "bed_time_h": "23:30", "wake_time_h": "06:30", "rise_time_h": "07:00", "latency_min": "20", "wake_min": "10",
    "quality": "7.5", "alcohol": "1",
}  # fmt: skip


def said(store: Store, date: dt.date = TODAY) -> dict[str, float]:
    return {c.item: c.value for c in store.diary.checkins(since=date) if c.date == date}


def mark(client: TestClient) -> str:
    return client.get("/?start=1").text.partition('name="seen" value="')[2][:16]


def test_a_device_night_is_drawn_and_its_times_filled_in_but_no_feeling(client: TestClient) -> None:
    page = client.get("/").text
    assert 'id="chart-arc"' in page
    assert page.count('type="time" value="0') >= 2
    assert " checked" not in page


def test_an_entry_is_saved_and_becomes_a_night(client: TestClient, store: Store) -> None:
    answer = client.post("/today", data=ENTRY | {"seen": mark(client)})
    assert answer.status_code == 200
    assert "Saved." in answer.text
    assert said(store) == {
        "bed_time_h": 23.5, "wake_time_h": 6.5, "rise_time_h": 7.0, "latency_min": 20, "wake_min": 10, "quality": 7.5,
        "alcohol": 1, "late_caffeine": 0, "late_meal": 0, "illness": 0, "travel": 0,
    }  # fmt: skip
    night = list_nights(store, instrument=Instrument.DIARY).nights[-1]
    assert (night.date, night.tst_min) == (TODAY, 390)
    again = client.get("/").text
    assert 'value="7.5" checked' in again
    assert "Correct the night" in again


def test_a_correction_changes_only_what_was_changed(client: TestClient, store: Store) -> None:
    check_in(store, TODAY, {"quality": 7.0, "latency_min": 27, "alcohol": 1.0, "stress": 3.0}, today=TODAY)
    sent = {"quality": "7.5", "latency_min": "45", "late_meal": "1", "stress": "3", "seen": mark(client)}
    answer = client.post("/today", data=sent)
    assert "Corrected." in answer.text
    assert said(store) == {
        "quality": 7.0, "latency_min": 45, "stress": 3.0, "alcohol": 0, "late_meal": 1, "late_caffeine": 0,
        "illness": 0, "travel": 0,
    }  # fmt: skip


def test_half_an_answer_is_enough_and_a_cleared_time_is_taken_back(client: TestClient, store: Store) -> None:
    client.post("/today", data={"bed_time_h": "23:30", "wake_time_h": "06:30", "seen": mark(client)})
    assert said(store)["bed_time_h"] == 23.5
    client.post("/today", data={"bed_time_h": "", "wake_time_h": "06:30", "seen": mark(client)})
    assert "bed_time_h" not in said(store)


def test_nothing_is_entered_by_an_empty_form(new_client: TestClient) -> None:
    answer = new_client.post("/today", data={"seen": "", "bed_time_h": ""})
    assert answer.status_code == 200
    assert "How was the night?" not in new_client.get("/").text  # still the first run


@pytest.mark.parametrize(
    ("field", "value"),
    [("bed_time_h", "25:00"), ("quality", "11"), ("latency_min", "x"), ("stress", "12"), ("awakenings", "1.5"),
     ("fibre_g", "1e9"), ("last_meal_h", "<script>")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(
    client: TestClient, store: Store, field: str, value: str
) -> None:
    answer = client.post("/today", data={"wake_time_h": "06:31", field: value, "seen": mark(client)})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert 'value="06:31"' in answer.text
    assert "<script>" not in answer.text.partition("<body")[2]
    assert said(store) == {}


def test_two_tabs_see_both_versions_and_either_can_be_kept(client: TestClient, store: Store) -> None:
    old = mark(client)
    client.post("/today", data={"quality": "2.5", "seen": old})
    met = client.post("/today", data={"quality": "10", "wake_min": "60", "seen": old})
    assert met.status_code == 409
    assert "Two versions" in met.text
    assert "2.5" in met.text
    assert said(store)["quality"] == 2.5
    fresh = met.text.partition('name="seen" value="')[2][:16]
    client.post("/today", data={"quality": "10", "wake_min": "60", "seen": fresh})
    assert (said(store)["quality"], said(store)["wake_min"]) == (10, 60)
    # The same answer from both is no conflict.
    assert client.post("/today", data={"quality": "10", "seen": old}).status_code == 200


def test_an_earlier_morning_can_be_told(client: TestClient, store: Store) -> None:
    page = client.get("/?back=3").text
    assert "Thursday 28 November" in page
    seen = page.partition('name="seen" value="')[2][:16]
    client.post("/today", data={"back": "3", "quality": "0", "seen": seen})
    assert said(store, TODAY - dt.timedelta(days=3))["quality"] == 0
    assert client.get("/?back=999").status_code == 200


def test_odd_times_are_asked_back(client: TestClient) -> None:
    client.post("/today", data={"bed_time_h": "11:00", "rise_time_h": "07:00", "seen": mark(client)})
    assert "Is the bed time really 11:00" in client.get("/").text


def test_the_first_run_is_shown_until_something_is_there(new_client: TestClient) -> None:
    assert "Welcome." in new_client.get("/").text
    assert "How was the night?" in new_client.get("/?start=1").text
    new_client.post("/today", data={"quality": "5"})
    assert "How was the night?" in new_client.get("/").text


def test_no_capsule_without_a_trial_and_a_reason_needs_one(client: TestClient) -> None:
    assert 'name="dose"' not in client.get("/").text
    assert client.post("/today/skip", data={"back": "0"}).status_code == 422
    assert client.post("/today/skip", data={"reason": "ill"}).status_code == 404  # no trial is under way


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("script", [True, False])
def test_the_entry_is_made_by_keyboard_in_a_browser(
    live: Live, open_page: Opened, store: Store, theme: str, script: bool
) -> None:
    page = open_page(live, "/", theme=theme, script=script)
    if script:
        assert axe_violations(page) == []
    page.locator('input[name="quality"][value="5"]').focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.locator('input[name="illness"]').focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save the night").focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="Saved.").wait_for()
    assert said(store)["quality"] == 7.5
    assert said(store)["illness"] == 1
