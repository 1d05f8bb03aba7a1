"""Sample: made-up people, their nights and their exports in true formats, with known truth."""

from ._apple import ORDINARY as ORDINARY
from ._apple import AppleOptions as AppleOptions
from ._apple import apple_xml as apple_xml
from ._apple import write_apple as write_apple
from ._expected import Expected as Expected
from ._expected import truth as truth
from ._generate import person as person
from ._records import Course as Course
from ._records import DiaryEntry as DiaryEntry
from ._records import Person as Person
from ._records import Slept as Slept
from ._records import Trip as Trip
from ._records import TrueNight as TrueNight
from ._series import PRODUCT as PRODUCT
from ._series import check_ins as check_ins
from ._series import doses as doses
from ._series import series as series
from ._traits import TRAITS as TRAITS
from ._traits import Trait as Trait
from ._vendor import Vendor as Vendor
from ._vendor import export as export
