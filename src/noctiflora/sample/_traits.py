"""The numbers a made-up person is drawn from, each with its range and its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

ASSUMED = "assumed"

_GP_TRIAL = "https://pmc.ncbi.nlm.nih.gov/articles/PMC4513738/table/table1"
_HOME = "https://pmc.ncbi.nlm.nih.gov/articles/PMC13058607/table/T5/"
_CARDIA = "PMID 17580601"
_DIARY_WITHIN = "https://github.com/tscnlab/cyepi-data-share (group/sleepdiary, commit 4fbf9d8)"
_WEARABLE = "https://github.com/shaun-park/sleeps_intervention (dataset.csv, commit 18ca466)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """One number of a made-up person: what is used, the believable range, and where that comes from."""

    value: float
    low: float
    high: float
    unit: str
    source: str


def _trait(value: float, low: float, high: float, unit: str, source: str = ASSUMED) -> Trait:
    return Trait(value=value, low=low, high=high, unit=unit, source=source)


TRAITS: Mapping[str, Trait] = MappingProxyType(
    {
        # The diary outcome: y = mean + trend + weekend + theta * exposure + noise.
        "efficiency_mean": _trait(78, 73.8, 82.2, "%", f"assumed, between two diary means: {_GP_TRIAL} and {_HOME}"),
        "efficiency_sd": _trait(7.0, 5.65, 8.4, "points", f"assumed, between {_DIARY_WITHIN} and {_CARDIA}"),
        "phi": _trait(0.34, -0.37, 0.79, "1", "assumed, the prior median of the personal trial"),
        "white_share": _trait(0.5, 0.05, 0.95, "share of variance"),
        "weekend": _trait(1.0, -2, 3, "points"),
        "trend": _trait(0.2, -2, 2, "points per 28 nights"),
        # Drawn, not chosen: a person of the population which the pooled trials describe.
        "theta_mean": _trait(1.68, 0, 4, "points", "pool of the published trials, untested strain, diary efficiency"),
        "theta_sd": _trait(2.26, 1, 4, "points", "the same pool: standard deviation of the personal prior"),
        "tau_on": _trait(14, 6, 32, "nights", "assumed, prior median of the personal trial; drawn with log SD 0.5"),
        "tau_off": _trait(10, 3.7, 27, "nights", "assumed, prior median of the personal trial; drawn with log SD 0.6"),
        # What the wearable sees of the same night.
        "device_mean": _trait(85, 82.5, 87.3, "%", f"assumed, between {_GP_TRIAL} and {_WEARABLE}"),
        "device_share": _trait(0.5, 0.2, 1, "points per diary point"),
        "device_sd": _trait(3.0, 1, 6, "points"),
        # Times.
        "bed_clock": _trait(23.2, 21.5, 25, "h, local clock"),
        "bed_clock_sd": _trait(0.5, 0.2, 1.2, "h"),
        "bed_weekend": _trait(0.75, 0, 2, "h later on Friday and Saturday evenings"),
        "time_in_bed": _trait(485, 420, 540, "min"),
        "time_in_bed_sd": _trait(35, 20, 78.6, "min", f"assumed, at most the day-to-day SD of {_CARDIA}"),
        "latency_share": _trait(0.4, 0.2, 0.6, "share of time awake", f"mean latency over latency + WASO: {_GP_TRIAL}"),
        "terminal_share": _trait(0.1, 0, 0.3, "share of time awake after the final awakening"),
        "bout_min": _trait(12, 5, 30, "min of WASO for each awakening"),
        "deep_share": _trait(0.16, 0.1, 0.25, "share of sleep"),
        "rem_share": _trait(0.21, 0.15, 0.25, "share of sleep"),
        # What the person says.
        "rating_mean": _trait(5.5, 4, 6.5, "points of 10"),
        "rating_slope": _trait(0.08, 0.03, 0.2, "points of 10 per point of efficiency"),
        "rating_sd": _trait(
            1.4, 0.8, 2, "points of 10", f"assumed, below 1.95 = 0.78 of 4 steps on 10: {_DIARY_WITHIN}"
        ),
        # What goes wrong.
        "device_missing": _trait(0.06, 0, 0.2, "share of nights"),
        "in_bed_only": _trait(0.02, 0, 0.1, "share of nights seen by the phone alone"),
        "diary_missing": _trait(0.06, 0, 0.2, "share of nights"),
        "dose_missed": _trait(0.06, 0, 0.2, "share of days"),
        "dose_unlogged": _trait(0.02, 0, 0.1, "share of days"),
        "nap": _trait(0.1, 0, 0.4, "share of days"),
        "evening_nap": _trait(0.2, 0, 0.5, "share of naps that end after 18:00"),
    }
)
"""Every number of the sample person. ``assumed`` numbers are ours and stand in no paper."""


def value(name: str) -> float:
    """Return the number used for the trait called `name`.

    Examples
    --------
    >>> value("efficiency_mean")
    78
    """
    return TRAITS[name].value
