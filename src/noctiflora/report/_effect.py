"""The size of an effect in whole sentences, minutes a night first."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from noctiflora.core import Outcome
from noctiflora.report._words import hours, number
from noctiflora.sleep import Night

_FEW_MIN = 1.0  # below a minute a night is called so
_FEW_POINTS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    """How one quantity is said; `{m}`, `{a}` and `{b}` stand for sizes without sign."""

    better: str
    worse: str
    none: str
    range_better: str
    range_worse: str
    range_mixed: str


_MINUTES_ASLEEP = _Phrase(
    better="about {m} more minutes asleep a night",
    worse="about {m} fewer minutes asleep a night",
    none="less than a minute's difference in sleep a night",
    range_better="probably between {a} and {b} more",
    range_worse="probably between {a} and {b} fewer",
    range_mixed="probably between {a} fewer and {b} more",
)
_MINUTES_OF_BED = _Phrase(
    better="about {m} more minutes asleep for the same time in bed",
    worse="about {m} fewer minutes asleep for the same time in bed",
    none="less than a minute's difference in sleep for the same time in bed",
    range_better=_MINUTES_ASLEEP.range_better,
    range_worse=_MINUTES_ASLEEP.range_worse,
    range_mixed=_MINUTES_ASLEEP.range_mixed,
)
_PHRASES = {
    Outcome.TOTAL_SLEEP: _MINUTES_ASLEEP,
    Outcome.LATENCY: _Phrase(
        better="falling asleep about {m} minutes sooner",
        worse="falling asleep about {m} minutes later",
        none="less than a minute's difference in falling asleep",
        range_better="probably between {a} and {b} sooner",
        range_worse="probably between {a} and {b} later",
        range_mixed="probably between {a} later and {b} sooner",
    ),
    Outcome.WASO: _Phrase(
        better="about {m} fewer minutes awake in the night",
        worse="about {m} more minutes awake in the night",
        none="less than a minute's difference in time awake",
        range_better="probably between {a} and {b} fewer",
        range_worse="probably between {a} and {b} more",
        range_mixed="probably between {a} more and {b} fewer",
    ),
    Outcome.RATING: _Phrase(
        better="about {m} points better sleep on the scale from 0 to 10",
        worse="about {m} points worse sleep on the scale from 0 to 10",
        none="less than 0.1 points' difference on the scale from 0 to 10",
        range_better="probably between {a} and {b} better",
        range_worse="probably between {a} and {b} worse",
        range_mixed="probably between {a} worse and {b} better",
    ),
    Outcome.EFFICIENCY: _Phrase(
        better="about {m} points more sleep efficiency",
        worse="about {m} points less sleep efficiency",
        none="less than 0.1 points' difference in sleep efficiency",
        range_better="probably between {a} and {b} more",
        range_worse="probably between {a} and {b} less",
        range_mixed="probably between {a} less and {b} more",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How sizes of one outcome are said to one person.

    Parameters
    ----------
    outcome : Outcome
        What is measured each night.
    tib_min : float or None
        The person's usual time in bed, by which points of efficiency become minutes.
    """

    outcome: Outcome
    tib_min: float | None = None

    @property
    def minutes_per_unit(self) -> float | None:
        """Minutes a night in one unit of the outcome; None where it has no minutes."""
        if self.outcome is Outcome.EFFICIENCY:
            return None if self.tib_min is None else self.tib_min / 100
        return 1.0 if self.outcome.unit == "min" else None

    @property
    def phrase(self) -> _Phrase:
        """Sentences for it."""
        if self.outcome is Outcome.EFFICIENCY and self.minutes_per_unit is not None:
            return _MINUTES_OF_BED
        return _PHRASES[self.outcome]

    @property
    def explanation(self) -> str:
        """How units become minutes, empty where there is nothing to explain."""
        if self.outcome is not Outcome.EFFICIENCY:
            return ""
        if self.tib_min is None:
            return (
                "One point of sleep efficiency is 1 in every 100 minutes in bed; your time in bed is not known, "
                "so it cannot be said in minutes."
            )
        return (
            f"At your usual {hours(self.tib_min)} in bed, one point of sleep efficiency is "
            f"{number(self.tib_min / 100)} minutes of sleep. The share of time in bed is what was measured; the size "
            "is the one at full effect."
        )

    def size(self, gain: float) -> str:
        """Return the size of a gain (better = positive, units of the outcome) in words."""
        amount = gain * (self.minutes_per_unit or 1.0)
        few = _FEW_POINTS if self.minutes_per_unit is None else _FEW_MIN
        if abs(amount) < few / 2 or self._plain(amount) == "0":
            return self.phrase.none
        return (self.phrase.better if amount > 0 else self.phrase.worse).format(m=self._plain(amount))

    def range(self, low: float, high: float) -> str:
        """Return the range of a gain, `low` < `high`, in words."""
        factor = self.minutes_per_unit or 1.0
        a, b = low * factor, high * factor
        if a >= 0 or self._plain(a) in {"0", "0.0"}:
            return self.phrase.range_better.format(a=self._plain(a), b=self._plain(b))
        if b <= 0 or self._plain(b) in {"0", "0.0"}:
            return self.phrase.range_worse.format(a=self._plain(b), b=self._plain(a))
        return self.phrase.range_mixed.format(a=self._plain(a), b=self._plain(b))

    def amount(self, value: float) -> str:
        """Return an amount without direction, minutes first: ``14 minutes (3 points)``."""
        per = self.minutes_per_unit
        if per is None:
            points = "points of 10" if self.outcome is Outcome.RATING else "points"
            return f"{number(value)} {points}"
        minutes = f"{number(value * per, 0)} minutes"
        return f"{minutes} ({number(value)} points)" if self.outcome is Outcome.EFFICIENCY else minutes

    @property
    def axis_unit(self) -> str:
        """Unit of the charts' axes, in words."""
        if self.outcome is Outcome.EFFICIENCY:
            return "Points of sleep efficiency"
        return {"min": f"Minutes of {self.outcome.label}"}.get(self.outcome.unit, "Points of 10, sleep quality")

    def _plain(self, amount: float) -> str:
        return number(abs(amount), 1 if self.minutes_per_unit is None else 0)


def measure_of(outcome: Outcome, nights: Sequence[Night]) -> Measure:
    """Return how sizes of `outcome` are said to the person of these nights.

    Examples
    --------
    >>> measure_of(Outcome.LATENCY, ()).size(6.2)
    'falling asleep about 6 minutes sooner'
    """
    beds = [n.tib_min for n in nights if n.tib_min]
    return Measure(outcome=outcome, tib_min=median(beds) if beds else None)
