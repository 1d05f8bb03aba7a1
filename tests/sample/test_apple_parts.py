"""Tests of the parts of an Apple export that are not about sleep."""

import datetime as dt
import re
from xml.etree import ElementTree

import numpy as np
import pytest

from noctiflora.sample import _apple_parts as parts


def test_the_head_is_valid_and_its_defect_is_not() -> None:
    good = parts.head("2025-04-21 09:00:00 +0200", malformed=False) + parts.TAIL
    root = ElementTree.fromstring(good)
    assert root.find("ExportDate").attrib == {"value": "2025-04-21 09:00:00 +0200"}  # type: ignore[union-attr]
    assert root.find("Me") is not None
    with pytest.raises(ElementTree.ParseError):
        ElementTree.fromstring(parts.head("2025-04-21 09:00:00 +0200", malformed=True) + parts.TAIL)


def test_a_prepared_day_holds_the_records_asked_for_within_one_day() -> None:
    day = parts.prepare_day(np.random.default_rng(1), "+0200", hearts=23, steps=7, energies=4)
    text = b"".join((*day.heart, *day.rest)).replace(parts.DAY_MARK, b"2025-01-01").decode()
    root = ElementTree.fromstring(f"<x>{text}</x>")
    kinds = [r.attrib["type"].removeprefix("HKQuantityTypeIdentifier") for r in root]
    assert {k: kinds.count(k) for k in kinds} == {"HeartRate": 23, "StepCount": 7, "ActiveEnergyBurned": 4}
    for record in root:
        start = dt.datetime.strptime(record.attrib["startDate"], "%Y-%m-%d %H:%M:%S %z")
        end = dt.datetime.strptime(record.attrib["endDate"], "%Y-%m-%d %H:%M:%S %z")
        assert start <= end
        assert start.date() == end.date() == dt.date(2025, 1, 1)
    assert [len(re.findall(rb"<Record", piece)) for piece in day.heart] == [10, 10, 3]


def test_a_control_character_is_planted_once() -> None:
    day = parts.prepare_day(np.random.default_rng(1), "+0200", control=True)
    assert b"".join(day.heart).count(b"\x0b") == 1


def test_decoys_name_the_sleep_type_and_are_not_of_it() -> None:
    root = ElementTree.fromstring(b"<x>" + b"".join(parts.decoys("+0200", "2025-01-01")) + b"</x>")
    assert len(root) == 3
    assert all(parts.SLEEP_TYPE not in r.attrib["type"] for r in root)
    assert all(parts.SLEEP_TYPE in ElementTree.tostring(r).decode() for r in root)


def test_the_documents_beside_are_xml() -> None:
    day = dt.date(2025, 1, 1)
    assert ElementTree.fromstring(parts.clinical_document(day)).tag.endswith("ClinicalDocument")
    assert ElementTree.fromstring(parts.route(day)).tag.endswith("gpx")
