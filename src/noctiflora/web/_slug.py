"""Names of products as the last part of a path."""

import re

_OTHER = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """Return a name in small letters, digits and hyphens.

    Examples
    --------
    >>> slug("Bifidobacterium animalis subsp. lactis BB-12;Lactobacillus acidophilus La-5")
    'bifidobacterium-animalis-subsp-lactis-bb-12-lactobacillus-acidophilus-la-5'
    """
    return _OTHER.sub("-", name.casefold()).strip("-")
