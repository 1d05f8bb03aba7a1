"""Forms: what was filled in, and what is wrong with it, field by field."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends
from starlette.datastructures import FormData as Sent
from starlette.requests import Request

from noctiflora.core import NoctifloraError
from noctiflora.web._words import say as _

MOST_TEXT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """One thing that is wrong: the field's id, and a sentence."""

    field: str
    words: str


@dataclass(slots=True)
class Filled:
    """A form as it was sent; reading it notes what is wrong instead of raising.

    Parameters
    ----------
    values : dict
        Texts by field name, in the order sent.
    errors : list of FieldError
        What is wrong so far; a page with errors is shown again with status 422, the input kept.
    """

    values: dict[str, list[str]]
    errors: list[FieldError] = field(default_factory=list)

    def text(self, name: str, default: str = "") -> str:
        """Return one field, stripped; `default` where it was not sent."""
        return self.values.get(name, [default])[-1].strip()[:MOST_TEXT]

    def all(self, name: str) -> list[str]:
        """Return every value of a field: ticked boxes."""
        return self.values.get(name, [])

    def wrong(self, name: str, words: str) -> None:
        """Note what is wrong with a field."""
        self.errors.append(FieldError(field=name, words=words))

    def refuse(self, name: str, error: NoctifloraError) -> None:
        """Note what an action refused."""
        self.wrong(name, str(error)[:1].upper() + str(error)[1:] + ".")

    def number(self, name: str) -> float | None:
        """Return a number, None where nothing was filled in or it is none (which is noted)."""
        text = self.text(name).replace(",", ".")
        if not text:
            return None
        try:
            found = float(text)
        except ValueError:
            found = float("nan")
        if found != found or found in (float("inf"), float("-inf")):
            self.wrong(name, _("Write a number, such as 30."))
            return None
        return found

    def clock(self, name: str) -> float | None:
        """Return a time of day in hours after midnight, None where nothing was filled in or it is none."""
        text = self.text(name)
        if not text:
            return None
        hours, colon, minutes = text[:5].partition(":")
        plain = all(part.isascii() and part.isdecimal() for part in (hours, minutes))
        if not (colon and plain and int(hours) < 24 and int(minutes) < 60):
            self.wrong(name, _("Write a time of day, such as 23:10."))
            return None
        return int(hours) + int(minutes) / 60

    def choice(self, name: str, known: Iterable[str]) -> str:
        """Return one of `known`, or an empty text where nothing or something else was sent (which is noted)."""
        found = self.text(name)
        if found and found not in set(known):
            self.wrong(name, _("Choose one of the answers shown."))
            return ""
        return found


async def _filled(request: Request) -> Filled:
    sent: Sent = await request.form(max_files=0, max_fields=500)
    values: dict[str, list[str]] = {}
    for name, value in sent.multi_items():
        if isinstance(value, str):
            values.setdefault(name, []).append(value)
    return Filled(values)


Form = Annotated[Filled, Depends(_filled)]
"""The parameter of a route that takes a small form."""
