"""Which trial gives which term, by rule; the counts are those documented."""

import math
from collections import Counter
from dataclasses import replace

import pytest

from noctiflora.core import NotPoolable
from noctiflora.evidence import Evidence, Term, load, select
from noctiflora.evidence._term import Silence, TermKind
from noctiflora.evidence._vocabulary import Blinding, EvidenceLevel, PKind, Significant

EXPECTED = {
    TermKind.EXACT: {
        "LAN2023_CCFM1025",
        "OMNIBIOTIC_STRESS_SLEEP",
        "METH_LACIDOPHILUS2024",
        "RASTEGAR2024_POSTPARTUM",
        "chu_2023",
    },
    TermKind.FROM_P: {"WU2025_PS23", "LEE2021_NVP1704", "LP815_SLEEP2025"},
    TermKind.SIGNIFICANT: {"LIU2025_BLA80", "TAKADA2017_LCS"},
    TermKind.NOT_SIGNIFICANT: {
        "HO2021_PS128",
        "PATTERSON2024_1714",
        "B1714_LOWMOOD",
        "SBT2786_2024",
        "ONNING2023_HEAL9",
        "NCT06486064_HTPS150",
        "MAROTTA2019",
        "HIV_PROBIOTIC_PILOT",
    },
}


def of(evidence: Evidence) -> dict[str, Term]:
    return {t.trial_id: t for t in select(evidence).terms}


def changed(trial_id: str, **cells: object) -> Evidence:
    """Return the evidence with cells of every row of one trial replaced."""
    evidence = load()
    rows = tuple(r.model_copy(update=cells) if r.trial_id == trial_id else r for r in evidence.trials)
    return replace(evidence, trials=rows)


@pytest.mark.parametrize("kind", EXPECTED)
def test_which_trial_gives_which_term(kind: TermKind) -> None:
    assert {t.trial_id for t in select(load()).terms if t.kind is kind} == EXPECTED[kind]


def test_why_the_others_give_none() -> None:
    why = {s.trial_id: s.why for s in select(load()).silent}
    assert Counter(why.values()) == {
        Silence.NOTHING_BETWEEN: 15,
        Silence.EXCLUDED: 10,
        Silence.REPLACED: 5,
        Silence.CROSSOVER: 4,
        Silence.NO_SCALE: 2,
        Silence.PARTS_DISAGREE: 2,
        Silence.UNCONFIRMED: 1,
    }
    assert {t for t, w in why.items() if w is Silence.PARTS_DISAGREE} == {"ABE2024_PHGG", "MATSUURA2022_YRC3780"}
    assert why["LAU2024_SIM01"] is Silence.UNCONFIRMED
    assert why["KELLY2017_JB1"] is Silence.CROSSOVER


def test_every_trial_about_sleep_is_accounted_for() -> None:
    selection = select(load())
    trials = {t.trial_id for t in selection.terms if not t.pool_of} | {s.trial_id for s in selection.silent}
    assert len(trials) == 56


def test_today_every_trial_term_is_selective_and_the_pool_is_not() -> None:
    for term in select(load()).terms:
        assert term.selective == (term.pool_of == 0)
        assert term.sources


@pytest.mark.parametrize(
    ("trial", "y", "se"),
    [
        ("LAN2023_CCFM1025", -0.9 / 3, 1.036 / 3),
        ("RASTEGAR2024_POSTPARTUM", -0.44 / 3, 0.699 / 3),  # end scores, never the changes of +1.6
        ("METH_LACIDOPHILUS2024", -1.83 / 3, 0.551 / 3),
        ("LEE2021_NVP1704", -0.91 / 3, 0.497 / 3),  # PSQI, whatever it says; not the starred ISI
        ("LP815_SLEEP2025", -0.501, 0.214),
        ("chu_2023", -0.257, 0.103),
    ],
)
def test_numbers_are_divided_by_the_reference_spread(trial: str, y: float, se: float) -> None:
    term = of(load())[trial]
    assert term.low == term.high == pytest.approx(y, abs=5e-4)
    assert term.se == pytest.approx(se, abs=5e-4)


def test_words_are_cut_at_196_errors_of_the_sizes() -> None:
    term = of(load())["TAKADA2017_LCS"]
    assert term.se == pytest.approx(math.sqrt(1 / 48 + 1 / 46))
    assert term.high == pytest.approx(-1.96 * term.se)
    assert term.low == -math.inf
    assert not term.arms_assumed_equal
    term = of(load())["HO2021_PS128"]
    assert term.se == pytest.approx(math.sqrt(2 / 20))
    assert term.arms_assumed_equal
    assert term.n_people == 40


def test_the_last_time_point_is_taken_whatever_it_says() -> None:
    assert of(load())["B1714_LOWMOOD"].kind is TermKind.NOT_SIGNIFICANT  # week 4 said yes, week 8 no


def test_a_better_scale_that_says_nothing_is_not_passed_over() -> None:
    """LPB27's PSQI fell in all arms (within): no fall through to its significant wearable."""
    why = {s.trial_id: s.why for s in select(load()).silent}
    assert why["LPB27_207-27_2024"] is Silence.NOTHING_BETWEEN


def test_an_open_label_trial_gives_none() -> None:
    evidence = changed("HO2021_PS128", blinding=Blinding.OPEN)
    assert "HO2021_PS128" not in of(evidence)


def test_a_crossover_with_its_own_error_is_not_turned_away() -> None:
    silent = {s.trial_id: s.why for s in select(changed("KELLY2017_JB1", diff_se=0.3)).silent}
    assert silent.get("KELLY2017_JB1") is not Silence.CROSSOVER


def test_a_full_table_is_not_selective() -> None:
    assert not of(changed("HO2021_PS128", evidence_level=EvidenceLevel.FULL_TABLE))["HO2021_PS128"].selective


def test_a_harm_is_a_harm() -> None:
    evidence = changed("TAKADA2017_LCS", between_diff=1.0, lower_is_better=True)
    term = of(evidence)["TAKADA2017_LCS"]
    assert term.low == pytest.approx(1.96 * term.se)
    assert term.high == math.inf


def test_within_group_p_is_never_a_term() -> None:
    assert "HO2021_PS128" not in of(changed("HO2021_PS128", p_kind=PKind.WITHIN))


def test_without_sizes_there_is_no_term() -> None:
    evidence = changed("HO2021_PS128", n_randomised_total=None)
    assert {s.trial_id: s.why for s in select(evidence).silent}["HO2021_PS128"] is Silence.NO_SIZES


def test_two_products_share_the_placebo_arm() -> None:
    evidence = load()
    rows = [r for r in evidence.trials if r.trial_id == "TAKADA2017_LCS"]
    second = [r.model_copy(update={"strains": "Bifidobacterium breve X1"}) for r in rows]
    terms = [t for t in select(replace(evidence, trials=(*rows, *second))).terms if not t.pool_of]
    assert len(terms) == 2
    assert {t.se for t in terms} == {math.sqrt(1 / 48 + 1 / 23)}


def test_of_several_doses_the_highest_counts() -> None:
    evidence = load()
    rows = [r for r in evidence.trials if r.trial_id == "HO2021_PS128"]
    low = [r.model_copy(update={"dose_value": 1e9, "significant": Significant.YES}) for r in rows]
    high = [r.model_copy(update={"dose_value": 1e10}) for r in rows]
    term = of(replace(evidence, trials=(*low, *high)))["HO2021_PS128"]
    assert term.kind is TermKind.NOT_SIGNIFICANT


def test_a_pool_of_one_strain_needs_its_interval() -> None:
    evidence = load()
    broken = tuple(r.model_copy(update={"ci_low": None}) if r.strain else r for r in evidence.reviews)
    with pytest.raises(NotPoolable, match="chu_2023"):
        select(replace(evidence, reviews=broken))
