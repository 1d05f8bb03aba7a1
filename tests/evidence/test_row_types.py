"""The shared field types refuse a row without a usable source, and fields in the wrong order."""

from typing import ClassVar

import pytest
from pydantic import ValidationError

from noctiflora.core import Source
from noctiflora.evidence._row_types import SourcedRow


class Interval(SourcedRow):
    ascending: ClassVar[tuple[tuple[str, ...], ...]] = (("low", "middle", "high"),)

    low: float | None
    middle: float | None
    high: float | None


def row(**cells: object) -> Interval:
    return Interval.model_validate({"low": None, "middle": None, "high": None, "sources": "PMID 1", **cells})


def test_sources_become_records_with_notes() -> None:
    assert row(sources="10.1000/x (table 2); PMC12").sources == (
        Source(ref="10.1000/x", note="table 2"),
        Source(ref="PMC12"),
    )


@pytest.mark.parametrize("cell", [None, "", " ; ", "a book", "assumed", 7])
def test_a_row_without_a_usable_source_is_refused(cell: object) -> None:
    with pytest.raises(ValidationError, match="source"):
        row(sources=cell)


def test_order_is_checked_among_the_present_fields_only() -> None:
    assert row(low=1, high=2).high == 2
    assert row(low=1, middle=1, high=1).low == 1
    with pytest.raises(ValidationError, match="low = 3 lies above high = 2"):
        row(low=3, high=2)
