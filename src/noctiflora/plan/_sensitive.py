"""Warnings on one option that rest on what a person answered, or has not answered yet."""

from dataclasses import dataclass

from noctiflora.core import Source
from noctiflora.evidence import OptionEntry, OptionTag
from noctiflora.plan._gate_record import GateReport, Scope

HISTAMINE = frozenset({"S09"})
"""Questions on not tolerating histamine."""
GAS = frozenset({"S08", "S11"})
"""Questions on overgrowth with gas and bloating, and on irritable bowel."""
MANIA, EYES = "S31", "S54"
"""Questions on mania, and on eyes or skin sensitive to light."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """One warning with what it rests on."""

    text: str
    sources: tuple[Source, ...]


_UNTESTED = Caution(
    text=(
        "You may not tolerate histamine. Some strains make it in culture, others do not; whether this product does was "
        "not tested in any page we read. Start low, and stop if you flush or get a headache."
    ),
    sources=(
        Source(ref="https://pubag.nal.usda.gov/catalog/546481", note="strains in culture: some make it, some do not"),
        Source(ref="10.3390/nu14091774", note="more histamine makers in stool of people who do not tolerate it"),
    ),
)
_SLOWLY = Caution(
    text=(
        "Your gut may answer fibre with gas. How much people bear depends on the kind: over 103 trials the lowest "
        "amount advised was 3.75 g a day. Start with a quarter of the dose and raise it slowly."
    ),
    sources=(
        Source(ref="10.1093/advances/nmac094", note="103 trials in adults without bowel disease"),
        Source(ref="assumed", note="start at a quarter, range a quarter to a half; no source gives a run-up"),
    ),
)
_GENTLE = Caution(
    text=(
        "This kind is gentler than most: in a trial of 108 people with irritable bowel, 6 g of it a day brought less "
        "bloating than placebo."
    ),
    sources=(Source(ref="10.1186/s12986-016-0070-5", note="abstract"),),
)

_ASK_MANIA = Caution(
    text="Ask first about mania: until that question is answered, the part with less time in bed stays closed.",
    sources=(Source(ref="PMC4185309", note="too little sleep can set off mania; at least 6.5 hours in bed"),),
)
_ASK_LIGHT = Caution(
    text="Before you use a bright lamp, answer the questions on mania and on sensitive eyes that are still open.",
    sources=(
        Source(ref="PMC6405415", note="protection against a switch to mania asked for"),
        Source(ref="PMID 7832227", note="checks of the eyes advised for some"),
    ),
)


def cautions(entry: OptionEntry, gates: GateReport) -> tuple[Caution, ...]:
    """Return the warnings on one option that a person's answers, or their lack, call for.

    Nothing is said of a strain that was not seen for that strain: that its species can make
    histamine is no finding about the product.

    Parameters
    ----------
    entry : OptionEntry
        The option.
    gates : GateReport
        A question that fired (yes or not sure) calls for its warnings; none in a crisis.
    """
    if gates.crisis:
        return ()
    fired = {state.gate_id for state in gates.states if state.message}
    found: list[Caution] = []
    kind = Scope(entry.kind.value)
    if fired & HISTAMINE and kind is Scope.LIVE and OptionTag.FERMENTED not in entry.tags:
        found.append(_UNTESTED)
    if fired & GAS and kind is Scope.FIBRE:
        found.append(_SLOWLY)
        if entry.key == "phgg":
            found.append(_GENTLE)
    return (*found, *_unasked(entry, gates))


def _unasked(entry: OptionEntry, gates: GateReport) -> tuple[Caution, ...]:
    """Return the notes on questions to answer first, where they leave the option open meanwhile."""
    found = []
    if OptionTag.RESTRICTS_SLEEP in entry.tags and MANIA in gates.unanswered:
        found.append(_ASK_MANIA)
    if OptionTag.BRIGHT_LIGHT in entry.tags and {MANIA, EYES} & set(gates.unanswered):
        found.append(_ASK_LIGHT)
    return tuple(found)
