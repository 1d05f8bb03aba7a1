"""Short words of the morning entry."""

from noctiflora.intake import ITEMS
from noctiflora.web._entry_words import FLAG_WORDS, item_words


def test_every_item_has_words() -> None:
    assert set(FLAG_WORDS) <= set(ITEMS)
    assert all(item_words(key) for key in (*ITEMS, "dose"))
    assert item_words("stress") == ITEMS["stress"].question
