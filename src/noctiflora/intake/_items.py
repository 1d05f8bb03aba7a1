"""The items of the 30-second morning entry, in our own words.

The quantities are those of the standard sleep diary (bed time, time to fall asleep, time awake, rise time,
quality); its printed items are not used.

References
----------
.. [1] Carney et al. 2012, the consensus sleep diary, doi:10.5665/sleep.1642 (definitions only)
.. [2] Entry slips in an online diary, doi:10.1093/sleep/zsad199 (487 of 45,598 entries)
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from noctiflora.core import RangeError
from noctiflora.intake._checkin import CheckIn
from noctiflora.intake._scores import PREFIX, check_score, is_score


class Answering(StrEnum):
    """How an item is answered."""

    RATING = "a number from 0 to 10"
    MINUTES = "minutes"
    CLOCK = "a clock time, in hours after midnight"
    COUNT = "a count"
    YES_NO = "1 for yes, 0 for no"
    GRAMS = "grams"


class Part(StrEnum):
    """Parts of the entry in the order in which they are asked."""

    NIGHT = "the night"
    PRODUCT = "the capsule"
    UNUSUAL = "out of the ordinary"
    DAY = "the day before, asked only on request"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of the morning entry.

    Parameters
    ----------
    key : str
        Stable identity, for example ``"quality"``.
    part : Part
        Where it stands.
    question, help : str
        As asked; help may be empty.
    answering : Answering
        How it is answered.
    low, high : float
        Smallest and largest value believed.
    whole : bool
        Whether only whole numbers make sense.
    unit : str
        Unit in words.
    """

    key: str
    part: Part
    question: str
    help: str
    answering: Answering
    low: float
    high: float
    whole: bool
    unit: str


def _flag(key: str, question: str, text: str = "", *, part: Part = Part.UNUSUAL) -> Item:
    return Item(
        key=key,
        part=part,
        question=question,
        help=text,
        answering=Answering.YES_NO,
        low=0,
        high=1,
        whole=True,
        unit="yes or no",
    )


def _rating(key: str, question: str, text: str) -> Item:
    return Item(
        key=key,
        part=Part.DAY,
        question=question,
        help=text,
        answering=Answering.RATING,
        low=0,
        high=10,
        whole=False,
        unit="points of 10",
    )


def _minutes(key: str, question: str, text: str, high: float) -> Item:
    return Item(
        key=key,
        part=Part.NIGHT,
        question=question,
        help=text,
        answering=Answering.MINUTES,
        low=0,
        high=high,
        whole=False,
        unit="minutes",
    )


def _clock(key: str, question: str, text: str) -> Item:
    return Item(
        key=key,
        part=Part.NIGHT,
        question=question,
        help=text,
        answering=Answering.CLOCK,
        low=0,
        high=24,
        whole=False,
        unit="hours after midnight, 24 hour clock",
    )


ITEMS: Mapping[str, Item] = MappingProxyType(
    {
        item.key: item
        for item in (
            Item(
                key="quality",
                part=Part.NIGHT,
                question="How well did you sleep?",
                help="0 is very badly, 10 is very well.",
                answering=Answering.RATING,
                low=0,
                high=10,
                whole=False,
                unit="points of 10",
            ),
            _clock("bed_time_h", "When did you try to fall asleep?", "The time you put the light out for sleep."),
            _minutes("latency_min", "About how long did it take you to fall asleep?", "A guess is fine.", 600),
            _minutes("wake_min", "About how long were you awake during the night, all together?", "A guess.", 720),
            Item(
                key="awakenings",
                part=Part.NIGHT,
                question="How many times did you wake up?",
                help="Not counting the last time.",
                answering=Answering.COUNT,
                low=0,
                high=50,
                whole=True,
                unit="times",
            ),
            _clock("wake_time_h", "When did you wake up for good?", ""),
            _clock("rise_time_h", "When did you get up?", ""),
            _flag(
                "capsule", "Did you take your capsule yesterday?", "Leave it empty if you have none.", part=Part.PRODUCT
            ),
            _flag("alcohol", "Did you drink alcohol yesterday evening?"),
            _flag(
                "late_caffeine", "Did you have caffeine in the 6 hours before bed?", "Coffee, tea, cola, energy drinks."
            ),
            _flag("late_meal", "Did you eat a big meal in the 3 hours before bed?"),
            _flag("illness", "Were you ill or in pain?"),
            _flag("travel", "Did you sleep away from home or cross time zones?"),
            _rating("stress", "How stressful was your day?", "0 is not at all, 10 is as bad as it gets."),
            _rating("tension", "How tense were you at bedtime?", "0 is calm, 10 is very tense."),
            _rating("bloating", "How bloated was your belly?", "0 is not at all, 10 is very much."),
            _flag("period", "Did you have your period?", "Leave it empty if you have none.", part=Part.DAY),
            _flag("brain_fog", "Did you have slow, muddled thinking together with bloating?", part=Part.DAY),
            _flag(
                "flush",
                "Did you flush, itch or get a runny nose or headache after food?",
                "Above all after aged cheese, wine or fermented food.",
                part=Part.DAY,
            ),
            Item(
                key="stools",
                part=Part.DAY,
                question="How many times did you open your bowels?",
                help="0 if not at all.",
                answering=Answering.COUNT,
                low=0,
                high=30,
                whole=True,
                unit="times",
            ),
            Item(
                key="last_meal_h",
                part=Part.DAY,
                question="When did you finish your last meal?",
                help="The last time you ate more than a bite.",
                answering=Answering.CLOCK,
                low=0,
                high=24,
                whole=False,
                unit="hours after midnight, 24 hour clock",
            ),
            Item(
                key="fibre_g",
                part=Part.DAY,
                question="How much fibre did you eat?",
                help="In grams, only if you count it.",
                answering=Answering.GRAMS,
                low=0,
                high=150,
                whole=False,
                unit="grams",
            ),
        )
    }
)
"""Items by key, in the order in which they are asked. Ranges are guards, not norms (assumed)."""


def check_item(item: str, value: float) -> float:
    """Return `value` if it can be an answer to `item`.

    Parameters
    ----------
    item : str
        Key of an item in `ITEMS`.
    value : float
        The answer, in the item's unit.

    Returns
    -------
    float
        The same value.

    Raises
    ------
    RangeError
        If there is no such item, or the value lies outside its range, is not a number, or is not
        whole where only whole numbers make sense.

    Examples
    --------
    >>> check_item("quality", 7)
    7.0
    """
    if item not in ITEMS:
        raise RangeError(
            "the morning entry has no such item", where="item", found=item, do="use one of: " + ", ".join(ITEMS)
        )
    rule = ITEMS[item]
    if not isinstance(value, int | float) or not math.isfinite(value) or not rule.low <= value <= rule.high:
        raise RangeError(
            f"this must lie between {rule.low:g} and {rule.high:g} {rule.unit}",
            where=item,
            found=str(value),
            do="correct it, or leave it out",
        )
    if rule.whole and float(value) != int(value):
        raise RangeError("this must be a whole number", where=item, found=str(value), do="round it")
    return float(value)


def check_entry(entry: CheckIn) -> CheckIn:
    """Return `entry` if its value can be an answer to its item or its score; see `check_item`, `check_score`."""
    if is_score(entry.item):
        check_score(entry.item[len(PREFIX) :], entry.value)
    else:
        check_item(entry.item, entry.value)
    return entry
