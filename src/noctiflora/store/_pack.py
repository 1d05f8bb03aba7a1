"""How one episode becomes one row: exact to the microsecond, quick to read back.

The body is ASCII JSON, so any string survives. Segments are a flat list of gap, length, stage,
in seconds where all are whole, else in microseconds; the gap counts from the end before.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from noctiflora.core import RangeError, StoreDamaged
from noctiflora.sleep import Episode, Kind, Segment, Stage, Totals
from noctiflora.store._link import from_us, to_us

_STAGES = {stage.value: stage for stage in Stage}
_SECOND = 1_000_000
_TOTALS = tuple((part.name, part.default) for part in fields(Totals) if part.name != "stages_min")
"""Every total with the value that goes without saying; a new field is kept from its first day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """One episode as a row; `identity` says which sleep it is, `digest` what is said of it."""

    identity: str
    digest: str
    start_us: int
    end_us: int
    body: str


def pack(episode: Episode) -> Packed:
    """Return the row of an episode.

    Raises
    ------
    RangeError
        If an instant has no zone or a total is not a finite number.
    """
    start_us, end_us = to_us(episode.start), to_us(episode.end)
    unit, segments = _flat(episode.segments, start_us)
    body: dict[str, object] = {
        "source": episode.source,
        "key": episode.key,
        "offsets_min": [episode.start_offset_min, episode.end_offset_min],
        "zone_basis": episode.zone_basis,
        "kind": episode.kind.value,
        "has_in_bed": episode.has_in_bed,
    }
    totals = {name: value for name, usual in _TOTALS if (value := getattr(episode.totals, name)) != usual}
    body |= {"totals": totals} if totals else {}
    stages = {stage.value: value for stage, value in episode.totals.stages_min.items()}
    body |= {"stages_min": stages} if stages else {}
    body |= {"notes": episode.notes} if episode.notes else {}
    body |= {f"segments_{unit}": segments} if segments else {}
    try:
        text = json.dumps(body, separators=(",", ":"), allow_nan=False)
    except ValueError:
        raise RangeError("a total must be a finite number", where=episode.source, do="correct the export") from None
    identity = [episode.source, episode.key or [start_us, end_us]]
    return Packed(
        identity=_hash(json.dumps(identity)),
        digest=_hash(f"{start_us},{end_us},{text}"),
        start_us=start_us,
        end_us=end_us,
        body=text,
    )


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("ascii"), digest_size=16).hexdigest()


def _flat(segments: Iterable[Segment], start_us: int) -> tuple[str, list[int | str]]:
    times: list[tuple[int, int, str]] = []
    before = start_us
    for segment in segments:
        begin, end = to_us(segment.start), to_us(segment.end)
        times.append((begin - before, end - begin, segment.stage.value))
        before = end
    whole = all(gap % _SECOND == 0 and length % _SECOND == 0 for gap, length, _ in times)
    scale, unit = (_SECOND, "s") if whole else (1, "us")
    return unit, [part for gap, length, stage in times for part in (gap // scale, length // scale, stage)]


def unpack(rows: Iterable[tuple[int, int, str]]) -> tuple[Episode, ...]:
    """Return the episodes of rows of ``start_us``, ``end_us``, ``body``.

    Raises
    ------
    StoreDamaged
        If a row does not hold an episode.
    """
    try:
        return tuple([_episode(*row) for row in rows])
    except (ValueError, KeyError, TypeError, IndexError, OverflowError, AttributeError) as error:
        raise StoreDamaged(
            "a stored sleep cannot be read", where="episodes", found=repr(error), do="restore a backup"
        ) from error


def _episode(start_us: int, end_us: int, text: str) -> Episode:
    body: dict[str, Any] = json.loads(text)
    start = from_us(start_us)
    stages = body.get("stages_min")
    totals = Totals(
        **body.get("totals", {}),
        stages_min=MappingProxyType({_STAGES[name]: value for name, value in stages.items()} if stages else {}),
    )
    flat, step = body.get("segments_s"), dt.timedelta(seconds=1)
    if flat is None:
        flat, step = body.get("segments_us", ()), dt.timedelta(microseconds=1)
    return Episode(
        source=body["source"],
        start=start,
        end=from_us(end_us),
        start_offset_min=body["offsets_min"][0],
        end_offset_min=body["offsets_min"][1],
        zone_basis=body["zone_basis"],
        kind=Kind(body["kind"]),
        segments=_segments(flat, start, step),
        totals=totals,
        has_in_bed=body["has_in_bed"],
        key=body["key"],
        notes=tuple(body.get("notes", ())),
    )


def _segments(flat: Any, start: dt.datetime, step: dt.timedelta) -> tuple[Segment, ...]:
    parts = []
    at = start
    for gap, length, stage in zip(flat[::3], flat[1::3], flat[2::3], strict=True):
        begin = at + gap * step if gap else at
        at = begin + length * step
        parts.append(Segment(start=begin, end=at, stage=_STAGES[stage]))
    return tuple(parts)
