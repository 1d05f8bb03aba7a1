"""Elementary functions written in plain arithmetic, so that the compiler can run lanes side by side.

The library's exp and cos are calls, and a loop with a call runs one lane at a time. Here the
argument is reduced, a polynomial is summed and, for exp, the power of two is set in the bits.
Relative error below 4e-15 over the range the model uses; beyond +-700 exp is held at the end
of the range.
"""

import math

from numba import njit, types
from numba.extending import intrinsic

_LOG2E = 1.4426950408889634
_LN2_HIGH = 6.93145751953125e-1
_LN2_LOW = 1.42860682030941723212e-6
_TWO_OVER_PI = 0.6366197723675814
_HALF_PI_HIGH = 1.5707963267341256
_HALF_PI_LOW = 6.077100506506192e-11
_ROUND = 6755399441055744.0  # 1.5 * 2**52: adding and taking it away rounds to a whole number


@intrinsic
def _float_bits(typingctx, bits):  # type: ignore[no-untyped-def]
    """Read 64 bits as a float."""

    def code(context, builder, signature, args):  # type: ignore[no-untyped-def]
        return builder.bitcast(args[0], context.get_value_type(types.float64))

    return types.float64(types.int64), code


@intrinsic
def _int_bits(typingctx, value):  # type: ignore[no-untyped-def]
    """Read the 64 bits of a float as a whole number."""

    def code(context, builder, signature, args):  # type: ignore[no-untyped-def]
        return builder.bitcast(args[0], context.get_value_type(types.int64))

    return types.int64(types.float64), code


@njit(forceinline=True, fastmath={"contract"})
def exp(x: float) -> float:
    """Return e to the x."""
    x = min(max(x, -700.0), 700.0)
    k = x * _LOG2E + _ROUND
    bits = _int_bits(k)  # type: ignore[call-arg,var-annotated]
    k = k - _ROUND
    r = (x - k * _LN2_HIGH) - k * _LN2_LOW
    s = 1.0 / 6227020800.0
    s = s * r + 1.0 / 479001600.0
    s = s * r + 1.0 / 39916800.0
    s = s * r + 1.0 / 3628800.0
    s = s * r + 1.0 / 362880.0
    s = s * r + 1.0 / 40320.0
    s = s * r + 1.0 / 5040.0
    s = s * r + 1.0 / 720.0
    s = s * r + 1.0 / 120.0
    s = s * r + 1.0 / 24.0
    s = s * r + 1.0 / 6.0
    s = s * r + 0.5
    s = s * r + 1.0
    s = s * r + 1.0
    return s * _float_bits((bits + 1023) << 52)


@njit(forceinline=True, fastmath={"contract"})
def _sine(r: float) -> float:
    s = r * r
    t = -1.0 / 1307674368000.0
    t = t * s + 1.0 / 6227020800.0
    t = t * s - 1.0 / 39916800.0
    t = t * s + 1.0 / 362880.0
    t = t * s - 1.0 / 5040.0
    t = t * s + 1.0 / 120.0
    t = t * s - 1.0 / 6.0
    return r + r * s * t


@njit(forceinline=True, fastmath={"contract"})
def _cosine(r: float) -> float:
    s = r * r
    t = 1.0 / 20922789888000.0
    t = t * s - 1.0 / 87178291200.0
    t = t * s + 1.0 / 479001600.0
    t = t * s - 1.0 / 3628800.0
    t = t * s + 1.0 / 40320.0
    t = t * s - 1.0 / 720.0
    t = t * s + 1.0 / 24.0
    t = t * s - 0.5
    return 1.0 + s * t


@njit(forceinline=True, fastmath={"contract"})
def _quadrant(x: float, turn: int) -> float:
    k = x * _TWO_OVER_PI + _ROUND
    bits = _int_bits(k) + turn  # type: ignore[call-arg]
    k = k - _ROUND
    r = (x - k * _HALF_PI_HIGH) - k * _HALF_PI_LOW
    value = _cosine(r) if bits & 1 else _sine(r)
    return -value if bits & 2 else value


@njit(forceinline=True, fastmath={"contract"})
def sin(x: float) -> float:
    """Return the sine."""
    return _quadrant(x, 0)


@njit(forceinline=True, fastmath={"contract"})
def cos(x: float) -> float:
    """Return the cosine."""
    return _quadrant(x, 1)


@njit(forceinline=True)
def sqrt(x: float) -> float:
    """Return the square root."""
    return math.sqrt(x)


@njit(forceinline=True)
def sig(x: float) -> float:
    """Return 1 / (1 + exp(-x))."""
    return 1.0 / (1.0 + exp(-x))


@njit(forceinline=True)
def pos(x: float) -> float:
    """Return max(0, x)."""
    return max(x, 0.0)
