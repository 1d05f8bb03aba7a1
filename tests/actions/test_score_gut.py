from pathlib import Path

import pytest

from noctiflora.actions import score_gut
from noctiflora.core import FormatError
from noctiflora.gut import Status

MODULES = "M1\tboth\nK00001\nK00002\n///\nM2\tother catalogue\nCOG0001\n"


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    path = tmp_path / "modules.txt"
    path.write_text(MODULES)
    return path


def test_rows_that_no_module_names_still_tell_the_catalogue(tmp_path: Path, modules: Path) -> None:
    table = tmp_path / "table.tsv"
    table.write_text("id\tA\nK00001\t2\nK00002\t4\nCOG0002\t1\n")
    done = score_gut(table, modules)
    assert done.scores.scores[0, 0] == 3.0
    assert done.scores.status(1, 0) is Status.ABSENT
    table.write_text("id\tA\nK00001\t2\nK00002\t4\n")
    assert score_gut(table, modules).scores.status(1, 0) is Status.NOT_MEASURABLE


def test_files_that_cannot_be_opened_or_read(tmp_path: Path, modules: Path) -> None:
    with pytest.raises(FormatError, match="cannot be opened"):
        score_gut(tmp_path / "none", modules)
    with pytest.raises(FormatError, match="cannot be opened"):
        score_gut(modules, tmp_path / "none")
    (tmp_path / "bad").write_bytes(b"\xff\xfe")
    with pytest.raises(FormatError, match="UTF-8"):
        score_gut(modules, tmp_path / "bad")
