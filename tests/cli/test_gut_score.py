import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

MODULES = "M1\tboth\nK00001\nK00002\tCOG0001\n///\nM2\tnever\nCOG0002\n///\nM3\tabsent\nK00009\n"
TABLE = "id\tA\tB\nK00001\t2\t0\nK00002\t4\t0\nUNMAPPED\t1\t0\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "m.txt").write_text(MODULES)
    (tmp_path / "t.tsv").write_text(TABLE)
    return str(tmp_path / "t.tsv"), str(tmp_path / "m.txt")


def test_the_contract(run: Run, files: tuple[str, str]) -> None:
    ended = run("gut", "score", files[0], "--modules", files[1], "--format", "json")
    assert ended.code == 0
    assert json.loads(ended.out)["samples"] == {
        "A": {
            "M1": {"score": 3.0, "coverage": 1.0, "status": "scored"},
            "M2": {"score": None, "coverage": None, "status": "not measurable"},
            "M3": {"score": 0.0, "coverage": 0.0, "status": "absent"},
        },
        "B": {m: {"score": None, "coverage": None, "status": "not measurable"} for m in ("M1", "M2", "M3")},
    }


def test_the_table_says_what_cannot_be_seen(run: Run, files: tuple[str, str]) -> None:
    said = run("gut", "score", files[0], "--modules", files[1]).out
    assert "Cannot be measured from this table, whatever the sample holds: M2." in said
    assert "Between 85.7 and 85.7 % of each sample" in said
    assert "may be under-counted" in said
    lines = run("gut", "score", files[0], "--modules", files[1], "--format", "csv").out.splitlines()
    assert lines[1].startswith("A,M1,both,3.0,1.0,scored")


def test_options_reach_the_score(run: Run, files: tuple[str, str]) -> None:
    said = run("gut", "score", files[0], "--modules", files[1], "--estimator", "sum", "--format", "json").out
    assert json.loads(said)["samples"]["A"]["M1"]["score"] == 6.0
    assert run("gut", "score", files[0], "--modules", files[1], "--estimator", "mode").code == 3
    assert run("gut", "score", files[0], "--modules", files[1], "--cutoff", "7").code == 3


def test_without_a_file_our_own_modules_are_scored(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("id\tA\nK01580\t2\nK00002\t4\n")
    found = json.loads(run("gut", "score", str(tmp_path / "t.tsv"), "--format", "json").out)["samples"]["A"]
    assert found["NS01"] == {"score": 2.0, "coverage": 1.0, "status": "scored"}
    assert found["NS05"]["status"] == "absent"
