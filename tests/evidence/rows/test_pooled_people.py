"""What a study of many personal trials must not say."""

import json

import pytest
from pydantic import ValidationError

from noctiflora.evidence.rows import NewPooled
from tests.evidence.test_read_additions import entry


def read(**changes: object) -> NewPooled:
    return NewPooled.model_validate_json(json.dumps(entry("pooled", **changes)), strict=True)


def test_an_example_is_read() -> None:
    assert (read().n_people, read().omega_person) == (40, 1.6)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"sd": 0.12}, "less than 40 people who differ by 1.6 can give"),
        ({"whose": "mine"}, "must not count twice"),
        ({"unit": "min"}, "sleep efficiency is in points"),
        ({"higher_is_better": False}, "check the direction"),
        ({"n_agreed_before": 41}, "more than there are people"),
        ({"dose_unit": None}, "a dose needs its unit"),
        ({"mean": 1e400}, "mean"),
        ({"randomised": False}, "randomised"),
    ],
)
def test_what_is_refused(changes: dict[str, object], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        read(**changes)


def test_the_error_that_a_spread_allows_is_taken() -> None:
    assert read(sd=0.13).sd == 0.13
