import math
from pathlib import Path

import pytest

from noctiflora.actions import find_onset, fit_rhythms
from noctiflora.core import FormatError, RangeError


def series(path: Path, days: int, hours: range) -> Path:
    rows = ["time,cortisol,flat"]
    for day in range(days):
        for h in hours:
            rows.append(f"2026-03-{day + 1:02d} {h:02d}:00,{10 + 4 * math.cos(2 * math.pi * (h - 8) / 24):.6f},{h % 3}")
    path.write_text("\n".join(rows))
    return path


def test_a_cosine_is_found_again(tmp_path: Path) -> None:
    done = fit_rhythms(series(tmp_path / "s.csv", 3, range(0, 24, 4)))
    assert done.names == ("cortisol", "flat")
    assert done.fit.amplitude[0] == pytest.approx(4, abs=1e-5)
    assert done.fit.acrophase_h[0] == pytest.approx(8, abs=1e-5)


@pytest.mark.parametrize(("days", "hours"), [(2, range(0, 24, 4)), (5, range(0, 20, 4))])
def test_too_few_clock_times_or_days_are_refused(tmp_path: Path, days: int, hours: range) -> None:
    with pytest.raises(RangeError, match="not assessable"):
        fit_rhythms(series(tmp_path / "s.csv", days, hours))


def test_an_evening_goes_on_past_midnight(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("time,melatonin\n20:00,1\n21:00,1\n22:00,1\n23:00,3\n00:00,5\n01:00,7\n")
    found = find_onset(path, threshold_pg_ml=3)
    assert found.threshold.hour == 23
    assert found.hockey_stick.hour == pytest.approx(22, abs=0.02)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("time\n20:00\n", "no series"),
        ("time,x\nlater,1\n", "no time"),
        ("time,x\n20:00,nan\n", "no number"),
        ("time,x\n20:00,1,2\n", "cut short or too long"),
    ],
)
def test_bad_tables_are_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "b.csv"
    path.write_text(text)
    with pytest.raises(FormatError, match=words):
        find_onset(path, threshold_pg_ml=3)
    with pytest.raises(FormatError, match="cannot be opened"):
        find_onset(tmp_path / "none.csv", threshold_pg_ml=3)
