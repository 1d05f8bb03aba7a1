"""Gathers the packaged evidence with the trials that the person added."""

import json
from functools import lru_cache

from noctiflora.evidence import Evidence, load, parse_addition, with_additions
from noctiflora.store import Store


def gather_evidence(store: Store | None) -> Evidence:
    """Return everything known: the packaged tables, and what others found that stands in the store beside them.

    Summaries of this person's own trials are left out: their nights are in the person's own result, and
    must not come back as the evidence of others. The same additions give the same record, so that what was
    pooled from it need not be pooled anew.

    Parameters
    ----------
    store : Store or None
        None for the packaged tables alone.

    Raises
    ------
    FormatError
        If a stored addition fits the schema of this version no more.
    """
    own = frozenset[str]() if store is None else own_share_ids(store)
    documents = () if store is None else [d for d in store.evidence.list() if d.addition_id not in own]
    if not documents:
        return load()
    return _merged(
        tuple(parse_addition(d.body, where=f"added trial {d.addition_id}").model_dump_json() for d in documents)
    )


def own_share_ids(store: Store) -> frozenset[str]:
    """Return the ids under which this person's own seasons are shared, as they stand in the store."""
    found = (d.body.get("share_id") for d in store.trials.list())
    return frozenset(str(one) for one in found if one)


@lru_cache(maxsize=2)
def _merged(additions: tuple[str, ...]) -> Evidence:
    parsed = tuple(parse_addition(json.loads(text), where="added trial") for text in additions)
    return with_additions(load(), parsed)
