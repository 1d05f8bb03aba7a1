"""Tests of the Fitbit writers, by an independent reading of what they wrote."""

import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

from noctiflora.sample import Person, export
from noctiflora.sample._fitbit import SHORT_S, is_classic

Log = dict[str, Any]


def _takeout(someone: Person) -> dict[str, list[Log]]:
    with zipfile.ZipFile(io.BytesIO(export(someone, "fitbit_takeout"))) as archive:
        return {n: json.loads(archive.read(n)) for n in archive.namelist()}


def _unique(files: dict[str, list[Log]]) -> dict[int, Log]:
    return {log["logId"]: log for part in files.values() for log in part}


def _asleep_min(log: Log) -> float:
    levels = log["levels"]
    sleep = sum(x["seconds"] for x in levels["data"] if x["level"] in {"light", "deep", "rem", "asleep"})
    return (sleep - sum(x["seconds"] for x in levels.get("shortData", []))) / 60


def test_total_sleep_is_data_less_the_short_awakenings(someone: Person) -> None:
    told = sorted(_asleep_min(log) for log in _unique(_takeout(someone)).values())
    true = [n.slept.tst_min for n in someone.nights if n.device_worn]
    true += [nap.tst_min for n in someone.nights for nap in n.naps]
    assert told == sorted(true)


def test_levels_fill_the_log_without_gap(someone: Person) -> None:
    for log in _unique(_takeout(someone)).values():
        at = dt.datetime.fromisoformat(log["startTime"])
        for level in log["levels"]["data"]:
            assert dt.datetime.fromisoformat(level["dateTime"]) == at
            at += dt.timedelta(seconds=level["seconds"])
        assert at == dt.datetime.fromisoformat(log["endTime"])
        assert all(x["level"] == "wake" and x["seconds"] <= SHORT_S for x in log["levels"].get("shortData", []))


def test_a_clock_change_keeps_the_offset_of_the_start(someone: Person) -> None:
    nights = {str(n.date): n.slept for n in someone.nights}
    for log in _unique(_takeout(someone)).values():
        if log["mainSleep"]:
            elapsed = dt.datetime.fromisoformat(log["endTime"]) - dt.datetime.fromisoformat(log["startTime"])
            assert elapsed.total_seconds() / 60 == nights[log["dateOfSleep"]].tib_min
            assert log["duration"] == int(nights[log["dateOfSleep"]].tib_min) * 60_000


def test_naps_and_some_nights_are_classic(someone: Person) -> None:
    classic = {str(n.date) for k, n in enumerate(someone.nights) if is_classic(k)}
    for log in _unique(_takeout(someone)).values():
        expected = not log["mainSleep"] or log["dateOfSleep"] in classic
        assert (log["type"] == "classic") == expected
        assert ("shortData" in log["levels"]) != expected


def test_files_hold_a_month_each_and_repeat_one_log(someone: Person) -> None:
    files = _takeout(someone)
    assert sorted(n.rpartition("/")[2] for n in files)[0] == "sleep-2024-10-07.json"
    assert len(files) == 7
    assert sum(map(len, files.values())) == len(_unique(files)) + 6


def test_the_interface_tells_the_same_newest_first(someone: Person) -> None:
    logs = json.loads(export(someone, "fitbit_api"))["sleep"]
    starts = [log["startTime"] for log in logs]
    assert starts == sorted(starts, reverse=True)
    own = [{k: v for k, v in log.items() if k != "mainSleep"} for log in _unique(_takeout(someone)).values()]
    other = [{k: v for k, v in log.items() if k != "isMainSleep"} for log in logs]
    assert sorted(own, key=lambda log: log["logId"]) == sorted(other, key=lambda log: log["logId"])


def test_keys_are_those_of_a_true_answer(shared: Path, someone: Person) -> None:
    folder = shared / "samples" / "sleep" / "fitbit"
    true = json.loads((folder / "sleep_log_list.json").read_text())["sleep"][0]
    classic = json.loads((folder / "fitbit-sleep-date.json").read_text())["sleep"][0]
    ours = json.loads(export(someone, "fitbit_api"))["sleep"]
    assert set(true) | {"levels"} == set(ours[0])
    assert len(true["startTime"]) == len(ours[0]["startTime"])
    level = next(log for log in ours if log["type"] == "classic")["levels"]["data"][0]
    assert set(level) == set(classic["levels"]["data"][0])
