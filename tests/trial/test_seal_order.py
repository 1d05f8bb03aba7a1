"""Orders are uniform over what is allowed, and the orders behind the threshold do not know which was drawn."""

import os
import secrets
from collections import Counter

import numpy as np
import pytest
from scipy.stats import chisquare

from noctiflora.core import DesignError, FormatError
from noctiflora.trial import Arm, draw_arms, draw_codes, order_text, read_order

DRAWS = 100_000
ONCE_IN = 1e-6
"""A sound generator fails the test by chance once in a million runs."""


def test_orders_are_uniform_over_the_allowed_set() -> None:
    counts = Counter(order_text(draw_arms(secrets.randbits, 3)) for _ in range(DRAWS))
    assert len(counts) == 8
    assert all(set(text[i : i + 2]) == {"P", "C"} for text in counts for i in (0, 2, 4))
    assert chisquare(list(counts.values())).pvalue > ONCE_IN


def test_the_test_of_uniformity_can_fail() -> None:
    rng = np.random.default_rng(1)
    counts = Counter(order_text(draw_arms(lambda n: int(rng.random() < 0.51), 1)) for _ in range(DRAWS))
    assert chisquare(list(counts.values())).pvalue < ONCE_IN


def test_no_pair_is_refused() -> None:
    with pytest.raises(DesignError):
        draw_arms(secrets.randbits, 0)


def test_codes_differ_and_read_well() -> None:
    codes = draw_codes(secrets.randbelow, 12)
    assert len(set(codes)) == 12
    assert not set("".join(codes)) & set("01IO")


def test_equal_codes_are_drawn_again() -> None:
    numbers = iter([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1])
    assert draw_codes(lambda n: next(numbers), 2) == ("AAAA", "BBBB")


def test_orders_are_read_back() -> None:
    arms = draw_arms(lambda n: int.from_bytes(os.urandom(1)) % 2**n, 5)
    assert read_order(order_text(arms)) == arms
    assert read_order("CP") == (Arm.COMPARATOR, Arm.PRODUCT)


@pytest.mark.parametrize("text", ["", "P", "PP", "PCX", "pc"])
def test_what_is_no_order_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        read_order(text)


def test_unequal_periods_keep_their_bottles_together() -> None:
    arms = draw_arms(lambda n: 0b01, 2, on_bottles=2, off_bottles=3)
    assert order_text(arms) == "PPCCCCCCPP"
