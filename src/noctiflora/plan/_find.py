"""All findings of one person, grouped and in order."""

import datetime as dt
from collections.abc import Collection, Sequence

from noctiflora.intake import CheckIn
from noctiflora.plan._find_continuity import awakenings, continuity
from noctiflora.plan._find_days import habits, rating
from noctiflora.plan._find_first import is_stale, lasting_trouble, old_record, very_short
from noctiflora.plan._find_record import blind_spots, completeness, naps
from noctiflora.plan._find_timing import regularity, weekend_shift
from noctiflora.plan._finding import Finding, Group
from noctiflora.plan._not_measured import not_measured
from noctiflora.plan._window import window
from noctiflora.sleep import Night

WEEKEND = frozenset({5, 6})
"""Free days where nothing else is known: waking up on Saturday and Sunday (assumed; people differ)."""
_GROUPS = tuple(Group)


def find(
    nights: Sequence[Night],
    naps_taken: Sequence[Night] = (),
    checkins: Sequence[CheckIn] = (),
    *,
    today: dt.date,
    age_years: float | None = None,
    free_weekdays: Collection[int] = WEEKEND,
    measured: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Return what a person's own nights show, and what they cannot show.

    Each finding carries its number with denominator; nothing is graded, and what goes together is
    never called a cause.

    Parameters
    ----------
    nights : sequence of Night
        Any order; naps among them are set apart.
    naps_taken : sequence of Night
        Naps kept elsewhere.
    checkins : sequence of CheckIn
        Morning entries.
    today : date
        Nights after it are left out.
    age_years : float, optional
        For guide values that differ with age.
    free_weekdays : collection of int
        Weekdays of waking up on free days, Monday 0.
    measured : collection of str
        Pathways that have been measured and have findings elsewhere.

    Returns
    -------
    tuple of Finding
        In the order of `Group`.
    """
    view = window(
        nights,
        naps_taken,
        checkins,
        today=today,
        age_years=age_years,
        free_weekdays=frozenset(free_weekdays),
    )
    stale = is_stale(view, today)
    found = (
        *old_record(view, today),
        *lasting_trouble(view, stale=stale),
        *very_short(view, stale=stale),
        *continuity(view),
        *awakenings(view),
        *regularity(view),
        *weekend_shift(view),
        *habits(view),
        *rating(view),
        *naps(view),
        *completeness(view),
        *blind_spots(view),
        *not_measured(measured),
    )
    return tuple(sorted(found, key=lambda finding: _GROUPS.index(finding.group)))
