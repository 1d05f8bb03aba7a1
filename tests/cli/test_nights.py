"""Nights in, check-ins in, nights out."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest

from noctiflora.cli import _nights
from tests.cli.conftest import Run
from tests.cli.season import Season, night
from tests.cli.season import season as season

CONTRACT = {
    "date",
    "onset",
    "offset",
    "onset_zone_offset_min",
    "offset_zone_offset_min",
    "tib_min",
    "tst_min",
    "sol_min",
    "waso_min",
    "se_pct",
    "awakenings",
    "stages_min",
    "source",
    "nap",
    "notes",
}


def test_json_is_to_the_contract(run: Run, filled: Path) -> None:
    nights = json.loads(run("nights", "--format", "json", "--db", str(filled)).out)
    assert len(nights) > 40
    assert all(set(night) >= CONTRACT for night in nights)
    assert any(night["nap"] for night in nights)


def test_an_empty_database_says_what_to_do(run: Run) -> None:
    ended = run("nights")
    assert ended.code == 0
    assert "noctiflora import" in ended.out


def test_export_gives_the_same_nights(run: Run, filled: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("export", "--db", str(filled)).out)))
    nights = json.loads(run("export", "--format", "json", "--db", str(filled)).out)
    assert [row["date"] for row in rows] == [night["date"] for night in nights]


def test_a_check_in_is_kept(run: Run) -> None:
    ended = run("checkin", "quality=6", "--date", "2024-01-02")
    assert ended.code == 0
    assert "quality 6" in ended.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("quality=11",),
        ("quality",),
        ("mood=3",),
        ("quality=nan",),
        ("quality=6", "--date", "2999-01-01"),
        ("quality=6", "--date", "yesterday"),
    ],
)
def test_an_impossible_check_in_is_refused(run: Run, arguments: tuple[str, ...]) -> None:
    ended = run("checkin", *arguments)
    assert ended.code == 3
    assert len(ended.err.splitlines()) == 1


def test_clock_times_are_read_as_written(run: Run) -> None:
    assert "bed_time_h 23.5" in run("checkin", "bed_time_h=23:30").out
    for text in ("bed_time_h=23:99", "bed_time_h=x:10", "bed_time_h=23:3", "bed_time_h=:"):
        assert run("checkin", text).code == 3


def test_what_does_not_fit_together_is_asked_back(run: Run) -> None:
    ended = run("checkin", "bed_time_h=11:00", "rise_time_h=7:00")
    assert ended.code == 0
    assert "really 11:00, not 23:00?" in ended.out


@pytest.mark.parametrize(("more", "asked_of_day"), [((), 0), (("--more",), 9)])
def test_the_day_before_is_asked_on_request_only(
    run: Run, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...], asked_of_day: int
) -> None:
    asked: list[str] = []

    def answer(question: str, **_: object) -> str:
        asked.append(question)
        return ""

    monkeypatch.setattr(_nights.typer, "prompt", answer)
    assert "Nothing was entered" in run("checkin", *more).out
    assert len(asked) == 13 + asked_of_day


def test_lifting_a_veil_without_a_trial_is_refused(run: Run, filled: Path) -> None:
    ended = run("nights", "--lift-veil", "--db", str(filled))
    assert ended.code == 5
    assert "no trial is under way" in ended.err


def test_trial_nights_are_veiled_until_the_veil_is_lifted(season: Season) -> None:
    season.prepare(np.random.default_rng(7))
    season.chance(0b01)
    season.start_blinded("--nights", "7", "--pairs", "2", "--looks", "1")
    season.diary(night(1), [80.0] * 20)
    season.at(night(20))
    before = season.do("nights", "--format", "json")
    during = {n["date"] for n in json.loads(before.out)} & {night(n).isoformat() for n in range(1, 21)}
    assert during == {night(n).isoformat() for n in range(14, 21)}
    assert "13 nights and naps of the trial are veiled" in before.err
    assert "noctiflora nights --lift-veil" in before.err
    taken_out = season.do("export")
    assert f"\n{night(13)}," not in taken_out.out
    assert f"\n{night(14)}," in taken_out.out
    lifted = season.do("nights", "--lift-veil", "--format", "json")
    assert f"The veil is lifted since {night(20)}" in lifted.err
    assert {night(n).isoformat() for n in range(1, 21)} <= {n["date"] for n in json.loads(lifted.out)}
    assert f"\n{night(13)}," in season.do("export").out
    assert "unveiled" in season.do("trial", "log", "--history").out


@pytest.mark.parametrize("form", ["csv", "json", "omh", "fhir"])
def test_nights_are_taken_out_in_every_form(run: Run, filled: Path, form: str) -> None:
    ended = run("export", "--as", form, "--db", str(filled))
    assert ended.code == 0
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(ended.out, newline="")))
        assert {"midsleep_h", "deep_stage_min", "rating"} <= rows[0].keys()
    elif form == "fhir":
        assert json.loads(ended.out)["resourceType"] == "Bundle"
    else:
        assert len(json.loads(ended.out)) > 40


def test_a_form_that_does_not_exist_is_bad_usage(run: Run) -> None:
    ended = run("export", "--as", "xml")
    assert ended.code == 2
    assert len(ended.err.splitlines()) == 1


def test_outcomes_say_what_they_could_carry(run: Run, filled: Path) -> None:
    found = json.loads(run("nights", "--outcomes", "--format", "json", "--db", str(filled)).out)
    assert found[0]["bears"] is True
    assert {"outcome", "instrument", "known", "of", "sd", "source", "changes", "why", "blind_spots"} <= found[0].keys()
    assert "never measured" in run("nights", "--outcomes").out


def test_rhythm_is_told_with_its_method(run: Run, filled: Path) -> None:
    found = json.loads(run("nights", "--need", "8", "--format", "json", "--db", str(filled)).out)
    assert {"measure", "value", "unit", "rests_on", "definition", "published"} == found[0].keys()
    assert any(m["measure"] == "sleep debt" and m["value"] is not None for m in found)
    assert "another method" in run("nights", "--rhythm", "--db", str(filled)).out


def test_an_impossible_need_is_refused(run: Run) -> None:
    ended = run("nights", "--need", "30")
    assert ended.code == 3
    assert len(ended.err.splitlines()) == 1
