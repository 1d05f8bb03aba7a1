"""The order of arms inside pairs, drawn by a cryptographic generator."""

from collections.abc import Callable, Sequence

from noctiflora.core import DesignError, FormatError
from noctiflora.trial._schedule import Arm

LETTER = {Arm.PRODUCT: "P", Arm.COMPARATOR: "C"}
"""How an arm is written in an order; one letter a bottle, so that all orders have the same length."""
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters of bottle codes: 32, none of them easily taken for another."""
CODE_LENGTH = 4


def draw_arms(
    random_bits: Callable[[int], int], pairs: int, *, on_bottles: int = 1, off_bottles: int = 1
) -> tuple[Arm, ...]:
    """Draw the order: each pair has both arms, each order inside a pair with chance one half.

    Parameters
    ----------
    random_bits : callable
        Returns a whole number of so many random bits; `secrets.randbits` in earnest.
    pairs : int
        Pairs, 1 or more.
    on_bottles, off_bottles : int
        Bottles of a period with product, and without.

    Returns
    -------
    tuple of Arm
        One a bottle.

    Raises
    ------
    DesignError
        If there is no pair.

    Examples
    --------
    >>> order_text(draw_arms(lambda n: 0b10, 2))
    'CPPC'
    """
    if min(pairs, on_bottles, off_bottles) < 1:
        raise DesignError("an order needs at least one pair", where="draw_arms")
    bits = random_bits(pairs)
    return _arms([bits >> i & 1 for i in range(pairs)], on_bottles, off_bottles)


def _arms(product_first: Sequence[int], on: int, off: int) -> tuple[Arm, ...]:
    with_it, without = (Arm.PRODUCT,) * on, (Arm.COMPARATOR,) * off
    pairs = (with_it + without if first else without + with_it for first in product_first)
    return tuple(arm for pair in pairs for arm in pair)


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
    """Return an order as letters, one a bottle.

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
        If it is not made of the two letters, each at least once.
    """
    arms = {letter: arm for arm, letter in LETTER.items()}
    if set(text) != set(arms):
        raise FormatError(
            "an order is written in the letters P and C", where="order", found=text, do="copy it from the envelope"
        )
    return tuple(arms[letter] for letter in text)
