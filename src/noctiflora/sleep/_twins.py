"""The same sleep told twice by records that do not meet in time, brought together before the choice.

Two ways lead to that. A record whose times carry no zone was read on the clock of home, though the
person was abroad: where its clock readings are those of a record that knows its offset, it is moved
to that one. And two tables of one export name the same sleep: the one with stages stands for both.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from noctiflora.sleep._join import Joined, Loser
from noctiflora.sleep._night import Episode, Segment
from noctiflora.sleep._timeline import overlap_min

TWIN_S = 90
"""Clock readings of one sleep may differ by this much between two exports (assumed, 30 to 180): whole minutes."""

CLOCKLESS = "named zone"
"""How `Episode.zone_basis` says that the record knows no offset of its own."""

PAIRED = frozenset({"google health", "samsung"})
"""Exports with one table of sleeps and one of stages, which name each sleep alike."""

STAGES = " stages"


def reunite(episodes: Sequence[Episode]) -> Joined:
    """Return the episodes with zone-less copies moved to their twins, and second tellings set apart.

    Parameters
    ----------
    episodes : sequence of Episode
        In any order.
    """
    told = {(_family(e.source), e.key): e for e in episodes if e.source.split(":", 1)[0].endswith(STAGES)}
    kept: list[Episode] = []
    losers: list[Loser] = []
    for episode in episodes:
        twin = told.get((_family(episode.source), episode.key))
        apart = twin is not None and twin is not episode and not _meet(twin, episode)
        if apart and _family(episode.source) in PAIRED and not episode.segments:
            losers.append(Loser(episode=episode, reason="the same sleep is told with its stages, at other times"))
        else:
            kept.append(episode)
    return Joined(episodes=_moved(kept), losers=tuple(losers))


def _family(source: str) -> str:
    return source.split(":", 1)[0].removesuffix(STAGES)


def _meet(a: Episode, b: Episode) -> bool:
    return overlap_min((a.start, a.end), (b.start, b.end)) > 0


def _walls(episode: Episode) -> tuple[float, float]:
    """Return the clock readings of start and end, in seconds."""
    return (
        episode.start.timestamp() + 60 * episode.start_offset_min,
        episode.end.timestamp() + 60 * episode.end_offset_min,
    )


def _moved(episodes: Sequence[Episode]) -> tuple[Episode, ...]:
    """Return the episodes, those without a zone moved to the instant of the record that shares their clock."""
    by_minute: dict[int, list[Episode]] = defaultdict(list)
    for episode in episodes:
        if episode.zone_basis != CLOCKLESS:
            by_minute[round(_walls(episode)[0] / TWIN_S)].append(episode)
    if not by_minute:
        return tuple(episodes)
    return tuple(_placed(e, by_minute) if e.zone_basis == CLOCKLESS else e for e in episodes)


def _placed(episode: Episode, by_minute: dict[int, list[Episode]]) -> Episode:
    first, last = _walls(episode)
    at = round(first / TWIN_S)
    for near in (at, at - 1, at + 1):
        for twin in by_minute.get(near, ()):
            start, end = _walls(twin)
            moved = twin.start.timestamp() - start - (episode.start.timestamp() - first)
            length = abs((twin.end - twin.start) - (episode.end - episode.start)).total_seconds()
            if moved and abs(start - first) <= TWIN_S and abs(end - last) <= TWIN_S and length <= 2 * TWIN_S:
                return _shifted(episode, twin, dt.timedelta(seconds=moved))
    return episode


def _shifted(episode: Episode, twin: Episode, by: dt.timedelta) -> Episode:
    return replace(
        episode,
        start=episode.start + by,
        end=episode.end + by,
        start_offset_min=twin.start_offset_min,
        end_offset_min=twin.end_offset_min,
        segments=tuple(Segment(start=s.start + by, end=s.end + by, stage=s.stage) for s in episode.segments),
        notes=(*episode.notes, f"slept on the clock that {twin.source} names for the same sleep"),
    )
