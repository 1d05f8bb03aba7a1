"""Works out ahead, in the background, what the next page will ask for."""

import threading

from noctiflora.actions import list_findings, list_nights
from noctiflora.core import NoctifloraError
from noctiflora.web._state import State


def warm(state: State) -> threading.Thread:
    """Begin to work out the nights anew; whoever asks meanwhile waits for this instead of doing it again."""
    store = state.store

    def work() -> None:
        try:
            list_nights(store)
            list_findings(store, today=state.today())
        except NoctifloraError:
            return  # whoever asks next is told

    thread = threading.Thread(target=work, name="warm", daemon=True)
    thread.start()
    return thread
