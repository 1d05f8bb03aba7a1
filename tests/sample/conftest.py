"""People used by the tests of the sample room."""

import datetime as dt

import pytest

from noctiflora.sample import Person, person

FIRST = dt.date(2024, 10, 7)
"""A start from which 196 nights hold both clock changes of Berlin, 27 October and 30 March."""


@pytest.fixture(scope="session")
def someone() -> Person:
    return person(3, start=FIRST)


@pytest.fixture(scope="session")
def shortly() -> Person:
    return person(5, start=FIRST, n_nights=40, period_nights=4, run_in_nights=8)
