"""The helper's kit: bottle labels, the sheet on how to pack, and the slip for the envelope."""

import datetime as dt
from dataclasses import dataclass

from noctiflora.plan import Blinding
from noctiflora.report._typeset import Label, Part, labels_pdf, sheet_pdf
from noctiflora.trial import Arm, SeasonPlan

PACKING = (
    "Wash and dry your hands; wear gloves and a mask. Work on a clean, dry table, away from children and pets.",
    "Pack everything from one batch, in one go, before the first night, and write nothing on a bottle but its label.",
    "Fill exactly as many doses into each bottle as its label says, product or look-alike, so that no bottle "
    "lasts longer.",
    "The filler must be food that the other person may eat: ask about allergies, lactose, gluten and diabetes "
    "first. Take "
    "a filler that is not fermented in the gut, such as microcrystalline cellulose in a capsule; no sugar "
    "alcohols, no fibre.",
    "Keep all bottles alike: if the product belongs in the refrigerator, so do the look-alikes. Mind the "
    "shortest expiry date.",
    "Keep the original package with leaflet and batch number; a doctor may ask for it.",
    "Do not pack for anyone with a central line, port or PICC, or in the same room: live germs are not for them.",
    "Shake, smell and look at one dose from two bottles with closed and open eyes. If you can tell them apart, "
    "so can the "
    "other: then start the trial anew as one in which the order is known.",
)
"""Rules for every form; our own packing rules (assumed: no study of blinding at home was found)."""

WHERE_NOT = (
    "A live capsule is never opened: air and damp may kill what is in it. Hide it whole in a larger, opaque "
    "capsule, and "
    "fill the rest and the look-alike with the same filler. If it does not fit, it cannot be blinded.",
    "Delayed-release or enteric capsules and tablets are never opened or crushed, alive or not.",
    "A drink or food, or 20 g of a fibre, cannot be hidden at home: do not try; a trial with a known order is the way.",
    "Nothing prescribed by a doctor is ever repacked.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What the kit is made from; nothing of the order.

    Parameters
    ----------
    plan : SeasonPlan
        The plan.
    blinding : Blinding
        Whether this option can be blinded at home.
    blinding_reason : str
        Why.
    """

    plan: SeasonPlan
    blinding: Blinding
    blinding_reason: str


def kit_labels(kit: Kit) -> bytes:
    """Return the bottle labels as PDF; neutral, for all bottles alike."""
    plan = kit.plan
    labels = []
    for i, (code, end) in enumerate(zip(plan.codes, plan.ends, strict=True)):
        first = _evening(plan, end - plan.bottle_nights + 1)
        last = _evening(plan, end)
        lines = (
            f"Bottle {i + 1} of {plan.n_bottles}",
            f"One dose each evening from {first} to {last}",
            f"{plan.bottle_nights} doses",
            "Keep out of the reach of children.",
        )
        labels.append(Label(code=code, lines=lines))
    return labels_pdf("Bottle labels", tuple(labels))


def kit_sheet(kit: Kit) -> bytes:
    """Return the helper's sheet as PDF: how to pack safely, and when not to; it does not tell the order."""
    plan = kit.plan
    doses = plan.pairs * plan.on_nights
    parts = (
        Part(
            heading="What you do",
            paragraphs=(
                "You alone know which bottle holds the product until the trial is over. The other person must "
                "not learn it "
                "from you, from this computer or from the bottles.",
            ),
            points=(
                f"{plan.option_name}, {plan.dose_value:g} {plan.dose_unit}: {doses} doses with it, "
                f"{plan.n_nights - doses} look-alikes, in {plan.n_bottles} bottles of {plan.bottle_nights} nights.",
                "In the app: Trial, Kit, Helper, your turn; or run: noctiflora trial envelope FILE.pdf on a stick of "
                "yours. Page 1 says what goes into which "
                "bottle; page 2 "
                "goes into a closed envelope for emergencies. Then remove the file.",
                "Keep the passphrase; without it nobody can open the order, and the trial ends without an answer.",
                f"Looks, with your passphrase: {', '.join(_date(plan.date_of(n)) for n in plan.looks) or 'none'}.",
                f"The last night is that of {_date(plan.last_night)}; then, in the app: Trial, Finish "
                "the trial; or: noctiflora trial lock.",
            ),
        ),
        Part(heading="Packing", points=PACKING),
        Part(
            heading="Where it is not possible",
            paragraphs=(f"This product: {kit.blinding.value}. {kit.blinding_reason}",),
            points=WHERE_NOT,
        ),
        Part(
            heading="When to open the envelope",
            points=(
                "Whenever a doctor needs to know what was taken. Call for help first, open second.",
                "Afterwards, in the app: Trial, Open the seal, with the passphrase or with what the slip says; or: "
                "noctiflora trial open --reason '...'",
            ),
        ),
        Part(
            heading="Bottles",
            rows=(("Bottle", "First evening", "Last evening"), *_bottle_rows(plan)),
        ),
        Part(
            heading="Fingerprints",
            paragraphs=(
                # The order's own fingerprint differs from seal to seal, and so would the size of this file.
                "Order, as trial status shows it; copy its first and last eight signs by hand: ________ ... ________",
                f"Plan: {plan.fingerprint().hex()}",
            ),
        ),
    )
    return sheet_pdf("For the helper", parts)


def envelope_pdf(kit: Kit, arms: tuple[Arm, ...], letters: str, nonce: str) -> bytes:
    """Return, for the helper alone, the packing list and the slip for the envelope.

    Parameters
    ----------
    kit : Kit
        The plan.
    arms : tuple of Arm
        One a bottle.
    letters, nonce : str
        The order and its random number, by which it can be checked against the fingerprint.
    """
    plan = kit.plan
    content = {Arm.PRODUCT: "product", Arm.COMPARATOR: "look-alike", Arm.RUN_IN: "nothing"}
    packing = tuple(
        (code, f"{plan.bottle_nights} doses", content[arm]) for code, arm in zip(plan.codes, arms, strict=True)
    )
    parts = (
        Part(
            heading="1. What goes into which bottle",
            paragraphs=("For the helper alone. Burn or lock away after packing.",),
            rows=(("Bottle", "Doses", "Holds"), *packing),
            page_break=True,
        ),
        Part(
            heading="2. Emergency slip: put into an envelope and close it",
            paragraphs=(f"{plan.option_name}, {plan.dose_value:g} {plan.dose_unit}. P: product, C: look-alike.",),
            rows=tuple((code, "P" if arm is Arm.PRODUCT else "C") for code, arm in zip(plan.codes, arms, strict=True)),
        ),
        Part(
            heading="To enter it: Trial, Open the seal, in the app; or noctiflora trial open --reason '...' --envelope",
            paragraphs=(f"'{letters} {nonce}'",),
        ),
    )
    return sheet_pdf("Not for the person on trial", parts)


def _bottle_rows(plan: SeasonPlan) -> tuple[tuple[str, ...], ...]:
    first = (end - plan.bottle_nights + 1 for end in plan.ends)
    return tuple(
        (code, _evening(plan, start), _evening(plan, end))
        for code, start, end in zip(plan.codes, first, plan.ends, strict=True)
    )


def _evening(plan: SeasonPlan, night: int) -> str:
    """Return the evening before a night: a night bears the date of waking up."""
    return _date(plan.date_of(night) - dt.timedelta(days=1))


def _date(date: dt.date) -> str:
    return date.isoformat()
