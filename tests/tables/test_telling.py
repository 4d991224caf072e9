"""A problem in somebody's language, with the words of their own workbook."""

from __future__ import annotations

import pytest

from assetmap.errors import DataProblem, Severity
from assetmap.model import problem
from assetmap.tables import told
from assetmap.texts import Language


def _wrong(code: str, table: str, column: str | None, **facts: object) -> DataProblem:
    return problem(code, Severity.ERROR, (table, 3, column), **facts)


CASES = (
    (
        _wrong("unknown-reference", "needs", "owner", tables="people, initiatives"),
        "Mensen, Initiatieven",
    ),
    (_wrong("not-in-list", "needs", "tried", allowed="x"), "eigen netwerk, buren"),
    (_wrong("not-in-list", "team.toml", "language", allowed="nl, en"), "nl, en"),
    (_wrong("misspelt-heading", "needs", "urgentei", near="urgency"), "Hoe dringend (1-5)"),
    (_wrong("not-a-table-near", "needs", None, source="x.csv", near="needs"), "Vragen"),
    (_wrong("unknown-category-near", "needs", "category", near="shopping"), "oodschappen"),
    (_wrong("unknown-category-near", "needs", "category", near="eigen"), "eigen"),
    (_wrong("ends-before-it-begins", "needs", "closed_on", first="since"), "Sinds"),
    (_wrong("half-a-point", "places", "lat", other="lon"), "Lengtegraad"),
    (_wrong("double-id", "needs", "need", id="n1", first="2"), "regel 2"),
    (_wrong("personal-id", "people", "person", kind="phone", replaced_by="p3"), "telefoonnummer"),
)


@pytest.mark.parametrize(("found", "words"), CASES, ids=[c[0].code for c in CASES])
def test_facts_are_said_in_the_words_of_the_workbook(found: DataProblem, words: str) -> None:
    """Tables, headings, choices and categories go by their Dutch names."""
    dutch = told(found, Language.NL)
    assert words in dutch.message
    assert (dutch.code, dutch.place, dutch.facts) == (found.code, found.place, found.facts)
    assert told(dutch, Language.EN).message != dutch.message
