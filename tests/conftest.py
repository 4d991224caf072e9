"""What every test may use: a browser without a network, an office program, strict settings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.house.browser import Overheard, launched, opened
from tests.house.office import Office
from tests.house.programs import find_program

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[1]

# The gate must not turn red by the luck of the draw: the same examples every time. To look
# for new ones, run `make explore`.
settings.register_profile("house", deadline=None, derandomize=True, max_examples=60)
settings.register_profile("quick", deadline=None, derandomize=True, max_examples=15)
settings.register_profile("explore", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))

_MARKS = {"chromium_page": "browser", "chromium": "browser", "soffice": "office"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by the program it uses, so that nobody can forget to."""
    for item in items:
        for fixture, mark in _MARKS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)


@pytest.fixture
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A running headless Chromium."""
    with launched() as browser:
        yield browser


@pytest.fixture
def overheard() -> Overheard:
    """What the page of ``chromium_page`` asked of a network, and the errors of its scripts."""
    return Overheard()


@pytest.fixture
def chromium_page(chromium: Browser, overheard: Overheard) -> Iterator[Page]:
    """A page without a network: ``chromium_page.goto(path.as_uri())``.

    When the test is over it fails if the page asked for anything outside its own file, or if
    one of its scripts raised an error.
    """
    with opened(chromium) as (page, heard):
        yield page
        overheard.requests += heard.requests
        overheard.errors += heard.errors
    assert overheard.requests == [], "the page asked for something outside its own file"
    assert overheard.errors == [], "a script of the page went wrong"


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice: ``soffice.convert(...)`` and ``soffice.edit(...)``."""
    return Office(find_program("soffice"), tmp_path_factory.mktemp("office"))
