"""The morning entry as a form: what is there, what was sent, and what would change."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from noctiflora.actions import KeptTrial, running_trial
from noctiflora.core import local
from noctiflora.intake import ITEMS, Answering, Part
from noctiflora.sleep import Night
from noctiflora.store import Store
from noctiflora.trial import EntryKind, standing
from noctiflora.web._entry_words import item_words
from noctiflora.web._form import Filled
from noctiflora.web._words import say as _

CLOCKS = ("bed_time_h", "wake_time_h", "rise_time_h")
STEPS: Mapping[str, tuple[float, ...]] = {
    "latency_min": (5, 10, 20, 30, 45, 60, 90),
    "wake_min": (0, 10, 20, 30, 45, 60, 90),
    "quality": (0, 2.5, 5, 7.5, 10),
}
"""Answers offered; what was entered elsewhere in between is shown as the nearest and kept unless changed."""
FLAGS = tuple(key for key, item in ITEMS.items() if item.part is Part.UNUSUAL)
MORE = ("awakenings", *(key for key, item in ITEMS.items() if item.part is Part.DAY))
"""Asked on request only."""
DOSES = ("1", "0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What lies in the store for one morning.

    Parameters
    ----------
    values : mapping of str to float
        Answers by item.
    dose : str
        Share of the capsule taken, as logged; empty where nothing was.
    missing : str
        Why the night could not be told; empty where it could.
    """

    values: Mapping[str, float] = field(default_factory=dict)
    dose: str = ""
    missing: str = ""

    @property
    def there(self) -> bool:
        """Whether anything was entered."""
        return bool(self.values or self.dose or self.missing)

    @property
    def mark(self) -> str:
        """Fingerprint by which a form that has gone stale is recognised."""
        text = json.dumps([sorted(self.values.items()), self.dose, self.missing])
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One answer that differs: its name, what is there, what was sent (None takes it back)."""

    item: str
    before: float | str | None
    after: float | str | None


def entry_of(store: Store, date: dt.date, trial: KeptTrial | None) -> Entry:
    """Return what was entered for a morning."""
    values = {c.item: c.value for c in store.diary.checkins(since=date) if c.date == date and c.item in ITEMS}
    if trial is None:
        return Entry(values=values)
    night = (date - trial.record.plan.first_night).days + 1
    told = standing(trial.record.entries)
    dose, missing = told.get((EntryKind.DOSE, night)), told.get((EntryKind.MISSING, night))
    return Entry(
        values=values, dose="" if dose is None else dose.value, missing="" if missing is None else missing.text
    )


def trial_on(store: Store, date: dt.date) -> KeptTrial | None:
    """Return the season to which a morning belongs, or None."""
    found = running_trial(store)
    if found is None or not found.record.plan.first_night <= date <= found.record.plan.last_night:
        return None
    return found


def prefilled(entry: Entry, night: Night | None) -> dict[str, str]:
    """Return what the form shows: the entry, and times of a device where none were entered; never feelings."""
    shown = {key: time_text(entry.values[key]) for key in CLOCKS if key in entry.values}
    if not any(key in entry.values for key in CLOCKS) and night is not None:
        shown |= _device_times(night)
    shown |= {key: f"{nearest(key, entry.values[key]):g}" for key in STEPS if key in entry.values}
    shown |= {key: "1" for key in FLAGS if entry.values.get(key) == 1}
    shown |= {key: _more_text(key, entry.values[key]) for key in MORE if key in entry.values}
    if entry.dose in DOSES:
        shown["dose"] = entry.dose
    return shown


def _device_times(night: Night) -> dict[str, str]:
    if night.onset is None or night.offset is None or night.onset_zone_offset_min is None:
        return {}
    onset = local(night.onset, night.onset_zone_offset_min)
    offset = local(night.offset, night.offset_zone_offset_min or night.onset_zone_offset_min)
    lights = onset if night.sol_min is None else onset - dt.timedelta(minutes=night.sol_min)
    found = {"bed_time_h": f"{lights:%H:%M}", "wake_time_h": f"{offset:%H:%M}"}
    if night.terminal_wake_min is not None:
        found["rise_time_h"] = f"{offset + dt.timedelta(minutes=night.terminal_wake_min):%H:%M}"
    return found


def time_text(hours: float) -> str:
    """Return a clock time as a time field holds it.

    Examples
    --------
    >>> time_text(23.5), time_text(24.0)
    ('23:30', '00:00')
    """
    minutes = round(hours * 60) % 1440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def nearest(item: str, value: float) -> float:
    """Return the offered answer nearest to a value."""
    return min(STEPS[item], key=lambda step: abs(step - value))


def _more_text(item: str, value: float) -> str:
    return time_text(value) if ITEMS[item].answering is Answering.CLOCK else f"{value:g}"


def changes(form: Filled, entry: Entry) -> tuple[Change, ...]:
    """Return what a form would change; what is wrong is noted in the form."""
    found = [*_typed(form, entry, CLOCKS), *_stepped(form, entry), *_typed(form, entry, MORE)]
    dose = form.choice("dose", DOSES)
    if dose and dose != entry.dose:
        found.append(Change(item="dose", before=entry.dose or None, after=dose))
    return (*found, *_flagged(form, entry, said=bool(found)))


def _typed(form: Filled, entry: Entry, keys: Sequence[str]) -> Iterator[Change]:
    for key in keys:
        if key not in form.values:
            continue
        before = entry.values.get(key)
        text = form.text(key)
        if before is not None and text == (time_text(before) if key in CLOCKS else _more_text(key, before)):
            continue
        after = form.clock(key) if ITEMS[key].answering is Answering.CLOCK else form.number(key)
        if after is not None and not ITEMS[key].low <= after <= ITEMS[key].high:
            low, high = f"{ITEMS[key].low:g}", f"{ITEMS[key].high:g}"
            what = item_words(key)
            form.wrong(key, _("%(what)s: this must lie between %(low)s and %(high)s.", what=what, low=low, high=high))
        elif after is not None and ITEMS[key].whole and after != int(after):
            form.wrong(key, _("%(what)s: write a whole number.", what=item_words(key)))
        if after != before:
            yield Change(item=key, before=before, after=after)


def _stepped(form: Filled, entry: Entry) -> Iterator[Change]:
    for key, steps in STEPS.items():
        text = form.choice(key, [f"{step:g}" for step in steps])
        before = entry.values.get(key)
        if text and (before is None or nearest(key, before) != float(text)):
            yield Change(item=key, before=before, after=float(text))


def _flagged(form: Filled, entry: Entry, *, said: bool) -> Iterator[Change]:
    """Yield what was out of the ordinary; with an entry, what is not ticked was not so."""
    ticked = {key for key in FLAGS if form.text(key) == "1"}
    for key in FLAGS:
        before, after = entry.values.get(key), 1.0 if key in ticked else 0.0
        if before != after and (after or before is not None or said or ticked):
            yield Change(item=key, before=before, after=after)


def answer_words(item: str, value: float | str | None) -> str:
    """Return an answer as it is read out where two versions met."""
    if value is None:
        return _("not answered")
    if item == "dose":
        return _("taken") if float(value) > 0 else _("not taken")
    number = float(value)
    kind = ITEMS[item].answering
    if kind is Answering.CLOCK:
        return time_text(number)
    if kind is Answering.YES_NO:
        return _("yes") if number else _("no")
    return f"{number:g}"
