import datetime as dt
from dataclasses import replace

from noctiflora.report._veil import LAST_NIGHTS, shown
from tests.report.made_up import assessed, night, running


def test_a_sealed_trial_shows_the_nights_before_it_and_the_last_seven() -> None:
    data = running()
    assert data.design is not None
    start = data.design.periods[0].start
    view = shown(data)
    recent = data.generated_on - dt.timedelta(days=LAST_NIGHTS)
    assert all(n.date < start or n.date > recent for n in view.drawn)
    assert all(n.date < start for n in view.summed)
    assert view.veiled + len(view.drawn) == len(data.nights)
    assert view.veil is not None
    assert view.veil.hides(start)
    assert not view.veil.hides(data.generated_on)


def test_naps_of_a_sealed_trial_enter_nothing() -> None:
    data = running()
    naps = (replace(night(data.generated_on, 1), nap=True), replace(night(data.nights[0].date, 2), nap=True))
    view = shown(replace(data, naps=naps))
    assert view.naps == naps[1:]


def test_without_a_trial_or_with_the_veil_lifted_everything_is_shown() -> None:
    assert shown(assessed()).veiled == 0
    data = running()
    assert data.design is not None
    lifted = replace(data, design=replace(data.design, veil_lifted=True))
    assert len(shown(lifted).summed) == len(data.nights)
