"""Tests of the Open mHealth writer, by an independent reading of what it wrote."""

import datetime as dt
import json

import pytest

from noctiflora.sample import Person, export
from noctiflora.sample._google import numbered
from noctiflora.sample._open_mhealth import OTHER_EVERY


def test_episodes_run_from_onset_to_final_awakening(shortly: Person) -> None:
    points = json.loads(export(shortly, "open_mhealth"))
    episodes = [p["body"] for p in points if p["header"]["schema_id"]["name"] == "sleep-episode"]
    truth = [s for _, s in numbered(shortly)]
    assert len(episodes) == len(truth) >= (len(points) - len(episodes)) * (OTHER_EVERY - 1)
    for body, slept in zip(episodes, truth, strict=True):
        interval = body["effective_time_frame"]["time_interval"]
        assert dt.datetime.fromisoformat(interval["start_date_time"]) == slept.onset
        assert dt.datetime.fromisoformat(interval["end_date_time"]) == slept.offset
        assert body["total_sleep_time"]["value"] * 60 == pytest.approx(slept.tst_min)
    assert len(points) > len(episodes)
