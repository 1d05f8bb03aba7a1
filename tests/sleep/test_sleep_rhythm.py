import pytest

from noctiflora.sleep import State, sleep_rhythm
from tests.sleep.test_regularity import spans


def test_the_same_hours_every_day() -> None:
    found = sleep_rhythm(spans(*[(n, n + 8 / 24) for n in range(6)], until=6))
    assert found is not None
    assert found.stability == pytest.approx(1)
    assert (found.least5, found.most10, found.amplitude) == (None, None, None)
    assert found.known_h == 144


def test_a_shifted_week_is_less_stable() -> None:
    found = sleep_rhythm(spans(*[(n + n / 24, n + (n + 8) / 24) for n in range(6)], until=7))
    assert found is not None
    assert found.stability is not None
    assert found.stability < 0.9


def test_a_part_of_an_hour_is_a_share_of_it() -> None:
    whole = [State(start_min=n * 1440, end_min=n * 1440 + 450, asleep=True) for n in range(3)]
    rest = [State(start_min=n * 1440 + 450, end_min=n * 1440 + 1440, asleep=False) for n in range(3)]
    found = sleep_rhythm(sorted((*whole, *rest), key=lambda s: s.start_min))
    assert found is not None
    assert found.stability == pytest.approx(1)


def test_nothing_known() -> None:
    assert sleep_rhythm([]) is None
