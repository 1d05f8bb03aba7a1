"""Writer of Apple Health exports, with the traps that real ones hold."""

import datetime as dt
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import numpy as np

from noctiflora.core import offset_min, zone
from noctiflora.sample import _apple_parts as parts
from noctiflora.sample._records import Person, Slept, TrueNight
from noctiflora.sleep import Stage

FOLDER = "apple_health_export"
DENSE = 900
"""Heart rate records on each day written only to reach a size."""

_VALUES = {
    Stage.AWAKE: "Awake",
    Stage.LIGHT: "AsleepCore",
    Stage.DEEP: "AsleepDeep",
    Stage.REM: "AsleepREM",
    Stage.ASLEEP: "AsleepUnspecified",
    Stage.IN_BED: "InBed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AppleOptions:
    """Which traps an Apple export holds; the defaults are those of an ordinary one.

    Parameters
    ----------
    exported : date or None
        Day of the export; the day after the last night where None. Its offset from UTC is
        written on every stamp, as Apple does.
    true_offsets : bool
        Write on each stamp of a sleep record the offset that held then and there instead.
    zone_share : float
        Share of the sleep records at home with their own zone (0 to 1); abroad all have it.
    overlap : bool
        Let the phone's time in bed and a third app's one block of sleep lie over the watch's stages.
    duplicates : bool
        Write some records twice.
    spread : bool
        Scatter the sleep records over the whole file, out of order.
    folded : bool
        Break every second sleep record over several lines.
    decoys : bool
        Add records that hold the sleep type's name in another attribute.
    malformed_dtd : bool
        Write the broken DTD of export version 12.
    control_chars : bool
        Put 0x0B into some attributes, which no XML allows.
    mac_copy : bool
        Add the companion members that a Mac writes into a zip.
    """

    exported: dt.date | None = None
    true_offsets: bool = False
    zone_share: float = 0.5
    overlap: bool = True
    duplicates: bool = True
    spread: bool = False
    folded: bool = False
    decoys: bool = False
    malformed_dtd: bool = False
    control_chars: bool = False
    mac_copy: bool = False


ORDINARY = AppleOptions()


def write_apple(
    person: Person, fileobj: IO[bytes], *, options: AppleOptions = ORDINARY, min_bytes: int | None = None
) -> None:
    """Write the person's ``export.zip`` to `fileobj`.

    Parameters
    ----------
    person : Person
        Whose nights are written.
    fileobj : binary file
        Open for writing; need not be seekable.
    options : AppleOptions
        Traps to plant.
    min_bytes : int, optional
        Grow ``export.xml`` (not the zip) to at least this size with records of other types on
        days before the first night. Memory use does not grow with it.
    """
    day = _exported(person, options)
    with zipfile.ZipFile(fileobj, "w") as archive:
        if options.mac_copy:
            _put(archive, f"__MACOSX/{FOLDER}/._export.xml", day, b"\x00\x05\x16\x07" + bytes(215))
        _put(archive, f"{FOLDER}/export_cda.xml", day, parts.clinical_document(day))
        with archive.open(_member(f"{FOLDER}/export.xml", day), "w", force_zip64=True) as member:
            for chunk in apple_xml(person, options=options, min_bytes=min_bytes):
                member.write(chunk)
        _put(archive, f"{FOLDER}/workout-routes/route_{day}_10.00am.gpx", day, parts.route(day))


def apple_xml(person: Person, *, options: AppleOptions = ORDINARY, min_bytes: int | None = None) -> Iterator[bytes]:
    """Yield the person's ``export.xml`` in pieces of at most some hundred kilobytes; see `write_apple`."""
    day = _exported(person, options)
    zone_text = _offset_text(offset_min(dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC), zone(person.home)))
    rng = np.random.default_rng([person.seed, 12])
    sleep = list(_sleep_records(person, options, zone_text, np.random.default_rng([person.seed, 11])))
    if options.decoys:
        sleep += parts.decoys(zone_text, str(day))
    days = [parts.prepare_day(rng, zone_text, control=options.control_chars and k == 0) for k in range(parts.VARIANTS)]
    first = parts.head(f"{day} 09:00:00 {zone_text}", malformed=options.malformed_dtd)
    calendar = [night.date for night in person.nights]
    written = len(first) + sum(map(len, sleep)) + sum(_size(days[k % len(days)]) for k in range(len(calendar)))
    dense = parts.prepare_day(rng, zone_text, hearts=DENSE, steps=60, energies=40) if min_bytes else days[0]
    n_before = -(-max(0, (min_bytes or 0) - written) // _size(dense)) if min_bytes else 0
    schedule = _schedule(calendar, days, dense, n_before)
    yield first
    if options.spread:
        slots = n_before * _count(dense) + sum(_count(days[k % len(days)]) for k in range(len(calendar)))
        yield from _scattered(schedule, [sleep[int(k)] for k in rng.permutation(len(sleep))], slots)
    else:
        for date, one in schedule:
            yield _dated(one.heart, date)
        yield from sleep
        for date, one in _schedule(calendar, days, dense, n_before):
            yield _dated(one.rest, date)
    yield parts.TAIL


def _exported(person: Person, options: AppleOptions) -> dt.date:
    return options.exported or person.nights[-1].date + dt.timedelta(days=1)


def _schedule(
    calendar: list[dt.date], days: list[parts.Day], dense: parts.Day, n_before: int
) -> Iterator[tuple[dt.date, parts.Day]]:
    """Yield each date with its prepared records: `n_before` dense days, then the nights' own."""
    for back in range(n_before, 0, -1):
        # Dates repeat after 20 years, so that any size can be reached with believable years.
        yield calendar[0] - dt.timedelta(days=1 + (back - 1) % 7300), dense
    for k, date in enumerate(calendar):
        yield date, days[k % len(days)]


def _size(day: parts.Day) -> int:
    # The mark is shorter than a date, so this is a lower bound and a padded file is never too small.
    return sum(map(len, day.heart)) + sum(map(len, day.rest))


def _count(day: parts.Day) -> int:
    return len(day.heart) + len(day.rest)


def _dated(pieces: tuple[bytes, ...], date: dt.date) -> bytes:
    return b"".join(pieces).replace(parts.DAY_MARK, str(date).encode())


def _scattered(schedule: Iterator[tuple[dt.date, parts.Day]], sleep: list[bytes], slots: int) -> Iterator[bytes]:
    done, slot = 0, 0
    for date, one in schedule:
        out: list[bytes] = []
        for piece in (*one.heart, *one.rest):
            slot += 1
            until = len(sleep) * slot // slots
            out += [piece, *sleep[done:until]]
            done = until
        yield b"".join(out).replace(parts.DAY_MARK, str(date).encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pen:
    """How stamps and tags are written in this export."""

    options: AppleOptions
    zone_text: str
    fixed: dt.timezone

    def stamp(self, instant: dt.datetime, zone_name: str) -> str:
        if self.options.true_offsets:
            there = instant.astimezone(zone(zone_name))
            return f"{there:%Y-%m-%d %H:%M:%S %z}"
        return f"{instant.astimezone(self.fixed):%Y-%m-%d %H:%M:%S} {self.zone_text}"


def _sleep_records(person: Person, options: AppleOptions, zone_text: str, rng: np.random.Generator) -> Iterator[bytes]:
    """Yield the sleep records, all of one source and night together."""
    shift = int(zone_text[:3]) * 60 + int(zone_text[0] + zone_text[3:])
    pen = _Pen(options=options, zone_text=zone_text, fixed=dt.timezone(dt.timedelta(minutes=shift)))
    count = 0
    thirds = rng.random(len(person.nights)) < 0.3
    for night, third in zip(person.nights, thirds, strict=True):
        for source, zone_name, made, spans in _spans(night, options, third=bool(third)):
            for start, end, stage in spans:
                # Both are drawn always, so that one option does not change what another does.
                zone_draw, twice = rng.random(2)
                named = zone_name != person.home or zone_draw < options.zone_share
                control = options.control_chars and source == parts.WATCH and count % 40 == 0
                record = _record(
                    pen,
                    source=source,
                    stage=stage,
                    stamps=(made, start, end),
                    zone_name=zone_name,
                    named=named,
                    folded=options.folded and count % 2 == 0,
                    control=control,
                )
                yield record
                if options.duplicates and twice < 0.02:
                    yield record
                count += 1


Span = tuple[dt.datetime, dt.datetime, Stage]


def _spans(
    night: TrueNight, options: AppleOptions, *, third: bool
) -> Iterator[tuple[str, str, dt.datetime, list[Span]]]:
    """Yield source, zone, time of writing and spans of what each source recorded of `night`."""
    slept = night.slept
    made = slept.bed_end + dt.timedelta(minutes=3)
    if night.device_worn:
        yield parts.WATCH, slept.zone, made, _worn(slept)
    if (night.device_worn and options.overlap) or night.in_bed_only:
        yield parts.PHONE, slept.zone, made, [(slept.bed_start, slept.bed_end, Stage.IN_BED)]
    if night.device_worn and options.overlap and third:
        start, end = slept.onset - dt.timedelta(minutes=7), slept.offset + dt.timedelta(minutes=4)
        # The same interval twice, as older apps write it.
        yield parts.APP, slept.zone, made, [(start, end, Stage.IN_BED), (start, end, Stage.ASLEEP)]
    for nap in night.naps:
        yield parts.WATCH, nap.zone, nap.bed_end + dt.timedelta(minutes=3), _worn(nap)


def _worn(slept: Slept) -> list[Span]:
    # The watch starts at sleep and ends with it: no latency, no lying awake afterwards.
    inner = [s for s in slept.segments if slept.onset <= s.start and s.end <= slept.offset]
    return [(s.start, s.end, s.stage) for s in inner]


def _record(
    pen: _Pen,
    *,
    source: str,
    stage: Stage,
    stamps: tuple[dt.datetime, dt.datetime, dt.datetime],
    zone_name: str,
    named: bool,
    folded: bool,
    control: bool,
) -> bytes:
    made, start, end = (pen.stamp(x, zone_name) for x in stamps)
    gap = "\n        " if folded else " "
    device = f'{gap}device="{parts.WATCH_DEVICE}"' if source == parts.WATCH else ""
    if control:
        device = device.replace("manufacturer:", "manufacturer:\x0b")
    text = (
        f' <Record type="{parts.SLEEP_TYPE}"{gap}sourceName="{source}"{gap}sourceVersion="11.1"{device}'
        f'{gap}creationDate="{made}"{gap}startDate="{start}"{gap}endDate="{end}"'
        f'{gap}value="HKCategoryValueSleepAnalysis{_VALUES[stage]}"'
    )
    if named:
        text += f'>\n  <MetadataEntry key="HKTimeZone" value="{zone_name}"/>\n </Record>\n'
    else:
        text += "/>\n"
    return text.encode()


def _offset_text(minutes: int) -> str:
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _member(name: str, day: dt.date) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 9, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 3
    return info


def _put(archive: zipfile.ZipFile, name: str, day: dt.date, content: bytes) -> None:
    archive.writestr(_member(name, day), content)
