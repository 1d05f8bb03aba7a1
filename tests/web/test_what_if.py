"""The what-if sliders."""

import pytest

from noctiflora.actions import WhatIfPerson, WhatIfSliders
from noctiflora.axis import EVENING_LUX, Evening
from noctiflora.web import _what_if
from noctiflora.web._form import Filled
from noctiflora.web._what_if import read_sliders, said, sliders
from tests.web.conftest import Live, Opened, TestClient, axe_violations

PERSON = WhatIfPerson(bed_h=23.4, rise_h=7.6, n_nights=28)


def filled(**values: str) -> Filled:
    return Filled({key: [value] for key, value in values.items()})


def test_sliders_that_stand_as_now_change_nothing() -> None:
    form = filled(**{s.key: f"{s.value:g}" for s in sliders(PERSON, Filled({}))})
    assert read_sliders(PERSON, form) == WhatIfSliders(weeks=8)


def test_moved_sliders_are_asked_for() -> None:
    found = read_sliders(PERSON, filled(bed="25.5", dinner="17.5", light="0", fibre="5", weeks="4"))
    assert (found.bed_h, found.dinner_h, found.prebiotic_g, found.weeks) == (25.5, 17.5, 5.0, 4)
    assert found.evening_lux == EVENING_LUX[Evening.DIM]


@pytest.mark.parametrize("value", ["-5", "1e9", "nan", "x", ""])
def test_values_outside_a_slider_stay_inside_it(value: str) -> None:
    for slider in sliders(PERSON, filled(bed=value, dinner=value, light=value, fibre=value, weeks=value)):
        assert slider.low <= slider.value <= slider.high
        assert slider.words


def test_every_slider_says_its_value_and_what_it_is_now() -> None:
    found = {s.key: s for s in sliders(PERSON, filled(dinner="18"))}
    assert found["dinner"].words == "18:00, now 19:00"
    assert found["bed"].words == "23:30, as now"
    assert [said("light", k) for k in range(3)] == ["dim", "typical", "bright"]
    assert said("grams", 0) == "none"


def test_the_answer_says_hypothesis_and_runs_for_and_against(client: TestClient) -> None:
    text = client.post("/what-if", data={"dinner": "17.5", "weeks": "2"}).text
    main = text.split("<main")[1]
    assert main.count("hypothesis") >= 6
    assert "Model runs for and against" in main
    assert "chart-changes" in main
    assert "chart-one-night" in main
    assert "chart-axis-weeks" in main or "Week by week" in main
    assert "sets the size of no effect" in main


def test_the_fragment_is_a_part_of_the_page(client: TestClient) -> None:
    answer = client.post("/what-if/answer", data={"light": "0", "weeks": "2"})
    assert answer.status_code == 200
    assert not answer.text.lstrip().startswith("<!doctype")
    assert "<main" not in answer.text
    assert "style=" not in answer.text


def test_the_first_page_shows_no_number_of_the_model(client: TestClient) -> None:
    text = client.get("/what-if").text
    assert "chart-changes" not in text
    assert 'type="range"' in text
    assert "Show" in text


def test_hostile_or_unknown_input_is_no_fault(client: TestClient) -> None:
    for form in ({"strain": "<script>"}, {"dinner_now": "99:99"}, {"dinner_now": "03:00"}, {"light_now": "7"}):
        answer = client.post("/what-if", data={**form, "weeks": "1"})
        assert answer.status_code == 200
        assert "<script>" not in answer.text.split("<main")[1]


def test_nights_that_end_at_other_hours_get_a_page_of_their_own(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from noctiflora.core import RangeError

    def refused(*_args: object, **_more: object) -> WhatIfPerson:
        raise RangeError("the sliders are for nights that end between 3 and 12 o'clock")

    monkeypatch.setattr(_what_if, "what_if_person", refused)
    assert "Not for nights like yours" in client.get("/what-if").text
    assert client.post("/what-if/answer", data={}).status_code == 422


def test_runs_that_leave_the_range_of_a_body_are_said(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_what_if, "what_if_answer", lambda *_a, **_k: None)
    assert "left the range" in client.post("/what-if", data={"weeks": "1"}).text


@pytest.fixture
def warm(client: TestClient) -> None:
    client.post("/what-if/answer", data={"weeks": "8"})


def test_sliders_answer_with_and_without_script_and_satisfy_axe(live: Live, open_page: Opened, warm: None) -> None:
    plain = open_page(live, "/what-if", script=False)
    plain.click("main .btn[type=submit]")
    assert plain.locator("#chart-changes").count() == 1
    page = open_page(live, "/what-if")
    with page.expect_response("**/what-if/answer") as answer:
        page.locator("#dinner").fill("18")
    assert answer.value.status == 200
    page.wait_for_selector("#chart-changes")
    assert page.locator("#dinner-said").text_content() == "18:00, now 19:00"
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        assert axe_violations(page) == [], theme
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
