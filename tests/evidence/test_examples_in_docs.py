"""The examples in the room's docstrings give what they show."""

import doctest
import importlib
import pkgutil

import pytest

import noctiflora.evidence

MODULES = [m.name for m in pkgutil.walk_packages(noctiflora.evidence.__path__, "noctiflora.evidence.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
