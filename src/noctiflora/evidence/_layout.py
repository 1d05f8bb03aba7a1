"""Which products share an effect: the groups that the model integrates, with each product's place in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from noctiflora.evidence._strain_key import Kind, StrainKey
from noctiflora.evidence._term import Term
from noctiflora.evidence.model import Group, Observation

PREBIOTIC_SD = 0.2  # SMD, spread shared by all prebiotics in place of a species'; assumed, 0.1 to 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Groups of the model and where each product stands.

    Parameters
    ----------
    groups : tuple of Group
        The empty group first, prebiotics second, then species, blends and undisclosed products with terms.
    places : mapping of str to tuple of int
        Group and strain of each product by its name.
    species : tuple
        Name of each species with a term, and the place of a further strain of it.
    untested, prebiotic : tuple of int
        Place of a strain of an untried species, and of an untried prebiotic.
    """

    groups: tuple[Group, ...]
    places: Mapping[str, tuple[int, int]]
    species: tuple[tuple[str, tuple[int, int]], ...]
    untested: tuple[int, int]
    prebiotic: tuple[int, int]


def lay_out(keys: Sequence[StrainKey], terms: Sequence[Term]) -> Layout:
    """Return the groups for these products and terms.

    A blend or an undisclosed product is a group of its own: nothing flows between a blend and its parts.
    A product without a term takes the place of a new strain of its group.
    """
    of: dict[str, list[Observation]] = {}
    for term in terms:
        of.setdefault(term.key.name, []).append(_observation(term))
    members: dict[str, list[StrainKey]] = {}
    for key in keys:
        if key.name in of:
            members.setdefault(_group_of(key), []).append(key)
    prebiotics = members.pop(Kind.PREBIOTIC, [])
    named = [("", []), (Kind.PREBIOTIC.value, prebiotics), *members.items()]
    groups, places, last = [], {}, {}
    for g, (name, inside) in enumerate(named):
        fixed = PREBIOTIC_SD if name == Kind.PREBIOTIC else None
        groups.append(Group(strains=tuple(tuple(of[k.name]) for k in inside), fixed_sd=fixed))
        last[name] = (g, len(inside))
        for s, key in enumerate(inside):
            places[key.name] = (g, s)
    for key in keys:
        places.setdefault(key.name, last.get(_group_of(key), last[""]))
    species = tuple((n, last[n]) for n, inside in members.items() if inside[0].kind is Kind.STRAIN)
    return Layout(
        groups=tuple(groups),
        places=places,
        species=species,
        untested=last[""],
        prebiotic=last[Kind.PREBIOTIC],
    )


def _group_of(key: StrainKey) -> str:
    if key.kind is Kind.PREBIOTIC:
        return Kind.PREBIOTIC
    return key.species or key.name


def _observation(term: Term) -> Observation:
    return Observation(
        low=term.low,
        high=term.high,
        se=term.se,
        selective=term.selective,
        shares_tau=term.pool_of == 0,
    )
