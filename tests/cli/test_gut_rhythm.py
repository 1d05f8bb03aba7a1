import json
from pathlib import Path

from tests.actions.test_time_series import series
from tests.cli.conftest import Run


def test_a_rhythm_is_told_or_refused(run: Run, tmp_path: Path) -> None:
    ended = run("gut", "rhythm", str(series(tmp_path / "s.csv", 3, range(0, 24, 4))), "--format", "json")
    assert ended.code == 0
    first, flat = json.loads(ended.out)
    assert (first["series"], first["n"]) == ("cortisol", 18)
    assert round(first["peak_h"], 3) == 8
    assert flat["p"] > 0.05
    assert "no cause" in run("gut", "rhythm", str(tmp_path / "s.csv")).out
    short = run("gut", "rhythm", str(series(tmp_path / "s.csv", 2, range(0, 24, 4))))
    assert (short.code, "12 clock times" in short.err or "over 2 days" in short.err) == (3, True)


def test_onset_stands_by_two_methods(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("time,melatonin\n20:00,1\n21:00,1\n22:00,1\n23:00,3\n00:00,5\n01:00,7\n")
    said = run("gut", "dlmo", str(path)).out
    assert "23:00" in said
    assert "22:00" in said
    path.write_text("time,melatonin\n20:00,1\n21:00,1\n22:00,1\n")
    ended = run("gut", "dlmo", str(path))
    assert (ended.code, "never reached" in ended.out) == (3, True)
    assert run("gut", "dlmo", str(tmp_path / "none.csv")).code == 3
