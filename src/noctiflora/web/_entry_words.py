"""Short words for the items of the morning entry, as they stand on buttons."""

from collections.abc import Mapping

from noctiflora.intake import ITEMS
from noctiflora.web._words import say as _

FLAG_WORDS: Mapping[str, str] = {
    "alcohol": _("Alcohol"),
    "late_caffeine": _("Late caffeine"),
    "late_meal": _("Late big meal"),
    "illness": _("Ill or in pain"),
    "travel": _("Travel"),
}
"""What was out of the ordinary, in a word or two."""

_ITEM_WORDS: Mapping[str, str] = {
    "bed_time_h": _("Lights out"),
    "wake_time_h": _("Woke for good"),
    "rise_time_h": _("Got up"),
    "latency_min": _("Minutes until asleep"),
    "wake_min": _("Minutes awake in the night"),
    "quality": _("How you slept, 0 to 10"),
    "dose": _("Capsule"),
}


def item_words(item: str) -> str:
    """Return what an item is called in a table.

    Examples
    --------
    >>> item_words("rise_time_h"), item_words("alcohol")
    ('Got up', 'Alcohol')
    """
    return _ITEM_WORDS.get(item) or FLAG_WORDS.get(item) or ITEMS[item].question
