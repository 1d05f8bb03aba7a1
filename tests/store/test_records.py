"""The records of the store."""

import datetime as dt

import pytest

from noctiflora.core import RangeError
from noctiflora.store import Batch, ImportOutcome, ImportRow

ROW = ImportRow(
    import_id=1,
    name="a.csv",
    sha256="a" * 64,
    format="ring",
    person="",
    reading="",
    at=dt.datetime(2025, 3, 1, tzinfo=dt.UTC),
    n_read=6,
    n_new=3,
    n_replaced=2,
    n_known=1,
    skipped=(),
    notes=(),
)


@pytest.mark.parametrize("wrong", ["", "A" * 64, "a" * 63, "a" * 64 + "\n", "g" * 64])
def test_a_batch_needs_a_hash(wrong: str) -> None:
    with pytest.raises(RangeError, match="64"):
        Batch(name="a", sha256=wrong, format="ring")


def test_an_outcome_is_one_sentence() -> None:
    assert ImportOutcome(row=ROW, already=False).text == "6 read: 3 new, 2 replaced, 1 already known"
    assert ImportOutcome(row=ROW, already=True).text == "already imported on 2025-03-01 as a.csv; nothing changed"
