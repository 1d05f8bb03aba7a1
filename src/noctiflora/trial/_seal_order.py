"""The order of arms inside pairs, drawn by a cryptographic generator."""

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np

from noctiflora.core import DesignError, FormatError
from noctiflora.trial._arrays import Floats
from noctiflora.trial._schedule import Arm
from noctiflora.trial._season_plan import schedule_of

ALL_UP_TO_PAIRS = 4
"""Up to so many pairs every possible order is listed; 16 orders (a limit of computing time)."""
LETTER = {Arm.PRODUCT: "P", Arm.COMPARATOR: "C"}
"""How an arm is written in an order; one letter each, so that all orders have the same length."""
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters of bottle codes: 32, none of them easily taken for another."""
CODE_LENGTH = 4


def draw_arms(random_bits: Callable[[int], int], n_pairs: int) -> tuple[Arm, ...]:
    """Draw the order: each pair has both arms, each order inside a pair with chance one half.

    Parameters
    ----------
    random_bits : callable
        Returns a whole number of so many random bits; `secrets.randbits` in earnest.
    n_pairs : int
        Pairs, 1 or more.

    Raises
    ------
    DesignError
        If there is no pair.

    Examples
    --------
    >>> order_text(draw_arms(lambda n: 0b10, 2))
    'CPPC'
    """
    if n_pairs < 1:
        raise DesignError("an order needs at least one pair", where="draw_arms")
    bits = random_bits(n_pairs)
    return tuple(arm for i in range(n_pairs) for arm in _pair(bits >> i & 1))


def _pair(product_first: int) -> tuple[Arm, Arm]:
    return (Arm.PRODUCT, Arm.COMPARATOR) if product_first else (Arm.COMPARATOR, Arm.PRODUCT)


def possible_doses(rng: np.random.Generator, period_nights: tuple[int, ...]) -> Floats:
    """Return the planned doses of possible orders, (orders, n_nights), whatever order is drawn.

    All orders of up to four pairs, else 16 drawn by `rng`, half of them mirror images of the others.
    """
    n_pairs = len(period_nights) // 2
    if n_pairs <= ALL_UP_TO_PAIRS:
        firsts = [list(row) for row in product((0, 1), repeat=n_pairs)]
    else:
        half = rng.integers(0, 2, size=(2 ** (ALL_UP_TO_PAIRS - 1), n_pairs))
        firsts = [*half.tolist(), *(1 - half).tolist()]
    orders = [tuple(arm for first in row for arm in _pair(first)) for row in firsts]
    return np.array([schedule_of(period_nights, arms).dose for arms in orders])


def draw_codes(random_below: Callable[[int], int], n: int) -> tuple[str, ...]:
    """Draw bottle codes, all different; `secrets.randbelow` in earnest.

    Examples
    --------
    >>> from itertools import count
    >>> numbers = count()
    >>> draw_codes(lambda n: next(numbers) % n, 2)
    ('ABCD', 'EFGH')
    """
    found: list[str] = []
    while len(found) < n:
        code = "".join(CODE_LETTERS[random_below(len(CODE_LETTERS))] for _ in range(CODE_LENGTH))
        if code not in found:
            found.append(code)
    return tuple(found)


def order_text(arms: Sequence[Arm]) -> str:
    """Return an order as letters, one a period.

    Examples
    --------
    >>> order_text((Arm.PRODUCT, Arm.COMPARATOR))
    'PC'
    """
    return "".join(LETTER[arm] for arm in arms)


def read_order(text: str) -> tuple[Arm, ...]:
    """Read an order back.

    Raises
    ------
    FormatError
        If it is not pairs of both letters.
    """
    arms = {letter: arm for arm, letter in LETTER.items()}
    if not text or len(text) % 2 or any({a, b} != set(arms) for a, b in zip(text[::2], text[1::2], strict=True)):
        raise FormatError("an order is pairs of P and C", where="order", found=text, do="copy it from the envelope")
    return tuple(arms[letter] for letter in text)
