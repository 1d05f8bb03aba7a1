"""Takes the nights of a season out of the store as they stand: outcomes, devices and circumstances."""

from noctiflora.actions._trial_nights import other_device, trial_nights
from noctiflora.actions._trial_record import Frozen
from noctiflora.store import Store
from noctiflora.trial import SeasonPlan

CIRCUMSTANCES = ("alcohol", "late_caffeine", "late_meal", "illness", "travel", "period")
"""Items of the morning entry, answered with yes or no, that may enter a season's analysis."""


def freeze(store: Store, plan: SeasonPlan, *, last: int) -> Frozen:
    """Return the nights from the first of the run-in up to night `last`."""
    first, end = plan.date_of(1 - plan.run_in_nights), plan.date_of(last)
    nights = trial_nights(store, plan.outcome, plan.instrument)
    said = {(c.item, c.date): c.value for c in store.diary.checkins() if c.item in CIRCUMSTANCES}
    dates = [plan.date_of(n) for n in range(1 - plan.run_in_nights, last + 1)]
    return Frozen(
        values=nights.span(first, end),
        other_device=other_device(plan, nights)[: plan.run_in_nights + last],
        last=last,
        secondaries=tuple(
            trial_nights(store, one.outcome, one.instrument).span(first, end) for one in plan.secondaries
        ),
        circumstances={item: tuple(said.get((item, date)) for date in dates) for item in CIRCUMSTANCES},
    )
