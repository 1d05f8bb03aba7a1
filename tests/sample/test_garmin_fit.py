"""Tests of the FIT writer, read by another program's decoder."""

import io
import zipfile

import fitdecode

from noctiflora.sample import Person, export
from noctiflora.sample._garmin_fit import fit_file
from noctiflora.sample._google import numbered


def test_a_decoder_accepts_the_check_sums_and_finds_the_stages(shortly: Person) -> None:
    with zipfile.ZipFile(io.BytesIO(export(shortly, "garmin_fit"))) as archive:
        names = archive.namelist()
        data = archive.read(names[0])
    assert len(names) == len(list(numbered(shortly)))
    slept = next(slept for _, slept in numbered(shortly))
    assert data == fit_file(slept)
    with fitdecode.FitReader(io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE) as frames:
        told = [f for f in frames if isinstance(f, fitdecode.FitDataMessage) and f.name == "sleep_level"]
    assert told[0].get_value("timestamp") == slept.onset
    assert {f.get_value("sleep_level") for f in told} >= {"light", "deep", "rem"}
    assert told[-1].get_value("timestamp") < slept.offset
