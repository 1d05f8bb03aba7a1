"""Short decimals in text turned into numbers, all of a piece of a file at once."""

import numpy as np
from numpy.typing import NDArray

from noctiflora.gut._reading import Floats

WIDTH = 8
"""Characters of the longest number that is turned here: one machine word."""

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]
Words = NDArray[np.uint64]


def _each(byte: int) -> np.uint64:
    return np.uint64(int.from_bytes(bytes([byte]) * WIDTH, "little"))


DOTS, ONES, TOPS, HIGHS, LOWS, SIXES = (_each(b) for b in (0x2E, 0x01, 0x80, 0xF0, 0x0F, 0x06))
ZEROS = _each(0x30)
BLANKS = np.array([(1 << (8 * n)) - 1 for n in range(WIDTH + 1)], dtype=np.uint64)
POWERS = 10.0 ** np.arange(WIDTH + 1)
PAIRS, FOURS = np.uint64(0x00FF00FF00FF00FF), np.uint64(0x0000FFFF0000FFFF)
BY_TEN, BY_HUNDRED, BY_MYRIAD = np.uint64(2561), np.uint64(6553601), np.uint64(42949672960001)
BYTE, TWO, FOUR, ONE = np.uint64(8), np.uint64(16), np.uint64(32), np.uint64(1)


def parse_short(text: Bytes, starts: Places, ends: Places) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the numbers that stand at some places, and where there is none that can be turned here.

    Each number is loaded as one word with its last character on top, the dot is taken out, and the digits are added
    up in pairs, fours and eights. At most eight digits over a power of ten round once: the nearest double.

    Parameters
    ----------
    text : uint8 array
        At least eight bytes stand before the first number.
    starts, ends : int64 arrays (numbers,)
        Where each begins, and the place behind its last character.

    Returns
    -------
    values : float64 array (numbers,)
        Wrong where `odd`.
    odd : bool array (numbers,)
        True for anything but one to eight digits and a dot.
    """
    words: Words = np.ndarray((len(text) - WIDTH + 1,), dtype="<u8", buffer=text, strides=(1,))
    lengths = np.minimum(ends - starts, WIDTH)
    w = words[ends - WIDTH] & ~BLANKS[WIDTH - lengths]
    x = w ^ DOTS
    found = (x - ONES) & ~x & TOPS
    dotted = found != 0
    blanks = WIDTH - lengths
    decimals = np.zeros(len(w), dtype=np.int64)
    if dotted.any():
        at = np.flatnonzero(dotted)
        lowest = found[at] & (~found[at] + ONE)
        # All bytes up to the dot; a dot that stands last overflows to none, less one to all.
        upto = (lowest << ONE) - ONE
        w[at] = (w[at] & ~upto) | ((w[at] & (upto >> BYTE)) << BYTE)
        decimals[at] = WIDTH - 1 - (np.bitwise_count(upto).astype(np.int64) // 8 - 1)
        blanks[at] += 1
    odd = (ends - starts > WIDTH) | (blanks >= WIDTH)
    w |= ZEROS & BLANKS[blanks]
    odd |= ((w & HIGHS) != ZEROS) | (((w + SIXES) & HIGHS) != ZEROS)
    v = w & LOWS
    v = ((v * BY_TEN) >> BYTE) & PAIRS
    v = ((v * BY_HUNDRED) >> TWO) & FOURS
    v = (v * BY_MYRIAD) >> FOUR
    return v.astype(np.float64) / POWERS[decimals], odd
