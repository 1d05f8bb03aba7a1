"""Which refusals ask for something else than another file."""

from noctiflora.core import InputError
from noctiflora.sleep.read._archive import NOTHING
from noctiflora.sleep.read._when import ZONELESS


def asks_zone(problem: InputError) -> bool:
    """Return whether a document was refused only because nobody named a zone."""
    return problem.what == ZONELESS


def holds_nothing(problem: InputError) -> bool:
    """Return whether an archive was refused only because it holds no document we know."""
    return problem.what == NOTHING
