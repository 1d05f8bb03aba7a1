from pathlib import Path

from tests.cli.conftest import Run
from tests.gut.read.documents import PLAIN


def test_a_file_may_stand_where_a_command_is_expected(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(PLAIN)
    short, long = run("gut", str(tmp_path / "mine.csv")), run("gut", "read", str(tmp_path / "mine.csv"))
    assert short.code == long.code == 0
    assert short.out == long.out
    assert "score" in run("gut", "--help").out
