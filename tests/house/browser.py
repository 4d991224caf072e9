"""A headless Chromium that has no network, and remembers what asked for one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.house.programs import find_program, missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request, Route

__all__ = ["FLAGS", "Overheard", "launched", "opened"]

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
_INSIDE = ("file:", "data:", "blob:", "about:")


@dataclass
class Overheard:
    """What a page did besides showing itself."""

    requests: list[str] = field(default_factory=list)
    """Addresses outside the machine's own files that the page asked for; all were refused."""
    errors: list[str] = field(default_factory=list)
    """Errors that the page's scripts raised or wrote to the console."""


@contextmanager
def launched() -> Iterator[Browser]:
    """Start Chromium and close it again."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright is not installed (pip install -e '.[dev]')")
    program = find_program("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser) -> Iterator[tuple[Page, Overheard]]:
    """Open an empty page without a network, with a desk-sized window and Dutch as language."""
    heard = Overheard()

    def decide(route: Route, request: Request) -> None:
        if request.url.startswith(_INSIDE):
            route.continue_()
        else:
            route.abort("internetdisconnected")

    def note(request: Request) -> None:
        if not request.url.startswith(_INSIDE):
            heard.requests.append(request.url)

    context = browser.new_context(
        locale="nl-NL",
        offline=True,
        service_workers="block",
        timezone_id="Europe/Amsterdam",
        viewport={"width": 1280, "height": 900},
    )
    try:
        context.route("**/*", decide)
        context.on("request", note)
        page = context.new_page()
        page.on("websocket", lambda socket: heard.requests.append(socket.url))
        page.on("pageerror", lambda error: heard.errors.append(str(error)))
        page.on(
            "console",
            lambda line: heard.errors.append(line.text) if line.type == "error" else None,
        )
        yield page, heard
    finally:
        context.close()
