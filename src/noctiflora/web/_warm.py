"""Works out ahead, in the background, what the next page will ask for."""

import threading
import time

from noctiflora.actions import SETTLED_S, list_findings, list_nights
from noctiflora.core import NoctifloraError
from noctiflora.web._state import State


def warm(state: State) -> threading.Thread:
    """Begin to work out the nights anew; whoever asks meanwhile waits for this instead of doing it again."""
    store = state.store

    def work() -> None:
        try:
            list_nights(store)
            time.sleep(1.2 * SETTLED_S)  # before that nothing is remembered of a file just written
            list_findings(store, today=state.today())
        except NoctifloraError:
            return  # whoever asks next is told

    thread = threading.Thread(target=work, name="warm", daemon=True)
    thread.start()
    return thread
