"""Keeps what a person pays for an option."""

import difflib
from collections.abc import Mapping

from noctiflora.core import RangeError
from noctiflora.evidence import load_options
from noctiflora.store import Store

PREFIX = "cost:"
"""What the key of a setting that holds a cost begins with."""
DEAREST = 10_000.0
"""Costs beyond this a day are slips (assumed; range 1,000 to 100,000, as any currency may be meant)."""


def set_costs(store: Store, costs: Mapping[str, float | None]) -> None:
    """Keep the cost a day of options, in the person's own currency; None forgets one.

    Raises
    ------
    RangeError
        If there is no such option, or the cost is not between 0 and `DEAREST`; nothing is kept then.
    """
    for key, cost in costs.items():
        check_option(key)
        if cost is not None and not 0 <= cost <= DEAREST:
            raise RangeError(
                f"a cost a day lies between 0 and {DEAREST:g}", where=f"cost of {key}", found=str(cost), do="correct it"
            )
    store.settings.save({PREFIX + key: repr(float(cost)) for key, cost in costs.items() if cost is not None})
    for key in (key for key, cost in costs.items() if cost is None):
        store.settings.remove(PREFIX + key)


def kept_costs(store: Store) -> dict[str, float]:
    """Return the costs entered so far, by option key."""
    return {
        key.removeprefix(PREFIX): float(text) for key, text in store.settings.all().items() if key.startswith(PREFIX)
    }


def check_option(key: str) -> str:
    """Return `key` if there is such an option.

    Raises
    ------
    RangeError
        If there is none, naming the nearest.
    """
    keys = [entry.key for entry in load_options()]
    if key not in keys:
        near = difflib.get_close_matches(key, keys, n=3, cutoff=0.4)
        raise RangeError(
            "there is no such option",
            where="option",
            found=key,
            do=f"try {', '.join(near)}" if near else "see: options",
        )
    return key
