"""The settings, read once: environment, then default."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from noctiflora.core import RangeError, zone

SETTINGS: tuple[tuple[str, str, str], ...] = (
    ("NOCTIFLORA_HOME", "the platform's data folder", "Folder that holds the database and its backups."),
    ("NOCTIFLORA_DB", "noctiflora.sqlite in that folder", "Database file or address; --db goes before it."),
    ("NOCTIFLORA_ZONE", "none", "Time zone of records that name none, such as Europe/Berlin; --zone goes before it."),
)
"""Every setting: name, default, help; the reference page lists them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of one run.

    Parameters
    ----------
    home : Path
        Data folder.
    database : str
        File path or database address.
    zone : str or None
        Time zone for records that carry none.
    """

    home: Path
    database: str
    zone: str | None


def read_config(environ: Mapping[str, str], *, database: str | None = None, zone_name: str | None = None) -> Config:
    """Return the settings; arguments go before the environment, the environment before defaults.

    Raises
    ------
    RangeError
        If the time zone is not one.

    Examples
    --------
    >>> read_config({"NOCTIFLORA_HOME": "data"}).database.endswith("noctiflora.sqlite")
    True
    """
    folder = environ.get("NOCTIFLORA_HOME")
    home = Path(folder) if folder else _platform_folder()
    name = zone_name or environ.get("NOCTIFLORA_ZONE") or None
    if name is not None:
        _check_zone(name, "--zone" if zone_name else "NOCTIFLORA_ZONE")
    return Config(
        home=home,
        database=database or environ.get("NOCTIFLORA_DB") or str(home / "noctiflora.sqlite"),
        zone=name,
    )


def _check_zone(name: str, where: str) -> None:
    try:
        zone(name)
    except RangeError as error:
        raise RangeError(error.what, where=where, found=error.found, do=error.do) from None


def _platform_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("noctiflora", appauthor=False)
