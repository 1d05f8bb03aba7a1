"""Store: one database for everything a person keeps."""

from noctiflora.store._additions import Additions
from noctiflora.store._answers import Answers
from noctiflora.store._backup import backup
from noctiflora.store._diary import Diary
from noctiflora.store._doctor import doctor
from noctiflora.store._edits import Edits
from noctiflora.store._erase import erase
from noctiflora.store._errors import StoreConflict, StoreForeign, StoreFull, StoreReadOnly, StoreUnreachable
from noctiflora.store._imports import Imports
from noctiflora.store._records import (
    AdditionDocument,
    Batch,
    Check,
    EditRow,
    Erased,
    ImportOutcome,
    ImportRow,
    SkippedRow,
    TrialDocument,
)
from noctiflora.store._restore import restore
from noctiflora.store._settings import Settings
from noctiflora.store._store import Store, open_store
from noctiflora.store._trials import Trials

__all__ = [
    "AdditionDocument",
    "Additions",
    "Answers",
    "Batch",
    "Check",
    "Diary",
    "EditRow",
    "Edits",
    "Erased",
    "ImportOutcome",
    "ImportRow",
    "Imports",
    "Settings",
    "SkippedRow",
    "Store",
    "StoreConflict",
    "StoreForeign",
    "StoreFull",
    "StoreReadOnly",
    "StoreUnreachable",
    "TrialDocument",
    "Trials",
    "backup",
    "doctor",
    "erase",
    "open_store",
    "restore",
]
