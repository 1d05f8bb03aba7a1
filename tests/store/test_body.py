"""Documents as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.core import RangeError, StoreDamaged
from noctiflora.store._body import from_text, to_text

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), values, max_size=4))
def test_a_document_comes_back_as_it_was(body: dict[str, object]) -> None:
    text = to_text(body, what="a test", where="here")
    assert text.isascii()
    assert from_text(text, what="a test", where="here") == body


@pytest.mark.parametrize("value", [float("nan"), object(), {1, 2}])
def test_what_is_no_json_is_named(value: object) -> None:
    with pytest.raises(RangeError, match="a test must hold JSON values only"):
        to_text({"a": value}, what="a test", where="here")


def test_spoiled_text_is_damage() -> None:
    with pytest.raises(StoreDamaged, match="a test cannot be read"):
        from_text("{", what="a test", where="here")
