"""A whole season in a real browser: from the file of a watch to the printed verdict, on a phone and on a laptop."""

import datetime as dt
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI

from noctiflora.actions import running_trial
from noctiflora.sample import Vendor, export, person
from noctiflora.web import create_app
from tests.web.conftest import NIGHTS, START, TODAY, Live, Opened, serve_live
from tests.web.seasons import OPTION, WORDS

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZES = {"phone": (390, 844, "dark"), "laptop": (1280, 900, "light")}
WEEK = 7
PICTURES = os.environ.get("NOCTIFLORA_PICTURES", "")
"""A folder in which a run keeps what it saw; nothing is kept where it is not named."""


@dataclass(slots=True)
class Days:
    """A calendar that the test turns."""

    date: dt.date = TODAY

    def today(self) -> dt.date:
        """Return the date on the calendar."""
        return self.date

    def now(self) -> dt.datetime:
        """Return eight in the morning of that date."""
        return dt.datetime.combine(self.date, dt.time(8), dt.UTC)


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def live_days(blank: Path, days: Days, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    def maker(path: Path, *, port: int) -> FastAPI:
        return create_app(str(path), port=port, now=days.now, today=days.today, zone="Europe/Berlin")

    monkeypatch.setattr("noctiflora.actions._trial_result.SIMULATED", 100)
    monkeypatch.setattr("noctiflora.web._trial_design.TRIALS", (100, 400))
    yield from serve_live(blank, maker)


def files(folder: Path, vendor: Vendor, *, start: dt.date, nights: int) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / vendor.file_name
    path.write_bytes(export(person(1, start=start, n_nights=nights), vendor))
    return path


def upload(page: "Page", paths: list[Path]) -> None:
    page.get_by_label("Files", exact=True).set_input_files(paths)
    page.get_by_role("button", name="Read the files").click()
    page.get_by_role("heading", name="Keep these?").wait_for()
    page.get_by_role("button", name="Keep them").click()
    page.get_by_role("link", name="See your nights").click()
    page.get_by_role("heading", name="One row a night").wait_for()


def pass_gates(page: "Page") -> None:
    page.get_by_role("link", name="Answer the safety questions").click()
    with page.expect_navigation():
        page.get_by_role("link", name="Begin").click()
    while page.locator("form.gates").count():
        for no in page.get_by_role("radio", name="No", exact=True).all():
            no.check()
        with page.expect_navigation():
            page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("status").filter(has_text="Every question is answered.").wait_for()


def design(page: "Page") -> None:
    page.get_by_label("How much better would make it worth it?").fill("4")
    page.get_by_label("Longest trial, weeks").fill("6")
    page.get_by_text("More choices").click()
    page.get_by_label("Least number of clear and right answers").fill("1")
    page.get_by_label("Looks before the end to try").fill("0")
    page.get_by_label("Simulated trials of each design").select_option("100")
    page.get_by_role("button", name="Try designs").click()
    page.get_by_role("heading", name="How long will you give it?").wait_for(timeout=120_000)
    page.get_by_role("button", name="Go on").click()


def start(page: "Page") -> None:
    page.get_by_label("One full day’s dose").fill("1e10")
    page.get_by_label("Helper’s passphrase").fill(WORDS)
    page.get_by_label("The same once more").fill(WORDS)
    page.get_by_role("button", name="Draw and seal the order").click()
    page.get_by_role("heading", name="The helper’s kit").wait_for(timeout=60_000)


def check_in(page: "Page", quality: str) -> None:
    page.get_by_label("Lights out").fill("23:10")
    page.get_by_label("Woke for good").fill("06:50")
    page.get_by_label("Got up").fill("07:05")
    for legend, words in (
        ("How long until you fell asleep?", "20"),
        ("Awake in the night, all together?", "10"),
        ("How did you sleep?", quality),
        ("Yesterday’s capsule", "Taken"),
    ):
        page.get_by_role("group", name=legend).get_by_role("radio", name=words, exact=True).check()
    page.get_by_role("button", name="Save the night").click()
    page.get_by_role("status").filter(has_text="Saved.").wait_for()


@pytest.mark.parametrize("size", ["phone", pytest.param("laptop", marks=pytest.mark.slow)])
def test_a_season_from_the_first_file_to_the_printed_verdict(
    live_days: Live, days: Days, open_page: Opened, tmp_path: Path, size: str
) -> None:
    width, height, theme = SIZES[size]
    page = open_page(live_days, "/", width=width, height=height, theme=theme)
    page.set_default_timeout(30_000)
    seen = _pictures(page, size)
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("response", lambda answer: troubles.append(answer.url) if answer.status >= 500 else None)

    seen("welcome")
    upload(page, [files(tmp_path / "first", v, start=START, nights=NIGHTS) for v in (Vendor.APPLE, Vendor.DIARY)])
    seen("nights")
    page.goto(live_days.url + "/options")
    pass_gates(page)
    page.get_by_role("link", name="See your options").click()
    seen("options")
    page.goto(f"{live_days.url}/options/{OPTION}")
    page.get_by_role("link", name="Design a trial").first.click()
    design(page)
    seen("start")
    start(page)
    seen("kit")

    kept = running_trial(live_days.app.state.noctiflora.store)
    assert kept is not None
    plan = kept.record.plan
    for k in range(WEEK):
        days.date = plan.first_night + dt.timedelta(days=k)
        page.goto(live_days.url + "/")
        check_in(page, ("So-so", "Well", "Badly")[k % 3])
    seen("today")
    page.goto(live_days.url + "/trial")
    page.get_by_role("heading", name=f"Night {WEEK} of {plan.n_nights}").wait_for()
    assert "of 100" not in page.locator("main").inner_text()
    seen("trial")

    days.date = plan.last_night
    page.goto(live_days.url + "/data")
    rest = plan.n_nights - WEEK
    later = plan.first_night + dt.timedelta(days=WEEK)
    upload(page, [files(tmp_path / "later", Vendor.DIARY, start=later, nights=rest)])
    page.goto(live_days.url + "/trial")
    page.get_by_role("link", name="Finish the trial").click()
    page.get_by_label("Helper’s passphrase").fill("another passphrase")
    page.get_by_role("button", name="Open the seal").click()
    page.get_by_role("alert").first.wait_for()
    page.get_by_label("Helper’s passphrase").fill(WORDS)
    page.get_by_role("button", name="Open the seal").click()
    page.get_by_role("heading", name="Your verdict", exact=True).wait_for(timeout=60_000)
    assert page.locator(".verdict .chosen").count() == 1
    seen("verdict")
    page.get_by_role("link", name="Page for my clinician").click()
    page.emulate_media(media="print")
    assert page.pdf(format="A4", print_background=True).startswith(b"%PDF")
    assert troubles == []


def _pictures(page: "Page", size: str) -> Callable[[str], None]:
    def seen(name: str) -> None:
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"season-{size}-{name}.png", full_page=True)

    return seen
