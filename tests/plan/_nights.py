"""Made-up nights for the tests of findings."""

import datetime as dt

from noctiflora.intake import CheckIn
from noctiflora.plan._window import Window, window
from noctiflora.sleep import Night

FIRST = dt.date(2026, 1, 5)
"""A Monday."""


def night(day: int, **fields: object) -> Night:
    return Night(date=FIRST + dt.timedelta(days=day), source="made up", **fields)  # type: ignore[arg-type]


def nights(count: int, **fields: object) -> list[Night]:
    return [night(day, **fields) for day in range(count)]


def entry(day: int, item: str, value: float) -> CheckIn:
    return CheckIn(date=FIRST + dt.timedelta(days=day), item=item, value=value)


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def view(made: list[Night], *entries: CheckIn, today: int | None = None, age: float | None = None) -> Window:
    last = max((n.date for n in made), default=FIRST) if today is None else day(today)
    return window(made, (), entries, today=last, age_years=age, free_weekdays=frozenset({5, 6}))
