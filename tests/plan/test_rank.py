"""The order follows the stated rule, and never ranks strains that cannot be told apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import Instrument, Normal, Outcome, Predictive, RangeError, Source, UnitError
from noctiflora.evidence import HomeBlinding, OptionTag, Reported, load, load_options, pool, predictive
from noctiflora.plan._gate import gate
from noctiflora.plan._gate_record import Door, Reply, Scope
from noctiflora.plan._option import Blinding, Option, Standing
from noctiflora.plan._rank import ORDER, PLAUSIBLE, messages, rank

from ._answers import RULES, TODAY, all_no, answer

ENTRIES = load_options()
OPEN = gate(RULES, all_no(), today=TODAY)
STRAINS = [e.key for e in ENTRIES if e.kind.value in (Scope.LIVE, Scope.KILLED)]


def effect(mean: float, sd: float, *, subject: str = "x", outcome: str = "efficiency") -> Predictive:
    return Predictive(
        subject=subject,
        outcome=outcome,
        unit="points",
        higher_is_better=True,
        parts=(Normal(weight=1.0, mean=mean, sd=sd),),
        sources=(Source(ref="assumed", note="made up for the test, 0 to 5"),),
    )


def ranked(*but, effects=None, default=None, useful: float = 2.0, **more) -> tuple[Option, ...]:
    report = gate(RULES, all_no(*but), today=TODAY)
    return rank(ENTRIES, report, effects=effects or {}, useful=useful, default_effect=default, **more)


def find(options, key: str) -> Option:
    return next(o for o in options if o.key == key)


def test_blinding_is_spoken_of_in_the_same_words() -> None:
    assert [b.value for b in Blinding] == [b.value for b in HomeBlinding]


def test_cbt_i_leads_and_doing_nothing_is_offered_before_products() -> None:
    options = ranked(default=effect(1, 2))
    keys = [o.key for o in options]
    assert keys[0] == "cbt-i"
    assert [o.standing for o in options] == sorted((o.standing for o in options), key=list(Standing).index)
    assert max(keys.index(o.key) for o in options if o.kind is Scope.BEHAVIOUR) < keys.index("phgg")
    assert keys.index("nothing-new") < min(keys.index(k) for k in STRAINS)


def test_no_option_is_left_out() -> None:
    assert sorted(o.key for o in ranked(answer("S13", Reply.YES))) == sorted(e.key for e in ENTRIES)


def test_within_a_group_blindable_then_surer_then_easier_then_by_name() -> None:
    options = [o for o in ranked(default=effect(1, 2)) if o.standing is Standing.PLAUSIBLE]
    key = [
        (
            list(Blinding).index(o.blinding),
            1 if o.reported == Reported.NULL else -o.certainty,
            o.n_trials == 0,
            o.burden,
            o.cost or 0,
            o.name.casefold(),
        )
        for o in options
    ]
    assert key == sorted(key)
    assert len({o.blinding for o in options}) > 1
    assert len(ORDER) == 5


def test_only_what_its_own_trials_bear_is_called_plausible() -> None:
    options = ranked(default=effect(1, 2))
    grouped = {s: {o.key for o in options if o.standing is s} for s in Standing}
    assert grouped[Standing.NO_DIFFERENCE] == {
        "lactiplantibacillus-plantarum-heal9",
        "limosilactobacillus-fermentum-ht-ps150",
        "lacticaseibacillus-rhamnosus-jb-1",
    }
    assert grouped[Standing.NO_RESULT] == {"saccharomyces-boulardii-cncm-i-1079", "kefir"}
    assert {o.reported for o in options if o.standing is Standing.PLAUSIBLE} <= {Reported.DIFFERENCE, Reported.MIXED}
    for option in options:
        assert bool(option.proviso) is (option.standing in (Standing.NO_DIFFERENCE, Standing.NO_RESULT))


def test_a_null_without_a_number_is_called_a_null() -> None:
    options = ranked()
    assert find(options, "lacticaseibacillus-rhamnosus-jb-1").standing is Standing.NO_DIFFERENCE
    assert find(options, "lacticaseibacillus-rhamnosus-jb-1").proviso == ""
    assert find(options, "kefir").standing is Standing.NO_NUMBER


def test_sure_nulls_do_not_move_a_strain_up() -> None:
    behind = ranked(default=effect(3, 0.5), effects=dict.fromkeys(STRAINS[1:], effect(0, 0.5)))
    options = [o for o in behind if o.standing is Standing.NOT_PLAUSIBLE]
    hard = [o for o in options if o.blinding is Blinding.HARD]
    nulls = [o for o in hard if o.reported == Reported.NULL]
    assert {"lacticaseibacillus-rhamnosus-jb-1", "lactiplantibacillus-plantarum-heal9"} <= {o.key for o in nulls}
    assert hard[-len(nulls) :] == nulls


def test_the_packaged_evidence_fits_the_packaged_options() -> None:
    evidence = load()
    keys = {e.evidence_key for e in ENTRIES if e.evidence_key}
    effects = {key: predictive(evidence, key, Outcome.EFFICIENCY, Instrument.DIARY) for key in keys}
    default = predictive(evidence, None, Outcome.EFFICIENCY, Instrument.DIARY)
    options = ranked(effects=effects, default=default)
    assert keys <= {result.key.name for result in pool(evidence).strains}
    assert all(o.effect is not None for o in options if o.kind in (Scope.LIVE, Scope.KILLED))
    assert options[0].key == "cbt-i"


def test_the_size_of_an_effect_does_not_order_within_a_group() -> None:
    plain = [o.key for o in ranked(default=effect(1, 2))]
    better = {STRAINS[-1]: effect(1.9, 2), STRAINS[0]: effect(0.5, 2)}
    assert [o.key for o in ranked(default=effect(1, 2), effects=better)] == plain


def test_a_clearly_useless_one_falls_behind() -> None:
    options = ranked(default=effect(3, 0.5), effects={STRAINS[0]: effect(0, 0.5)})
    assert find(options, STRAINS[0]).standing is Standing.NOT_PLAUSIBLE
    assert find(options, STRAINS[1]).standing is Standing.PLAUSIBLE


def test_one_that_cannot_be_told_apart_stays() -> None:
    """P(useful) lies just below the limit, but the mean differs by far less than its spread."""
    near = effect(0.62, 1.0)
    far = effect(0.75, 1.0)
    assert near.p_better_than(2) < PLAUSIBLE < far.p_better_than(2)
    options = ranked(default=far, effects={STRAINS[0]: near})
    assert find(options, STRAINS[0]).standing is Standing.PLAUSIBLE


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.floats(-4, 6), st.floats(0.05, 3)), min_size=len(STRAINS), max_size=len(STRAINS)),
    st.floats(0.1, 4),
)
def test_strains_in_different_groups_differ_by_their_spread(sizes, useful: float) -> None:
    effects = {key: effect(mean, sd) for key, (mean, sd) in zip(STRAINS, sizes, strict=True)}
    options = [o for o in rank(ENTRIES, OPEN, effects=effects, useful=useful) if o.key in effects]
    for first in options:
        for second in options:
            if (first.standing is Standing.NOT_PLAUSIBLE) is not (second.standing is Standing.NOT_PLAUSIBLE):
                assert abs(first.effect.mean - second.effect.mean) >= max(first.effect.sd, second.effect.sd)


def test_effects_are_found_by_either_key_and_the_default_is_for_strains_only() -> None:
    by_evidence = {"Bifidobacterium longum 1714": effect(4, 1)}
    options = ranked(effects=by_evidence, default=effect(1, 2))
    assert find(options, "bifidobacterium-longum-1714").effect.mean == 4
    assert find(options, "kefir").effect.mean == 1
    for key in ("phgg", "magnesium", "cbt-i", "nothing-new"):
        assert find(options, key).effect is None
    assert find(options, "phgg").standing is Standing.NO_NUMBER


def test_mixed_outcomes_are_refused() -> None:
    with pytest.raises(UnitError, match="efficiency"):
        ranked(effects={STRAINS[0]: effect(1, 1), STRAINS[1]: effect(1, 1, outcome="latency")})


def test_computed_certainty_replaces_the_table() -> None:
    options = ranked(certainty={"phgg": 3, "Lactobacillus gasseri CP2305": 1})
    assert find(options, "phgg").certainty == 3
    assert find(options, "lactobacillus-gasseri-cp2305").certainty == 1


def test_live_is_closed_by_a_line_and_the_rest_stays_open() -> None:
    options = ranked(answer("S01", Reply.YES))
    assert {o.door for o in options if o.kind is Scope.LIVE} == {Door.CLOSED}
    assert {o.door for o in options if o.kind is not Scope.LIVE} == {Door.OPEN}
    assert "as long as the line is in" in find(options, "nvp-1704").door_reason
    doors = [o.door for o in options]
    assert doors == sorted(doors, key=[Door.OPEN, Door.CLINICIAN, Door.CLOSED].index)


@pytest.mark.parametrize(
    ("gate_id", "tag", "door"),
    [
        ("S47", OptionTag.MILK, Door.CLOSED),
        ("S19", OptionTag.FERMENTED, Door.CLOSED),
        ("S44", OptionTag.MAGNESIUM, Door.CLINICIAN),
        ("S09", OptionTag.FERMENTED, Door.OPEN),
        ("S21", OptionTag.BOULARDII, Door.OPEN),
        ("S31", OptionTag.RESTRICTS_SLEEP, Door.OPEN),
        ("S31", OptionTag.BRIGHT_LIGHT, Door.OPEN),
        ("S54", OptionTag.BRIGHT_LIGHT, Door.OPEN),
        ("S55", OptionTag.BOULARDII, Door.OPEN),
    ],
)
def test_gates_reach_options_by_their_tags(gate_id: str, tag: OptionTag, door: Door) -> None:
    options = ranked(answer(gate_id, Reply.YES))
    tagged = [o for o in options if tag.value in o.tags]
    assert tagged
    message = next(r.message for r in RULES if r.gate_id == gate_id)
    for option in tagged:
        assert option.door is door
        assert message in (option.warnings if door is Door.OPEN else option.door_reason)


def test_a_milk_allergy_asks_for_a_word_about_capsules() -> None:
    options = ranked(answer("S47", Reply.YES))
    assert find(options, "nvp-1704").door is Door.CLINICIAN
    assert find(options, "phgg").door is Door.OPEN
    assert find(options, "b-gos").door is Door.CLOSED


def test_cbt_i_stays_open_while_mania_is_not_asked() -> None:
    report = gate(RULES, [a for a in all_no() if a.gate_id != "S31"], today=TODAY)
    options = rank(ENTRIES, report, effects={}, useful=2)
    cbt = find(options, "cbt-i")
    assert cbt.door is Door.OPEN
    assert any("less time in bed stays closed" in warning for warning in cbt.warnings)
    assert find(options, "bright-morning").door is Door.OPEN
    assert find(options, "shorter-time-in-bed").door is Door.CLOSED
    assert all("about mania" not in " ".join(o.warnings) for o in ranked())


def test_behaviour_is_open_before_any_question_is_answered() -> None:
    options = rank(ENTRIES, gate(RULES, [], today=TODAY), effects={}, useful=2)
    assert {o.door for o in options if o.kind is Scope.BEHAVIOUR} == {Door.OPEN}


def test_unanswered_questions_are_counted() -> None:
    report = gate(RULES, [a for a in all_no() if a.gate_id not in ("S01", "S02")], today=TODAY)
    options = rank(ENTRIES, report, effects={}, useful=2)
    assert find(options, "nvp-1704").door_reason == "2 safety questions about this are still to be answered."
    one = gate(RULES, [a for a in all_no() if a.gate_id != "S46"], today=TODAY)
    reason = find(rank(ENTRIES, one, effects={}, useful=2), "phgg").door_reason
    assert reason == "One safety question about this is still to be answered."


def test_a_crisis_says_one_thing_only() -> None:
    options = ranked(answer("S24", Reply.YES), answer("S31", Reply.YES))
    message = next(r.message for r in RULES if r.gate_id == "S24")
    assert {(o.door, o.door_reason, o.warnings) for o in options} == {(Door.CLOSED, message, ())}


def test_messages_about_a_trial() -> None:
    report = gate(RULES, all_no(answer("S22", Reply.YES), answer("S17", Reply.YES)), today=TODAY)
    assert len(messages(report, Scope.TRIAL_START)) == 1
    assert len(messages(report, Scope.TRIAL_START, door=Door.CLOSED)) == 1
    assert len(messages(report, Scope.LIVE)) == 1


def test_every_option_has_its_sources() -> None:
    assert all(o.sources and o.not_known and o.blinding_reason for o in ranked())


def place(options, key: str) -> int:
    return [o.key for o in options].index(key)


@settings(max_examples=30)
@given(st.dictionaries(st.sampled_from([e.key for e in ENTRIES]), st.floats(0, 50), max_size=8))
def test_a_cost_never_moves_an_option_up_and_never_out_of_its_group(costs) -> None:
    plain, priced = ranked(default=effect(1, 2)), ranked(default=effect(1, 2), costs=costs)
    assert {(o.key, o.standing, o.door) for o in plain} == {(o.key, o.standing, o.door) for o in priced}
    for key in costs:
        alone = ranked(default=effect(1, 2), costs={key: costs[key]})
        assert place(alone, key) >= place(plain, key)
        assert find(priced, key).cost == costs[key]


def test_of_two_alike_the_cheaper_stands_first() -> None:
    """The two differ in name only."""
    twins = ["bifidobacterium-breve-ccfm1025", "bifidobacterium-lactis-bla80"]
    certainty = dict.fromkeys(twins, 1)
    cheap = ranked(default=effect(1, 2), certainty=certainty, costs={twins[1]: 2.0, twins[0]: 0.5})
    dear = ranked(default=effect(1, 2), certainty=certainty, costs={twins[1]: 2.0, twins[0]: 3.0})
    assert place(cheap, twins[0]) < place(cheap, twins[1])
    assert place(dear, twins[0]) > place(dear, twins[1])


@pytest.mark.parametrize("cost", [-1.0, float("nan"), float("inf")])
def test_an_impossible_cost_is_refused(cost: float) -> None:
    with pytest.raises(RangeError, match="phgg"):
        ranked(costs={"phgg": cost})


def test_prebiotics_name_a_gentle_start() -> None:
    for option in (o for o in ranked() if o.kind is Scope.FIBRE):
        assert "start with" in option.dose


def test_strains_with_only_negative_trials_say_so() -> None:
    nulls = {o.key for o in ranked() if o.reported == Reported.NULL}
    assert {"lacticaseibacillus-rhamnosus-jb-1", "limosilactobacillus-fermentum-ht-ps150"} <= nulls
