"""IS and IV of sleep against wakefulness, where there is no count of movement."""

from collections.abc import Sequence
from math import nan

from noctiflora.sleep._activity import BIN_MIN, RestActivity, rest_activity
from noctiflora.sleep._regularity import State

DAY_MIN = 1440


def sleep_rhythm(states: Sequence[State]) -> RestActivity | None:
    """Return the rhythm of hours by the share of each that was slept.

    These are not the IS and IV of published actigraphy, which rest on how much a person moved: L5, M10
    and RA have no meaning here and are None. Compare them with one's own past only.

    Parameters
    ----------
    states : sequence of State
        As `states` returns them, in order.

    Returns
    -------
    RestActivity or None
        None where nothing is known.

    References
    ----------
    .. [1] van Someren et al. 1999, Chronobiology International 16(4), 505-518
    """
    if not states:
        return None
    first = int(states[0].start_min // DAY_MIN) * DAY_MIN
    n_bins = int(-(-(states[-1].end_min - first) // BIN_MIN))
    slept, known = [0.0] * n_bins, [0.0] * n_bins
    for s in states:
        for n in range(int((s.start_min - first) // BIN_MIN), min(n_bins, int((s.end_min - first) // BIN_MIN) + 1)):
            low = first + n * BIN_MIN
            common = max(0.0, min(s.end_min, low + BIN_MIN) - max(s.start_min, low))
            known[n] += common
            slept[n] += common * s.asleep
    shares = [a / k if k > 0 else nan for a, k in zip(slept, known, strict=True)]
    found = rest_activity(shares, epoch_min=BIN_MIN)
    return RestActivity(
        stability=found.stability,
        variability=found.variability,
        least5=None,
        most10=None,
        least5_start_h=None,
        most10_start_h=None,
        amplitude=None,
        known_h=sum(known) / 60,
    )
