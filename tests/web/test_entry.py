"""The morning entry as a form."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from noctiflora.actions import running_trial
from noctiflora.intake import ITEMS
from noctiflora.sleep import Night
from noctiflora.trial import EntryKind, standing
from noctiflora.web._entry import (
    CLOCKS,
    FLAGS,
    MORE,
    STEPS,
    Entry,
    answer_words,
    changes,
    nearest,
    prefilled,
    time_text,
)
from noctiflora.web._form import Filled
from tests.actions.seasons import at
from tests.web.conftest import sign_in
from tests.web.season_app import NIGHT, season_app

ASKED = (*CLOCKS, *STEPS, *FLAGS, *MORE)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    keys = draw(st.sets(st.sampled_from(ASKED)))
    values = {}
    for key in sorted(keys):
        rule = ITEMS[key]
        number = st.integers(int(rule.low), int(rule.high)) if rule.whole else st.floats(rule.low, rule.high)
        values[key] = float(draw(number))
    for key in CLOCKS:
        if key in values:
            values[key] = round(values[key] % 24 * 60) % 1440 / 60
    return Entry(values=values)


@given(entries())
@settings(max_examples=60)
def test_a_form_sent_back_as_it_was_shown_changes_nothing_but_what_was_left_unticked(entry: Entry) -> None:
    form = Filled({key: [text] for key, text in prefilled(entry, None).items()})
    found = changes(form, entry)
    assert not form.errors
    # A long decimal is shown shortened; it may come back rounded, never moved.
    for change in found:
        assert change.after == 0.0 or abs(float(change.after or 0) - float(change.before or 0)) < 1e-3
    assert not [c for c in found if c.item in CLOCKS or c.item in STEPS]


def test_the_mark_follows_every_part() -> None:
    marks = {
        e.mark
        for e in (
            Entry(),
            Entry(values={"quality": 5.0}),
            Entry(values={"quality": 6.0}),
            Entry(dose="1"),
            Entry(missing="x"),
        )
    }
    assert len(marks) == 5


def test_times_of_a_device_are_filled_in_only_where_none_were_entered() -> None:
    night = Night(
        date=dt.date(2024, 12, 1), source="x", onset=dt.datetime(2024, 11, 30, 22, 30, tzinfo=dt.UTC),
        offset=dt.datetime(2024, 12, 1, 5, 30, tzinfo=dt.UTC), onset_zone_offset_min=60, offset_zone_offset_min=60,
        sol_min=30.0, terminal_wake_min=15.0,
    )  # fmt: skip
    assert prefilled(Entry(), night) == {"bed_time_h": "23:00", "wake_time_h": "06:30", "rise_time_h": "06:45"}
    assert prefilled(Entry(values={"wake_time_h": 7.0}), night) == {"wake_time_h": "07:00"}


def test_answers_are_read_out_in_words() -> None:
    said = [answer_words("bed_time_h", 23.5), answer_words("alcohol", 1.0), answer_words("quality", 2.5)]
    assert said == ["23:30", "yes", "2.5"]
    assert [answer_words("dose", "0"), answer_words("dose", None)] == ["not taken", "not answered"]


def test_the_nearest_step_and_the_clock() -> None:
    assert nearest("latency_min", 27.0) == 30
    assert time_text(23.9999) == "00:00"


def test_a_capsule_is_logged_in_the_trial_and_a_reason_too(tmp_path: object) -> None:
    app = season_app(tmp_path / "x.sqlite")  # type: ignore[operator]
    with sign_in(app) as client:
        page = client.get("/").text
        assert "Yesterday’s capsule" in page
        assert f"Night {NIGHT} of" in page
        assert save(client, page, dose="0").status_code == 200
        assert 'name="dose" value="0" checked' in client.get("/").text
        assert save(client, client.get("/").text, dose="1").status_code == 200
        answer = client.post("/today/skip", data={"reason": "ill"})
        assert "Noted." in answer.text
        assert "Not recorded:" in client.get("/").text
        kept = running_trial(app.state.noctiflora.store)
        assert kept is not None
        told = standing(kept.record.entries)
        assert told[EntryKind.DOSE, NIGHT].value == "1"
        assert told[EntryKind.MISSING, NIGHT].text == "ill"
        assert len([e for e in kept.record.entries if e.kind is EntryKind.DOSE]) == 2


def test_a_clock_set_back_is_said_and_the_input_stays(tmp_path: object) -> None:
    app = season_app(tmp_path / "x.sqlite")  # type: ignore[operator]
    with sign_in(app) as client:
        save(client, client.get("/").text, dose="1")
        app.state.noctiflora.now = lambda: at(NIGHT - 3)
        answer = save(client, client.get("/").text, dose="0", quality="5")
        assert answer.status_code == 422
        assert "clock" in answer.text
        assert 'name="quality" value="5" checked' in answer.text


def save(client: TestClient, page: str, **values: str):  # type: ignore[no-untyped-def]
    seen = page.partition('name="seen" value="')[2][:16]
    return client.post("/today", data={"seen": seen, **values})
