"""Counts of 100 people for each option: how many gain the useful amount, how many lose it."""

import datetime as dt
from collections.abc import Mapping

from noctiflora.actions._gather_evidence import gather_evidence
from noctiflora.actions._list_options import OptionList
from noctiflora.actions._remember import change_stamp, remember
from noctiflora.evidence import Chances, addition_key, chance_range, load_options, parse_addition
from noctiflora.store import Store


def option_chances(store: Store, offered: OptionList) -> Mapping[str, Chances]:
    """Return the shares of people, by option key, for every option with an expected effect.

    Parameters
    ----------
    store : Store
        Holds what was added to the evidence.
    offered : OptionList
        From `list_options` of the same store.
    """
    what = ("option chances", offered.outcome, offered.instrument, offered.useful)
    return remember(store, what, change_stamp(store), lambda: _counted(store, offered))


def _counted(store: Store, offered: OptionList) -> Mapping[str, Chances]:
    evidence = gather_evidence(store)
    known = {entry.key: entry.evidence_key for entry in load_options()}
    by_product: dict[str | None, Chances] = {}
    for option in offered.options:
        product = known.get(option.key) or None
        if option.effect is not None and product not in by_product:
            by_product[product] = chance_range(evidence, product, offered.outcome, offered.instrument, offered.useful)
    return {o.key: by_product[known.get(o.key) or None] for o in offered.options if o.effect is not None}


def option_updates(store: Store) -> Mapping[str, dt.date]:
    """Return the day on which the person last added evidence of an option, by option key."""
    days: dict[str, dt.date] = {}
    for document in store.evidence.list():
        name = addition_key(parse_addition(document.body, where=f"added trial {document.addition_id}")).name
        days[name] = max(days.get(name, dt.date.min), document.at.date())
    return {e.key: days[e.evidence_key] for e in load_options() if e.evidence_key in days}
