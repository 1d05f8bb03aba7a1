"""Tests of the Sleep as Android writer, by an independent reading of what it wrote."""

import csv
import io
import re
import zipfile

from noctiflora.sample import Person, export
from noctiflora.sample._google import numbered
from noctiflora.sample._sleep_as_android import COLUMNS


def test_a_header_stands_before_each_record(shortly: Person) -> None:
    with zipfile.ZipFile(io.BytesIO(export(shortly, "sleep_as_android"))) as archive:
        assert archive.namelist() == ["sleep-export.csv", "prefs.xml", "alarms.json"]
        rows = list(csv.reader(io.StringIO(archive.read("sleep-export.csv").decode())))
    heads, records = rows[::2], rows[1::2]
    truth = [s for _, s in numbered(shortly)][::-1]
    assert len(heads) == len(records) == len(truth)
    for head, record, slept in zip(heads, records, truth, strict=True):
        assert tuple(head[: len(COLUMNS)]) == COLUMNS
        assert len(head) == len(record)
        cells = dict(zip(head[:15], record, strict=False))
        assert int(cells["Id"]) == slept.bed_start.timestamp() * 1000
        assert abs(float(cells["Hours"]) * 60 - slept.tib_min) < 0.07
        assert re.fullmatch(r"\d\d\. \d\d\. \d{4} \d{1,2}:\d\d", cells["From"])
        starts = [c for c in record if re.fullmatch(r"(LIGHT|DEEP|REM|AWAKE)_START-\d+", c)]
        assert len(starts) == len(slept.segments)
