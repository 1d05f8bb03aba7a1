import io

import pytest

from noctiflora.core import FormatError
from noctiflora.sleep.read import _json
from noctiflora.sleep.read._document import Document
from noctiflora.sleep.read._json import Row, checked, listed, load


class Sample(Row):
    some_value: float
    name: str = ""


def doc(data: bytes) -> Document:
    return Document(io.BytesIO(data), "x.json")


def test_a_row_is_checked_and_the_field_named() -> None:
    assert checked({"someValue": 1, "name": 7, "other": []}, Sample) == Sample(some_value=1, name="7")
    for row in ({"someValue": "soon"}, {"someValue": float("nan")}, {}, None, [], {"someValue": 10**400}):
        with pytest.raises(FormatError):
            checked(row, Sample)  # type: ignore[arg-type]
    with pytest.raises(FormatError, match="someValue"):
        checked({"someValue": "soon"}, Sample)


def test_what_is_no_json_says_the_line() -> None:
    with pytest.raises(FormatError, match="cut short") as caught:
        load(doc(b'[1,\n{"a": '))
    assert caught.value.where == "x.json, line 2"


@pytest.mark.parametrize("data", [b"[" * 200_000, b"[" + b"9" * 10_000 + b"]"])
def test_what_no_export_holds(data: bytes) -> None:
    with pytest.raises(FormatError):
        load(doc(data))


def test_lists_are_found_or_not() -> None:
    assert listed({"a": {"b": [1]}}, "a", "b") == [1]
    assert listed({"a": 1}, "a", "b") is None
    assert listed([], "a") is None
    assert listed({"a": {}}, "a") is None


def test_more_values_than_any_export(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_json, "MOST_VALUES", 3)
    assert load(doc(b"[1,2,3,4]")) == [1, 2, 3, 4]
    with pytest.raises(FormatError, match="more values"):
        load(doc(b"[1,2,3,4,5]"))
