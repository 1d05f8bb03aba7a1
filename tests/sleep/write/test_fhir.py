import datetime as dt
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.sleep import Night, Stage, nights_fhir
from noctiflora.sleep.write._fhir import IN_WORDS
from tests.sleep.exports import utc
from tests.sleep.write.nights import nights

NOW = utc(2024, 2, 1, 12)
CODES = {"93830-8": Stage.LIGHT, "93831-6": Stage.DEEP, "93829-0": Stage.REM}
"""HL7 Personal Health Records 1.0.0-ballot2, value set pcd-sleep-observation-code."""


def observations(text: str) -> list[dict[str, object]]:
    bundle = json.loads(text)
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
    return [entry["resource"] for entry in bundle.get("entry", [])]


@settings(max_examples=50)
@given(st.lists(nights(), max_size=2))
def test_every_measure_comes_back_from_the_observations(some: list[Night]) -> None:
    found = observations(nights_fhir(some, now=NOW))
    assert len(found) == len(some)
    for seen, night in zip(found, some, strict=True):
        told = json.loads(json.dumps(seen))
        assert told["code"]["coding"][0]["code"] == "93832-4"
        assert ("valueQuantity" in told) is (night.tst_min is not None) is not ("dataAbsentReason" in told)
        if night.tst_min is not None:
            assert (told["valueQuantity"]["value"], told["valueQuantity"]["code"]) == (night.tst_min, "min")
        if night.onset is not None and night.offset is not None:
            period = told["effectivePeriod"]
            assert dt.datetime.fromisoformat(period["start"]) == night.onset
            assert dt.datetime.fromisoformat(period["end"]) == night.offset
            assert dt.datetime.fromisoformat(period["start"]).utcoffset() == dt.timedelta(
                minutes=night.onset_zone_offset_min or 0
            )
        else:
            assert told["effectiveDateTime"] == night.date.isoformat()
        parts = told.get("component", [])
        coded = {
            CODES[p["code"]["coding"][0]["code"]]: p["valueQuantity"]["value"] for p in parts if "coding" in p["code"]
        }
        assert coded == {s: m for s, m in night.stages_min.items() if s in CODES.values()}
        worded = {p["code"]["text"]: p["valueQuantity"]["value"] for p in parts if "text" in p["code"]}
        assert {n: worded.get(w) for n, w, _ in IN_WORDS} == {n: getattr(night, n) for n, _, _ in IN_WORDS}


def test_no_list_or_text_is_empty() -> None:
    """FHIR allows neither."""
    night = Night(date=dt.date(2024, 1, 2), source="", notes=("", " "))
    assert "entry" not in json.loads(nights_fhir([], now=NOW))
    (seen,) = observations(nights_fhir([night], now=NOW))
    assert not {"note", "component", "device"} & seen.keys()
