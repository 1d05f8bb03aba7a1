"""The list of options in the order of a stated rule."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from noctiflora.core import Predictive, RangeError, UnitError
from noctiflora.evidence import OptionEntry, Reported
from noctiflora.plan._gate import stricter
from noctiflora.plan._gate_record import Door, GateReport, GateState, Scope
from noctiflora.plan._option import Blinding, Option, Standing
from noctiflora.plan._sensitive import cautions

PLAUSIBLE = 0.10
"""Below this probability of a useful effect nothing useful is expected (the rule of the verdict "does not help")."""

ORDER = (
    "What the safety questions leave open comes first, then what needs a clinician's word, then what is closed.",
    "Then measures that a guideline recommends for lasting insomnia, then other measures, then doing nothing new.",
    "Then products: first those where a useful effect is plausible, then those whose trials found no difference, then "
    "those without a result on sleep, then those without a number, then those where no useful effect is plausible.",
    "A product falls to the last group only where its expected effect differs from that of every plausible one by more "
    "than their spread; a group with no difference or no result borrows its effect from the average strain.",
    "Within a group: first what can be blinded at home, then the surer evidence, then what was tried in people, "
    "then what is less trouble, then what costs you less (a cost you have not entered counts as nothing), then by "
    "name. Trials that found no difference do not move a product up.",
)
"""The rule of order, as shown beside the list."""

_DOORS = (Door.OPEN, Door.CLINICIAN, Door.CLOSED)
_BLINDING = (Blinding.YES, Blinding.HARD, Blinding.NO, Blinding.NOT_KNOWN)
_STANDINGS = tuple(Standing)
_STRAINS = (Scope.LIVE, Scope.KILLED)


def rank(
    entries: Sequence[OptionEntry],
    gates: GateReport,
    *,
    effects: Mapping[str, Predictive],
    useful: float,
    default_effect: Predictive | None = None,
    certainty: Mapping[str, int] | None = None,
    costs: Mapping[str, float] | None = None,
) -> tuple[Option, ...]:
    """Return all options, each with its standing, in the order of `ORDER`.

    Nothing is left out: what is closed stands last with its reason.

    Parameters
    ----------
    entries : sequence of OptionEntry
        The table of options.
    gates : GateReport
        What the safety questions leave open.
    effects : mapping of str to Predictive
        Expected effect for a new person by option key or by the key of the pooled evidence; all in
        one outcome and unit.
    useful : float
        Smallest change worth it, in that unit, towards the better.
    default_effect : Predictive, optional
        Effect to expect of a strain that is not in `effects`; never used for anything but strains.
    certainty : mapping of str to int, optional
        Computed grades 0 to 4 by either key; the table's own grade stands where there is none.
    costs : mapping of str to float, optional
        What the person pays a day, by option key, in their own currency.

    Returns
    -------
    tuple of Option
        One per entry.

    Raises
    ------
    UnitError
        If the effects are not all of one outcome and unit.
    RangeError
        If a cost is negative or no number.

    Notes
    -----
    Expected effects decide the group alone, never the order within it. A product falls out of the
    plausible group only if its probability of a useful effect is below `PLAUSIBLE` and its mean
    differs from that of every plausible product by at least the larger of the two spreads. A product
    that would be plausible by its expected effect alone stands apart where its own trials found no
    difference, or told nothing on sleep.
    """
    expected = {entry.key: _effect(entry, effects, default_effect) for entry in entries}
    _check_units([effect for effect in expected.values() if effect is not None])
    plausible = _plausible({key: effect for key, effect in expected.items() if effect is not None}, useful)
    _check_costs(costs or {})
    options = [
        _option(entry, gates, expected[entry.key], _standing(entry, expected[entry.key], plausible), certainty or {})
        for entry in entries
    ]
    priced = [replace(option, cost=(costs or {}).get(option.key)) for option in options]
    return tuple(sorted(priced, key=_place))


def messages(gates: GateReport, scope: Scope, tags: Sequence[str] = (), *, door: Door = Door.OPEN) -> tuple[str, ...]:
    """Return what gates that fired say of `scope` or `tags`, of those that leave it at `door`.

    Parameters
    ----------
    gates : GateReport
        The report.
    scope : Scope
        Kind of thing to try.
    tags : sequence of str
        Its properties.
    door : Door
        OPEN for warnings and notes; the other doors give reasons.
    """
    said = (
        state.message
        for state in gates.states
        if state.message and _touches(state, scope, tags) and _state_door(state, scope, tags) is door
    )
    return tuple(dict.fromkeys(said))


def _effect(
    entry: OptionEntry, effects: Mapping[str, Predictive], default_effect: Predictive | None
) -> Predictive | None:
    for key in (entry.key, entry.evidence_key):
        if key and key in effects:
            return effects[key]
    return default_effect if Scope(entry.kind.value) in _STRAINS else None


def _check_costs(costs: Mapping[str, float]) -> None:
    for key, cost in costs.items():
        if not math.isfinite(cost) or cost < 0:
            raise RangeError("a cost is 0 or more", where=f"cost of {key}", found=str(cost), do="enter the price a day")


def _check_units(effects: Sequence[Predictive]) -> None:
    kinds = {(effect.outcome, effect.unit, effect.higher_is_better) for effect in effects}
    if len(kinds) > 1:
        found = " and ".join(sorted({f"{outcome} in {unit}" for outcome, unit, _ in kinds}))
        raise UnitError(
            "effects can be compared in one outcome and unit only",
            where="effects",
            found=found,
            do="convert them to one outcome first",
        )


def _plausible(effects: Mapping[str, Predictive], useful: float) -> frozenset[str]:
    """Return the keys whose useful effect is plausible, or not told apart from one that is."""
    inside = {key for key, effect in effects.items() if effect.p_better_than(useful) >= PLAUSIBLE}
    fringe = set(inside)
    while fringe:
        fringe = {
            key
            for key in effects.keys() - inside
            if any(not _differ(effects[key], effects[member]) for member in fringe)
        }
        inside |= fringe
    return frozenset(inside)


def _differ(first: Predictive, second: Predictive) -> bool:
    return abs(first.mean - second.mean) >= max(first.sd, second.sd)


def _standing(entry: OptionEntry, effect: Predictive | None, plausible: frozenset[str]) -> Standing:
    if entry.guideline:
        return Standing.GUIDELINE
    if entry.blinding.form == "nothing":
        return Standing.NOTHING
    if Scope(entry.kind.value) in (Scope.BEHAVIOUR, Scope.SLEEP_RESTRICTION):
        return Standing.MEASURE
    if effect is not None and entry.key not in plausible:
        return Standing.NOT_PLAUSIBLE
    if entry.reported is Reported.NULL:
        return Standing.NO_DIFFERENCE
    if effect is None:
        return Standing.NO_NUMBER
    return Standing.NO_RESULT if entry.reported is Reported.NONE else Standing.PLAUSIBLE


def _option(
    entry: OptionEntry,
    gates: GateReport,
    effect: Predictive | None,
    standing: Standing,
    certainty: Mapping[str, int],
) -> Option:
    kind = Scope(entry.kind.value)
    tags = tuple(tag.value for tag in entry.tags)
    door = gates.doors[kind]
    for tag in tags:
        door = stricter(door, gates.tags.get(tag, Door.OPEN))
    grade = certainty.get(entry.key, certainty.get(entry.evidence_key, entry.certainty))
    own = cautions(entry, gates)
    return Option(
        key=entry.key,
        name=entry.name,
        kind=kind,
        tags=tags,
        door=door,
        door_reason=_reason(gates, kind, tags, door),
        warnings=() if gates.crisis else (*messages(gates, kind, tags), *(caution.text for caution in own)),
        dose=entry.dose,
        known=entry.known,
        not_known=entry.not_known,
        effect=effect,
        blinding=Blinding(entry.blinding.blinding.value),
        blinding_reason=entry.blinding.reason,
        certainty=grade,
        sources=(
            *entry.sources,
            *entry.blinding.sources,
            *(effect.sources if effect else ()),
            *(source for caution in own for source in caution.sources),
        ),
        standing=standing,
        n_trials=len(entry.trial_ids),
        n_people=entry.n_people,
        burden=entry.blinding.burden,
        reported=entry.reported.value,
    )


def _touches(state: GateState, scope: Scope, tags: Sequence[str]) -> bool:
    return scope in state.doors or any(tag in state.tags for tag in tags)


def _state_door(state: GateState, scope: Scope, tags: Sequence[str]) -> Door:
    door = state.doors.get(scope, Door.OPEN)
    for tag in tags:
        door = stricter(door, state.tags.get(tag, Door.OPEN))
    return door


_WAITING: Mapping[bool, str] = MappingProxyType(
    {
        True: "One safety question about this is still to be answered.",
        False: "{count} safety questions about this are still to be answered.",
    }
)


def _reason(gates: GateReport, scope: Scope, tags: Sequence[str], door: Door) -> str:
    """Return why the door is not open, in whole sentences."""
    if door is Door.OPEN:
        return ""
    if gates.crisis:
        return next(state.message for state in gates.states if state.urgency == "crisis")
    said = list(messages(gates, scope, tags, door=door))
    waiting = sum(
        state.reply is None and _touches(state, scope, tags) and _state_door(state, scope, tags) is Door.CLOSED
        for state in gates.states
    )
    if door is Door.CLOSED and waiting:
        said.append(_WAITING[waiting == 1].format(count=waiting))
    return " ".join(said)


def _place(option: Option) -> tuple[tuple[float, ...], str]:
    return (
        (
            _DOORS.index(option.door),
            _STANDINGS.index(option.standing),
            _BLINDING.index(option.blinding),
            1 if option.reported == Reported.NULL.value else -option.certainty,
            0 if option.n_trials else 1,
            option.burden,
            option.cost or 0.0,
        ),
        option.name.casefold(),
    )
