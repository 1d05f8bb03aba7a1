"""Looks at a running season at a planned look: one word comes out."""

import datetime as dt
from dataclasses import replace
from enum import StrEnum

from noctiflora.actions._end_trial import opened
from noctiflora.actions._freeze_trial import freeze
from noctiflora.actions._keep_trial import save_trial, the_running_trial
from noctiflora.actions._log_trial import check_open
from noctiflora.actions._result import expected_effect
from noctiflora.actions._trial_record import TrialRecord
from noctiflora.actions._trial_result import alarm_of, season_priors, season_series, settled, severe_effect
from noctiflora.core import DesignError
from noctiflora.store import Store
from noctiflora.trial import Entry, EntryKind, Priors, Series, Word, add_entry, conclude, posterior, sceptical, vague

FUTILE = 0.05
"""Chance of the useful amount below which a look says that one may stop (model text, section 4)."""


class LookWord(StrEnum):
    """The words of a look; nothing else is said."""

    CONTINUE = "continue"
    MAY_STOP = "you may stop"
    SEEK_ADVICE = "stop and seek advice"


def look_trial(store: Store, passphrase: str | None, *, now: dt.datetime, today: dt.date) -> LookWord:
    """Return the word of the planned look that is due; only that a look was made is kept.

    The nights up to the look count, and none after it. The word is shown and not stored.

    Parameters
    ----------
    store : Store
        Where the season lies.
    passphrase : str or None
        The helper's; None where the order is known.
    now, today : datetime, date
        The present instant with a zone, and the person's date.

    Raises
    ------
    DesignError
        If no look is due.
    RangeError
        If the passphrase is another one, or the clock was set back.
    """
    kept = the_running_trial(store)
    record, plan = kept.record, kept.record.plan
    check_open(record)
    night = (today - plan.first_night).days + 1
    made = {e.night for e in record.entries if e.kind is EntryKind.LOOK}
    due = [look for look in plan.looks if look <= night and look not in made]
    if not due:
        coming = [f"{plan.date_of(look)}" for look in plan.looks if look > night]
        raise DesignError(
            "no look is due: looks were fixed before the start",
            where="trial look",
            found=str(today),
            do=f"the next is on {coming[0]}" if coming else "wait for the last night, then: noctiflora trial lock",
        )
    order = record.order or opened(record, passphrase)
    entries = add_entry(plan, record.entries, Entry(at=now, kind=EntryKind.LOOK, night=due[-1]))
    word = _word(store, replace(record, order=order), due[-1])
    save_trial(store, kept, replace(record, entries=entries))
    return word


def _word(store: Store, record: TrialRecord, last: int) -> LookWord:
    plan = record.plan
    seen = replace(record, frozen=freeze(store, plan, last=last))
    known = record.trial_plan()
    expected = replace(expected_effect(known), parts=plan.expected)
    assert record.order is not None
    series = season_series(seen, record.order.arms)
    alarm = alarm_of(seen, series.y) or severe_effect(seen)
    return word_of(series, season_priors(seen, expected), plan.threshold, alarm)


def word_of(series: Series, priors: Priors, threshold: float, alarm: str | None) -> LookWord:
    """Return the word for the nights so far.

    Harm or a fired safety rule goes before all; a clear benefit and a useful amount that is out of reach
    share one word, so that the word does not tell which.
    """
    found = [posterior(series, p) for p in (priors, sceptical(priors), vague(priors))]
    judged = conclude(found[0], found[1], found[2], threshold=threshold, safety_stop=alarm)
    if judged.word is Word.STOP:
        return LookWord.SEEK_ADVICE
    if settled(found[0]) and (judged.word is Word.HELPS or found[0].p_useful < FUTILE):
        return LookWord.MAY_STOP
    return LookWord.CONTINUE
