"""Two kept samples are compared as their files would be."""

import datetime as dt
import io

import pytest

from noctiflora.actions import KeptGut, KeptSample, compare_kept
from noctiflora.core import FormatError
from noctiflora.gut import read
from tests.web.test_gut_view import GENERA, table

AT = dt.datetime(2024, 12, 1, tzinfo=dt.UTC)


def kept() -> tuple[KeptGut, ...]:
    """Return two tests of one person, one genus a tenth in the second."""
    both = (GENERA, {**GENERA, "Faecalibacterium": GENERA["Faecalibacterium"] // 40})
    return tuple(
        KeptGut(reading=read(io.BytesIO(table(g)), f"{k}.csv"), sha256=str(k), at=AT) for k, g in enumerate(both)
    )


def test_the_genus_that_fell_is_the_largest_change() -> None:
    found = compare_kept(kept(), KeptSample(test=0, sample=0), KeptSample(test=1, sample=0), same_lab=True)
    assert found.reason == ""
    first = found.changes[0]
    assert first.taxon == "Faecalibacterium"
    assert first.clr < -2
    back = compare_kept(kept(), KeptSample(test=1, sample=0), KeptSample(test=0, sample=0), same_lab=True)
    assert back.changes[0].clr == pytest.approx(-first.clr, abs=0.2)


@pytest.mark.parametrize(
    "after", [KeptSample(test=0, sample=0), KeptSample(test=2, sample=0), KeptSample(test=1, sample=5)]
)
def test_one_sample_twice_or_none_is_refused(after: KeptSample) -> None:
    with pytest.raises(FormatError):
        compare_kept(kept(), KeptSample(test=0, sample=0), after, same_lab=True)
