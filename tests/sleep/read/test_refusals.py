import io

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import asks_zone, holds_nothing, read, read_all
from tests.sleep.exports import zipped
from tests.sleep.vendors import SITE_HEAD, SITE_ROW, oura_json, oura_period


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


def test_a_member_without_a_zone_says_what_to_do_beside_those_that_have_one() -> None:
    files = {"a.json": oura_json(oura_period()), "b.csv": (SITE_HEAD + SITE_ROW).encode()}
    _, refused = read_all(io.BytesIO(zipped(files)), "x.zip")
    assert "--zone NAME" in refused.skipped[0].reason
