"""Find the programs that some tests need, and say clearly when one is not there."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

__all__ = ["NO_SKIP", "find_program", "missing"]

NO_SKIP = "ASSETMAP_NO_SKIP"
"""With this variable set to 1 a missing program is a failure: nothing goes unchecked."""

_KNOWN = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "soffice": ("soffice", "libreoffice"),
    "pdftoppm": ("pdftoppm",),
    "tsc": (str(Path(__file__).parents[2] / ".node/node_modules/.bin/tsc"), "tsc"),
}
_REMEDY = {
    "chromium": "Chromium is not installed (Debian and Ubuntu: apt install chromium)",
    "soffice": "LibreOffice is not installed (Debian and Ubuntu: apt install libreoffice-calc)",
    "pdftoppm": "pdftoppm is not installed (Debian and Ubuntu: apt install poppler-utils)",
    "tsc": "TypeScript is not installed (make .node/.installed, which needs npm)",
}


def find_program(name: str) -> Path:
    """Return where a program is; otherwise skip the test, or fail where skipping is not allowed."""
    for candidate in _KNOWN[name]:
        found = shutil.which(candidate)
        if found is not None:
            return Path(found)
    return missing(_REMEDY[name])


def missing(what: str) -> Path:
    """End the test because something is not there: a skip, or a failure under ``NO_SKIP``."""
    text = f"not checked: {what}"
    if os.environ.get(NO_SKIP) == "1":
        pytest.fail(text, pytrace=False)
    pytest.skip(text)
