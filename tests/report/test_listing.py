from dataclasses import replace

from noctiflora.core import Outcome
from noctiflora.plan import Door, Group, Scope
from noctiflora.report._effect import Measure
from noctiflora.report._listing import closed_options, finding_groups, option_cards, scope_states
from tests.report.made_up import findings, gates, options

MEASURE = Measure(outcome=Outcome.EFFICIENCY, tib_min=480)


def test_every_group_is_listed_even_when_empty() -> None:
    groups = finding_groups(findings())
    assert len(groups) == len(Group)
    assert sum(len(g.findings) for g in groups) == len(findings())
    assert [g.heading for g in groups if not g.findings] == ["Open"]


def test_every_scope_says_how_it_stands_and_why() -> None:
    states = scope_states(gates())
    assert len(states) == len(Scope)
    by_name = {s.name: s for s in states}
    assert by_name["Live probiotics"].word == "Closed"
    assert by_name["Live probiotics"].reasons == ("1 safety question is not answered yet.",)
    assert by_name["Prebiotics and fermentable fibre"].reasons[0].startswith("Ask a clinician")
    assert all(s.reasons for s in states)


def test_a_scope_that_no_gate_names_is_closed() -> None:
    bare = replace(gates(), doors={})
    assert {s.word for s in scope_states(bare)} == {"Closed"}


def test_closed_options_have_no_card_and_open_ones_keep_their_order() -> None:
    cards = option_cards(options(), MEASURE, 3.0)
    assert [c.option.key for c in cards] == ["ps150", "phgg", "cbti"]
    assert [o.key for o in closed_options(options())] == ["1714"]
    assert cards[0].chance.endswith("of 100")
    assert cards[2].figure is None
    assert cards[2].chance == ""


def test_without_a_useful_amount_there_is_a_size_but_no_chance() -> None:
    cards = option_cards(options(), MEASURE, None)
    assert cards[0].figure is not None
    assert cards[0].chance == ""
    assert cards[0].range.startswith("About ")


def test_an_effect_on_another_outcome_is_not_drawn_on_this_axis() -> None:
    cards = option_cards(options(), Measure(outcome=Outcome.LATENCY), 5.0)
    assert all(c.figure is None for c in cards)
    assert Door.CLOSED not in {c.option.door for c in cards}
