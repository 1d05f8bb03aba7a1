"""What is frozen: the outcome, secondary outcomes and circumstances of the same nights."""

from noctiflora.actions._freeze_trial import CIRCUMSTANCES, freeze
from noctiflora.core import Instrument, Outcome
from noctiflora.intake import ITEMS, Answering, CheckIn
from noctiflora.store import Store
from noctiflora.trial import Measured
from tests.actions.seasons import PLAN, day, kept, nights, record

WASO = Measured(outcome=Outcome.WASO, instrument=Instrument.DIARY, run_in_mean=40.0, run_in_sd=20.0)


def test_all_parts_are_of_one_length(store: Store) -> None:
    made = kept(store, record(secondaries=(WASO,))).record
    nights(store, 1.0)
    store.diary.save_checkins([CheckIn(date=day(2), item="alcohol", value=1.0)])
    found = freeze(store, made.plan, last=20)
    length = PLAN.run_in_nights + 20
    assert len(found.values) == len(found.other_device) == length
    assert [len(values) for values in found.secondaries] == [length]
    assert set(found.circumstances) == set(CIRCUMSTANCES)
    assert all(len(values) == length for values in found.circumstances.values())
    assert found.circumstances["alcohol"][PLAN.run_in_nights + 1] == 1.0
    assert sum(v is not None for v in found.circumstances["alcohol"]) == 1


def test_every_circumstance_is_a_question_of_the_morning() -> None:
    assert all(ITEMS[item].answering is Answering.YES_NO for item in CIRCUMSTANCES)
