"""The settings reach the store, and the data folder is closed to others."""

import stat
from pathlib import Path

import pytest

from noctiflora.cli._session import config, now, opened
from noctiflora.core import RangeError


def test_the_argument_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOCTIFLORA_ZONE", "Asia/Tokyo")
    assert config(zone_name="Europe/Berlin").zone == "Europe/Berlin"
    assert config().zone == "Asia/Tokyo"


def test_a_wrong_zone_names_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOCTIFLORA_ZONE", "Berlin")
    with pytest.raises(RangeError, match="NOCTIFLORA_ZONE"):
        config()


def test_the_own_folder_is_closed_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOCTIFLORA_HOME", str(tmp_path / "home"))
    with opened(None) as store:
        assert store.where.endswith("noctiflora.sqlite")
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "home" / "noctiflora.sqlite").stat().st_mode) == 0o600


def test_the_present_has_a_zone() -> None:
    assert now().utcoffset() is not None
