"""Adds new trials and shared personal trials to the evidence, and shows how the pooled result moves."""

import hashlib
from dataclasses import dataclass

from noctiflora.actions._gather_evidence import gather_evidence, own_share_ids
from noctiflora.evidence import (
    Evidence,
    NewPersonal,
    NewPooled,
    NewTrial,
    Refused,
    StrainKey,
    addition_key,
    grade,
    load,
    pool,
    read_additions,
    with_additions,
)
from noctiflora.store import AdditionDocument, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What was said of a product at one time (SMD, negative = better)."""

    mean: float
    sd: float
    p_benefit: float
    n_trials: int
    certainty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """How what is said of a product moved.

    Parameters
    ----------
    label : str
        Product.
    added : tuple of str
        Ids of the additions about it; empty where it moved with others.
    before, after : State
        What was and what is said.
    """

    label: str
    added: tuple[str, ...]
    before: State
    after: State


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedEvidence:
    """What came of a file of additions.

    Parameters
    ----------
    accepted : tuple of NewTrial, NewPersonal or NewPooled
        What was taken.
    refused : tuple of Refused
        What was not, with field and reason.
    moves : tuple of Move
        The products of the additions, then an untested strain and the other product that moved most.
    kept : bool
        Whether it was saved.
    """

    accepted: tuple[NewTrial | NewPersonal | NewPooled, ...]
    refused: tuple[Refused, ...]
    moves: tuple[Move, ...]
    kept: bool


def add_evidence(store: Store, data: bytes, *, file: str, keep: bool = True) -> AddedEvidence:
    """Check a file of additions, keep what fits with its provenance, and compare before with after.

    Parameters
    ----------
    store : Store
        Where additions are kept.
    data : bytes
        The file.
    file : str
        Its name, for messages and provenance.
    keep : bool
        Whether to save; else only the comparison is made.

    Raises
    ------
    FormatError
        If the file is no such document.
    """
    text = data.decode("utf-8", errors="replace")
    found = read_additions(text, load(), where=file)
    before = gather_evidence(store)
    # the person's own summary may lie in the store, but moves nothing of their own
    own = own_share_ids(store)
    after = with_additions(before, tuple(a for a in found.accepted if a.id not in own))
    moves = _moves(before, after, found.accepted)
    if keep and found.accepted:
        bodies = {a.id: a.model_dump(mode="json") for a in found.accepted}
        store.evidence.save(bodies, file=file, sha256=hashlib.sha256(data).hexdigest())
    return AddedEvidence(
        accepted=found.accepted, refused=found.refused, moves=moves, kept=keep and bool(found.accepted)
    )


def list_added(store: Store) -> tuple[AdditionDocument, ...]:
    """Return what was added, with its provenance."""
    return store.evidence.list()


def remove_added(store: Store, addition_id: str) -> bool:
    """Forget one addition; return whether there was one."""
    return store.evidence.remove(addition_id)


def _moves(
    before: Evidence, after: Evidence, additions: tuple[NewTrial | NewPersonal | NewPooled, ...]
) -> tuple[Move, ...]:
    if not additions:
        return ()
    by_key: dict[str, tuple[StrainKey, list[str]]] = {}
    for addition in additions:
        key = addition_key(addition)
        by_key.setdefault(key.name, (key, []))[1].append(addition.id)
    was, now = pool(before), pool(after)
    moves = [
        Move(label=key.label, added=tuple(ids), before=_state(before, key), after=_state(after, key))
        for key, ids in by_key.values()
    ]
    untested = StrainKey(name=was.untested.key.name, kind=was.untested.key.kind)
    moves.append(
        Move(label="an untested strain", added=(), before=_state(before, untested), after=_state(after, untested))
    )
    others = [s for s in was.strains if s.key.name not in by_key]
    most = max(others, key=lambda s: abs(now.of(s.key).effect.mean - s.effect.mean))
    moves.append(
        Move(
            label=f"{most.label} (moved most of the others)",
            added=(),
            before=_state(before, most.key),
            after=_state(after, most.key),
        )
    )
    return tuple(moves)


def _state(evidence: Evidence, key: StrainKey) -> State:
    strain = pool(evidence).of(key)
    return State(
        mean=strain.effect.mean,
        sd=strain.effect.sd,
        p_benefit=strain.p_benefit,
        n_trials=strain.n_trials,
        certainty=grade(evidence, strain).certainty.value,
    )
