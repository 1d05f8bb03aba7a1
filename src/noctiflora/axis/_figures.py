"""Nightly figures in the units and names in which they are shown."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from noctiflora.axis import _night_columns as c
from noctiflora.axis._lanes import Integers, Lanes
from noctiflora.axis._model_file import load_model
from noctiflora.axis._psqi import psqi

CLOSING_NAMES = MappingProxyType(
    {
        "butyrate_mmol_kg": "Bu",
        "histamine": "Hi",
        "tryptophan_umol_l": "Tr",
        "permeability": "Pm",
        "immune": "In",
        "vagal": "V",
        "arousal": "Ar",
        "butyrate_guild": "NB",
        "gaba_guild": "NG",
        "histamine_guild": "NH",
        "opportunists": "NO",
        "strain": "NX",
        "asleep_fraction": "pbar",
    }
)
"""Figures read from a state at the end of the night's window."""
FIGURES = (
    "tst_min",
    "tib_min",
    "sol_min",
    "waso_min",
    "se_pct",
    "awakenings",
    "onset_h",
    "offset_h",
    "dlmo_h",
    "melatonin_peak_pmol_l",
    "melatonin_peak_h",
    "melatonin_duration_h",
    "cortisol_peak_nmol_l",
    "cortisol_peak_h",
    "cortisol_nadir_nmol_l",
    "cortisol_nadir_h",
    "cortisol_mean_nmol_l",
    "cortisol_evening_nmol_l",
    "car",
    "psqi",
    *CLOSING_NAMES,
)
"""Every nightly figure, in the order in which it is shown. Hours count from the midnight that begins the day."""


def nightly_figures(
    raw: Lanes, marker: Lanes, windows: Integers, *, cortisol_nmol_l: Lanes, first_night: int
) -> Mapping[str, Lanes]:
    """Return named figures of many people.

    Parameters
    ----------
    raw : array (people, nights, columns)
        What the engine wrote.
    marker : array (people, crossings)
        Times of the phase marker, h from midnight of day 0.
    windows : array (people, nights)
        1 where a night is read midnight to midnight.
    cortisol_nmol_l : array (people,)
        Fmean, cortisol at x3 = 1.
    first_night : int
        Night in the first row.

    Returns
    -------
    mapping of str to array (people, nights)
        NaN where a figure is unknown.
    """
    index = load_model().state_index
    hour = raw[..., : c.CLOSING]
    tst, tib, sol = (60.0 * hour[..., i] for i in (c.TST, c.TIB, c.SOL))
    with np.errstate(invalid="ignore", divide="ignore"):
        se = np.where(tib > 0, 100.0 * tst / tib, np.nan)
    scale = cortisol_nmol_l[:, None]
    found = {
        "tst_min": tst,
        "tib_min": tib,
        "sol_min": sol,
        "waso_min": tib - tst - sol,
        "se_pct": se,
        "awakenings": hour[..., c.AWAKENINGS],
        "onset_h": hour[..., c.ONSET],
        "offset_h": hour[..., c.OFFSET],
        "dlmo_h": _dlmo(marker, windows, hour[..., c.OFFSET], first_night),
        "melatonin_peak_pmol_l": hour[..., c.MELATONIN_PEAK],
        "melatonin_peak_h": hour[..., c.MELATONIN_PEAK_H],
        "melatonin_duration_h": hour[..., c.MELATONIN_LONG],
        "cortisol_peak_nmol_l": scale * hour[..., c.CORTISOL_PEAK],
        "cortisol_peak_h": hour[..., c.CORTISOL_PEAK_H],
        "cortisol_nadir_nmol_l": scale * hour[..., c.CORTISOL_NADIR],
        "cortisol_nadir_h": hour[..., c.CORTISOL_NADIR_H],
        "cortisol_mean_nmol_l": scale * hour[..., c.CORTISOL_MEAN],
        "cortisol_evening_nmol_l": scale * hour[..., c.CORTISOL_EVENING],
        "car": hour[..., c.CAR],
    }
    closing = {name: raw[..., c.CLOSING + index[state]] for name, state in CLOSING_NAMES.items()}
    names = ("sol_min", "tst_min", "se_pct", "waso_min")
    found["psqi"] = psqi(**{n: found[n] for n in names}, arousal=closing["arousal"])
    return found | closing


def _dlmo(marker: Lanes, windows: Integers, offset: Lanes, first_night: int) -> Lanes:
    """Return the first marker crossing after noon, or after the sleep's end where days are slept through."""
    people, nights = offset.shape
    out = np.full((people, nights), np.nan)
    for i in range(people):
        times = marker[i][~np.isnan(marker[i])]
        midnight = 24.0 * (first_night + np.arange(nights))
        late = windows[i, first_night : first_night + nights] == 1
        after = midnight + np.where(late & ~np.isnan(offset[i]), np.nan_to_num(offset[i]), c.HALF_DAY_H)
        at = np.searchsorted(times, after)
        known = at < len(times)
        out[i, known] = times[at[known]] - midnight[known]
    return out
