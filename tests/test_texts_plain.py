"""What somebody typed is shown as plain text, whatever is in it."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from assetmap.texts.plain import named, typed


@given(st.text(max_size=400))
def test_no_hidden_sign_is_left(text: str) -> None:
    """One line, no control signs, never longer than it may be."""
    shown = typed(text).strip("\u2068\u2069")
    assert len(shown) <= 120
    assert shown == " ".join(shown.split())
    hidden = {c for c in shown if unicodedata.category(c)[0] == "C"}
    assert hidden <= {"\u200c", "\u200d"}


def test_the_direction_of_what_follows_is_not_turned() -> None:
    """Signs that turn the direction go; a text from right to left is kept apart."""
    assert typed("Eetcafé\u202e\u2066") == "Eetcafé"
    assert typed("سلمى") == "\u2068سلمى\u2069"


def test_an_endless_text_ends() -> None:
    """Ten thousand letters become a line, and a name a short one."""
    assert typed("a" * 10_000) == "a" * 119 + "…"
    assert len(named(lambda party: party * 5_000)("p1")) == 40


@given(st.text(alphabet="<>&\"'={}%+-@ abc", max_size=60))
def test_signs_of_other_languages_are_left_to_the_page(text: str) -> None:
    """Escaping is the work of the page; nothing is taken out here."""
    assert typed(text) == " ".join(text.split())
