import numpy as np
import pytest

from noctiflora.core import FormatError
from noctiflora.gut import Feature, Rank, Unit
from noctiflora.gut.read._format import Draft, finish


def draft(values: list[list[float]], keys: str = "ab", samples: str = "S") -> Draft:
    rows = [Feature(name=k, rank=Rank.GENUS, key=k) for k in keys]
    return Draft(features=rows, sample_ids=list(samples), values=np.array(values), unit=Unit.READS)


def test_reads_are_their_own_depth() -> None:
    reading = finish(draft([[3.0], [4.0]]), name="f", label="x")
    assert reading.depths == (7.0,)
    assert reading.totals.tolist() == [7.0]


@pytest.mark.parametrize("bad", [-1.0, float("nan"), float("inf")])
def test_a_negative_or_missing_amount_names_row_and_sample(bad: float) -> None:
    with pytest.raises(FormatError, match="negative or no number") as caught:
        finish(draft([[3.0], [bad]]), name="f", label="x")
    assert caught.value.where == "f, b, sample S"


def test_rows_and_samples_stand_once() -> None:
    with pytest.raises(FormatError, match="a row stands twice"):
        finish(draft([[3.0], [4.0]], keys="aa"), name="f", label="x")
    with pytest.raises(FormatError, match="a sample stands twice"):
        finish(draft([[3.0, 1.0], [4.0, 1.0]], samples="SS"), name="f", label="x")


def test_an_empty_table_is_refused() -> None:
    with pytest.raises(FormatError, match="no rows"):
        finish(Draft(features=[], sample_ids=["S"], values=np.zeros((0, 1)), unit=Unit.READS), name="f", label="x")
    with pytest.raises(FormatError, match="no samples"):
        finish(draft([[], []], samples=""), name="f", label="x")
