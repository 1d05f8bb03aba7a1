"""Nights as FHIR R4 Observations, in the codes of HL7's guide to personal health records.

Codes are those of the value set "Patient contributed data: sleep observation code" (1.0.0-ballot2):
LOINC 93832-4 sleep duration, 93830-8 light, 93831-6 deep, 93829-0 REM, SNOMED CT 258158006 sleep. The
guide has no code for latency, wakefulness, time in bed or efficiency: those are components named in
words alone. What was not measured is marked as absent, never written as zero.

References
----------
.. [1] https://hl7.org/fhir/uv/phr/2025May/ValueSet-pcd-sleep-observation-code.html
.. [2] https://hl7.org/fhir/R4/observation.html
"""

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Mapping

from noctiflora.sleep._night import Night, Stage
from noctiflora.sleep.write._plain import stamp

LOINC, SNOMED, UCUM = "http://loinc.org", "http://snomed.info/sct", "http://unitsofmeasure.org"
HL7 = "http://terminology.hl7.org/CodeSystem"
SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "http://hl7.org/fhir/uv/phr/ValueSet/pcd-sleep-observation-code")
DURATION = (
    {"system": LOINC, "code": "93832-4", "display": "Sleep duration"},
    {"system": SNOMED, "code": "258158006", "display": "Sleep, function (observable entity)"},
)
CODED: Mapping[Stage, Mapping[str, str]] = {
    Stage.LIGHT: {"system": LOINC, "code": "93830-8", "display": "Light sleep duration"},
    Stage.DEEP: {"system": LOINC, "code": "93831-6", "display": "Deep sleep duration"},
    Stage.REM: {"system": LOINC, "code": "93829-0", "display": "REM sleep duration"},
}
IN_WORDS = (
    ("tib_min", "Time in bed", "min"),
    ("spt_min", "Sleep period time", "min"),
    ("sol_min", "Sleep onset latency", "min"),
    ("waso_min", "Wake after sleep onset", "min"),
    ("terminal_wake_min", "Wake after final awakening", "min"),
    ("se_pct", "Sleep efficiency, of time in bed", "%"),
    ("awakenings", "Number of awakenings", "{#}"),
    ("rating", "Sleep quality as rated, 0 to 10", "{score}"),
)
"""Measures without a code in the guide, with their UCUM units."""


def nights_fhir(nights: Iterable[Night], *, now: dt.datetime) -> str:
    """Return nights as a FHIR R4 Bundle of Observations, one a night or nap.

    Parameters
    ----------
    nights : iterable of Night
        A night without onset is dated by its day.
    now : datetime
        When the bundle was made (aware).

    Returns
    -------
    str
        JSON. No patient is named: the receiver adds whose it is.
    """
    entries = [{"fullUrl": f"urn:uuid:{_identity(night)}", "resource": _observation(night)} for night in nights]
    bundle: dict[str, object] = {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": now.isoformat(timespec="seconds"),
    }
    # FHIR allows no empty list.
    if entries:
        bundle["entry"] = entries
    return json.dumps(bundle, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _identity(night: Night) -> uuid.UUID:
    return uuid.uuid5(SPACE, f"{night.source}|{night.date.isoformat()}|{night.onset}|{night.nap}")


def _quantity(value: float, unit: str) -> dict[str, object]:
    return {"value": value, "unit": unit.strip("{}"), "system": UCUM, "code": unit}


def _observation(night: Night) -> dict[str, object]:
    out: dict[str, object] = {
        "resourceType": "Observation",
        "id": str(_identity(night)),
        "status": "final",
        "category": [
            {"coding": [{"system": f"{HL7}/observation-category", "code": "activity", "display": "Activity"}]}
        ],
        "code": {"coding": list(DURATION), "text": "Nap" if night.nap else "Sleep of the night"},
        **_when(night),
    }
    if night.tst_min is None:
        absent = {"system": f"{HL7}/data-absent-reason", "code": "unknown", "display": "Unknown"}
        out["dataAbsentReason"] = {"coding": [absent]}
    else:
        out["valueQuantity"] = _quantity(night.tst_min, "min")
    if night.source:
        out["device"] = {"display": night.source}
    notes = [{"text": note} for note in night.notes if note.strip()]
    if notes:
        out["note"] = notes
    parts = _components(night)
    if parts:
        out["component"] = parts
    return out


def _when(night: Night) -> dict[str, object]:
    """Return from when to when, else the day alone."""
    if night.onset is None or night.offset is None:
        return {"effectiveDateTime": night.date.isoformat()}
    first, last = night.onset_zone_offset_min, night.offset_zone_offset_min
    return {"effectivePeriod": {"start": stamp(night.onset, first), "end": stamp(night.offset, last)}}


def _components(night: Night) -> list[dict[str, object]]:
    out: list[dict[str, object]] = []
    for stage, m in night.stages_min.items():
        coding = CODED.get(stage)
        words = f"Minutes {stage.value.replace('_', ' ')}"
        code: dict[str, object] = {"coding": [dict(coding)]} if coding else {"text": words}
        out.append({"code": code, "valueQuantity": _quantity(m, "min")})
    for name, words, unit in IN_WORDS:
        value = getattr(night, name)
        if value is not None:
            out.append({"code": {"text": words}, "valueQuantity": _quantity(value, unit)})
    return out
