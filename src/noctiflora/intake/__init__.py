"""Intake: what a person says of their nights and days."""

from noctiflora.intake._checkin import CheckIn
from noctiflora.intake._doubts import doubts
from noctiflora.intake._items import ITEMS, Answering, Item, Part, check_entry, check_item

__all__ = ["ITEMS", "Answering", "CheckIn", "Item", "Part", "check_entry", "check_item", "doubts"]
