"""Bang's index against its definition and at its limits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.trial import Arm, Guess, blinding_index

ARMS = (Arm.PRODUCT, Arm.COMPARATOR) * 4


def test_limits() -> None:
    known = {i: Guess.PRODUCT if arm is Arm.PRODUCT else Guess.COMPARATOR for i, arm in enumerate(ARMS)}
    assert [b.index for b in blinding_index(ARMS, known)] == [1.0, 1.0]
    assert [b.index for b in blinding_index(ARMS, dict.fromkeys(range(8), Guess.DO_NOT_KNOW))] == [0.0, 0.0]
    assert [b.index for b in blinding_index(ARMS, {})] == [None, None]


@given(said=st.lists(st.sampled_from(list(Guess)), min_size=8, max_size=8))
@settings(deadline=None, max_examples=60)
def test_formula_as_published(said: list[Guess]) -> None:
    for found, own in zip(blinding_index(ARMS, dict(enumerate(said))), (Guess.PRODUCT, Guess.COMPARATOR), strict=True):
        of_arm = [g for g, arm in zip(said, ARMS, strict=True) if arm is found.arm]
        right = of_arm.count(own)
        wrong = 4 - right - of_arm.count(Guess.DO_NOT_KNOW)
        assert (found.right, found.wrong, found.do_not_know) == (right, wrong, 4 - right - wrong)
        assert found.index is not None
        if right + wrong:
            assert found.index == pytest.approx((2 * right / (right + wrong) - 1) * (right + wrong) / 4)
        assert found.sd is not None
        assert found.sd**2 == pytest.approx((right / 4 + wrong / 4 - found.index**2) / 4)
