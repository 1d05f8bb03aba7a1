"""Whether the engine is compiled, by the compiler's cache."""

import os
from pathlib import Path

import pytest

from noctiflora.axis import _engine
from noctiflora.axis._simulate import warm
from noctiflora.axis._warm import is_warm


def test_after_a_run_it_is_warm() -> None:
    warm()
    assert is_warm()


def test_an_index_older_than_the_source_does_not_count(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    old = tmp_path / "_engine.py"
    old.write_text("")
    monkeypatch.setattr(_engine, "__file__", str(old))
    os.utime(old, (4e9, 4e9))
    assert not is_warm()
    os.utime(old, (0, 0))
    assert is_warm()
