"""Working ahead."""

from pathlib import Path

from noctiflora.actions import list_nights
from noctiflora.web._warm import warm
from tests.web.conftest import make


def test_the_next_page_finds_the_nights_worked_out(filled: Path) -> None:
    state = make(filled).state.noctiflora
    warm(state).join(20)
    assert list_nights(state.store) is list_nights(state.store)
    state.shelf.put_away()


def test_trouble_is_left_to_who_asks_next(filled: Path) -> None:
    state = make(filled).state.noctiflora
    _ = state.store
    filled.unlink()
    warm(state).join(20)
    state.shelf.put_away()
