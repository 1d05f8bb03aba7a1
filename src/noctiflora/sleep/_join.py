"""Records of one source that are parts of one sleep, made one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from noctiflora.sleep._metrics import in_bed_only, tells_sleep
from noctiflora.sleep._night import LONGEST_H, Episode, Kind, Totals
from noctiflora.sleep._timeline import BLANK, JOIN_GAP_MIN, minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Loser:
    """A record that was not chosen, and why.

    Parameters
    ----------
    episode : Episode
        As it was read (or joined).
    reason : str
        In words.
    """

    episode: Episode
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The records of all sources after joining, and those that fell away.

    Parameters
    ----------
    episodes : tuple of Episode
        In order of start.
    losers : tuple of Loser
        Repeats and shorter readings of the same sleep.
    """

    episodes: tuple[Episode, ...]
    losers: tuple[Loser, ...]


def amount(episode: Episode) -> float:
    """Return how much a record tells: minutes of sleep or wakefulness, else minutes printed as sleep."""
    told = sum(minutes(s.start, s.end) for s in episode.segments if s.stage not in BLANK)
    return told or (episode.totals.tst_min or 0.0)


def join(episodes: Sequence[Episode], *, gap_min: float = JOIN_GAP_MIN) -> Joined:
    """Return the episodes with repeats dropped and near neighbours of one source joined.

    Parameters
    ----------
    episodes : sequence of Episode
        In any order, from any number of sources.
    gap_min : float
        Records of one source less than this many minutes apart are one sleep.
    """
    unique, losers = _unique(episodes)
    out: list[Episode] = []
    open_by_source: dict[str, int] = {}
    for episode in sorted(unique, key=lambda e: (e.start, e.end, e.key)):
        at = open_by_source.get(episode.source)
        if at is not None and minutes(out[at].end, episode.start) < gap_min:
            pair = _pair(out[at], episode)
            losers.extend(pair.losers)
            if len(pair.episodes) == 1:
                out[at] = pair.episodes[0]
                continue
        out.append(episode)
        open_by_source[episode.source] = len(out) - 1
    return Joined(episodes=tuple(sorted(out, key=lambda e: e.start)), losers=tuple(losers))


def _unique(episodes: Sequence[Episode]) -> tuple[list[Episode], list[Loser]]:
    """Return the episodes without exact repeats or poorer readings of the same record."""
    best: dict[tuple[str, str], Episode] = {}
    losers: list[Loser] = []
    for episode in episodes:
        identity = (episode.source, episode.key or f"{episode.start}|{episode.end}")
        other = best.get(identity)
        if other is None:
            best[identity] = episode
        elif _same(other, episode):
            losers.append(Loser(episode=episode, reason="exact duplicate"))
        elif amount(episode) >= amount(other):
            losers.append(Loser(episode=other, reason="another reading of the same record tells more"))
            best[identity] = episode
        else:
            losers.append(Loser(episode=episode, reason="another reading of the same record tells more"))
    return list(best.values()), losers


def _same(a: Episode, b: Episode) -> bool:
    """Return whether two records say the same."""
    return (a.start, a.end, a.segments, a.totals) == (b.start, b.end, b.segments, b.totals)


def _pair(a: Episode, b: Episode) -> Joined:
    """Return two near records of one source as one where that is possible, else as they are."""
    end = max(a.end, b.end)
    alike = tells_sleep(a) == tells_sleep(b) or (in_bed_only(a) and bool(a.segments)) or in_bed_only(b)
    if minutes(a.start, end) > LONGEST_H * 60:
        return Joined(episodes=(a, b), losers=())
    if b.start < a.end and not (a.segments and b.segments):
        kept, lost = (a, b) if (bool(a.segments), amount(a)) >= (bool(b.segments), amount(b)) else (b, a)
        reason = "overlaps a fuller record of the same source"
        return Joined(episodes=(kept,), losers=(Loser(episode=lost, reason=reason),))
    if not alike or bool(a.segments) != bool(b.segments):
        return Joined(episodes=(a, b), losers=())
    return Joined(episodes=(_one(a, b),), losers=())


def _one(a: Episode, b: Episode) -> Episode:
    """Return two records as one sleep; what lies between them stays unknown."""
    gap = minutes(a.end, b.start)
    last = b if b.end >= a.end else a
    kinds = {a.kind, b.kind}
    kind = Kind.MAIN if Kind.MAIN in kinds else Kind.NAP if kinds == {Kind.NAP} else Kind.UNKNOWN
    note = f"two records {gap:.0f} min apart joined" if gap > 0 else "overlapping records of one source joined"
    return replace(
        a,
        end=last.end,
        end_offset_min=last.end_offset_min,
        kind=kind,
        segments=tuple(sorted((*a.segments, *b.segments), key=lambda s: s.start)),
        totals=_totals(a.totals, b.totals),
        has_in_bed=a.has_in_bed and b.has_in_bed,
        notes=tuple(dict.fromkeys((*a.notes, *b.notes, note))),
    )


def _totals(a: Totals, b: Totals) -> Totals:
    """Return the printed sums of two parts; wakefulness between them is unknown."""
    stages = {s: a.stages_min.get(s, 0.0) + b.stages_min.get(s, 0.0) for s in {*a.stages_min, *b.stages_min}}
    both = a.tst_min is not None and b.tst_min is not None
    ratings = [r for r in (a.rating, b.rating) if r is not None]
    return Totals(
        tst_min=(a.tst_min or 0.0) + (b.tst_min or 0.0) if both else None,
        sol_min=a.sol_min,
        lights_out_min=a.lights_out_min,
        terminal_wake_min=b.terminal_wake_min,
        stages_min=MappingProxyType(stages if a.stages_min and b.stages_min else {}),
        rating=ratings[-1] if ratings else None,
        tib_unknown=b.tib_unknown,
        wakes_unseen=a.wakes_unseen or b.wakes_unseen,
        frame_only=a.frame_only or b.frame_only,
    )
