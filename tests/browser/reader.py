"""A reader of the site: a browser's page that remembers what went wrong, and looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

DESK, PHONE = 1280, 390
#: Width and colours, for pages that are large: both widths and both schemes with every push, the
#: other pairs by night.
WAYS_BY_TURNS = (
    (DESK, "light"),
    (PHONE, "dark"),
    pytest.param(DESK, "dark", marks=pytest.mark.nightly),
    pytest.param(PHONE, "light", marks=pytest.mark.nightly),
)
# Violations of the policy are told on the console too, but here with what was refused.
REFUSALS = """addEventListener("securitypolicyviolation",
  event => console.error(`refused: ${event.violatedDirective} ${event.blockedURI}`))"""
# All rules that are on, and the one on the size of targets, which WCAG 2.2 added.
AXE = """async options => (await axe.run(document, options)).violations.flatMap(
  rule => rule.nodes.slice(0, 3).map(node => `${rule.id}: ${node.target}`))"""
AXE_OPTIONS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}


@dataclass
class Reader:
    """A page, what was said on its console, and what it asked of others."""

    page: Page
    messages: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


@contextmanager
def reading(browser: Browser, address: str, **options: Any) -> Iterator[Reader]:
    """Open a page; at the end nothing was refused, asked of others or said on the console."""
    width = options.pop("width", DESK)
    context = browser.new_context(viewport={"width": width, "height": 800}, **options)
    context.add_init_script(REFUSALS)
    reader = Reader(context.new_page())
    host = "/".join(address.split("/")[:3])
    reader.page.on("console", lambda message: reader.messages.append(message.text))
    reader.page.on("pageerror", lambda error: reader.messages.append(str(error)))
    reader.page.on(
        "request",
        lambda request: (
            None if request.url.startswith(host) else reader.foreign.append(request.url)
        ),
    )
    try:
        reader.page.goto(address)
        yield reader
        # Chromium may hang if it is to close a page that is on its way to another.
        reader.page.wait_for_load_state()
    finally:
        context.close()
    assert reader.messages == []
    assert reader.foreign == []


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways into view."""
    root = "document.documentElement"
    fitting: bool = page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
    return fitting


def findings(page: Page) -> list[str]:
    """What axe finds: the rule and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # From disk axe would fetch the style sheets, to see in them whether a page can be turned.
    options = {**AXE_OPTIONS, "preload": not page.url.startswith("file:")}
    found: list[str] = page.evaluate(AXE, options)
    return found
