"""The page of nights."""

import datetime as dt
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from noctiflora.actions import check_in, running_trial, veil_lifted_on
from noctiflora.sleep import Episode, Totals
from noctiflora.store import Batch, Store
from noctiflora.web._nights import LIFT_WORD, SCREEN_WEEKS, _screens, _within
from tests.actions.seasons import at, day
from tests.web.conftest import NIGHTS, Live, Opened, axe_violations, sign_in
from tests.web.season_app import NIGHT, season_app


def test_every_night_has_its_row_and_the_four_measures_stand_first(client: TestClient) -> None:
    page = client.get("/nights").text
    assert f"{NIGHTS} of {NIGHTS}" in page
    assert page.count('<th scope="row">') == NIGHTS
    names = [page.index(name) for name in ("Time asleep", "Sleep efficiency", "Falling asleep", "Awake in the night")]
    assert names == sorted(names)


def test_an_empty_page_says_what_it_needs(new_client: TestClient) -> None:
    page = new_client.get("/nights").text
    assert "No nights yet" in page
    assert "<svg viewBox" in page
    assert "chart-raster" not in page


def test_few_nights_say_how_many_more_are_needed(new_client: TestClient) -> None:
    state = new_client.app.state.noctiflora  # type: ignore[attr-defined]
    for back in range(3):
        date = state.today() - dt.timedelta(days=back)
        check_in(state.store, date, {"bed_time_h": 23.0, "wake_time_h": 7.0}, today=state.today(), zone="Europe/Berlin")
    assert "11 more nights" in new_client.get("/nights").text


def slept(end: dt.datetime, source: str) -> Episode:
    return Episode(
        source=source,
        start=end - dt.timedelta(hours=7),
        end=end,
        start_offset_min=0,
        end_offset_min=0,
        zone_basis="record zone",
        key=end.isoformat(),
        totals=Totals(tst_min=400.0, tib_min=420.0),
        has_in_bed=True,
    )


def add(store: Store, dates: list[dt.date], source: str = "band") -> None:
    episodes = tuple(slept(dt.datetime.combine(d, dt.time(6), dt.UTC), source) for d in dates)
    store.imports.save(
        Batch(name="x", sha256=f"{len(dates):064x}", format="x", person="", reading="1", episodes=episodes)
    )


def test_years_of_nights_are_shown_twelve_weeks_a_screen(client: TestClient, store: Store) -> None:
    add(store, [dt.date(2024, 12, 1) - dt.timedelta(days=k) for k in range(400)])
    newest, oldest = client.get("/nights").text, client.get("/nights?screen=99").text
    assert "Screen 1 of 5" in newest
    assert "Week by week" in newest
    assert "Screen 5 of 5" in oldest
    assert "Twelve weeks earlier" not in oldest
    assert len(newest.encode()) < 200_000
    assert client.get("/nights?screen=-1").text.count("Screen 1 of 5") == 1
    assert client.get("/nights?screen=x").status_code == 422


def test_screens_share_out_every_night_once(client: TestClient, store: Store) -> None:
    from noctiflora.actions import list_nights

    add(store, [dt.date(2024, 12, 1) - dt.timedelta(days=3 * k) for k in range(200)])
    nights = list_nights(store).nights
    shared = [n for k in range(_screens(nights)) for n in _within(nights, k)]
    assert sorted(n.date for n in shared) == [n.date for n in nights]
    assert max(len(_within(nights, k)) for k in range(_screens(nights))) <= 7 * SCREEN_WEEKS


def test_a_device_with_a_hostile_name_is_text(client: TestClient, store: Store) -> None:
    add(store, [dt.date(2024, 11, 30)], source='<img src=x onerror="alert(1)">')
    for path in ("/nights", "/", "/data"):
        assert "<img" not in client.get(path).text


@pytest.fixture
def season(tmp_path: Path) -> TestClient:
    app = season_app(tmp_path / "x.sqlite")
    add(app.state.noctiflora.store, [day(k) for k in range(-20, NIGHT + 1)])
    return sign_in(app)


def test_trial_nights_are_veiled_but_the_last_seven(season: TestClient) -> None:
    page = season.get("/nights").text
    assert f"{NIGHT - 7} nights and naps are veiled" in page
    rows = page.count('<th scope="row">')
    assert rows == 21 + 7
    assert "Numbers are of nights before the trial." in page
    assert "Before your trial you slept" in page


def test_the_veil_is_lifted_by_typing_a_word_and_that_is_recorded(season: TestClient) -> None:
    assert season.post("/nights/veil", data={"word": "yes"}).status_code == 422
    assert "veiled" in season.get("/nights").text
    answer = season.post("/nights/veil", data={"word": LIFT_WORD})
    assert "The veil is lifted" in answer.text
    assert "You lifted the veil on" in answer.text
    kept = running_trial(season.app.state.noctiflora.store)  # type: ignore[attr-defined]
    assert kept is not None
    assert veil_lifted_on(kept.record) == at(NIGHT).date()


def test_without_a_trial_there_is_no_veil_to_lift(client: TestClient) -> None:
    assert client.post("/nights/veil", data={"word": LIFT_WORD}).status_code == 404


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_is_open_to_all(live: Live, open_page: Opened, width: int, theme: str) -> None:
    page = open_page(live, "/nights", width=width, theme=theme)
    for fold in page.locator("details > summary").all():
        fold.click()
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shown = page.locator("svg[role=img]:visible")
    assert shown.count() == 1
    assert shown.locator("title").count() == 1
