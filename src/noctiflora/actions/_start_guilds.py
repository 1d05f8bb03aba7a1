"""Turns the guilds of a stool sample into a scenario of the axis model."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from noctiflora.actions._place_gut import place_gut
from noctiflora.axis import load_model
from noctiflora.gut import GuildStart, GutReading, guild_starts

SCENARIO = "stool test"
PARAMETERS: Mapping[str, str] = MappingProxyType({"butyrate": "setB", "gaba": "setG"})
"""Set points of the model's guilds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuildScenario:
    """A named scenario: what the model would be started with if the stool test were right.

    Parameters
    ----------
    name : str
        Of the scenario.
    middle, low, high : mapping of str to float
        Values of parameters, held within the model's own range.
    guilds : tuple of GuildStart
        What they come from.
    clipped : tuple of str
        Parameters of which an end lay outside that range.
    reason : str
        Why there is none; empty where there is one.
    """

    name: str
    middle: Mapping[str, float]
    low: Mapping[str, float]
    high: Mapping[str, float]
    guilds: tuple[GuildStart, ...]
    clipped: tuple[str, ...] = ()
    reason: str = ""


def start_guilds(reading: GutReading, which: int | str = 0, *, age_years: float | None = None) -> GuildScenario:
    """Return the start values of the model's guilds by one stool sample, with their range.

    Nothing of it enters an option, a prior or a verdict: the model is a hypothesis, and so is the link of a share in
    stool to a guild's work.

    Parameters
    ----------
    reading : GutReading
        A table of reads.
    which : int or str
        Place or id of the sample.
    age_years : float, optional
        By which the reference is chosen.
    """
    placed = place_gut(reading, which, age_years=age_years)
    found = guild_starts(placed)
    known = {p.name: p for p in load_model().parameters}
    ends: dict[str, dict[str, float]] = {"middle": {}, "low": {}, "high": {}}
    clipped = []
    for start in found:
        name = PARAMETERS[start.guild]
        lowest, highest = known[name].low, known[name].high
        for end, value in (("middle", start.value), ("low", start.low), ("high", start.high)):
            ends[end][name] = round(min(max(value, lowest), highest), 3)
        if start.low < lowest or start.high > highest:
            clipped.append(name)
    return GuildScenario(
        name=SCENARIO,
        middle=MappingProxyType(ends["middle"]),
        low=MappingProxyType(ends["low"]),
        high=MappingProxyType(ends["high"]),
        guilds=found,
        clipped=tuple(clipped),
        reason="" if found else placed.reason or "no genus of a guild can be placed",
    )
