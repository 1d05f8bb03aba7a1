import pytest

from noctiflora.core import FormatError
from noctiflora.gut.read._biom_json import read, sniff
from tests.gut.read.documents import BIOM_JSON, document


def test_sparse_and_dense() -> None:
    assert sniff(BIOM_JSON.encode())
    draft = read(document(BIOM_JSON))
    assert draft.values.tolist() == [[8000.0, 0.0], [2000.0, 9000.0]]
    assert [f.name for f in draft.features] == ["Firmicutes", "Bacteroidetes"]
    dense = BIOM_JSON.replace('"sparse"', '"dense"').replace(
        "[[0, 0, 8000], [1, 1, 9000], [1, 0, 2000]]", "[[8000, 0], [2000, 9000]]"
    )
    assert read(document(dense)).values.tolist() == draft.values.tolist()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (BIOM_JSON[:-30], "cut short"),
        (BIOM_JSON.replace("[1, 0, 2000]", "[7, 0, 1]"), "outside the table"),
        (BIOM_JSON.replace("[1, 0, 2000]", "[-1, 0, 1]"), "outside the table"),
        (BIOM_JSON.replace("[1, 0, 2000]", "[1, 0]"), "outside the table"),
        (BIOM_JSON.replace("[2, 2]", "[3, 2]"), "shape"),
        (BIOM_JSON.replace('"shape": [2, 2],', ""), "does not fit"),
    ],
)
def test_damage_is_a_sentence(text: str, what: str) -> None:
    with pytest.raises(FormatError, match=what):
        read(document(text))
