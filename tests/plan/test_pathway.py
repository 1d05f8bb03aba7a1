"""A pathway's record knows when its signs disagree."""

from noctiflora.core import Source
from noctiflora.plan._finding import Group
from noctiflora.plan._pathway import Direction, PathwayFinding, Signal

SOURCE = Source(ref="assumed", note="made up, 0 to 1")


def sign(direction: Direction) -> Signal:
    return Signal(path_id="HI1", seen="seen", direction=direction, certainty=2, limits="", sources=(SOURCE,))


def finding(*, toward=(), away=()) -> PathwayFinding:
    return PathwayFinding(
        pathway="histamine",
        heading="Histamine",
        group=Group.OPEN,
        toward=toward,
        away=away,
        undirected=(sign(Direction.OPEN),),
        not_measured=(),
        known="",
        certainty=1,
        sources=(SOURCE,),
    )


def test_signs_come_in_order_and_may_disagree() -> None:
    both = finding(toward=(sign(Direction.TOWARD),), away=(sign(Direction.AWAY),))
    assert [s.direction for s in both.signals] == [Direction.TOWARD, Direction.AWAY, Direction.OPEN]
    assert both.disagree
    assert not finding(toward=(sign(Direction.TOWARD),)).disagree
