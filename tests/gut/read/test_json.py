import pytest

from noctiflora.core import FormatError
from noctiflora.gut.read._json import a_list, parsed
from tests.gut.read.documents import document


def test_an_object_is_handed_out() -> None:
    assert parsed(document('{"a": [1]}')) == {"a": [1]}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"a": [1', "cut short"),
        ("[1, 2]", "does not fit"),
        ('{"a":' * 100_000, "safely"),
        ('{"a": ' + "9" * 5_000 + "}", "safely"),
    ],
)
def test_faults_are_sentences(text: str, what: str) -> None:
    with pytest.raises(FormatError, match=what):
        parsed(document(text))


def test_a_list_is_asked_for_by_its_field() -> None:
    with pytest.raises(FormatError, match="rows"):
        a_list(document("{}"), "rows", None)
