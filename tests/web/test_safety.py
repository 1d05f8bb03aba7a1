"""The pages of the safety questions: answers kept, rules told, help first."""

import pytest

from noctiflora.actions import answer_gates, review_gates
from noctiflora.evidence import SafetyAction, SafetyPhase, load_safety
from noctiflora.plan import Answer, Door, Reply, Scope
from noctiflora.store import Store
from noctiflora.web._safety import is_clinician, rule_word
from tests.web.conftest import TODAY, Live, Opened, TestClient, axe_violations

RULES = load_safety()


def answer_all(store: Store, **yes: Reply) -> None:
    """Answer every question before options and trials with no, but for those named."""
    answer_gates(
        store,
        [
            Answer(gate_id=r.gate_id, reply=yes.get(r.gate_id, Reply.NO), date=TODAY)
            for r in RULES
            if r.phase is not SafetyPhase.DURING
        ],
    )


def test_one_group_is_asked_a_page_and_the_answers_are_kept(client: TestClient, store: Store) -> None:
    page = client.get("/safety/questions/lines-surgery-and-infection-risk").text
    here = [r for r in RULES if r.page.value == "lines, surgery and infection risk"]
    assert all(r.question.replace("'", "&#39;") in page for r in here)
    assert "S24" not in page
    sent = {r.gate_id: "no" for r in here} | {"S01": "not-sure"}
    answer = client.post("/safety/questions/lines-surgery-and-infection-risk", data=sent, follow_redirects=False)
    assert answer.headers["location"].startswith("/safety/questions/")
    assert "S01" not in answer.headers["location"]
    replies = {s.gate_id: s.reply for s in review_gates(store, today=TODAY).states}
    assert replies["S01"] is Reply.NOT_SURE
    assert replies["S02"] is Reply.NO
    assert replies["S24"] is None


def test_a_rule_stands_ready_below_its_question(client: TestClient) -> None:
    page = client.get("/safety/questions/your-medicines").text
    for rule in (r for r in RULES if r.page.value == "your medicines" and r.phase is SafetyPhase.BEFORE_OPTIONS):
        assert page.index(f'id="{rule.gate_id}"') < page.index(rule.message.replace("'", "&#39;"))
    assert page.count('role="status"') >= 6


def test_help_replaces_everything_after_the_one_answer(client: TestClient) -> None:
    for reply in ("yes", "not-sure"):
        page = client.post("/safety/questions/how-you-feel", data={"S24": reply}).text
        assert "Please get help now" in page
        assert "Please talk to someone now" in page
        assert 'class="btn"' not in page
        for path in ("/safety", "/safety/scores"):
            assert "Please get help now" in client.get(path).text
    client.post("/safety/questions/how-you-feel", data={"S24": "no"})
    assert "Please get help now" not in client.get("/safety").text


def test_a_clinicians_agreement_lifts_only_with_a_yes(client: TestClient, store: Store) -> None:
    path = "/safety/questions/lines-surgery-and-infection-risk"
    client.post(path, data={"S03": "yes", "S03-agreed": "1", "S01": "yes", "S01-agreed": "1"})
    agreed = {a.gate_id: a.clinician_agreed for a in store.answers.history()}
    assert agreed == {"S03": True, "S01": False}
    assert 'name="S03-agreed" value="1" checked' in client.get(path).text


def test_all_answered_opens_what_nothing_speaks_against(client: TestClient, store: Store) -> None:
    answer_all(store, S44=Reply.YES)
    page = client.get("/safety").text
    assert "All 48 are answered" in page
    assert "Ask your doctor before you take magnesium" in page
    assert "No clinician has reviewed" in page
    assert review_gates(store, today=TODAY).doors[Scope.TRIAL_START] is Door.OPEN


def test_what_was_not_asked_is_refused_and_the_input_kept(client: TestClient, store: Store) -> None:
    answer = client.post("/safety/questions/your-gut", data={"S05": "maybe<script>", "S07": "yes"})
    assert answer.status_code == 422
    assert "<script>" not in answer.text.split("</head>")[1].replace("<script src", "")
    assert 'name="S07" value="yes" checked' in answer.text
    assert not store.answers.history()
    assert client.get("/safety/questions/nothing").status_code == 404


def test_a_rule_says_the_strictest_thing_it_does() -> None:
    words = {r.gate_id: rule_word(r)[0] for r in RULES}
    assert words["S24"] == "Stop, help now"
    assert words["S01"] == "Not for you now"
    assert words["S03"] == "See a clinician first"
    assert words["S09"] == "Mind this"
    assert words["S11"] == "Good to know"
    assert words["S41"] == "Stop"
    assert {r.gate_id for r in RULES if is_clinician(r)} == {
        r.gate_id for r in RULES if any(e.action.value.startswith("clinician") for e in r.effects)
    }
    assert SafetyAction.CLINICIAN_FIRST.value.startswith("clinician")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_rule_answers_at_once_without_script(live: Live, open_page: Opened, theme: str) -> None:
    page = open_page(live, "/safety/questions/how-you-feel", theme=theme, script=False)
    note = page.locator(".gate", has=page.locator("#S24")).locator(".note")
    other = page.locator("#S25")
    assert not note.is_visible()
    page.locator('input[name="S24"][value="not-sure"]').check(force=True)
    assert note.is_visible()
    assert not other.is_visible()
    page.locator('input[name="S24"][value="no"]').check(force=True)
    assert not note.is_visible()
    assert other.is_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_have_no_fault_in_either_theme(live: Live, open_page: Opened, theme: str) -> None:
    for path in ("/safety", "/safety/questions/your-medicines"):
        page = open_page(live, path, theme=theme, width=320)
        if "questions" in path:
            page.locator('input[value="yes"]').first.check(force=True)
        assert axe_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.locator("h1").count() == 1
