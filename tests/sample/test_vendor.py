"""Tests of the list of exports."""

import datetime as dt

import pytest

from noctiflora.core import RangeError
from noctiflora.sample import Person, Vendor, export, person


@pytest.mark.parametrize("kind", list(Vendor))
def test_the_same_person_gives_the_same_bytes(kind: Vendor, shortly: Person) -> None:
    again = person(5, start=dt.date(2024, 10, 7), n_nights=40, period_nights=4, run_in_nights=8)
    assert export(shortly, kind) == export(again, str(kind)) != b""
    assert export(shortly, kind) != export(person(6, start=dt.date(2024, 10, 7), n_nights=40), kind)


def test_file_names_differ() -> None:
    assert len({kind.file_name for kind in Vendor}) == len(Vendor)


def test_an_unknown_kind_is_refused_with_the_known_ones(shortly: Person) -> None:
    with pytest.raises(RangeError, match="no such export") as caught:
        export(shortly, "pillow")
    assert "fitbit_takeout" in str(caught.value)
