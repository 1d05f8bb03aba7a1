"""Settings: argument before environment before default; every one is in the reference."""

from pathlib import Path

import pytest

from noctiflora.actions import SETTINGS, read_config
from noctiflora.core import RangeError

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "settings.md"


def test_argument_environment_default() -> None:
    environ = {"NOCTIFLORA_HOME": "data", "NOCTIFLORA_DB": "other.sqlite"}
    assert read_config(environ, database="third.sqlite").database == "third.sqlite"
    assert read_config(environ).database == "other.sqlite"
    assert read_config({"NOCTIFLORA_HOME": "data"}).database == str(Path("data") / "noctiflora.sqlite")
    assert read_config({}).home.name == "noctiflora"


def test_an_empty_zone_is_none_and_a_wrong_one_is_refused() -> None:
    assert read_config({"NOCTIFLORA_ZONE": ""}).zone is None
    with pytest.raises(RangeError, match="--zone"):
        read_config({}, zone_name="Nowhere/City")


@pytest.mark.parametrize("name", [name for name, _, _ in SETTINGS])
def test_every_setting_is_in_the_reference(name: str) -> None:
    assert name in REFERENCE.read_text(encoding="utf-8")
