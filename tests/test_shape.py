"""The shape of the house: first lines, sizes, doors, the test mirror, and no stray words."""

import ast
import importlib
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "noctiflora"
FILES = sorted(p for p in SOURCE.rglob("*.py") if "__pycache__" not in p.parts)
ROOMS = sorted(p for p in SOURCE.iterdir() if (p / "__init__.py").exists())
LONGEST_FILE = 500
LONGEST_FUNCTION = 60
MOST_METHODS = 12
RECORDS_ONLY = {"__init__.py", "__main__.py"}


def name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def body_length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function without its docstring."""
    assert node.end_lineno is not None
    lines = node.end_lineno - node.lineno + 1
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        assert first.end_lineno is not None
        lines -= first.end_lineno - first.lineno + 1
    return lines


@pytest.mark.parametrize("path", FILES, ids=name)
def test_first_line_says_what_the_file_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    doc = ast.get_docstring(tree)
    assert doc, "no docstring"
    first = doc.splitlines()[0]
    assert first.endswith("."), first
    assert len(first) <= 120, first


@pytest.mark.parametrize("path", FILES, ids=name)
def test_files_functions_and_classes_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert body_length(node) <= LONGEST_FUNCTION, node.name
        if isinstance(node, ast.ClassDef):
            methods = [n for n in node.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]
            assert len(methods) < MOST_METHODS, node.name


@pytest.mark.parametrize("room", ROOMS, ids=lambda p: p.name)
def test_each_room_has_one_door(room: Path) -> None:
    module = importlib.import_module(f"noctiflora.{room.name}")
    assert isinstance(module.__all__, list)
    assert sorted(module.__all__) == sorted(set(module.__all__))
    for public in module.__all__:
        assert hasattr(module, public), public
    for path in room.glob("*.py"):
        assert path.name.startswith("_"), f"{path.name} is a second door"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_door_does_nothing_but_re_export(path: Path) -> None:
    if path.name != "__init__.py":
        return
    allowed = (ast.Expr, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        assert isinstance(node, allowed), ast.dump(node)[:80]


def holds_logic(path: Path) -> bool:
    """Return whether a file has a function of its own, and so needs tests of its own."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef) for n in ast.walk(tree))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_each_file_with_logic_has_its_tests(path: Path) -> None:
    if path.name in RECORDS_ONLY or not holds_logic(path) or "migrations" in path.parts:
        return
    mirror = ROOT / "tests" / path.relative_to(SOURCE).parent / f"test_{path.stem.lstrip('_')}.py"
    assert mirror.exists(), f"write {mirror.relative_to(ROOT)}"


def test_no_drawer_for_everything() -> None:
    banned = {"utils", "util", "helpers", "common", "misc", "tools"}
    found = [name(p) for p in FILES if p.stem.strip("_") in banned or p.parent.name in banned]
    assert not found


def test_rooms_import_doors_only() -> None:
    """One room names another only by its door."""
    for path in FILES:
        own = path.relative_to(SOURCE).parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("noctiflora."):
                parts = node.module.split(".")
                inner = [p for p in parts[2:] if p.startswith("_")]
                assert parts[1] == own or not inner, f"{name(path)} reaches into {node.module}"


STRAY = re.compile(r"/(?:home|root|tmp|work|Users)/|[A-Za-z]:\\\\|-{5}BEGIN|\bTODO\b|\bFIXME\b|NotImplementedError")


def test_no_machine_path_secret_or_unfinished_mark() -> None:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    tracked = [ROOT / line for line in done.stdout.splitlines()]
    if not tracked:
        pytest.skip("not a git checkout")
    for path in tracked:
        if path == Path(__file__) or not path.is_file() or path.suffix in {".png", ".gz", ".csv"}:
            continue
        match = STRAY.search(path.read_text(encoding="utf-8", errors="replace"))
        assert match is None, f"{path.relative_to(ROOT)}: {match.group(0)!r}"
