"""Lists what a person's own data show on each pathway from gut to sleep."""

import datetime as dt
from collections.abc import Mapping

from noctiflora.actions._answer_gates import review_gates
from noctiflora.actions._keep_scores import current_scores
from noctiflora.actions._list_nights import list_nights
from noctiflora.actions._observe_gut import observe_gut
from noctiflora.actions._veil import veil
from noctiflora.evidence import load
from noctiflora.plan import Observed, PathwayFinding, find_pathways
from noctiflora.store import Store


def list_pathways(
    store: Store, *, today: dt.date, observed: Mapping[str, Observed] | None = None
) -> tuple[PathwayFinding, ...]:
    """Return one finding per pathway, for and against, with what was not measured.

    Parameters
    ----------
    store : Store
        Nights, entries, scores and answers.
    today : date
        By which scores and answers are fresh or stale.
    observed : mapping of str to Observed, optional
        Values of a laboratory, by the row of the table of pathways; they go before those of the stool test in the
        store.
    """
    over = veil(store, today=today)
    scores = current_scores(store, today=today)
    age = scores.get("age_years")
    seen = observe_gut(store, today=today, age_years=None if age is None else age.value)
    return find_pathways(
        load(),
        [n for n in list_nights(store).nights if over is None or over.counts(n.date)],
        [c for c in store.diary.checkins() if over is None or over.counts(c.date)],
        today=today if over is None else over.as_of(today),
        gates=review_gates(store, today=today),
        scores={key: score.value for key, score in scores.items()},
        observed={**seen, **(observed or {})},
    )
