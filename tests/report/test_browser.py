"""The report in a real browser: nothing overflows, nothing leaves, nothing complains."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from noctiflora.report import ReportData, render_report
from noctiflora.trial import Word
from tests.report.made_up import assessed, empty, full, gates, posterior, running

WIDTHS = (320, 390, 768, 1280, 1600)
PAGES: dict[str, ReportData] = {
    "full": full(),
    "stop": full(Word.STOP, posterior(-3.2, 1.6)),
    "assessed": assessed(),
    "running": running(),
    "empty": empty(),
    "crisis": replace(full(), gates=gates(crisis=True)),
}
# Boxes of words within each drawing: none may leave it, no two may meet by more than a hair.
CLASHES = """() => {
  const found = [];
  for (const svg of document.querySelectorAll('svg[role=img]')) {
    const frame = svg.getBoundingClientRect();
    if (!frame.width) continue;
    const boxes = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
    boxes.forEach(([words, a], i) => {
      if (a.left < frame.left - 1.5 || a.right > frame.right + 1.5 || a.bottom > frame.bottom + 1.5)
        found.push('clipped: ' + words);
      boxes.slice(i + 1).forEach(([other, b]) => {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 1 && down > 4) found.push(words + ' meets ' + other);
      });
    });
  }
  return found;
}"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('svg[role=img]')]
  .filter(s => s.getBoundingClientRect().width && s.querySelector('text'))
  .map(s => 13 * s.getBoundingClientRect().width / s.viewBox.baseVal.width))"""


@pytest.mark.parametrize("name", PAGES)
def test_no_width_overflows_and_nothing_leaves(name: str, browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(render_report(PAGES[name]), encoding="utf-8")
    requests: list[str] = []
    complaints: list[str] = []
    page = browser.new_page(color_scheme="dark")
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri())
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        assert page.evaluate(CLASHES) == [], width
        if width == WIDTHS[0] and page.locator("svg[role=img] text").count():
            assert page.evaluate(SMALLEST) >= 11
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[0]
    page.close()
    assert requests == [file.as_uri()]
    assert complaints == []


def test_words_that_meet_or_leave_their_drawing_would_be_found(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(render_report(PAGES["full"]), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    move = "document.querySelectorAll('#chart-dots svg[role=img] text')[{}].setAttribute('x', {})"
    page.evaluate(move.format(0, 339))
    page.evaluate(move.format(3, 20))
    found = page.evaluate(CLASHES)
    page.close()
    assert any(words.startswith("clipped: ") for words in found)
    assert any(" meets " in words for words in found)


def test_the_stylesheet_applies_under_its_own_policy(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(render_report(PAGES["assessed"]), encoding="utf-8")
    grounds = []
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(file.as_uri())
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        page.close()
    assert grounds == ["rgb(245, 242, 234)", "rgb(17, 19, 27)"]


def test_it_prints(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(render_report(PAGES["full"]), encoding="utf-8")
    page = browser.new_page(color_scheme="dark")
    page.goto(file.as_uri())
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    page.close()
    assert printed.startswith(b"%PDF")
    assert 1 < printed.count(b"/Type /Page\n") <= 14
