"""Twins in the browser: two trials alike in everything but the order answer every request byte for byte the same."""

import itertools
import re
import secrets
import shutil
from collections import Counter
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from noctiflora.web import _jobs
from noctiflora.web._routes import ROUTERS
from tests.web.conftest import TestClient, make, raw_client, wait_for_job
from tests.web.seasons import OPTION, ORDERS, WORDS, begin, counted

PARAMETERS = {
    "/options/{key}": [OPTION],
    "/trial/kit/{name}": ["labels.pdf", "helper.pdf", "calendar.ics", "envelope.pdf"],
    "/evidence/strains/{key}": [OPTION, "lactobacillus-gasseri-cp2305"],
}
"""What stands in the parameters of a path; everything else is tried with a word that is nowhere."""
MOST_ALIKE = 3
"""Pages of one kind that are followed from links."""
USAGE = shutil._ntuple_diskusage(10**12, 10**11, 9 * 10**11)  # type: ignore[attr-defined]
FORMS: tuple[tuple[str, dict[str, str]], ...] = (
    ("/trial/effect", {"night": "4", "text": "gas", "severity": "mild"}),
    ("/trial/effect", {"night": "4", "text": "", "severity": "mild"}),
    ("/trial/missed", {"reason_25": "forgot it"}),
    ("/trial/guess", {"guess_14": "placebo"}),
    ("/trial/guess", {"guess_14": "the truth"}),
    ("/trial/log", {"night": "5", "dose": "0.5", "correct": "1"}),
    ("/trial/log", {"lines": "night,dose\n6,1\n", "correct": "1"}),
    ("/trial/log", {"lines": "night,dose\nx,1\n"}),
    ("/trial/kit/calendar.ics", {"time": "20:30"}),
    ("/trial/envelope", {"passphrase": "another passphrase"}),
    ("/trial/look", {"passphrase": "another passphrase"}),
    ("/trial/lock", {"passphrase": WORDS}),
    ("/trial/open", {"reason": "curious", "word": "open", "passphrase": "another passphrase"}),
    ("/trial/open", {"reason": "curious", "word": "open", "envelope": "PCCP 00"}),
    ("/trial/open", {"reason": "", "word": "no"}),
    ("/trial/stop", {"how": "lost", "word": "no"}),
    ("/clinician", {"trial": "1", "harms": "1", "measures": "1", "nights": "1", "name": "A."}),
    ("/clinician/page.pdf", {"trial": "1", "harms": "1", "measures": "1", "nights": "1", "safety": "1"}),
    ("/what-if", {"dinner": "18", "weeks": "1"}),
    ("/what-if/answer", {"light": "0", "weeks": "1"}),
    ("/trial/design", {"option": OPTION}),
    ("/trial/share", {}),
    ("/data/report", {}),
)
"""What a person on trial can send while it runs; the last ones change the log of both twins alike."""


def get_paths(app: FastAPI) -> list[str]:
    """Return every GET path of the app with its parameters filled in."""
    found = []
    every = [*app.routes, *(route for router in ROUTERS for route in router.routes)]
    for route in every:
        if isinstance(route, APIRoute) and "GET" in route.methods:
            names = re.findall(r"{(\w+)(?::\w+)?}", route.path)
            values = PARAMETERS.get(route.path, ["nowhere"])
            for value in values if names else [""]:
                path = route.path
                for name in names:
                    path = re.sub(rf"{{{name}(?::\w+)?}}", value, path)
                found.append(path)
    # the start address ends the session's exchange and is of no use here
    return list(dict.fromkeys(path for path in found if not path.startswith("/start/")))


def masked(data: bytes) -> bytes:
    """Return bytes without the long numbers that the seal is made of."""
    return re.sub(rb"[0-9a-f]{64,}", lambda found: b"#" * len(found.group()), data)


def asked(client: TestClient, verb: str, path: str, form: dict[str, str] | None = None) -> bytes:
    """Return a whole answer: status, headers in their order, body."""
    if verb == "GET":
        answer = client.get(path, follow_redirects=False)
    else:
        answer = client.post(path, data=form or {}, follow_redirects=False)
    head = b"\n".join(name + b": " + value for name, value in answer.headers.raw)
    return str(answer.status_code).encode() + b"\n" + head + b"\n\n" + answer.content


def links(data: bytes) -> list[str]:
    """Return the pages of ours that a page leads to."""
    found = re.findall(r'href="(/[^"#]*)"', data.decode("utf-8", "replace"))
    return [path for path in found if not path.startswith(("/static/", "/start/"))]


def reached(path: Path) -> dict[str, bytes]:
    """Ask one twin everything and return the answers by request, in order."""
    found: dict[str, bytes] = {}
    number = itertools.count()
    with raw_client(app := make(path)) as client:
        client.cookies.set(app.state.keys.cookie, app.state.keys.session(), domain="127.0.0.1")

        def ask(verb: str, place: str, form: dict[str, str] | None = None) -> bytes:
            answer = asked(client, verb, place, form)
            found[f"{next(number)} {verb} {place}"] = answer
            return answer

        for place in get_paths(app):
            ask("GET", place)
        for place, form in FORMS:
            answer = ask("POST", place, form)
            job = re.search(rb"location: (/jobs/\w+)", answer)
            if job is not None:
                # how far it is depends on the moment; what it leads to does not
                ask("GET", wait_for_job(client, job.group(1).decode(), seconds=120))
        crawled = [(place, ask("GET", place)) for place in get_paths(app)]
        seen, taken = {place for place, _ in crawled}, Counter[str]()
        for place in dict.fromkeys(link for _, data in crawled for link in links(data)):
            family = "/".join(place.split("/")[:3])
            if place not in seen and taken[family] < MOST_ALIKE:
                taken[family] += 1
                ask("GET", place)
        for key in [key for key in found if "/data/report/" in key and "nowhere" not in key]:
            for name in ("report.html", "report.json"):
                ask("GET", f"{key.split()[-1]}/{name}")
    return found


@pytest.fixture(scope="module")
def twins(filled_once: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    # one after the other in one folder and with the same passing names: nothing else may differ
    found = {}
    base = tmp_path_factory.mktemp("twins")
    for name, bits in ORDERS.items():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("noctiflora.actions._trial_result.SIMULATED", 100)
            patch.setenv("NOCTIFLORA_HOME", str(base / "home"))
            folder = base / "person"
            folder.mkdir()
            give = counted("passing names")
            # the free space of this disk is no word of the trial
            patch.setattr(shutil, "disk_usage", lambda path: USAGE)
            patch.setattr(secrets, "token_hex", lambda n=32, give=give: give(n).hex())
            patch.setattr(_jobs.secrets, "token_urlsafe", lambda n=32, give=give: give(n).hex()[:16])
            path = Path(shutil.copy(filled_once, folder / "noctiflora.sqlite"))
            begin(path, bits=bits)
            found[name] = reached(path)
            shutil.rmtree(folder)
    return found


def test_every_registered_page_was_asked(twins: dict[str, dict[str, bytes]], filled_once: Path) -> None:
    asked_for = " ".join(twins["first"])
    known = make(filled_once).state.paths
    for place in ("/", "/trial", "/trial/kit", "/clinician", "/what-if"):
        assert place in known
        assert f"GET {place} " in f"{asked_for} "
    assert any("/report.html" in name for name in twins["first"])
    assert len(twins["first"]) > len(known) + len(FORMS)


def test_names_order_and_sizes_are_the_same(twins: dict[str, dict[str, bytes]]) -> None:
    one, two = twins["first"], twins["second"]
    assert list(one) == list(two)
    assert {k: len(v) for k, v in one.items()} == {k: len(v) for k, v in two.items()}


def test_every_byte_is_the_same_but_for_the_seal(twins: dict[str, dict[str, bytes]]) -> None:
    one, two = twins["first"], twins["second"]
    assert [name for name in one if masked(one[name]) != masked(two[name])] == []


def test_no_answer_was_a_fault_of_ours(twins: dict[str, dict[str, bytes]]) -> None:
    assert [name for name, data in twins["first"].items() if data.startswith(b"500")] == []


def test_the_twins_do_differ_in_their_seal(twins: dict[str, dict[str, bytes]]) -> None:
    one, two = twins["first"], twins["second"]
    assert any(one[name] != two[name] for name in one)


def test_the_test_can_fail(twins: dict[str, dict[str, bytes]]) -> None:
    name, data = next(iter(twins["first"].items()))
    assert masked(data + b" ") != masked(twins["second"][name])
