"""The words of the pages: English in the source, other languages from catalogues."""

import gettext as catalogue
from functools import cache
from pathlib import Path

DOMAIN = "noctiflora"
LOCALES = Path(__file__).parent / "locales"


@cache
def words(language: str = "en") -> catalogue.NullTranslations:
    """Return the catalogue of a language; English needs none.

    Examples
    --------
    >>> words("en").gettext("Tonight")
    'Tonight'
    """
    return catalogue.translation(DOMAIN, localedir=str(LOCALES), languages=[language], fallback=True)


def say(text: str, **values: object) -> str:
    """Return a sentence of the catalogue with its values filled in.

    Sentences in Python files go through this function under the name ``_``, so that the extraction finds them.

    Examples
    --------
    >>> say("Saved. %(n)s of %(of)s.", n=3, of=5)
    'Saved. 3 of 5.'
    """
    found = words().gettext(text)
    return found % values if values else found


def say_n(one: str, many: str, n: int, **values: object) -> str:
    """Return the sentence for `n` things; ``%(n)s`` stands for the count.

    Examples
    --------
    >>> say_n("%(n)s night", "%(n)s nights", 2)
    '2 nights'
    """
    return words().ngettext(one, many, n) % {"n": n, **values}
