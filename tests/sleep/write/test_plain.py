import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import FormatError
from noctiflora.sleep import Night, nights_from_json, nights_json
from noctiflora.sleep.write._plain import night_of, plain
from tests.sleep.write.nights import nights


@settings(max_examples=60)
@given(st.lists(nights(), max_size=3))
def test_json_gives_the_same_nights_back(some: list[Night]) -> None:
    assert nights_from_json(nights_json(some)) == tuple(some)


@settings(max_examples=30)
@given(nights())
def test_every_field_of_a_night_is_written(night: Night) -> None:
    assert plain(night).keys() == set(Night.__dataclass_fields__)
    assert night_of(plain(night)) == night


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"date": "2024-01-01"}]', "[" * 9000, '[{"date": []}]'])
def test_something_else_is_refused(text: str) -> None:
    with pytest.raises(FormatError, match="exported here"):
        nights_from_json(text)
