"""Small writers of exports in the form their makers give them, for tests."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from noctiflora.sleep import Episode, Segment, Stage

SLEEP = "HKCategoryTypeIdentifierSleepAnalysis"
APPLE = {
    Stage.IN_BED: "InBed",
    Stage.ASLEEP: "AsleepUnspecified",
    Stage.AWAKE: "Awake",
    Stage.LIGHT: "AsleepCore",
    Stage.DEEP: "AsleepDeep",
    Stage.REM: "AsleepREM",
}
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
DTD = "<!DOCTYPE HealthData [\n<!-- HealthKit Export Version: 11 -->\n<!ELEMENT HealthData (Record)*>\n]>\n"
BROKEN_DTD = DTD.replace("<!ELEMENT HealthData (Record)*>", "<!ATTLIST Record\n  startDate CDATA #REQUIRED\n<!ELEMENT")
ME = '<Me HKCharacteristicTypeIdentifierDateOfBirth="1980-02-03" HKCharacteristicTypeIdentifierBiologicalSex="F"/>\n'
HEART = (
    '<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="{source}" unit="count/min" '
    'startDate="2024-01-01 08:00:00 +0000" endDate="2024-01-01 08:00:00 +0000" value="60"/>\n'
)


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[arg-type, misc]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One record of an Apple export."""

    start: dt.datetime
    end: dt.datetime
    stage: Stage
    source: str = "Watch"
    zone: str | None = "Europe/Berlin"
    value: str | None = None


def apple_record(piece: Piece, *, offset_min: int = 120, gap: str = " ") -> str:
    """Return one record; every time with the offset of the day of export."""
    tz = dt.timezone(dt.timedelta(minutes=offset_min))
    start, end = (t.astimezone(tz).strftime("%Y-%m-%d %H:%M:%S %z") for t in (piece.start, piece.end))
    value = piece.value or f"HKCategoryValueSleepAnalysis{APPLE[piece.stage]}"
    attributes = gap.join(
        [
            f'<Record type="{SLEEP}"',
            f'sourceName="{piece.source}"',
            'sourceVersion="10.2"',
            'device="&lt;&lt;HKDevice: 0x1&gt;, name:Apple Watch&gt;"',
            f'creationDate="{end}"',
            f'startDate="{start}"',
            f'endDate="{end}"',
            f'value="{value}"',
        ]
    )
    if piece.zone is None:
        return attributes + "/>\n"
    return attributes + f'>\n <MetadataEntry key="HKTimeZone" value="{piece.zone}"/>\n</Record>\n'


def apple_xml(
    pieces: Iterable[Piece], *, dtd: str = DTD, offset_min: int = 120, gap: str = " ", between: str = "", me: str = ME
) -> bytes:
    body = between.join(apple_record(p, offset_min=offset_min, gap=gap) for p in pieces)
    date = '<ExportDate value="2024-07-01 08:00:00 +0200"/>\n'
    text = f'{HEAD}{dtd}<HealthData locale="de_DE">\n{date}{me}{body}</HealthData>\n'
    return text.encode()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def fitbit_log(start: dt.datetime, stretches: Sequence[tuple[str, int]], /, **more: object) -> dict[str, object]:
    """Return one log; `start` is a wall time, stretches follow each other in seconds."""
    at = start
    data = []
    for level, seconds in stretches:
        data.append({"dateTime": f"{at:%Y-%m-%dT%H:%M:%S}.000", "level": level, "seconds": seconds})
        at += dt.timedelta(seconds=seconds)
    span = int((at - start).total_seconds())
    return {
        "logId": int(f"{start:%y%m%d%H%M}"),
        "dateOfSleep": f"{at:%Y-%m-%d}",
        "startTime": f"{start:%Y-%m-%dT%H:%M:%S}.000",
        "endTime": f"{at:%Y-%m-%dT%H:%M:%S}.000",
        "duration": span * 1000,
        "timeInBed": span // 60,
        "mainSleep": True,
        "type": "stages",
        "levels": {"data": data, "shortData": []},
        **more,
    }


def fitbit_json(logs: Sequence[object]) -> bytes:
    return json.dumps(list(logs)).encode()


def withings_json(rows: Sequence[object]) -> bytes:
    return json.dumps({"status": 0, "body": {"series": list(rows)}}).encode()


@dataclass(frozen=True, kw_only=True)
class Sleeper:
    """One night of a made-up calendar with what is true of it."""

    stretches: tuple[Segment, ...]
    zone: str
    tst_min: float = field(default=0.0)


def night(
    start: dt.datetime, minutes_by_stage: Sequence[tuple[Stage, float]], *, zone: str = "Europe/Berlin"
) -> Sleeper:
    """Return a night beginning at an instant, its stages following each other."""
    at = start
    out = []
    for stage, length in minutes_by_stage:
        end = at + dt.timedelta(minutes=length)
        out.append(Segment(start=at, end=end, stage=stage))
        at = end
    slept = sum(length for stage, length in minutes_by_stage if stage.is_sleep)
    return Sleeper(stretches=tuple(out), zone=zone, tst_min=slept)


def pieces(sleeper: Sleeper, *, source: str = "Watch", with_zone: bool = True) -> list[Piece]:
    zone = sleeper.zone if with_zone else None
    return [Piece(start=s.start, end=s.end, stage=s.stage, source=source, zone=zone) for s in sleeper.stretches]


def episode(
    start: dt.datetime, minutes_by_stage: Sequence[tuple[Stage, float]], *, source: str = "a", **more: object
) -> Episode:
    """Return an episode whose stages follow each other; local time is that of Berlin."""
    made = night(start, minutes_by_stage)
    tz = ZoneInfo("Europe/Berlin")
    end = made.stretches[-1].end

    def ahead(instant: dt.datetime) -> int:
        shift = instant.astimezone(tz).utcoffset()
        assert shift is not None
        return round(shift.total_seconds() / 60)

    whole = Episode(
        source=source,
        start=start,
        end=end,
        start_offset_min=ahead(start),
        end_offset_min=ahead(end),
        zone_basis="named zone",
        segments=made.stretches,
    )
    return replace(whole, **more)  # type: ignore[arg-type]
