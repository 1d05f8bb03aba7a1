"""What sleep data cannot show is listed as not measured."""

from noctiflora.evidence import load
from noctiflora.plan._finding import Group
from noctiflora.plan._not_measured import not_measured


def test_all_pathways_of_the_evidence_are_there() -> None:
    keys = {finding.key for finding in not_measured()}
    assert keys == {"gut bacteria"} | {row.pathway for row in load().pathways}


def test_rows_claim_no_number_and_little_certainty() -> None:
    for finding in not_measured():
        assert finding.group is Group.NOT_MEASURED
        assert finding.number == ""
        assert finding.certainty in (1, 2)
        assert finding.sources


def test_what_has_been_measured_is_left_out() -> None:
    assert "gut bacteria" not in {f.key for f in not_measured({"gut bacteria"})}
    assert len(not_measured({"gut bacteria", "histamine"})) == len(not_measured()) - 2
