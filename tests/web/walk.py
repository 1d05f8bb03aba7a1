"""A walk over every page of the app in a real browser, in one state of the store."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi.routing import APIRoute

from noctiflora.web._routes import ROUTERS
from tests.web.conftest import Live, axe_violations, serve_live

if TYPE_CHECKING:
    from playwright.sync_api import Page

NO_PAGE = re.compile(r"^/(api|static|start)|\.(pdf|csv|json|ics|md|html|xml)$|^/jobs/|/state$")
COMMAND = re.compile(r"noctiflora [a-z]+(?: [a-z]+)?|(?<![-\w])--[a-z][-a-z]+")
"""Words of the command line, which have no place on a page."""
MOST_ALIKE = 2
"""Pages of one kind that are followed from links."""
LAYOUT = """() => {
  const faults = [], root = document.documentElement, wide = root.clientWidth;
  if (root.scrollWidth > wide) {
    const out = [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > wide + 1)
    faults.push('sideways ' + root.scrollWidth + ' ' + (out[0] ? out[0].outerHTML.slice(0, 90) : ''))
  }
  const levels = [...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])
  if (levels.filter(n => n === 1).length !== 1) faults.push('h1 ' + levels)
  levels.forEach((n, k) => { if (k && n > levels[k - 1] + 1) faults.push('skipped level ' + levels) })
  const inline = e => { const p = e.closest('p,li,td,th,dd,figcaption,caption,label'); return e.tagName === 'A'
    && getComputedStyle(e).display === 'inline' && p && p.textContent.trim() !== e.textContent.trim() }
  for (const e of document.querySelectorAll('a[href],button,input,select,textarea,summary')) {
    const own = e.getBoundingClientRect(), label = e.labels && e.labels[0] && e.labels[0].getBoundingClientRect()
    const shown = e.checkVisibility({visibilityProperty: true}) && own.width > 1 && own.height > 1
    if (!shown || e.type === 'hidden' || e.closest('.vh,.skip') || e.classList.contains('skip')) continue
    const wider = label && label.height > own.height ? label : own
    if ((wider.height < 23.5 || wider.width < 23.5) && !inline(e))
      faults.push('target ' + wider.width.toFixed() + 'x' + wider.height.toFixed() + ' ' + e.outerHTML.slice(0, 90))
  }
  return faults
}"""
"""What is wrong with how a page lies: sideways scroll, headings, targets under 24 px that stand alone."""


def places() -> list[str]:
    """Return every page of the app whose path has no parameter."""
    found = [
        route.path
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and "GET" in route.methods and "{" not in route.path
    ]
    return sorted(path for path in dict.fromkeys(found) if not NO_PAGE.search(path))


@contextmanager
def served(path: Path) -> Iterator[Live]:
    """Serve a store while the caller goes on."""
    yield from serve_live(path)


def opened(page: "Page", live: Live, paths: Iterable[str]) -> Iterator[str]:
    """Open each path, wait for work in the background, yield; then do so for what the pages lead to."""
    waiting, seen, taken = list(paths), set[str](), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        page.goto(live.url + path)
        while "/jobs/" in page.url:
            page.wait_for_url(lambda url: "/jobs/" not in url, timeout=60_000)
        yield path
        for link in page.eval_on_selector_all("main a[href^='/']", "all => all.map(a => a.getAttribute('href'))"):
            link = link.partition("#")[0]
            family = "/".join(link.partition("?")[0].split("/")[:4][:-1]) or "/"
            known = link in seen or link in waiting or NO_PAGE.search(link.partition("?")[0])
            if not known and taken[family] < MOST_ALIKE and link not in places():
                taken[family] += 1
                waiting.append(link)


def faults(page: "Page", *, axe: bool = True) -> list[str]:
    """Return what is wrong with the page: by axe in both themes, and at 320, 640 and 1280 px."""
    found = []
    if axe:
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            found += [f"{theme}: {line}" for line in axe_violations(page)]
    size = page.viewport_size
    for width in (320, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width} px: {line}" for line in page.evaluate(LAYOUT)]
    if size is not None:
        page.set_viewport_size(size)
    # text that is folded away counts as well; what a chart's code names is drawn, not read
    words = page.evaluate("() => document.querySelector('main').textContent")
    return found + [f"a command: {said}" for said in COMMAND.findall(words)]
