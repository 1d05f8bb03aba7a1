"""The report of one trial after CENT 2015: every item filled, asked for, or not applicable.

CENT 2015 has 25 items in 44 parts: those of CONSORT 2010, some of them changed or added to for one person;
what each asks is said in our own words. The numbers up to item 5 were compared with the published table.
Of the later parts the table could not be seen whole: there the numbers are those of CONSORT 2010, and 6a.2,
8c, 12c, 13c and 17a.1 are where the parts for one person are taken to stand, to the published number of 44.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from noctiflora.core import RangeError

ITEMS: Mapping[str, str] = {
    "1a": "Title: that this is a trial in one person",
    "1b": "Summary of design, methods, results and conclusion",
    "2a.1": "What was known before",
    "2a.2": "Why a trial in one person",
    "2b": "The question",
    "3a": "Design: periods, their number and length, run-in and wash-out",
    "3b": "Changes after the start, with reasons",
    "4a": "The person: complaint, how it was diagnosed, other illnesses and treatments",
    "4b": "Where the data were gathered",
    "4c": "Whether this is research, and whether an ethics committee agreed",
    "5": "What was taken in each period, how and when",
    "6a.1": "Primary and secondary outcomes, how and when measured",
    "6a.2": "How well they measure",
    "6b": "Changes of outcomes, with reasons",
    "7a": "How the length was chosen",
    "7b": "Looks before the end, and rules for stopping",
    "8a": "How the order was drawn",
    "8b": "Restrictions of the order",
    "8c": "The whole order as it was meant to be",
    "9": "How the order was hidden until each period began",
    "10": "Who drew the order, and who prepared the doses",
    "11a": "Who was blinded, and how",
    "11b": "How alike product and comparator were",
    "12a": "How the arms were compared, for each outcome",
    "12b": "Further analyses",
    "12c": "Carry-over, changes over time, and nights that hang together",
    "13a": "Order and number of periods completed, and changes of what was planned; doses taken",
    "13b": "Nights lost, with reasons",
    "13c": "Periods that were ended early",
    "14a": "Dates",
    "14b": "Whether it ended early, and why",
    "15": "The person's nights before the start",
    "16": "Nights in each analysis",
    "17a.1": "Results of each period",
    "17a.2": "Result for each outcome: size of the effect and its range",
    "17b": "For yes-or-no outcomes, absolute and relative size",
    "18": "Results of further analyses; which were planned before",
    "19": "Unwanted effects",
    "20": "Limits: bias, imprecision, many looks",
    "21": "For whom else this may hold",
    "22": "What it means, with benefits against harms and other evidence",
    "23": "Registration",
    "24": "Where the protocol can be seen",
    "25": "Money and other support",
}
"""Items by number."""


class CentStatus(StrEnum):
    """What became of an item."""

    FILLED = "filled"
    ASKED = "to be filled by you"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class CentAnswer:
    """What is said to one item."""

    status: CentStatus
    text: str


def cent_text(title: str, answers: Mapping[str, CentAnswer]) -> str:
    """Return the report as Markdown, one part an item.

    Parameters
    ----------
    title : str
        Of the report.
    answers : mapping of str to CentAnswer
        By item; each item of `ITEMS` and no other.

    Raises
    ------
    RangeError
        If an item is missing, unknown or empty.

    References
    ----------
    .. [1] Vohra et al. 2015, doi:10.1136/bmj.h1738
    .. [2] Shamseer et al. 2015, doi:10.1136/bmj.h1793
    """
    odd = set(ITEMS) ^ set(answers) | {n for n, a in answers.items() if not a.text.strip()}
    if odd:
        raise RangeError("every item needs an answer", where="CENT", found=", ".join(sorted(odd)))
    lines = [
        f"# {_plain(title)}",
        "",
        "After CENT 2015 (doi:10.1136/bmj.h1738, explained in doi:10.1136/bmj.h1793), the items in our own words. Up "
        "to item 5 the numbers were compared with the published table; later ones are those of CONSORT 2010 with the "
        "parts for one person (6a.2, 8c, 12c, 13c, 17a.1) where we take them to stand. Compare them before you submit "
        "this anywhere.",
        "",
    ]
    for number, asks in ITEMS.items():
        answer = answers[number]
        lines += [f"## {number}. {asks}", "", f"*{answer.status.value}*", "", _plain(answer.text), ""]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Return text of any origin as one paragraph that Markdown does not read as a heading, link or tag."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    for sign in "\\`*_[]<>#|":
        line = line.replace(sign, f"\\{sign}")
    return line
