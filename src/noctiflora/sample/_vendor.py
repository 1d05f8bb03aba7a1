"""The kinds of export a made-up person can hand over."""

import io
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

from noctiflora.core import RangeError
from noctiflora.sample._apple import apple_xml, write_apple
from noctiflora.sample._diary import diary_csv
from noctiflora.sample._diary_tables import consensus_csv, diary_sheet, sleepmeter_csv
from noctiflora.sample._fitbit import fitbit_api, fitbit_takeout
from noctiflora.sample._garmin import garmin_connect, garmin_export
from noctiflora.sample._garmin_fit import garmin_fit
from noctiflora.sample._google import google_takeout
from noctiflora.sample._health_connect import health_connect
from noctiflora.sample._open_mhealth import open_mhealth
from noctiflora.sample._oura import oura_api, oura_csv
from noctiflora.sample._records import Person
from noctiflora.sample._samsung import samsung_export
from noctiflora.sample._sleep_as_android import sleep_as_android
from noctiflora.sample._whoop import whoop_export
from noctiflora.sample._withings import withings_csv, withings_states, withings_summary


class Vendor(StrEnum):
    """A format in which nights can be exported."""

    APPLE = "apple"
    APPLE_XML = "apple_xml"
    FITBIT_TAKEOUT = "fitbit_takeout"
    FITBIT_API = "fitbit_api"
    WITHINGS_CSV = "withings_csv"
    WITHINGS_SUMMARY = "withings_summary"
    WITHINGS_STATES = "withings_states"
    DIARY = "diary"
    GOOGLE_HEALTH = "google_health"
    OURA = "oura"
    OURA_CSV = "oura_csv"
    GARMIN = "garmin"
    GARMIN_CONNECT = "garmin_connect"
    GARMIN_FIT = "garmin_fit"
    WHOOP = "whoop"
    SAMSUNG = "samsung"
    HEALTH_CONNECT = "health_connect"
    SLEEP_AS_ANDROID = "sleep_as_android"
    OPEN_MHEALTH = "open_mhealth"
    SLEEPMETER = "sleepmeter"
    DIARY_QUESTIONS = "diary_questions"
    DIARY_SHEET = "diary_sheet"

    @property
    def file_name(self) -> str:
        """Name under which the vendor hands the file over."""
        return _FILE_NAMES[self]


def export(person: Person, kind: Vendor | str) -> bytes:
    """Return the person's nights as the file of one vendor; the same person gives the same bytes.

    Parameters
    ----------
    person : Person
        Whose nights are told.
    kind : Vendor or str
        For example ``"apple"``; Apple's traps are chosen with `write_apple` instead.

    Raises
    ------
    RangeError
        If there is no such kind.

    Examples
    --------
    >>> import datetime as dt
    >>> from noctiflora.sample import export, person
    >>> export(person(1, start=dt.date(2024, 10, 7), n_nights=3), "withings_csv")[:9]
    b'from,to,l'
    """
    try:
        vendor = Vendor(kind)
    except ValueError:
        known = ", ".join(sorted(Vendor))
        raise RangeError("there is no such export", where="kind", found=str(kind), do=f"use one of {known}") from None
    return _WRITERS[vendor](person)


def _apple(person: Person) -> bytes:
    out = io.BytesIO()
    write_apple(person, out)
    return out.getvalue()


def _apple_text(person: Person) -> bytes:
    return b"".join(apple_xml(person))


_WRITERS: Mapping[Vendor, Callable[[Person], bytes]] = MappingProxyType(
    {
        Vendor.APPLE: _apple,
        Vendor.APPLE_XML: _apple_text,
        Vendor.FITBIT_TAKEOUT: fitbit_takeout,
        Vendor.FITBIT_API: fitbit_api,
        Vendor.WITHINGS_CSV: withings_csv,
        Vendor.WITHINGS_SUMMARY: withings_summary,
        Vendor.WITHINGS_STATES: withings_states,
        Vendor.DIARY: diary_csv,
        Vendor.GOOGLE_HEALTH: google_takeout,
        Vendor.OURA: oura_api,
        Vendor.OURA_CSV: oura_csv,
        Vendor.GARMIN: garmin_export,
        Vendor.GARMIN_CONNECT: garmin_connect,
        Vendor.GARMIN_FIT: garmin_fit,
        Vendor.WHOOP: whoop_export,
        Vendor.SAMSUNG: samsung_export,
        Vendor.HEALTH_CONNECT: health_connect,
        Vendor.SLEEP_AS_ANDROID: sleep_as_android,
        Vendor.OPEN_MHEALTH: open_mhealth,
        Vendor.SLEEPMETER: sleepmeter_csv,
        Vendor.DIARY_QUESTIONS: consensus_csv,
        Vendor.DIARY_SHEET: diary_sheet,
    }
)
_FILE_NAMES: Mapping[Vendor, str] = MappingProxyType(
    {
        Vendor.APPLE: "export.zip",
        Vendor.APPLE_XML: "export.xml",
        Vendor.FITBIT_TAKEOUT: "takeout.zip",
        Vendor.FITBIT_API: "fitbit_sleep.json",
        Vendor.WITHINGS_CSV: "sleep.csv",
        Vendor.WITHINGS_SUMMARY: "withings_sleep_summary.json",
        Vendor.WITHINGS_STATES: "withings_sleep.json",
        Vendor.DIARY: "diary.csv",
        Vendor.GOOGLE_HEALTH: "google_health_takeout.zip",
        Vendor.OURA: "oura_sleep.json",
        Vendor.OURA_CSV: "sleepmodel.csv",
        Vendor.GARMIN: "garmin_export.zip",
        Vendor.GARMIN_CONNECT: "garmin_sleep.json",
        Vendor.GARMIN_FIT: "garmin_fit.zip",
        Vendor.WHOOP: "my_whoop_data.zip",
        Vendor.SAMSUNG: "samsunghealth.zip",
        Vendor.HEALTH_CONNECT: "health_connect_export.db",
        Vendor.SLEEP_AS_ANDROID: "sleep-export.zip",
        Vendor.OPEN_MHEALTH: "open_mhealth.json",
        Vendor.SLEEPMETER: "sleep_history.csv",
        Vendor.DIARY_QUESTIONS: "sleep_diary.csv",
        Vendor.DIARY_SHEET: "sleep_diary.xlsx",
    }
)
