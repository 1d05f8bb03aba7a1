from noctiflora.gut import Rank, Unit
from noctiflora.gut._vocabulary import MAIN_RANKS, rank_of


def test_ranks_run_from_coarse_to_fine() -> None:
    assert [r.depth for r in MAIN_RANKS] == list(range(8))
    assert Rank.OTHER.depth > Rank.STRAIN.depth


def test_words_between_the_main_ranks_are_other() -> None:
    assert rank_of("suborder") is rank_of("no_rank") is Rank.OTHER
    assert rank_of(" Genus ") is Rank.GENUS


def test_only_shares_promise_a_sum() -> None:
    assert Unit.PERCENT.whole == 100
    assert Unit.READS.whole is None
