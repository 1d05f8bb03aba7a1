"""``trial start``, ``kit`` and ``envelope`` as typed."""

import json

import numpy as np
import pytest

from tests.cli.season import OPTION, Season, night
from tests.cli.season import season as season

SHORT = ("--nights", "7", "--pairs", "2", "--looks", "1")


def test_a_start_tells_the_plan_and_the_fingerprint(season: Season) -> None:
    season.prepare(np.random.default_rng(1))
    said = season.start_blinded(*SHORT).out
    assert f"runs from {night(1)} to {night(28)}" in said
    assert "Fingerprint of the sealed order" in said
    assert "product" not in said
    kept = season.do("trial", "kit", str(season.folder / "kit")).out
    assert kept.count("Written: ") == 3
    slip = season.folder / "slip.pdf"
    assert "Helper: print it" in season.helper("envelope", str(slip)).out
    assert slip.read_bytes().startswith(b"%PDF")


def test_json_holds_the_plan_and_no_order(season: Season) -> None:
    season.prepare(np.random.default_rng(1))
    found = json.loads(season.start_blinded(*SHORT, "--format", "json").out)
    assert found["n_nights"] == 28
    assert len(found["commitment"]) == 64
    assert not {"order", "arms", "nonce", "ciphertext"} & set(found)


def test_a_known_order_is_told(season: Season) -> None:
    season.prepare(np.random.default_rng(1))
    said = season.start("--known", *SHORT).out
    assert said.count("with it") == 2
    assert said.count("without it") == 2


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--dose", "10"), "number, space, unit"),
        (("--dose", "many CFU"), "number, space, unit"),
        (("--first-night", "tomorrow"), "not a date"),
        (("--first-night", "2020-01-01"), "days ahead"),
        (("--useful", "-1"), "above 0"),
    ],
)
def test_bad_input_has_its_sentence(season: Season, more: tuple[str, ...], words: str) -> None:
    season.prepare(np.random.default_rng(1))
    arguments = ["trial", "start", "--option", OPTION, "--dose", "1 g", "--useful", "2", "--known"]
    assert words in season.do(*arguments, *more, code=3).err


def test_a_time_that_is_none_and_a_kit_without_trial(season: Season) -> None:
    assert "time of day" in season.do("trial", "kit", str(season.folder / "k"), "--time", "late", code=3).err
    assert "no trial is under way" in season.do("trial", "kit", str(season.folder / "k"), code=5).err
