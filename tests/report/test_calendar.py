"""The calendar holds every evening once, under titles that tell nothing."""

import datetime as dt
from dataclasses import replace

from icalendar import Calendar

from noctiflora.report import calendar_ics
from tests.trial.seasons import PLAN

STAMP = dt.datetime(2025, 1, 5, 12, tzinfo=dt.UTC)


def events(plan=PLAN):
    return Calendar.from_ical(calendar_ics(plan, at=dt.time(21), stamp=STAMP)).walk("VEVENT")


def test_every_evening_stands_once() -> None:
    evenings = []
    for event in events():
        start = event.decoded("dtstart")
        if isinstance(start, dt.datetime):
            assert start.tzinfo is None
            evenings += [start.date() + dt.timedelta(days=i) for i in range(event["rrule"]["COUNT"][0])]
    first = PLAN.first_night - dt.timedelta(days=1)
    assert sorted(evenings) == [first + dt.timedelta(days=i) for i in range(PLAN.n_nights)]


def test_titles_are_neutral() -> None:
    text = " ".join(str(event["summary"]) for event in events())
    for word in (PLAN.option_name, "placebo", "product", "trial", "probiotic", "sleep"):
        assert word.lower() not in text.lower()
    assert all(str(event["class"]) == "PRIVATE" for event in events())


def test_looks_and_the_last_morning_are_there() -> None:
    days = {str(e["uid"]).split("-")[0]: e.decoded("dtstart") for e in events()}
    assert days["look"] == PLAN.date_of(21)
    assert days["last"] == PLAN.last_night


def test_a_known_trial_names_no_bottle() -> None:
    text = calendar_ics(replace(PLAN, blinded=False), at=dt.time(21), stamp=STAMP).decode()
    assert not any(code in text for code in PLAN.codes)
    assert calendar_ics(PLAN, at=dt.time(21), stamp=STAMP) == calendar_ics(PLAN, at=dt.time(21), stamp=STAMP)
