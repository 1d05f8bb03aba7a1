import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from noctiflora.core import Outcome, Source
from noctiflora.plan import Standing
from noctiflora.report import ReportData, render_report
from noctiflora.report._page import measure_for, useful_amount
from noctiflora.report._veil import shown
from noctiflora.trial import Status, Word
from tests.report.made_up import assessed, design, empty, full, gates, many_nights, posterior, running, verdict, what_if

VOID = {"meta", "br", "hr", "img", "input", "link", "line", "rect", "circle", "path"}
PAGES = {
    "helps": full(),
    "does not help": full(Word.DOES_NOT_HELP, posterior(0.2, 1.0)),
    "cannot tell": full(Word.CANNOT_TELL, posterior(0.6, 2.4)),
    "stop": full(Word.STOP, posterior(-3.2, 1.6)),
    "not converged": full(None, replace(posterior(), status=Status.NOT_CONVERGED)),
    "assessed": assessed(),
    "running": running(),
    "empty": empty(),
    "crisis": replace(full(), gates=gates(crisis=True)),
}
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}'


class Outline(HTMLParser):
    """Checks that tags close in order, and gathers what the tests ask about."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.named: list[str] = []
        self.attributes: set[str] = set()
        self.tags: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        self.attributes.update(found)
        self.ids.extend(v for k, v in attrs if k == "id" and v)
        if tag == "a" and found.get("href"):
            self.links.append(str(found["href"]))
        self.named.extend(str(found.get("aria-labelledby") or "").split())
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> out of order"

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in {"style", "script"}:
            self.text.append(data)


def outline(page: str) -> Outline:
    found = Outline()
    found.feed(page)
    found.close()
    return found


def words(page: str) -> str:
    return re.sub(r"\s+", " ", " ".join(outline(page).text))


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {name: render_report(data) for name, data in PAGES.items()}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_well_formed_and_its_names_are_unique(name: str, pages: dict[str, str]) -> None:
    found = outline(pages[name])
    assert not found.open
    assert len(found.ids) == len(set(found.ids))
    assert set(found.named) <= set(found.ids)
    inner = [link[1:] for link in found.links if link.startswith("#")]
    assert set(inner) <= set(found.ids)


@pytest.mark.parametrize("name", PAGES)
def test_one_first_heading_and_no_level_skipped(name: str, pages: dict[str, str]) -> None:
    levels = outline(pages[name]).headings
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_from_outside(name: str, pages: dict[str, str]) -> None:
    found = outline(pages[name])
    assert not found.tags & {"script", "link", "img", "iframe", "object", "form", "base", "use", "image"}
    assert not found.attributes & {"style", "src", "srcset", "background"}
    assert not {a for a in found.attributes if a.startswith("on")}
    assert "Content-Security-Policy" in pages[name]


@pytest.mark.parametrize("name", PAGES)
def test_chances_are_counts_and_the_voice_is_quiet(name: str, pages: dict[str, str]) -> None:
    text = words(pages[name])
    assert not re.search(r"\bp ?[<=] ?0|significant|proven|boost|unfortunately|odds", text, re.IGNORECASE)
    assert not re.search(r"(chance|likely|probab\w+|sure)[^.]{0,40}\d %", text)
    assert "nan" not in text.lower().split()
    assert "None" not in text


@pytest.mark.parametrize("name", [n for n in PAGES if n != "crisis"])
def test_the_note_on_education_stands_once(name: str, pages: dict[str, str]) -> None:
    assert words(pages[name]).count("not medical advice") == 1


def test_every_figure_has_a_title_a_description_and_a_twin(pages: dict[str, str]) -> None:
    page = pages["helps"]
    assert page.count('role="img"') == page.count("<title id=") == page.count("<desc id=")
    figures = re.findall(r'<figure class="chart.*?</figure>', page, re.DOTALL)
    assert len(figures) == 11
    for figure in figures:
        small = 'id="chart-option-' in figure
        assert small or "<details" in figure
    assert "48 of 50 dots" in page


def test_a_made_up_person_is_called_so_and_a_real_one_is_not(pages: dict[str, str]) -> None:
    assert "This person is made up" in pages["helps"]
    assert "made up" not in render_report(replace(assessed(), made_up=False))


def test_the_what_if_is_hypothesis_and_sets_no_size(pages: dict[str, str]) -> None:
    part = pages["helps"].split('<section id="what-if"')[1].split("</section>")[0]
    text = words(f"<section{part}</section>")
    assert part.count('<span class="tag hyp">hypothesis</span>') == 1 + len(what_if().rows)
    assert all("hypothesis" in figure for figure in re.findall("<desc.*?</desc>", part))
    assert "never sets the size of an effect anywhere else" in text
    assert "40 of 60 runs sleep longer, 15 shorter, 5 within 1 min" in text
    assert "1 run left the range" in text
    assert "body clock 2 h 04 earlier" in text
    assert "model was not run for this report" in words(pages["empty"])
    assert "what-if" not in pages["crisis"]


def test_sizes_are_the_same_with_and_without_the_what_if(pages: dict[str, str]) -> None:
    without = render_report(replace(full(), what_if=None))
    for part in ("verdict", "options", "evidence"):
        one, other = (p.split(f'<section id="{part}"')[1].split("</section>")[0] for p in (pages["helps"], without))
        assert re.sub(r"\[\d+\]|#source-\d+", "", one) == re.sub(r"\[\d+\]|#source-\d+", "", other)


def test_hostile_text_stays_text() -> None:
    data = full(n_nights=20)
    assert data.design is not None
    assert data.gates is not None
    source = Source(ref='https://example.org/"><script>', note=HOSTILE)
    hostile = replace(
        data,
        person=HOSTILE,
        import_notes=(HOSTILE,),
        design=replace(data.design, option_name=HOSTILE),
        options=tuple(replace(o, name=HOSTILE, known=HOSTILE, sources=(source,)) for o in data.options),
        findings=tuple(replace(f, heading=HOSTILE, text=HOSTILE) for f in data.findings),
        nights=tuple(replace(n, source=HOSTILE) for n in data.nights),
        gates=replace(data.gates, states=tuple(replace(s, message=HOSTILE) for s in data.gates.states)),
    )
    page = render_report(hostile)
    found = outline(page)
    assert not found.open
    assert not found.tags & {"script", "img"}
    assert "{{7*7}}" in page
    assert "49" not in re.findall(r"onerror=alert\(1\)&gt;(\S{2})", page)


def test_a_running_trial_shows_no_effect_and_is_blind_to_arms(pages: dict[str, str]) -> None:
    page = pages["running"]
    assert 'id="chart-dots"' not in page
    assert 'id="chart-trial"' not in page
    assert "sealed" in page
    assert "veiled" in page
    data = running()
    assert data.design is not None
    one = replace(data.design.periods[0], arm=design().periods[0].arm)
    other = replace(data.design.periods[0], arm=design().periods[1].arm)
    twins = [
        render_report(replace(data, design=replace(data.design, periods=(p, *data.design.periods[1:]))))
        for p in (one, other)
    ]
    assert twins[0] == twins[1]


def test_a_crisis_page_holds_help_and_nothing_else(pages: dict[str, str]) -> None:
    page = pages["crisis"]
    assert "Please speak to someone now" in page
    assert "<svg" not in page
    assert "Bifidobacterium" not in page


def test_nulls_stand_as_large_as_signs(pages: dict[str, str]) -> None:
    page = pages["assessed"]
    rows = re.findall(r'<article class="finding">', page)
    assert len(rows) == len(assessed().findings)
    assert "Not offered, and why" in page


def test_unblinded_and_unreviewed_are_said(pages: dict[str, str]) -> None:
    assert "not yet reviewed by a clinician" in pages["helps"]
    known = replace(full(), design=design(blinded=False))
    page = words(render_report(known))
    assert "You knew when you took it" in page
    assert "better than without it" in page


def test_an_outcome_where_lower_is_better() -> None:
    found = posterior(6.0, 3.0, useful=5.0, higher=False)
    data = full(Word.HELPS, found, n_nights=30)
    planned = replace(design(outcome=Outcome.LATENCY), useful=5.0)
    page = words(render_report(replace(data, design=planned, verdict=verdict(Word.HELPS, found))))
    assert "falling asleep about 6 minutes sooner than with placebo" in page
    assert "lower is better" in page


def test_weight_with_200_nights() -> None:
    data = replace(full(), nights=many_nights(212))
    assert len(data.nights) >= 199
    assert len(render_report(data).encode()) < 400_000


def test_the_same_data_give_the_same_page() -> None:
    assert render_report(assessed()) == render_report(assessed())


def test_the_design_goes_before_the_default() -> None:
    assert useful_amount(full()) == 3.0
    assert useful_amount(assessed()) == 2.0
    data: ReportData = running()
    assert measure_for(data, shown(data)).outcome is Outcome.EFFICIENCY


def test_options_are_folded_by_group_and_the_first_stands_open() -> None:
    data = full()
    first = data.options[0]
    others = [replace(first, key=f"x{k}", standing=standing) for k, standing in enumerate(Standing)]
    page = render_report(replace(data, options=tuple(others)))
    shelves = re.findall(r'<details class="shelf"( open)?>', page)
    assert shelves == [" open"] + [""] * (len(Standing) - 1)


def test_a_paper_of_the_tables_is_named_beside_its_address() -> None:
    source = Source(ref="10.1038/s41598-024-53810-w")
    data = full()
    page = render_report(replace(data, options=(replace(data.options[0], sources=(source,)),)))
    assert 'Patterson E 2024, <a class="doi" href="https://doi.org/10.1038/s41598-024-53810-w"' in page
