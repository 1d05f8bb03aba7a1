"""Named people with their schedules, and settings read from text."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from noctiflora.axis._light import Evening, evening
from noctiflora.axis._person import Person, parameter
from noctiflora.axis._schedule import NIGHT_WORK, Day, Schedule, Span, rotation
from noctiflora.core import FormatError, RangeError, UnitError


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A person and a schedule under one name."""

    name: str
    meaning: str
    person: Person
    schedule: Schedule


def _preset(name: str, meaning: str, schedule: Schedule, **values: float) -> Preset:
    return Preset(name=name, meaning=meaning, person=Person(values=values, label=name), schedule=schedule)


_POOR = Schedule(days=(Day(stress=0.3),))
_LIST = (
    _preset("reference", "a regular sleeper without complaint", Schedule()),
    _preset("insomnia", "high trait arousal and some stress", _POOR, A0=0.45),
    _preset("low-dao", "insomnia with weak breakdown of histamine", _POOR, A0=0.45, DAO=0.5),
    _preset("windy", "insomnia with strong reactions to gas", _POOR, A0=0.45, gas=2.0),
    _preset("stressed", "a regular sleeper under high stress", Schedule(days=(Day(stress=0.6),))),
    _preset("late-meals", "meals at 12, 17 and 22 h", Schedule(days=(Day(meals_h=(12.0, 17.0, 22.0)),))),
    _preset("dim-evening", "a dim home in the evening", Schedule(days=(Day(light=evening(Evening.DIM)),))),
    _preset(
        "short-nights", "five hours in bed, 01 to 06 h", Schedule(days=(Day(sleeps=(Span(start_h=25.0, end_h=30.0),)),))
    ),
    _preset("night-work", "permanent night work", Schedule(days=(NIGHT_WORK,))),
    _preset("rotation", "two early, two late, two night shifts, two free days", rotation("EELLNN--")),
)
PRESETS: Mapping[str, Preset] = MappingProxyType({p.name: p for p in _LIST})
"""Every preset by name."""
_SETTING = re.compile(r"\s*([A-Za-z]\w*)\s*=\s*([-+.\deE]+)\s*([^\s=]*)\s*", re.ASCII)


def preset(name: str) -> Preset:
    """Return a preset by name.

    Raises
    ------
    RangeError
        If there is none.

    Examples
    --------
    >>> preset("insomnia").person.values["A0"]
    0.45
    """
    if name not in PRESETS:
        raise RangeError("unknown preset", where="preset", found=name, do=f"use one of {', '.join(PRESETS)}")
    return PRESETS[name]


def with_settings(person: Person, settings: Sequence[str]) -> Person:
    """Return a person with values read from ``NAME=VALUE``, the unit optional after the value.

    Parameters
    ----------
    person : Person
        Kept but for the names that are set.
    settings : sequence of str
        Such as ``"DAO=0.5"`` or ``"tA=240 h"``.

    Raises
    ------
    FormatError
        If a text is not of this form.
    UnitError
        If the unit is not that of the parameter.
    RangeError
        If the parameter is unknown or the value implausible.

    Examples
    --------
    >>> with_settings(Person(), ["tA=120 h"]).values["tA"]
    120.0
    """
    values = dict(person.values)
    for text in settings:
        match = _SETTING.fullmatch(text)
        number = _float(match[2]) if match else math.nan
        if match is None or not math.isfinite(number):
            raise FormatError("a setting reads NAME=VALUE", where="set", found=text, do="for example DAO=0.5")
        known = parameter(match[1])
        if match[3] and match[3] != known.unit:
            do = "leave it out, this one has none" if known.unit == "1" else f"use {known.unit}"
            raise UnitError("the unit is not that of the parameter", where=f"set {match[1]}", found=match[3], do=do)
        values[match[1]] = number
    return Person(values=values, label=person.label, allow_implausible=person.allow_implausible)


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
