import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

GENERA = ("Bacteroides", "Faecalibacterium", "Blautia", "Roseburia", "Alistipes", "Parabacteroides", "Dorea")


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    for name, last in (("before", 2_000), ("after", 2_000_000)):
        rows = [f"{g},2000" for g in GENERA[:-1]] + [f"{GENERA[-1]},{last}"]
        (tmp_path / f"{name}.csv").write_text("genus,count\n" + "\n".join(rows))
    return str(tmp_path / "before.csv"), str(tmp_path / "after.csv")


def test_what_changed_is_said_with_its_noise(run: Run, pair: tuple[str, str]) -> None:
    ended = run("gut", "compare", *pair, "--same-lab")
    assert ended.code == 0
    assert "1 of 7 taxa changed beyond noise" in ended.out
    assert "noise sd" in ended.out
    assert "not in the amount" in ended.out


def test_another_laboratory_is_noise(run: Run, pair: tuple[str, str]) -> None:
    ended = run("gut", "compare", *pair)
    assert "0 of 7 taxa changed" in ended.out
    assert "one laboratory from another by" in ended.out
    found = json.loads(run("gut", "compare", *pair, "--format", "json").out)
    assert found["lab_sd"] > found["day_sd"] > 0
    assert found["changes"][0]["taxon"] == "Dorea"
    assert run("gut", "compare", *pair, "--format", "csv").out.startswith("taxon,change_log_ratio")


def test_bad_input_is_one_sentence(run: Run, pair: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "few.csv").write_text("genus,count\nBlautia,10\nDorea,10\n")
    (tmp_path / "x.csv").write_bytes(b"%PDF-1.4")
    few = run("gut", "compare", pair[0], str(tmp_path / "few.csv"))
    assert (few.code, "below 2,000" in few.out) == (3, True)
    assert run("gut", "compare", pair[0], str(tmp_path / "few.csv"), "--format", "csv").code == 3
    pdf = run("gut", "compare", pair[0], str(tmp_path / "x.csv"))
    assert (pdf.code, "this is a PDF" in pdf.err) == (3, True)
    assert "one sample twice" in run("gut", "compare", pair[0], pair[0]).err
    assert "name two ids" in run("gut", "compare", *pair, "--samples", "A").err
    assert run("gut", "compare", *pair, "--samples", "A,B").code == 3
