"""Findings on what the record holds, what it misses and what it cannot see."""

from noctiflora.core import Source
from noctiflora.plan._finding import Finding, Group
from noctiflora.plan._window import ENOUGH_NIGHTS, Window

COMPLETE = 0.7
"""Share of nights recorded from which the record counts as whole enough (assumed; range 0.5 to 0.9)."""
BLIND_SPOTS = (
    ("sol_min", "Time to fall asleep", "Some devices start when you sleep. Your morning entry can tell."),
    ("tib_min", "Time in bed", "Some devices record sleep only. Your morning entry can tell."),
    ("waso_min", "Time awake in the night", "Some sources give one total only. Your morning entry can tell."),
    ("tst_min", "Total sleep", "Your source does not tell sleep from lying in bed."),
)


def completeness(view: Window) -> tuple[Finding, ...]:
    """Return the finding on how many nights are recorded."""
    n = len(view.nights)
    whole = n >= ENOUGH_NIGHTS and n >= COMPLETE * view.n_days
    number = f"{n} of {view.n_days} nights" if n else "0 nights"
    return (
        Finding(
            key="recorded nights",
            heading="Nights on record",
            number=number,
            group=Group.NO_SIGN if whole else Group.OPEN,
            text=(
                "That is enough to look at."
                if whole
                else "Nights that are missing may differ from the others. They stay unknown, never zero."
            ),
            certainty=0,
            would_change="More nights.",
            sources=(Source(ref="assumed", note="14 nights and 70 of 100 as enough, range 7 to 21 and 50 to 90"),),
        ),
    )


def blind_spots(view: Window) -> tuple[Finding, ...]:
    """Return one finding for each measure that is unknown on most nights."""
    n = len(view.nights)
    found = []
    for field, heading, text in BLIND_SPOTS:
        known = view.values(field).size
        if n and 2 * known < n:
            found.append(
                Finding(
                    key=f"unknown: {heading.lower()}",
                    heading=f"{heading}: mostly unknown",
                    number=f"known on {known} of {n} nights",
                    group=Group.NOT_MEASURED,
                    text=text,
                    certainty=0,
                    would_change="The morning entry, or another device.",
                    sources=(Source(ref="10.5665/sleep.1642", note="the measures a sleep diary asks for"),),
                )
            )
    return tuple(found)


def naps(view: Window) -> tuple[Finding, ...]:
    """Return the finding on naps, if there are any."""
    days = {nap.date for nap in view.naps}
    if not days:
        return ()
    return (
        Finding(
            key="naps",
            heading="Naps",
            number=f"on {len(days)} of {view.n_days} days",
            group=Group.OPEN,
            text="Experts did not agree whether naps say anything about the quality of sleep.",
            certainty=0,
            would_change="A trial of your own, with and without.",
            sources=(Source(ref="10.1016/j.sleh.2016.11.006", note="no consensus on naps"),),
        ),
    )
