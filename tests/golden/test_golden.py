"""The words that people read, kept one by one: a change in them is seen, and has to be meant."""

from __future__ import annotations

import pytest

from tests.golden.hoods import HOODS
from tests.golden.telling import place, sheet_words, words


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("name", HOODS)
def test_every_word_is_as_it_was(name: str, lang: str) -> None:
    """Explanations, rows and page say what they said; `python -m tests.golden.telling` renews."""
    assert words(name, lang) == place(name, lang).read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_word_of_the_sheets_is_as_it_was(lang: str) -> None:
    """What a team hands out, for helpers and initiatives, and the list of who gets which."""
    assert sheet_words(lang) == place("sheets", lang).read_text(encoding="utf-8")
