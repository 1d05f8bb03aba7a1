"""The record says what it misses."""

from noctiflora.plan._find_record import blind_spots, completeness, naps
from noctiflora.plan._finding import Group

from ._nights import night, nights, view


def test_recorded_nights_have_their_denominator() -> None:
    made = [n for i, n in enumerate(nights(42)) if i not in (3, 7, 11, 20)]
    (finding,) = completeness(view(made))
    assert (finding.number, finding.group) == ("38 of 42 nights", Group.NO_SIGN)


def test_a_thin_record_stays_open() -> None:
    assert completeness(view([night(i) for i in range(0, 42, 3)]))[0].group is Group.OPEN
    assert completeness(view(nights(13)))[0].group is Group.OPEN
    assert completeness(view([]))[0].number == "0 nights"


def test_blind_spots_are_named_once_most_nights_lack_the_measure() -> None:
    made = [night(i, tib_min=480.0, waso_min=20.0, tst_min=400.0, sol_min=10.0 if i < 9 else None) for i in range(20)]
    (finding,) = blind_spots(view(made))
    assert finding.number == "known on 9 of 20 nights"
    assert finding.group is Group.NOT_MEASURED
    assert len(blind_spots(view(nights(20)))) == 4
    assert blind_spots(view([])) == ()


def test_naps_are_counted_by_day() -> None:
    made = [*nights(10), night(4, nap=True), night(4, nap=True), night(6, nap=True)]
    (finding,) = naps(view(made))
    assert finding.number == "on 2 of 10 days"
    assert naps(view(nights(10))) == ()
