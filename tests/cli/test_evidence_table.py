"""A table of one's own at the command line: whole in every form, and refused in one sentence."""

import csv
import importlib.util
import io
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.evidence.meta.test_read import BAD, MEANS

TABLES = Path(__file__).parents[1] / "evidence" / "meta" / "tables"


def test_the_table_view_says_everything(run: Run) -> None:
    text = run("evidence", "pool", "--table", str(TABLES / "egger2001.csv")).out
    for word in ("equal effects", "DerSimonian-Laird", "Paule-Mandel", "Knapp-Hartung", "further study", "Egger", "I2"):
        assert word in text
    assert "0.5 added to every cell of: Bertschat" in text
    assert "z = -4.6686" in text


def test_csv_holds_the_forest(run: Run) -> None:
    text = run("evidence", "pool", "--table", str(TABLES / "hine1989.csv"), "--measure", "RD", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["kind"] for row in rows] == ["study"] * 6 + ["pooled"] * 5 + ["prediction"]


@pytest.mark.parametrize("name", BAD)
def test_bad_tables_end_with_one_sentence(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.csv"
    text = BAD[name][0]
    path.write_text(MEANS if text == "MEANS" else text, encoding="utf-8")
    ended = run("evidence", "pool", "--table", str(path), *(("--measure", "ROM") if text == "MEANS" else ()))
    assert ended.code == 3
    assert len(ended.err.strip().splitlines()) == 1
    assert ended.out == ""


def test_bytes_that_are_no_text(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(bytes(range(256)) * 10)
    assert run("evidence", "pool", "--table", str(path)).code == 3


@pytest.mark.skipif(importlib.util.find_spec("pymare") is not None, reason="PyMARE is installed")
def test_the_check_names_what_is_missing(run: Run) -> None:
    ended = run("evidence", "pool", "--table", str(TABLES / "bcg.csv"), "--check")
    assert ended.code == 2
    assert "noctiflora[meta]" in ended.err


def test_a_hostile_name_does_not_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("study,ai,n1i,ci,n2i\na\x1b[2J,0,10,2,10\nb,1,10,2,10\n", encoding="utf-8")
    ended = run("evidence", "pool", "--table", str(path))
    assert ended.code == 0
    assert "\x1b" not in ended.out


def test_plots_are_written_where_asked(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "studies.csv"
    table.write_text("study,y,se\nA,-0.4,0.25\nB,-0.2,0.15\nC,-0.3,0.2\n")
    ended = run("evidence", "pool", "--table", str(table), "--plots", str(tmp_path / "plots"))
    assert ended.code == 0
    for name in ("forest.svg", "funnel.svg"):
        assert (tmp_path / "plots" / name).read_text(encoding="utf-8").startswith("<svg")
    (tmp_path / "file").write_text("x")
    assert run("evidence", "pool", "--table", str(table), "--plots", str(tmp_path / "file")).code == 3
    assert run("evidence", "pool", "--plots", str(tmp_path)).code == 3
