import datetime as dt
from dataclasses import replace

from noctiflora.report._veil import LAST_NIGHTS, shown
from noctiflora.trial import Arm
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


def test_of_a_trial_of_known_order_all_nights_are_drawn_and_none_is_summed_up() -> None:
    data = running()
    assert data.design is not None
    periods = tuple(replace(p, arm=Arm.PRODUCT) for p in data.design.periods)
    known = replace(data, design=replace(data.design, periods=periods, blinded=False, under_way=True))
    view = shown(known)
    assert len(view.drawn) == len(data.nights)
    assert view.veil is None
    assert view.summed == shown(data).summed
    ended = replace(known, design=replace(known.design, under_way=False))
    assert len(shown(ended).summed) == len(data.nights)
