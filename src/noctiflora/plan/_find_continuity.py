"""Findings on how long and how whole the nights are, each beside a published guide value."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from noctiflora.core import Source
from noctiflora.plan._finding import Finding, Group
from noctiflora.plan._window import ENOUGH_NIGHTS, Window

OLDER_FROM = 65
"""Age from which the panel allows more time awake (NSF 2017)."""
BEYOND_PER_WEEK = 3
"""Nights a week beyond a guide value from which a measure may bear (assumed; range 2 to 4)."""
_RULE = (
    Source(ref="10.5664/jcsm.8986", note="3 nights a week, as for long-lasting insomnia"),
    Source(ref="assumed", note="the same 3 nights a week for each measure alone, range 2 to 4"),
)
_PANEL = Source(ref="10.1016/j.sleh.2016.11.006", note="sleep quality indicators, expert panel 2017")
_PANEL_WORDS = Source(
    ref="PMID 28346153", note="same panel; the values were read in its press text, the full table was not seen"
)
_DURATION = Source(ref="10.5664/jcsm.4758", note="consensus statement 2015")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """One measure and the value that experts call good.

    Parameters
    ----------
    key, heading, field, unit : str
        Identity, heading, field of the night and unit as written.
    good : float
        The guide value; from `OLDER_FROM` on `good_older`.
    above : bool
        Whether the good side lies above the value.
    known : str
        What is known, with ``{good}`` for the value where it is the same at any age.
    sources : tuple of Source
        Where the value was read.
    """

    key: str
    heading: str
    field: str
    unit: str
    good: float
    good_older: float
    above: bool
    known: str
    sources: tuple[Source, ...]


GUIDES = (
    Guide(
        key="sleep efficiency",
        heading="Share of time in bed asleep",
        field="se_pct",
        unit="%",
        good=85,
        good_older=85,
        above=True,
        known="An expert panel calls {good} % or more a sign of good sleep in healthy people.",
        sources=(_PANEL, _PANEL_WORDS),
    ),
    Guide(
        key="time to fall asleep",
        heading="Time to fall asleep",
        field="sol_min",
        unit="min",
        good=30,
        good_older=30,
        above=False,
        known="An expert panel calls {good} min or less a sign of good sleep in healthy people.",
        sources=(_PANEL, _PANEL_WORDS),
    ),
    Guide(
        key="time awake in the night",
        heading="Time awake in the night",
        field="waso_min",
        unit="min",
        good=20,
        good_older=30,
        above=False,
        known="An expert panel calls 20 min or less, from age 65 on 30 min, a sign of good sleep in healthy people.",
        sources=(_PANEL, _PANEL_WORDS),
    ),
    Guide(
        key="total sleep",
        heading="Total sleep",
        field="tst_min",
        unit="min",
        good=420,
        good_older=420,
        above=True,
        known=(
            "Two sleep societies agree that adults do best with {good} min (7 hours) or more on most nights; "
            "sleeping less goes together with more illness, which does not show that it is the cause."
        ),
        sources=(_DURATION,),
    ),
)
_METHOD = "A watch, a diary and a sleep laboratory each measure differently, so compare with yourself first."


def continuity(view: Window) -> tuple[Finding, ...]:
    """Return one finding per measure of `GUIDES` that is known on any night."""
    found = [_one(guide, view) for guide in GUIDES]
    return tuple(finding for finding in found if finding is not None)


def _one(guide: Guide, view: Window) -> Finding | None:
    values = view.values(guide.field)
    if not values.size:
        return None
    older = view.age_years is not None and view.age_years >= OLDER_FROM
    good = guide.good_older if older else guide.good
    is_good: Callable[[float], bool] = (lambda v: v >= good) if guide.above else (lambda v: v <= good)
    n_good = sum(is_good(value) for value in values)
    low, middle, high = np.percentile(values, [25, 50, 75])
    side = "or more" if guide.above else "or less"
    number = (
        f"{middle:.0f} {guide.unit} on a middling night (half of your nights: {low:.0f} to {high:.0f} {guide.unit}); "
        f"{good:g} {guide.unit} {side} on {n_good} of {values.size} nights"
    )
    if values.size < ENOUGH_NIGHTS:
        group, text = Group.OPEN, f"{values.size} nights are too few to say. {ENOUGH_NIGHTS} are enough."
    else:
        n_beyond = int(values.size) - n_good
        group = Group.MAY_BEAR if 7 * n_beyond >= BEYOND_PER_WEEK * values.size else Group.NO_SIGN
        rule = (
            f"Beyond it on {n_beyond} of {values.size} nights, {7 * n_beyond / values.size:.1f} a week; "
            f"from {BEYOND_PER_WEEK} a week on it is set among what may bear."
        )
        text = f"{guide.known.format(good=f'{good:g}')} {rule} {_METHOD}"
    return Finding(
        key=guide.key,
        heading=guide.heading,
        number=number,
        group=group,
        text=text,
        certainty=2 if group is not Group.OPEN else 0,
        would_change="More nights, or nights measured in another way.",
        sources=(*guide.sources, *_RULE),
    )


def awakenings(view: Window) -> tuple[Finding, ...]:
    """Return the finding on awakenings, which has no guide value for every brief one."""
    values = view.values("awakenings")
    if not values.size:
        return ()
    low, middle, high = np.percentile(values, [25, 50, 75])
    return (
        Finding(
            key="awakenings",
            heading="Waking up in the night",
            number=f"{middle:.0f} a night (half of your nights: {low:.0f} to {high:.0f}), {values.size} nights",
            group=Group.OPEN,
            text=(
                "Brief waking is part of sleep. The panel's guide counts waking of more than 5 minutes only, "
                "and your record counts all of it, so the two cannot be compared."
            ),
            certainty=0,
            would_change="A record that tells long from brief waking.",
            sources=(_PANEL, _PANEL_WORDS),
        ),
    )
