import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.sleep import Night, Stage, measure, summarise
from noctiflora.sleep._summary import spread
from tests.sleep.exports import episode, utc


def night(day: int, *, shift_min: float = 0, source: str = "a") -> Night:
    start = utc(2024, 1, 1, 22) + dt.timedelta(days=day, minutes=shift_min)
    return measure(episode(start, [(Stage.AWAKE, 10), (Stage.LIGHT, 470)], source=source, has_in_bed=True))


def test_no_nights() -> None:
    found = summarise([])
    assert (found.n_nights, found.first, found.missing_nights, found.tst_min, found.midsleep) == (
        0,
        None,
        0,
        None,
        None,
    )
    assert found.sources == {}


def test_a_month() -> None:
    # 2 January 2024 is a Tuesday: waking dates 6 and 7 January are the first weekend.
    nights = [night(d, shift_min=90 if (d + 1) % 7 in (5, 6) else 0) for d in range(28) if d != 3]
    found = summarise(nights)
    assert (found.n_nights, found.missing_nights) == (27, 1)
    assert found.first == dt.date(2024, 1, 2)
    assert found.last == dt.date(2024, 1, 29)
    assert found.tst_min is not None
    assert found.tst_min.median == 470
    assert found.sol_min is not None
    assert found.sol_min.n == 27
    assert found.social_jetlag_h == pytest.approx(1.5)
    assert (found.free_nights, found.work_nights) == (8, 19)
    assert found.regularity is not None
    assert 80 < found.regularity.sri < 100
    assert found.sources == {"a": 1.0}


def test_too_little_to_tell() -> None:
    found = summarise([night(0), night(1)])
    assert found.social_jetlag_h is None
    assert found.regularity is None


def test_naps_are_no_nights() -> None:
    nap = measure(episode(utc(2024, 1, 2, 13), [(Stage.LIGHT, 60)]), nap=True)
    assert summarise([night(0), nap]).n_nights == 1


def test_shares_by_source() -> None:
    found = summarise([night(0), night(1), night(2, source="b")])
    assert found.sources == pytest.approx({"a": 2 / 3, "b": 1 / 3})


def test_own_free_days() -> None:
    nights = [night(d, shift_min=60 if d % 7 == 0 else 0) for d in range(21)]
    assert summarise(nights, free_weekdays=frozenset({1})).social_jetlag_h == pytest.approx(1.0)


@settings(max_examples=100)
@given(st.lists(st.floats(0, 600), min_size=1, max_size=30))
def test_quartiles_are_those_of_numpy(values: list[float]) -> None:
    found = spread([*values, None])
    assert found is not None
    assert [found.q25, found.median, found.q75] == pytest.approx(list(np.quantile(values, [0.25, 0.5, 0.75])))
    assert found.n == len(values)
