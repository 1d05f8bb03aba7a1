import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.gut.test_guilds import USUAL


def test_a_scenario_with_its_range_and_the_commands_to_run_it(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("genus,count\n" + "\n".join(f"{k},{v}" for k, v in USUAL.items()))
    said = run("gut", "guilds", str(path), "--region", "V4", "--age", "40").out
    assert said.count("noctiflora axis simulate --set setB=") == 3
    assert "A scenario, not a finding" in said
    found = json.loads(run("gut", "guilds", str(path), "--region", "V4", "--format", "json").out)
    assert found["scenario"] == "stool test"
    assert found["low"]["setB"] <= found["middle"]["setB"] <= found["high"]["setB"]
    assert run("gut", "guilds", str(path), "--region", "V4", "--format", "csv").out.startswith("parameter,guild")
    settings = [f"--set={k}={v}" for k, v in found["middle"].items()]
    assert run("axis", "simulate", *settings, "--weeks", "1", "--format", "json").code == 0


def test_without_a_place_or_a_file_it_says_why(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("genus,count\nBlautia,9000\n")
    ended = run("gut", "guilds", str(path))
    assert (ended.code, "sequenced region" in ended.err) == (3, True)
    empty = run("gut", "guilds", "--db", str(tmp_path / "n.db"))
    assert (empty.code, "no stool test is kept" in empty.err) == (3, True)
    (tmp_path / "x.csv").write_bytes(b"%PDF-1.4")
    assert "this is a PDF" in run("gut", "guilds", str(tmp_path / "x.csv")).err
