"""Finding the product that a name means."""

import difflib
import re
from functools import lru_cache
from types import MappingProxyType

from noctiflora.core import RangeError
from noctiflora.evidence._evidence import Evidence
from noctiflora.evidence._selection import select
from noctiflora.evidence._strain_key import Kind, StrainKey, key_of_strain, key_of_trial, single
from noctiflora.evidence.rows import StrainRow


def find_product(evidence: Evidence, name: str) -> StrainKey:
    """Return the product that `name` means: its key, strain id, synonym or product name, in any case.

    Parameters
    ----------
    evidence : Evidence
        See `load`.
    name : str
        For example ``"1714"``, ``"LcS"`` or ``"Lactobacillus plantarum PS128"``. A strain that is not listed is
        recognised by ``Genus species id`` and takes the result of its species.

    Raises
    ------
    RangeError
        If no product is meant, or more than one; the message names the nearest.

    Examples
    --------
    >>> from noctiflora.evidence import load
    >>> find_product(load(), "HT-PS150").name
    'Limosilactobacillus fermentum PS150'
    """
    index = _index(evidence)
    found = index.get(_plain(name), ())
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        raise RangeError(
            "this name means more than one product",
            where="strain",
            found=name,
            do="name one of: " + ", ".join(key.label for key in found),
        )
    new = single(name)
    if new is not None:
        return new
    near = difflib.get_close_matches(_plain(name), list(index), n=3, cutoff=0.6)
    raise RangeError(
        "no product of this name is known",
        where="strain",
        found=name,
        do="did you mean " + " or ".join(near) + "?" if near else "write it as: Genus species id",
    )


@lru_cache(maxsize=4)
def _index(evidence: Evidence) -> MappingProxyType[str, tuple[StrainKey, ...]]:
    """Return the keys under every spelling; a full key always means itself."""
    spellings: dict[str, dict[str, StrainKey]] = {}
    own: dict[str, StrainKey] = {}
    products: dict[str, dict[str, StrainKey]] = {}
    trial_keys = {key.name: key for key in select(evidence).keys}
    for key in trial_keys.values():
        own[_plain(key.name)] = own[_plain(key.label)] = key
    by_trial = {row.trial_id: key_of_trial(row) for row in evidence.trials}
    for row in evidence.strains:
        row_key = key_of_strain(row) or _undisclosed(row, by_trial, trial_keys)
        if row_key is None:
            continue
        own.setdefault(_plain(row_key.name), row_key)
        own.setdefault(_plain(row_key.label), row_key)
        if row_key.has_known_id or row_key.kind is Kind.UNDISCLOSED:
            for spelling in (row.strain_id, *_parts(row.synonyms)):
                spellings.setdefault(_plain(spelling), {})[row_key.name] = row_key
            for product in _parts(row.products):
                products.setdefault(_plain(product), {})[row_key.name] = row_key
    for product, keys in products.items():
        spellings.setdefault(product, {}).update(_one_blend(keys, trial_keys))
    out = {s: tuple(keys[n] for n in sorted(keys)) for s, keys in spellings.items() if s}
    out.update({s: (key,) for s, key in own.items()})
    return MappingProxyType(out)


def _undisclosed(
    row: StrainRow, by_trial: dict[str, StrainKey | None], trial_keys: dict[str, StrainKey]
) -> StrainKey | None:
    """Return the key of a disclosed name of an undisclosed blend: that of its first trial about sleep."""
    keys = [by_trial.get(trial) for trial in _parts(row.trial_ids)]
    return next((k for k in keys if k is not None and k.name in trial_keys), None)


def _one_blend(keys: dict[str, StrainKey], trial_keys: dict[str, StrainKey]) -> dict[str, StrainKey]:
    """Return the blend of just these strains where a trial tested it, else the strains."""
    blend = trial_keys.get(";".join(sorted(keys))) if len(keys) > 1 else None
    return {blend.name: blend} if blend is not None else keys


def _parts(cell: str | None) -> list[str]:
    without = re.sub(r"\s*\([^)]*\)", "", cell or "")
    return [part.strip() for part in without.split(";") if part.strip()]


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
