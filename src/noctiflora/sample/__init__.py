"""Sample: made-up people, their nights and their exports in true formats, with known truth."""

from noctiflora.sample._apple import ORDINARY, AppleOptions, apple_xml, write_apple
from noctiflora.sample._expected import Expected, truth
from noctiflora.sample._generate import person
from noctiflora.sample._records import Course, DiaryEntry, Person, Slept, Trip, TrueNight
from noctiflora.sample._series import PRODUCT, check_ins, doses, series
from noctiflora.sample._traits import TRAITS, Trait
from noctiflora.sample._vendor import Vendor, export

__all__ = [
    "ORDINARY",
    "PRODUCT",
    "TRAITS",
    "AppleOptions",
    "Course",
    "DiaryEntry",
    "Expected",
    "Person",
    "Slept",
    "Trait",
    "Trip",
    "TrueNight",
    "Vendor",
    "apple_xml",
    "check_ins",
    "doses",
    "export",
    "person",
    "series",
    "truth",
    "write_apple",
]
