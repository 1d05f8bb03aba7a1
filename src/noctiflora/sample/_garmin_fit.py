"""Writer of Garmin sleep files (FIT), a zip of one file for each sleep."""

import datetime as dt
import io
import struct
import zipfile

from noctiflora.sample._google import numbered
from noctiflora.sample._hypnogram import EPOCH_S
from noctiflora.sample._records import Person, Slept
from noctiflora.sleep import Stage

FIT_EPOCH = dt.datetime(1989, 12, 31, tzinfo=dt.UTC)
SLEEP_LEVEL = 275
FILE_ID = 0
SLEEP_FILE = 49
GARMIN = 1
_CODES = {Stage.AWAKE: 1, Stage.LIGHT: 2, Stage.DEEP: 3, Stage.REM: 4}
_CRC: tuple[int, ...] = (0x0, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401)
_CRC += (0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400)


def garmin_fit(person: Person) -> bytes:
    """Return a zip of sleep files as copied from a watch; the watch records from onset to waking."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, slept in numbered(person):
            day = person.nights[-1].date
            info = zipfile.ZipInfo(f"GARMIN/Sleep/{number}_SLEEP_DATA.fit", (day.year, day.month, day.day, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, fit_file(slept))
    return out.getvalue()


def fit_file(slept: Slept) -> bytes:
    """Return one FIT file: what it is, then each stage where it begins, and the last step of the sleep."""
    body = _definition(0, FILE_ID, [(0, 1, 0x00), (1, 2, 0x84), (4, 4, 0x86)])
    body += struct.pack("<BBHL", 0, SLEEP_FILE, GARMIN, _seconds(slept.offset))
    body += _definition(1, SLEEP_LEVEL, [(253, 4, 0x86), (0, 1, 0x00)])
    for segment in slept.segments:
        if slept.onset <= segment.start < slept.offset:
            body += struct.pack("<BLB", 1, _seconds(segment.start), _CODES[segment.stage])
    for before in (2 * EPOCH_S, EPOCH_S):
        at = slept.offset - dt.timedelta(seconds=before)
        stage = next(s.stage for s in slept.segments if s.start <= at < s.end)
        body += struct.pack("<BLB", 1, _seconds(at), _CODES[stage])
    head = struct.pack("<BBHL4s", 14, 0x20, 2132, len(body), b".FIT")
    whole = head + struct.pack("<H", _crc(head)) + body
    return whole + struct.pack("<H", _crc(whole))


def _definition(local: int, message: int, fields: list[tuple[int, int, int]]) -> bytes:
    head = struct.pack("<BBBHB", 0x40 | local, 0, 0, message, len(fields))
    return head + b"".join(struct.pack("<BBB", *field) for field in fields)


def _seconds(instant: dt.datetime) -> int:
    return round((instant - FIT_EPOCH).total_seconds())


def _crc(data: bytes) -> int:
    """Return the check sum of the FIT protocol: 16 bits, nibble by nibble."""
    crc = 0
    for byte in data:
        for nibble in (byte & 0xF, byte >> 4):
            crc = (crc >> 4) & 0x0FFF ^ _CRC[crc & 0xF] ^ _CRC[nibble]
    return crc
