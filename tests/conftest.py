"""Shared set-up of the tests: where the sample folder is, and how many rounds a campaign runs."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from tests import postgres

settings.register_profile(
    "noctiflora", deadline=None, print_blob=False, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("noctiflora")

REPOSITORY = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the full counts of campaigns to ``make test-all``."""
    if os.environ.get("NOCTIFLORA_FULL") == "1":
        return
    skip = pytest.mark.skip(reason="full count of a campaign: run by make test-all")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of sample files beside the checkout, or skip the test by name."""
    folder = REPOSITORY.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder of sample files is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Return the address of a real PostgreSQL server, started when the first test asks for it."""
    with postgres.server() as uri:
        yield uri


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield Debian's Chromium; where there is none, skip by name, or fail in CI."""
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no browser: install the package chromium")
        pytest.skip("no browser: Chromium is not installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"], headless=True
        )
        yield started
        started.close()
