import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import FormatError
from noctiflora.gut.read import _document
from noctiflora.gut.read._number_rows import blocks
from tests.gut.read.documents import document


def together(text: str, columns: int) -> tuple[list[str], np.ndarray]:
    found = list(blocks(document(text), skip=1, columns=columns, first_line=1))
    return [n for b in found for n in b.names], np.vstack([b.values for b in found])


@given(st.lists(st.lists(st.floats(0, 1e300), min_size=2, max_size=2), min_size=1, max_size=8), st.integers(5, 40))
@settings(max_examples=50, deadline=None)
def test_pieces_of_any_size_give_the_same_rows(values: list[list[float]], size: int) -> None:
    rows = [f"K{i:05d}\t" + "\t".join(map(repr, v)) for i, v in enumerate(values)]
    text = "id\tA\tB\n" + "\n".join(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_document, "HEAD_BYTES", size)
        names, got = together(text, 2)
    assert names == [f"K{i:05d}" for i in range(len(values))]
    np.testing.assert_array_equal(got, values)


def test_a_cut_row_names_its_line() -> None:
    with pytest.raises(FormatError, match="cut short") as caught:
        together("id\tA\tB\nK1\t1\t2\n\nK2\t1", 2)
    assert caught.value.where == "file, line 4"


@pytest.mark.parametrize(("cell", "value"), [("1e-05", 1e-05), ("123456789.25", 123456789.25), ("", 0.0), ("7\r", 7.0)])
def test_long_empty_and_scientific_cells(cell: str, value: float) -> None:
    _, got = together(f"id\tA\tB\nK1\t1\t{cell}\nK2\t3\t4", 2)
    assert got.tolist() == [[1.0, value], [3.0, 4.0]]


@pytest.mark.parametrize("cell", ["1_0", "abc", "0x1f", "nan", "inf"])
def test_what_python_would_take_for_a_number_is_refused(cell: str) -> None:
    with pytest.raises(FormatError):
        together(f"id\tA\nK1\t{cell}", 1)
