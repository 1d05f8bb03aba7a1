"""Findings to see to before anything else."""

import datetime as dt
from collections import defaultdict

from noctiflora.core import Source
from noctiflora.plan._finding import Finding, Group
from noctiflora.plan._window import Window
from noctiflora.sleep import Night

WEEKS = 12
"""Weeks of trouble that count as long-lasting: 3 months (guideline for chronic insomnia)."""
POOR_PER_WEEK = 3
"""Poor nights a week from which a week counts (same guideline)."""
KNOWN_PER_WEEK = 4
"""Known nights a week below which a week says nothing (assumed; range 3 to 5)."""
SLOW_MIN, LOW_PCT = 30.0, 85.0
"""A night is called poor beyond one of these, the panel's guide values for good sleep."""
VERY_SHORT_MIN = 300.0
"""Less than 5 hours of sleep before driving goes with crashes (fitness-to-drive guideline)."""
STALE_DAYS = 60
"""A latest night further back than this says nothing of now (assumed; range 30 to 90)."""
RECENT_NIGHTS, SHORT_NIGHTS = 14, 3
"""This many very short nights among the latest are shown first (assumed; range 1 to 5 of 14)."""

_GUIDELINE = Source(ref="10.5664/jcsm.8986", note="CBT-I, strong recommendation; 3 nights a week, 3 months")
_PANEL = Source(ref="10.1016/j.sleh.2016.11.006", note="30 min and 85 % as guide values")
_DRIVING = Source(
    ref="https://austroads.com.au/publications/assessing-fitness-to-drive/ap-g56/sleep-disorders/general-assessment-and-management-guidelines",
    note="less than five hours of sleep before driving",
)


def is_poor(night: Night) -> bool | None:
    """Return whether a night lies beyond a guide value; None where neither measure is known."""
    known = []
    if night.sol_min is not None:
        known.append(night.sol_min > SLOW_MIN)
    if night.se_pct is not None:
        known.append(night.se_pct < LOW_PCT)
    return any(known) if known else None


def is_stale(view: Window, today: dt.date) -> bool:
    """Return whether the latest night lies so far back that nothing may be said of now."""
    return bool(view.nights) and (today - view.last).days > STALE_DAYS


def lasting_trouble(view: Window, *, stale: bool = False) -> tuple[Finding, ...]:
    """Return the finding on trouble in each of the last 12 weeks of the record, if there is any.

    Where the record is `stale`, it is worded as past.
    """
    poor: dict[int, int] = defaultdict(int)
    known: dict[int, int] = defaultdict(int)
    for night in view.all_nights:
        week = (view.last - night.date).days // 7
        verdict = is_poor(night)
        if week < WEEKS and verdict is not None:
            known[week] += 1
            poor[week] += verdict
    heavy = [week for week in range(WEEKS) if known[week] >= KNOWN_PER_WEEK and poor[week] >= POOR_PER_WEEK]
    if len(heavy) < WEEKS:
        return ()
    return (
        Finding(
            key="lasting trouble",
            heading="Sleep trouble that lasted, when these nights were recorded"
            if stale
            else "Sleep trouble that has lasted",
            number=f"{sum(poor.values())} of {sum(known.values())} nights in {WEEKS} weeks, 3 or more in every week",
            group=Group.SEE_FIRST,
            text=(
                "On these nights falling asleep took more than 30 min, or less than 85 % of the time in bed was sleep. "
                f"{'If it is still so and' if stale else 'If that'} troubles you, the best-tested help is CBT-I, "
                "and a doctor can look for causes."
            ),
            certainty=4,
            would_change="A week with fewer such nights, or nights that do not trouble you.",
            sources=(_GUIDELINE, _PANEL),
        ),
    )


def very_short(view: Window, *, stale: bool = False) -> tuple[Finding, ...]:
    """Return the finding on very short nights among the latest, if there are several.

    Where the record is `stale`, it is worded as past.
    """
    known = [night.tst_min for night in view.nights if night.tst_min is not None][-RECENT_NIGHTS:]
    n_short = sum(value < VERY_SHORT_MIN for value in known)
    if n_short < SHORT_NIGHTS:
        return ()
    return (
        Finding(
            key="very short nights",
            heading="Very short nights, when these nights were recorded" if stale else "Very short nights",
            number=f"under 5 hours on {n_short} of {'the' if stale else 'your'} last {len(known)} nights"
            f"{' on record' * stale}",
            group=Group.SEE_FIRST,
            text=(
                "Driving after less than 5 hours of sleep goes together with more crashes. "
                "Do not drive when you are sleepy. "
                f"{'If nights are still that short, tell a doctor.' if stale else 'Tell a doctor if it goes on.'}"
            ),
            certainty=3,
            would_change="Longer nights, or a record that missed sleep.",
            sources=(_DRIVING, Source(ref="assumed", note="3 of 14 nights, range 1 to 5")),
        ),
    )


def old_record(view: Window, today: dt.date) -> tuple[Finding, ...]:
    """Return the finding that the latest night lies far back, if it does; first of all where it is stale."""
    days = (today - view.last).days
    if not view.nights or days <= RECENT_NIGHTS:
        return ()
    stale = is_stale(view, today)
    return (
        Finding(
            key="old record",
            heading=f"These nights are {days} days old" if stale else "Your latest night lies back",
            number=f"{days} days ago",
            group=Group.SEE_FIRST if stale else Group.OPEN,
            text="All findings here speak of that night and those before it, not of now.",
            certainty=0,
            would_change="Newer nights.",
            sources=(
                Source(ref="assumed", note="14 days, range 7 to 30; from 60 days, range 30 to 90, it stands first"),
            ),
        ),
    )
