"""The compiled inner loop that parses rows of decimal numbers."""

import numba as nb
import numpy as np

EXACT_MANTISSA = 1 << 53
"""Whole numbers below this, divided by a power of ten up to 10^22, round once: the result is the nearest double."""

POWERS = 10.0 ** np.arange(23)
TAB, RETURN, DOT, ZERO = 9, 13, 46, 48


@nb.njit(cache=True)
def parse_rows(buffer, starts, ends, skip, powers, out):  # type: ignore[no-untyped-def]
    """Parse tab-parted numbers.

    Parameters
    ----------
    buffer : uint8 array
        Text.
    starts, ends : int64 arrays (rows,)
        Of each line, the line end not included.
    skip : int
        Cells before the first number.
    powers : float64 array (23,)
        Powers of ten.
    out : float64 array (rows, numbers)
        Filled.

    Returns
    -------
    bool array (rows,)
        True where a row holds anything but plain decimals of at most 15 digits in the
        right number; such a row is for the slow path.
    """
    n_rows, n = out.shape
    odd = np.zeros(n_rows, dtype=np.bool_)
    for row in range(n_rows):
        at, end = starts[row], ends[row]
        if end > at and buffer[end - 1] == RETURN:
            end -= 1
        skipped = 0
        while at < end and skipped < skip:
            if buffer[at] == TAB:
                skipped += 1
            at += 1
        j = 0
        fine = skipped == skip
        while fine:
            mantissa = 0
            decimals = 0
            digits = 0
            dotted = False
            while at < end and buffer[at] != TAB:
                c = buffer[at]
                if ZERO <= c <= ZERO + 9:
                    mantissa = mantissa * 10 + (c - ZERO)
                    digits += 1
                    if dotted:
                        decimals += 1
                    if mantissa >= EXACT_MANTISSA:
                        fine = False
                        break
                elif c == DOT and not dotted:
                    dotted = True
                else:
                    fine = False
                    break
                at += 1
            if not fine or digits == 0 or decimals > 22 or j >= n:
                fine = False
                break
            out[row, j] = mantissa / powers[decimals]
            j += 1
            if at >= end:
                break
            at += 1
            if at >= end:
                fine = False
        odd[row] = not fine or j != n
    return odd
