"""Gathers the packaged evidence with the trials that the person added."""

import json
from functools import lru_cache

from noctiflora.evidence import Evidence, load, parse_addition, with_additions
from noctiflora.store import Store


def gather_evidence(store: Store | None) -> Evidence:
    """Return everything known: the packaged tables, and what stands in the store beside them.

    The same additions give the same record, so that what was pooled from it need not be pooled anew.

    Parameters
    ----------
    store : Store or None
        None for the packaged tables alone.

    Raises
    ------
    FormatError
        If a stored addition fits the schema of this version no more.
    """
    documents = () if store is None else store.evidence.list()
    if not documents:
        return load()
    return _merged(
        tuple(parse_addition(d.body, where=f"added trial {d.addition_id}").model_dump_json() for d in documents)
    )


@lru_cache(maxsize=2)
def _merged(additions: tuple[str, ...]) -> Evidence:
    parsed = tuple(parse_addition(json.loads(text), where="added trial") for text in additions)
    return with_additions(load(), parsed)
