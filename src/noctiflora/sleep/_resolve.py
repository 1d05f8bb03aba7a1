"""The choice of one record per sleep, out of all sources that saw it.

Rule: sleep stages outrank sleep without stages, which outranks time in bed alone; within a rank
the fuller record stands, and of two alike the one that knows its zone. A source that the person
prefers goes before all of that. Sources are never added up. A record with stages that tells of less than
half as much time (asleep or awake) as another record of the same time is a fragment and loses its
rank. What is not chosen is kept with the reason.

Borrowing: a record of time in bed alone may lend its bounds to the chosen sleep where both come
through the same family (``apple: iPhone`` to ``apple: Watch``), the bed time begins before the
sleep and covers most of it; the night says so in its notes.
"""

import datetime as dt
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from noctiflora.sleep._edit import NightEdit, edited
from noctiflora.sleep._join import Loser, amount, join
from noctiflora.sleep._metrics import in_bed_only, measure, slept
from noctiflora.sleep._night import LONGEST_H, Episode, Kind, Night, Segment, Stage
from noctiflora.sleep._prefer import Preference
from noctiflora.sleep._timeline import JOIN_GAP_MIN, minutes, overlap_min
from noctiflora.sleep._twins import CLOCKLESS, reunite

FRAGMENT = 0.5
"""Share of the time told by another record below which a record with stages is a fragment (assumed, 0.3 to 0.7)."""

LEND_OVERLAP = 0.5
"""Share of the sleep a lent time in bed must cover (assumed, 0.3 to 0.9)."""

LEND_EDGE_MIN = 240.0
"""A lent time in bed reaching further than this beyond sleep is not believed (assumed, 120 to 360)."""

LEAST_BED_MIN = 60.0
"""A record without sleep is a night only from this length on (assumed, 30 to 120)."""

NAMED = frozenset({Stage.LIGHT, Stage.DEEP, Stage.REM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """One night per date, the naps beside them, and the records that were not chosen.

    Parameters
    ----------
    nights : tuple of Night
        At most one a date, in order of date.
    naps : tuple of Night
        In order of date and onset.
    losers : tuple of Loser
        With the reason of each.
    """

    nights: tuple[Night, ...]
    naps: tuple[Night, ...]
    losers: tuple[Loser, ...]


NO_WISH = Preference()
PREFERRED = "its source is preferred by hand"


def resolve(
    episodes: Sequence[Episode],
    *,
    edits: Sequence[NightEdit] = (),
    join_gap_min: float = JOIN_GAP_MIN,
    prefer: Preference = NO_WISH,
) -> Resolution:
    """Return one night per date out of the records of all sources.

    The longest sleep of a date is its night, the others are naps (one that its source calls a
    nap is the night of no date). The date is that of waking up; a nap that ends at or after
    18:00 counts for the next date.

    Parameters
    ----------
    episodes : sequence of Episode
        In any order.
    edits : sequence of NightEdit
        Corrections by hand; they win.
    join_gap_min : float
        Records of one source less than this many minutes apart are one sleep.
    prefer : Preference
        Sources to take where they have a record of a sleep, whatever its rank.

    Returns
    -------
    Resolution
        The result does not depend on the order of `episodes`.

    Raises
    ------
    RangeError
        If corrections contradict each other.
    """
    met = reunite(sorted(episodes, key=_order))
    joined = join(sorted(met.episodes, key=_order), gap_min=join_gap_min)
    losers = [*met.losers, *joined.losers]
    asleep = [e for e in joined.episodes if slept(e)]
    bed = [e for e in joined.episodes if not slept(e)]
    chosen = _chosen(asleep, losers, prefer)
    chosen = _lent(chosen, bed, losers)
    nights, naps = _by_date(chosen)
    _add_sleepless(nights, bed, losers)
    by_date: dict[dt.date, list[NightEdit]] = defaultdict(list)
    for edit in edits:
        by_date[edit.date].append(edit)
    final = {date: edited(nights.get(date), by_date.get(date, ())) for date in {*nights, *by_date}}
    kept = {date: night for date, night in final.items() if night is not None}
    return Resolution(
        nights=tuple(kept[date] for date in sorted(kept)),
        naps=tuple(sorted(naps, key=lambda n: (n.date, n.onset or dt.datetime.min.replace(tzinfo=dt.UTC)))),
        losers=tuple(losers),
    )


def _order(episode: Episode) -> tuple[dt.datetime, dt.datetime, str]:
    return episode.start, episode.end, f"{episode.source}|{episode.key}"


def sleep_min(episode: Episode) -> float:
    """Return the minutes of sleep a record tells of, overlaps counted once."""
    return measure(episode).tst_min or 0.0


class _Taken:
    """The spans already given to a chosen record; they do not overlap."""

    def __init__(self) -> None:
        self._spans: list[tuple[dt.datetime, dt.datetime]] = []
        self._by_start: dict[dt.datetime, Episode] = {}

    def clash(self, span: tuple[dt.datetime, dt.datetime]) -> Episode | None:
        """Return a chosen record that overlaps `span`."""
        at = bisect_left(self._spans, (span[1],))
        if at and self._spans[at - 1][1] > span[0]:
            return self._by_start[self._spans[at - 1][0]]
        return None

    def add(self, episode: Episode) -> None:
        """Take the span of `episode`."""
        insort(self._spans, (episode.start, episode.end))
        self._by_start[episode.start] = episode


@dataclass(frozen=True, slots=True, order=True)
class _Rank:
    """By what a record goes before another: the smaller, field by field."""

    unwanted: bool
    grade: int
    less: float
    clockless: bool
    source: str
    start: dt.datetime


def _chosen(asleep: Sequence[Episode], losers: list[Loser], prefer: Preference) -> list[Episode]:
    """Return the best record of each sleep, best first choice first."""
    fragments = _fragments(asleep)
    wanted = {id(e) for e in asleep if prefer is not NO_WISH and prefer.wants(e.source, measure(e).date)}

    def rank(episode: Episode) -> _Rank:
        staged = any(s.stage in NAMED for s in episode.segments) or any(s in NAMED for s in episode.totals.stages_min)
        grade = 0 if staged and id(episode) not in fragments else 1
        told = sleep_min(episode) if grade else amount(episode)
        clockless = episode.zone_basis == CLOCKLESS
        return _Rank(id(episode) not in wanted, grade, -told, clockless, episode.source, episode.start)

    taken = _Taken()
    out: list[Episode] = []
    for episode in sorted(asleep, key=rank):
        winner = taken.clash((episode.start, episode.end))
        if winner is None:
            taken.add(episode)
            out.append(replace(episode, notes=(*episode.notes, PREFERRED)) if id(episode) in wanted else episode)
            continue
        why = "a fragment beside" if id(episode) in fragments else "overlaps"
        losers.append(Loser(episode=episode, reason=f"{why} the record chosen, of {winner.source}"))
    return out


def _fragments(asleep: Sequence[Episode]) -> frozenset[int]:
    """Return the identities of records that tell of less than half the time another one tells of.

    Time awake counts as well: a night of bad sleep, seen whole, is no fragment.
    """
    ordered = sorted(asleep, key=lambda e: e.start)
    out: set[int] = set()
    for n, one in enumerate(ordered):
        for other in ordered[n + 1 :]:
            if other.start >= one.end:
                break
            if other.source == one.source:
                continue
            less, more = sorted((one, other), key=amount)
            if amount(less) < FRAGMENT * amount(more):
                out.add(id(less))
    return frozenset(out)


def _family(source: str) -> str:
    return source.split(":", 1)[0]


def _lent(chosen: Iterable[Episode], bed: Sequence[Episode], losers: list[Loser]) -> list[Episode]:
    """Return the chosen records with time in bed borrowed where the rule allows."""
    starts = [b.start for b in bed]
    out = []
    told: set[int] = set()
    for episode in chosen:
        first = bisect_left(starts, episode.start - dt.timedelta(hours=LONGEST_H))
        last = bisect_left(starts, episode.end)
        near = [b for b in bed[first:last] if b.end > episode.start]
        lender = None if episode.has_in_bed else next((b for b in near if _may_lend(b, episode)), None)
        for b in near:
            if id(b) in told:
                continue
            told.add(id(b))
            what = "lent its time in bed to" if b is lender else "tells of no sleep, beside"
            losers.append(Loser(episode=b, reason=f"{what} {episode.source}"))
        out.append(episode if lender is None else _with_bed(episode, lender))
    return out


def _may_lend(bed: Episode, to: Episode) -> bool:
    """Return whether a time in bed is that of this sleep."""
    span = minutes(to.start, to.end)
    return (
        bed.has_in_bed
        and in_bed_only(bed)
        and _family(bed.source) == _family(to.source)
        and bool(to.segments)
        and bed.start <= to.start
        and minutes(bed.start, to.start) <= LEND_EDGE_MIN
        and minutes(to.end, bed.end) <= LEND_EDGE_MIN
        and overlap_min((bed.start, bed.end), (to.start, to.end)) >= LEND_OVERLAP * span
        and minutes(bed.start, max(bed.end, to.end)) <= LONGEST_H * 60
    )


def _with_bed(episode: Episode, bed: Episode) -> Episode:
    """Return the sleep within a time in bed told by another source."""
    end = max(bed.end, episode.end)
    lent = Segment(start=bed.start, end=bed.end, stage=Stage.IN_BED)
    note = f"time in bed from {bed.source}"
    if bed.end < episode.end:
        note += ", which ended before the sleep did"
    return replace(
        episode,
        start=bed.start,
        start_offset_min=bed.start_offset_min,
        end=end,
        end_offset_min=bed.end_offset_min if bed.end > episode.end else episode.end_offset_min,
        has_in_bed=True,
        segments=(lent, *episode.segments),
        notes=(*episode.notes, note),
    )


def _length(night: Night, episode: Episode) -> tuple[float, float]:
    return (night.tst_min or 0.0, minutes(episode.start, episode.end))


def _by_date(chosen: Sequence[Episode]) -> tuple[dict[dt.date, Night], list[Night]]:
    """Return the longest sleep of each date, and the naps."""
    groups: dict[dt.date, list[tuple[Night, Episode]]] = defaultdict(list)
    for episode in sorted(chosen, key=_order):
        night = measure(episode)
        groups[night.date].append((night, episode))
    nights: dict[dt.date, Night] = {}
    naps: list[Night] = []
    for date, group in groups.items():
        able = [pair for pair in group if pair[1].kind is not Kind.NAP]
        main = max(able, key=lambda pair: _length(*pair), default=None)
        for night, episode in group:
            if main is not None and episode is main[1]:
                nights[date] = night
            else:
                naps.append(measure(episode, nap=True))
    return nights, naps


def _add_sleepless(nights: dict[dt.date, Night], bed: Sequence[Episode], losers: list[Loser]) -> None:
    """Give a date without recorded sleep its longest record of time in bed or of wakefulness."""
    gone = {id(loser.episode) for loser in losers}
    best: dict[dt.date, Episode] = {}
    # Longest first, so that the first of a date stands.
    for episode in sorted(bed, key=lambda e: (minutes(e.end, e.start), e.start, e.source)):
        if id(episode) in gone:
            continue
        date = measure(episode).date
        if date in nights:
            reason = "tells of no sleep, on a date with recorded sleep"
        elif date in best:
            reason = "tells of no sleep, shorter than another record of the date"
        elif minutes(episode.start, episode.end) < LEAST_BED_MIN:
            reason = f"tells of no sleep, under {LEAST_BED_MIN:.0f} min: not a night"
        else:
            best[date] = episode
            continue
        losers.append(Loser(episode=episode, reason=reason))
    nights.update({date: _sleepless(episode) for date, episode in best.items()})


def _sleepless(episode: Episode) -> Night:
    """Return a night of which only the time in bed, or wakefulness alone, is known."""
    night = measure(episode)
    if not in_bed_only(episode):
        return night
    return replace(night, notes=(*night.notes, "no sleep was measured"))
