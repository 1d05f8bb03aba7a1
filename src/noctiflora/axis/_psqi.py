"""A continuous sleep-quality score on the scale of the PSQI, 0 to 21, from one night's figures.

The cut points of latency, duration and efficiency are the standard category bounds of the
questionnaire; disturbance, quality and dysfunction are read from wakefulness and arousal by
lines that are assumed.
"""

import numpy as np

from noctiflora.axis._lanes import Lanes

RESPONDENT_SD = 1.5
"""Noise of one assessment, assumed (1 to 2); without it the power of a trial is overstated."""
_LATENCY = ((7.5, 22.5, 45.0, 75.0), (0.0, 1.0, 2.0, 3.0))
_DURATION = ((4.5, 5.5, 6.5, 7.5), (3.0, 2.0, 1.0, 0.0))
_EFFICIENCY = ((60.0, 70.0, 80.0, 90.0), (3.0, 2.0, 1.0, 0.0))
_DISTURBANCE = ((15.0, 45.0, 90.0, 150.0), (0.5, 1.0, 2.0, 3.0))
_QUALITY = ((0.0, 0.4, 0.9, 1.5), (0.5, 1.0, 2.0, 3.0))
_DYSFUNCTION = ((0.0, 0.4, 0.9, 1.5), (0.3, 0.8, 1.6, 2.5))


def psqi(*, sol_min: Lanes, tst_min: Lanes, se_pct: Lanes, waso_min: Lanes, arousal: Lanes) -> Lanes:
    """Return the score of each night; arrays of one shape.

    Parameters
    ----------
    sol_min, tst_min, waso_min : array
        Latency, sleep time, wake after onset, minutes.
    se_pct : array
        Sleep efficiency, per cent.
    arousal : array
        Ar at the closing noon.

    Returns
    -------
    array
        0 to 21; higher is worse.

    Examples
    --------
    >>> import numpy as np
    >>> one = lambda x: np.array([float(x)])
    >>> float(psqi(sol_min=one(5), tst_min=one(480), se_pct=one(95), waso_min=one(10), arousal=one(0))[0])
    1.3
    """
    return (
        np.interp(sol_min, *_LATENCY)
        + np.interp(np.asarray(tst_min) / 60.0, *_DURATION)
        + np.interp(se_pct, *_EFFICIENCY)
        + np.interp(waso_min, *_DISTURBANCE)
        + np.interp(arousal, *_QUALITY)
        + np.interp(arousal, *_DYSFUNCTION)
    )
