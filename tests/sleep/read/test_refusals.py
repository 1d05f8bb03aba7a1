import io

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import asks_zone, holds_nothing, read, read_all
from tests.sleep.exports import zipped
from tests.sleep.vendors import SITE_HEAD, SITE_ROW


def test_a_missing_zone_is_told_from_other_trouble() -> None:
    with pytest.raises(RangeError) as caught:
        read(io.BytesIO((SITE_HEAD + SITE_ROW).encode()), "x")
    assert asks_zone(caught.value)
    with pytest.raises(FormatError) as other:
        read(io.BytesIO(b"nothing"), "x")
    assert not asks_zone(other.value)


def test_an_archive_of_other_things_is_told_from_a_damaged_one() -> None:
    with pytest.raises(FormatError) as caught:
        read_all(io.BytesIO(zipped({"a.txt": b"x"})), "x.zip")
    assert holds_nothing(caught.value)
    with pytest.raises(FormatError) as other:
        read_all(io.BytesIO(zipped({"a.txt": b"x"})[:-8]), "x.zip")
    assert not holds_nothing(other.value)
