"""The clinician's page: what is chosen, and nothing of a running trial but adherence."""

from noctiflora.actions import ClinicianPart, answer_gates, clinician_page, keep_scores, lock_trial, verdict_of_last
from noctiflora.plan import Answer, Reply
from noctiflora.store import Store
from tests.actions.seasons import FIRST, WORDS, at, day, kept, nights


def headings(store: Store, *parts: ClinicianPart, night: int = 20) -> list[str]:
    page = clinician_page(store, today=day(night), parts=parts or tuple(ClinicianPart))
    return [block.heading for block in (*page.left, *page.below)]


def test_an_empty_store_gives_a_page_that_says_so(store: Store) -> None:
    page = clinician_page(store, today=FIRST)
    assert page.raster is None
    assert page.below == ()
    assert page.left[0].paragraphs == ("No nights are recorded.",)
    assert "Trial model" not in page.foot


def test_parts_are_left_out_as_chosen(store: Store) -> None:
    kept(store)
    assert headings(store, ClinicianPart.SCORES) == ["Questionnaires, and what is not measured"]
    assert not any("Unwanted" in h for h in headings(store, ClinicianPart.TRIAL))
    assert any("Unwanted" in h for h in headings(store, ClinicianPart.TRIAL, ClinicianPart.HARMS))
    assert not headings(store, ClinicianPart.HARMS)


def test_a_running_trial_tells_adherence_only(store: Store) -> None:
    kept(store)
    nights(store, 1.0, n=20)
    page = clinician_page(store, today=day(20))
    text = repr(page.below)
    assert "night 20 of 84" in text
    assert "20 of 20 nights recorded" in text
    assert "P(better)" not in text


def test_a_locked_trial_needs_its_result_to_tell_it(store: Store) -> None:
    kept(store)
    nights(store, 1.0)
    lock_trial(store, WORDS, now=at(85), today=day(85))
    without = clinician_page(store, today=day(85))
    assert "P(better)" not in repr(without.below)
    _, result = verdict_of_last(store)
    told = clinician_page(store, today=day(85), result=result)
    assert "P(better)" in repr(told.below)
    assert [b.heading for b in told.below][1] == "Verdict"


def test_answers_and_scores_are_listed(store: Store) -> None:
    answer_gates(store, [Answer(gate_id="S01", reply=Reply.YES, date=FIRST)])
    keep_scores(store, {"psqi": 9.0}, date=FIRST, today=FIRST)
    page = clinician_page(store, today=FIRST)
    safety, scores = page.left[1], page.left[2]
    assert any(point.endswith("Yes.") for point in safety.points)
    assert any("9" in point for point in scores.points)
