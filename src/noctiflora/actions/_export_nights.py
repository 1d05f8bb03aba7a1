"""Takes nights out again, in a form that others can read."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from noctiflora.actions._veil import drawn_nights
from noctiflora.sleep import Night, nights_csv, nights_fhir, nights_json, nights_omh
from noctiflora.store import Store


class NightForm(StrEnum):
    """A form in which nights can be taken out."""

    CSV = "csv"
    JSON = "json"
    OMH = "omh"
    FHIR = "fhir"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedNights:
    """Nights as text.

    Parameters
    ----------
    text : str
        The file.
    written : int
        Nights and naps in it.
    left_out : int
        Those the form cannot hold: Open mHealth needs both onset and end.
    veiled : int
        Those held back while a blinded trial is under way.
    """

    text: str
    written: int
    left_out: int
    veiled: int


def export_nights(store: Store, form: NightForm, *, now: dt.datetime, today: dt.date) -> ExportedNights:
    """Return the nights and naps that may be taken out, in one form.

    Parameters
    ----------
    store : Store
        Where from.
    form : NightForm
        CSV and JSON hold every measure (JSON the stretches too), Open mHealth sleep episodes, FHIR
        R4 Observations.
    now : datetime
        Written into the forms that say when they were made (aware).
    today : date
        The person's date, by which a trial under way holds nights back.
    """
    found = drawn_nights(store, today=today)
    nights = sorted((*found.nights, *found.naps), key=lambda n: (n.date, n.nap))
    text = _text(nights, form, now)
    whole = [n for n in nights if n.onset is not None and n.offset is not None]
    written = len(whole) if form is NightForm.OMH else len(nights)
    return ExportedNights(text=text, written=written, left_out=len(nights) - written, veiled=found.hidden)


def _text(nights: list[Night], form: NightForm, now: dt.datetime) -> str:
    match form:
        case NightForm.CSV:
            return nights_csv(nights)
        case NightForm.JSON:
            return nights_json(nights)
        case NightForm.OMH:
            return nights_omh(nights, now=now)
        case NightForm.FHIR:
            return nights_fhir(nights, now=now)
