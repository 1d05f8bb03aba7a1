"""The questionnaires that may be shipped, as packaged records."""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from noctiflora.core import FormatError, RangeError, Source, SourceMissing

QUESTIONNAIRES = ("phq9", "gad7")
"""Keys of the instruments whose owner permits anybody to show them; see the README beside the data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """One instrument in its published English wording.

    Parameters
    ----------
    key, name, about : str
        Identity, name, what it asks about.
    lead : str
        The sentence above the items.
    items : tuple of str
        As printed.
    choices : tuple of str
        Answers, counting 0, 1, 2 and so on.
    most_missing : int
        Most answers that may be missing from a score (assumed; range 0 to 3).
    crisis_item : int or None
        Item, counted from 1, of which any answer above 0 calls for help at once.
    attribution : str
        Owner and permission, shown whenever the items are.
    sources : tuple of Source
        Where wording and permission were read.
    """

    key: str
    name: str
    about: str
    lead: str
    items: tuple[str, ...]
    choices: tuple[str, ...]
    most_missing: int
    crisis_item: int | None
    attribution: str
    sources: tuple[Source, ...]


@lru_cache(maxsize=len(QUESTIONNAIRES))
def load_questionnaire(key: str) -> Questionnaire:
    """Return one packaged instrument.

    Parameters
    ----------
    key : str
        One of `QUESTIONNAIRES`.

    Raises
    ------
    RangeError
        If no such instrument is shipped.
    FormatError
        If the packaged file is damaged.

    Examples
    --------
    >>> load_questionnaire("gad7").items[3]
    'Trouble relaxing'
    """
    if key not in QUESTIONNAIRES:
        raise RangeError(
            "this questionnaire is not asked here",
            where="questionnaire",
            found=key,
            do="use one of " + ", ".join(QUESTIONNAIRES) + "; other scores can be entered",
        )
    text = files("noctiflora.intake").joinpath("data", f"{key}.json").read_text(encoding="utf-8")
    return parse_questionnaire(text, where=f"{key}.json")


def parse_questionnaire(text: str, *, where: str) -> Questionnaire:
    """Return the instrument in the JSON `text`.

    Raises
    ------
    FormatError
        If a part is missing or does not fit.
    """
    try:
        body = json.loads(text)
        crisis = body["crisis_item"]
        made = Questionnaire(
            key=str(body["key"]),
            name=str(body["name"]),
            about=str(body["about"]),
            lead=str(body["lead"]),
            items=tuple(str(item) for item in body["items"]),
            choices=tuple(str(choice) for choice in body["choices"]),
            most_missing=int(body["most_missing"]),
            crisis_item=None if crisis is None else int(crisis),
            attribution=str(body["attribution"]),
            sources=tuple(Source(ref=str(ref)) for ref in body["sources"]),
        )
    except (ValueError, KeyError, TypeError, SourceMissing) as problem:
        raise FormatError(
            "this questionnaire cannot be read", where=where, found=str(problem), do="install Noctiflora again"
        ) from None
    whole = made.items and made.choices and made.sources and 0 <= made.most_missing < len(made.items)
    if not whole or (made.crisis_item is not None and not 1 <= made.crisis_item <= len(made.items)):
        raise FormatError("this questionnaire does not fit together", where=where, do="install Noctiflora again")
    return made
