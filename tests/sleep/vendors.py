"""Small documents in the form that makers of rings, bands and watches give them, for tests."""

import datetime as dt
import json
import struct
from collections.abc import Sequence

from tests.sleep.exports import utc

GOOGLE_SLEEPS_HEAD = (
    "sleep_id,sleep_type,minutes_in_sleep_period,minutes_after_wake_up,minutes_to_fall_asleep,minutes_asleep,"
    "minutes_awake,minutes_longest_awakening,minutes_to_persistent_sleep,start_utc_offset,sleep_start,end_utc_offset,"
    "sleep_end,data_source,algorithm_version,sleep_created,sleep_last_updated\n"
)
GOOGLE_SLEEPS_ROW = (
    "111,STAGES,450,0,5,410,40,12,9,+05:30,2026-09-11T17:30:00Z,+05:30,2026-09-12T01:00:00Z,"
    "GOOGLE_FITBIT_AIR,3,2026-09-12T01:05:00Z,2026-09-12T01:05:00Z\n"
)
GOOGLE_STAGES_HEAD = (
    "sleep_id,sleep_stage_id,sleep_stage_type,start_utc_offset,sleep_stage_start,end_utc_offset,sleep_stage_end,"
    "data_source,algorithm_version,sleep_stage_created,sleep_stage_last_updated\n"
)


def google_stage(stage: str, start: str, end: str, *, sleep: str = "111", offset: str = "+05:30") -> str:
    """Return one row; times are UTC without date before 12 on the 12th, else on the 11th."""

    def day(clock: str) -> str:
        return f"2026-09-{12 if clock < '12' else 11}T{clock}:00Z"

    return f"{sleep},1,{stage},{offset},{day(start)},{offset},{day(end)},GOOGLE_FITBIT_AIR,3,,\n"


GOOGLE_STAGES_ROWS = (
    google_stage("AWAKE", "17:30", "17:45")
    + google_stage("LIGHT", "17:45", "19:15")
    + google_stage("DEEP", "19:15", "20:30")
    + google_stage("WAKE", "20:30", "20:40")
    + google_stage("REM", "20:40", "01:00")
)

SITE_HEAD = (
    "Sleep\nStart Time,End Time,Minutes Asleep,Minutes Awake,Number of Awakenings,Time in Bed,"
    "Minutes REM Sleep,Minutes Light Sleep,Minutes Deep Sleep\n"
)
SITE_ROW = '"2024-01-15 11:00PM","2024-01-16 7:00AM","420","60","12","480","100","240","80"\n'


def oura_period(**more: object) -> dict[str, object]:
    """Return one period of the interface: 8 h in bed from 23:00, 20 min to sleep, 10 min awake at the end."""
    fine = "4" * 40 + "2" * 400 + "1" * 200 + "4" * 20 + "3" * 280 + "4" * 20
    return {
        "id": "8f9a5221-639e-4a85-81cb-4065ef23f979",
        "day": "2024-01-16",
        "type": "long_sleep",
        "bedtime_start": "2024-01-15T23:00:00.000+01:00",
        "bedtime_end": "2024-01-16T07:00:00.000+01:00",
        "sleep_phase_30_sec": fine,
        "sleep_phase_5_min": fine[::10],
        "total_sleep_duration": 26_400,
        "awake_time": 2_400,
        "light_sleep_duration": 12_000,
        "deep_sleep_duration": 6_000,
        "rem_sleep_duration": 8_400,
        "latency": 1_200,
        "time_in_bed": 28_800,
        **more,
    }


def oura_json(*rows: object) -> bytes:
    return json.dumps({"data": list(rows), "next_token": None}).encode()


OURA_COARSE = "4" * 4 + "2" * 40 + "1" * 20 + "4" * 2 + "3" * 28 + "4" * 2
OURA_TABLE = (
    "average_heart_rate;bedtime_end;bedtime_start;day;deep_sleep_duration;heart_rate;id;light_sleep_duration;"
    "rem_sleep_duration;sleep_phase_5_min;total_sleep_duration;type\n"
    '55;2024-01-16T07:00:00.000+01:00;2024-01-15T23:00:00.000+01:00;2024-01-16;6000;"{""interval"": 300.0, ""items"": '
    f'[null, 55.0]}}";abc;12000;8400;"""{OURA_COARSE}""";26400;long_sleep\n'
)


def garmin_night(**more: object) -> dict[str, object]:
    """Return one night of an account export: 21:40 to 05:40 GMT, 450 min asleep."""
    return {
        "sleepStartTimestampGMT": "2026-02-13T21:40:09.0",
        "sleepEndTimestampGMT": "2026-02-14T05:40:09.0",
        "calendarDate": "2026-02-14",
        "sleepWindowConfirmationType": "ENHANCED_CONFIRMED_FINAL",
        "deepSleepSeconds": 4_800,
        "lightSleepSeconds": 16_800,
        "remSleepSeconds": 5_400,
        "awakeSleepSeconds": 1_800,
        "unmeasurableSeconds": 0,
        "retro": False,
        **more,
    }


GARMIN_EXPORT = json.dumps([garmin_night(), {"retro": False}]).encode()
FIT_EPOCH = dt.datetime(1989, 12, 31, tzinfo=dt.UTC)


def fit_file(levels: Sequence[tuple[dt.datetime, int]], *, message: int = 275, crc: bool = True) -> bytes:
    """Return a FIT file of so many messages of a time with a number."""
    body = struct.pack("<BBBHB3B", 0x40, 0, 0, 0, 1, 0, 1, 0) + struct.pack("<BB", 0, 49)
    body += struct.pack("<BBBHB6B", 0x41, 0, 0, message, 2, 253, 4, 0x86, 0, 1, 0)
    for instant, level in levels:
        body += struct.pack("<BLB", 1, int((instant - FIT_EPOCH).total_seconds()), level)
    head = struct.pack("<BBHL4s", 14, 0x20, 2132, len(body), b".FIT")
    whole = head + struct.pack("<H", fit_crc(head)) + body
    return whole + struct.pack("<H", fit_crc(whole) if crc else 0xABCD)


def fit_crc(data: bytes) -> int:
    """Return CRC-16 with the polynomial 0xA001, bit by bit: the FIT check sum."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0xA001 if crc & 1 else 0)
    return crc


def minute_levels(start: dt.datetime, runs: Sequence[tuple[int, int]]) -> list[tuple[dt.datetime, int]]:
    """Return one level a minute: runs of (level, minutes)."""
    levels = [level for level, length in runs for _ in range(length)]
    return [(start + dt.timedelta(minutes=n), level) for n, level in enumerate(levels)]


FIT_NIGHT = fit_file(minute_levels(utc(2024, 1, 15, 22), [(2, 120), (3, 60), (1, 10), (4, 90), (2, 100)]))

WHOOP_HEAD = (
    "Cycle start time,Cycle end time,Cycle timezone,Sleep onset,Wake onset,Sleep performance %,Respiratory rate (rpm),"
    "Asleep duration (min),In bed duration (min),Light sleep duration (min),Deep (SWS) duration (min),"
    "REM duration (min),Awake duration (min),Sleep need (min),Sleep debt (min),Sleep efficiency %,"
    "Sleep consistency %,Nap\n"
)
WHOOP_SPANISH = (
    "Hora de inicio del ciclo,Hora de fin del ciclo,Zona horaria del ciclo,Inicio del sueño,Inicio de la vigilia,"
    "Rendimiento del sueño %,Frecuencia respiratoria (rpm),Duración dormido (min),Duración en la cama (min),"
    "Duración del sueño ligero (min),Duración profundo (min),Duración REM (min),Duración despierto (min),"
    "Necesidad de sueño (min),Deuda de sueño (min),Eficiencia del sueño %,Consistencia del sueño %,Siesta\n"
)
WHOOP_ROW = (
    "2025-11-05 04:59:53,,UTC+07:00,2025-11-05 04:59:53,2025-11-05 10:59:08,49,13.6,286,359,97,104,85,73,"
    "530,127,80,49,false\n"
)
JOURNAL_HEAD = "Cycle start time,Cycle end time,Cycle timezone,Question text,Answered yes,Notes\n"
JOURNAL_ROW = '2026-01-02 23:00:00,,UTC+01:00,Have any alcoholic drinks?,true,"Wine, two glasses"\n'

SAMSUNG_COLUMNS = (
    "sleep_type,efficiency,sleep_duration,com.samsung.health.sleep.start_time,com.samsung.health.sleep.update_time,"
    "com.samsung.health.sleep.create_time,com.samsung.health.sleep.time_offset,com.samsung.health.sleep.pkg_name,"
    "com.samsung.health.sleep.end_time,com.samsung.health.sleep.datauuid\n"
)
SAMSUNG_HEAD = "com.samsung.shealth.sleep,6320000,11\n" + SAMSUNG_COLUMNS
SAMSUNG_ROW = (
    "-1,90.0,420,2022-03-26 03:40:00.000,2022-03-26 11:03:48.217,2022-03-26 11:03:48.217,UTC-0500,"
    "com.sec.android.app.shealth,2022-03-26 10:40:00.000,uuid-1,\n"
)
SAMSUNG_STAGES_HEAD = (
    "com.samsung.health.sleep_stage,6320000,7\n"
    "start_time,sleep_id,create_time,stage,time_offset,pkg_name,end_time,datauuid\n"
)


def samsung_stage(code: int, start: str, end: str, *, created: str = "11:03", sleep: str = "uuid-1") -> str:
    day = "2022-03-26 "
    return (
        f"{day}{start}:00.000,{sleep},{day}{created}:00.000,{code},UTC-0500,com.sec.android.app.shealth,"
        f"{day}{end}:00.000,s-{start},\n"
    )


SAMSUNG_STAGES_ROWS = (
    samsung_stage(40001, "03:40", "04:00")
    + samsung_stage(40002, "04:00", "07:00")
    + samsung_stage(40003, "07:00", "08:30")
    + samsung_stage(40004, "08:30", "10:40")
)
SAMSUNG_PLAIN = (
    "start_time,end_time,sleep_stage,source_name\n"
    "2026-04-30T23:30:00-03:00,2026-05-01T06:30:00-03:00,asleep,Galaxy Watch\n"
)

JOURNAL = "WHOOP journal"
VENDOR_SAMPLES: dict[str, bytes] = {
    "Fitbit site table": (SITE_HEAD + SITE_ROW).encode(),
    "Google Health sleeps": (GOOGLE_SLEEPS_HEAD + GOOGLE_SLEEPS_ROW).encode(),
    "Google Health stages": (GOOGLE_STAGES_HEAD + GOOGLE_STAGES_ROWS).encode(),
    "Oura sleep periods": oura_json(oura_period()),
    "Oura sleep table": OURA_TABLE.encode(),
    "Garmin sleep": GARMIN_EXPORT,
    "Garmin FIT file": FIT_NIGHT,
    "WHOOP sleeps": (WHOOP_HEAD + WHOOP_ROW).encode(),
    JOURNAL: (JOURNAL_HEAD + JOURNAL_ROW).encode(),
    "Samsung Health sleeps": (SAMSUNG_HEAD + SAMSUNG_ROW).encode(),
    "Samsung Health stages": (SAMSUNG_STAGES_HEAD + SAMSUNG_STAGES_ROWS).encode(),
    "Samsung table": SAMSUNG_PLAIN.encode(),
}
