"""The nightly outcomes a trial can be about: their names, units and better direction."""

from enum import StrEnum


class Outcome(StrEnum):
    """A quantity measured each night."""

    EFFICIENCY = "efficiency"
    LATENCY = "latency"
    WASO = "waso"
    TOTAL_SLEEP = "total_sleep"
    RATING = "rating"

    @property
    def unit(self) -> str:
        """Unit in which one night's value is written."""
        return _UNITS[self]

    @property
    def label(self) -> str:
        """Name in plain words."""
        return _LABELS[self]

    @property
    def higher_is_better(self) -> bool:
        """Whether a larger value means better sleep."""
        return self not in (Outcome.LATENCY, Outcome.WASO)


class Instrument(StrEnum):
    """By what a nightly outcome was measured."""

    DIARY = "diary"
    WEARABLE = "wearable"


_UNITS = {
    Outcome.EFFICIENCY: "points",
    Outcome.LATENCY: "min",
    Outcome.WASO: "min",
    Outcome.TOTAL_SLEEP: "min",
    Outcome.RATING: "points of 10",
}
_LABELS = {
    Outcome.EFFICIENCY: "sleep efficiency",
    Outcome.LATENCY: "time to fall asleep",
    Outcome.WASO: "time awake during the night",
    Outcome.TOTAL_SLEEP: "total sleep time",
    Outcome.RATING: "sleep quality, 0 to 10",
}
