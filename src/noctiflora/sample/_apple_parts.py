"""The parts of an Apple Health export that are not about sleep."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

SLEEP_TYPE = "HKCategoryTypeIdentifierSleepAnalysis"
WATCH = "Sample person’s Apple\u00a0Watch"
PHONE = "Sample person’s iPhone"
APP = "Night Notes"
WATCH_DEVICE = (
    "&lt;&lt;HKDevice: 0x301d0a210&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, "
    "hardware:Watch6,7, software:11.1&gt;"
)

DAY_MARK = b"@DAY@"
"""Stands for the date in a prepared day and is replaced on writing."""

PIECE = 10
"""Records kept together; between two pieces a sleep record may be put."""

VARIANTS = 14
"""Different days prepared; they are repeated in turn, so that writing stays quick."""

_ELEMENTS = """ <!ELEMENT ExportDate EMPTY>
 <!ATTLIST ExportDate
  value CDATA #REQUIRED
 >
 <!ELEMENT Me EMPTY>
 <!ATTLIST Me
  HKCharacteristicTypeIdentifierDateOfBirth CDATA #REQUIRED
  HKCharacteristicTypeIdentifierBiologicalSex CDATA #REQUIRED
  HKCharacteristicTypeIdentifierBloodType CDATA #REQUIRED
  HKCharacteristicTypeIdentifierFitzpatrickSkinType CDATA #REQUIRED
  HKCharacteristicTypeIdentifierCardioFitnessMedicationsUse CDATA #REQUIRED
 >
 <!ELEMENT Record ((MetadataEntry|HeartRateVariabilityMetadataList)*)>
 <!ATTLIST Record
  type CDATA #REQUIRED
  unit CDATA #IMPLIED
  value CDATA #IMPLIED
  sourceName CDATA #REQUIRED
  sourceVersion CDATA #IMPLIED
  device CDATA #IMPLIED
  creationDate CDATA #IMPLIED
  startDate CDATA #REQUIRED
  endDate CDATA #REQUIRED
 >
 <!ELEMENT MetadataEntry EMPTY>
 <!ATTLIST MetadataEntry
  key CDATA #REQUIRED
  value CDATA #REQUIRED
 >
"""
# The defect of export version 12: one list of attributes is never closed, elements stand inside
# it, and a bracket too many comes before the end.
_DEFECT = """ <!ELEMENT VisionPrescription ((RightEye|LeftEye|MetadataEntry)*)>
 <!ATTLIST VisionPrescription
  type CDATA #REQUIRED
  dateIssued CDATA #REQUIRED
  <!ELEMENT RightEye EMPTY>
  <!ATTLIST RightEye
   sphere CDATA #IMPLIED
  >
  <!ELEMENT LeftEye EMPTY>
>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One prepared day of other records, in pieces, with `DAY_MARK` for the date."""

    heart: tuple[bytes, ...]
    rest: tuple[bytes, ...]


def head(exported: str, *, malformed: bool) -> bytes:
    """Return everything before the first record: declaration, DTD, date of export, the person."""
    version = 12 if malformed else 14
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE HealthData [\n'
        f"<!-- HealthKit Export Version: {version} -->\n"
        " <!ELEMENT HealthData (ExportDate,Me,(Record)*)>\n <!ATTLIST HealthData\n  locale CDATA #REQUIRED\n >\n"
        f'{_ELEMENTS}{_DEFECT if malformed else ""}]>\n<HealthData locale="en_DE">\n'
        f' <ExportDate value="{exported}"/>\n'
        ' <Me HKCharacteristicTypeIdentifierDateOfBirth="1980-01-01" '
        'HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexNotSet" '
        'HKCharacteristicTypeIdentifierBloodType="HKBloodTypeNotSet" '
        'HKCharacteristicTypeIdentifierFitzpatrickSkinType="HKFitzpatrickSkinTypeNotSet" '
        'HKCharacteristicTypeIdentifierCardioFitnessMedicationsUse="None"/>\n'
    ).encode()


TAIL = b"</HealthData>\n"


def prepare_day(
    rng: np.random.Generator,
    zone_text: str,
    *,
    hearts: int = 60,
    steps: int = 30,
    energies: int = 12,
    control: bool = False,
) -> Day:
    """Return a day of heart rate, step and energy records.

    Parameters
    ----------
    rng : Generator
        Source of chance.
    zone_text : str
        Offset written after every stamp, for example ``"+0200"``.
    hearts, steps, energies : int
        How many records of each.
    control : bool
        Whether one value of an attribute holds the control character 0x0B.
    """
    heart = [
        _quantity("HeartRate", WATCH, "count/min", at, at, str(beats), zone_text, child=True)
        for at, beats in zip(_times(rng, hearts), rng.integers(48, 120, hearts), strict=True)
    ]
    if control and heart:
        heart[0] = heart[0].replace("manufacturer:Apple", "manufacturer:\x0bApple")
    walked = [
        _quantity("StepCount", PHONE, "count", at, at + 300, str(count), zone_text)
        for at, count in zip(_times(rng, steps), rng.integers(5, 700, steps), strict=True)
    ]
    burned = [
        _quantity("ActiveEnergyBurned", WATCH, "kcal", at, at + 60, f"{kcal:.2f}", zone_text)
        for at, kcal in zip(_times(rng, energies), rng.uniform(0.05, 9, energies), strict=True)
    ]
    return Day(heart=_pieces(heart), rest=_pieces(walked + burned))


def decoys(zone_text: str, day: str) -> list[bytes]:
    """Return records that are not of sleep but hold its type's name in an attribute."""
    stamp = f"{day} 12:00:00 {zone_text}"
    stamps = f'creationDate="{stamp}" startDate="{stamp}" endDate="{stamp}"'
    return [
        f' <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="{SLEEP_TYPE}" unit="count/min" {stamps} '
        'value="61"/>\n'.encode(),
        f' <Record type="HKQuantityTypeIdentifierStepCount" sourceName="{APP}" unit="count" {stamps} value="12">\n'
        f'  <MetadataEntry key="note" value=\'type="{SLEEP_TYPE}"\'/>\n </Record>\n'.encode(),
        f' <Record type="HKQuantityTypeIdentifierStepCount" sourceName="&lt;Record type=&quot;{SLEEP_TYPE}&quot;" '
        f'unit="count" {stamps} value="3"/>\n'.encode(),
    ]


def clinical_document(exported: dt.date) -> bytes:
    """Return the short clinical document that lies beside the export."""
    return (
        '<?xml version="1.0"?>\n<ClinicalDocument xmlns="urn:hl7-org:v3">\n <title>Health Data Export</title>\n'
        f' <effectiveTime value="{exported:%Y%m%d}"/>\n</ClinicalDocument>\n'
    ).encode()


def route(day: dt.date) -> bytes:
    """Return a workout route of two points on that day."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Apple Health Export" '
        'xmlns="http://www.topografix.com/GPX/1/1">\n <trk><trkseg>\n'
        f'  <trkpt lon="0.0" lat="0.0"><time>{day}T10:00:00Z</time></trkpt>\n'
        f'  <trkpt lon="0.001" lat="0.0"><time>{day}T10:00:05Z</time></trkpt>\n </trkseg></trk>\n</gpx>\n'
    ).encode()


def _times(rng: np.random.Generator, n: int) -> list[int]:
    return [int(s) for s in np.sort(rng.integers(0, 86_000, n))]


def _clock(second: int) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


def _quantity(
    kind: str, source: str, unit: str, start: int, end: int, amount: str, zone_text: str, *, child: bool = False
) -> str:
    mark = DAY_MARK.decode()
    begin, stop = f"{mark} {_clock(start)} {zone_text}", f"{mark} {_clock(end)} {zone_text}"
    line = (
        f' <Record type="HKQuantityTypeIdentifier{kind}" sourceName="{source}" sourceVersion="11.1" '
        f'device="{WATCH_DEVICE}" unit="{unit}" creationDate="{stop}" startDate="{begin}" endDate="{stop}" '
        f'value="{amount}"'
    )
    if not child:
        return f"{line}/>\n"
    return f'{line}>\n  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="0"/>\n </Record>\n'


def _pieces(records: list[str]) -> tuple[bytes, ...]:
    return tuple("".join(records[k : k + PIECE]).encode() for k in range(0, len(records), PIECE))
