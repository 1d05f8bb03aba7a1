"""Tests of the Samsung writer, by an independent reading of what it wrote."""

import io
import zipfile

from noctiflora.sample import Person
from noctiflora.sample._google import numbered
from noctiflora.sample._samsung import SLEEPS, STAGES, samsung_export


def files(someone: Person, *, local: bool = False) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(io.BytesIO(samsung_export(someone, local=local))) as archive:
        return {
            n.partition("/")[2].rpartition(".2")[0]: [x.split(",") for x in archive.read(n).decode().splitlines()]
            for n in archive.namelist()
        }


def test_a_line_above_and_a_comma_behind(shortly: Person) -> None:
    for name, columns in (("com.samsung.shealth.sleep", SLEEPS), ("com.samsung.health.sleep_stage", STAGES)):
        first, head, *rows = files(shortly)[name]
        assert first[0] == name
        assert tuple(head) == columns
        assert {len(row) for row in rows} == {len(columns) + 1}
        assert {row[-1] for row in rows} == {""}


def test_stages_name_a_sleep_that_is_there(shortly: Person) -> None:
    found = files(shortly)
    names = {row[-2] for row in found["com.samsung.shealth.sleep"][2:]}
    assert {row[2] for row in found["com.samsung.health.sleep_stage"][2:]} == names
    assert len(names) == len(list(numbered(shortly)))


def test_either_clock(shortly: Person) -> None:
    at = SLEEPS.index("com.samsung.health.sleep.start_time")
    _, slept = next(numbered(shortly))
    utc = files(shortly)["com.samsung.shealth.sleep"][2][at]
    assert utc == slept.bed_start.strftime("%Y-%m-%d %H:%M:%S.000")
    assert files(shortly, local=True)["com.samsung.shealth.sleep"][2][at] != utc
