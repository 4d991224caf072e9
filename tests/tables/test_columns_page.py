"""The page of the columns tells what the reader understands."""

from __future__ import annotations

import pytest

from assetmap.model import RECORDS
from assetmap.tables.vocabulary import column_called
from tests.house.columns_page import PAGE, page


def test_the_page_is_that_of_the_list_of_words() -> None:
    """Whoever adds a column or a word writes the page anew (``make reference``)."""
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("language", [1, 2])
def test_every_word_of_the_page_is_read_as_its_column(language: int) -> None:
    """In Dutch and in English, table by table."""
    sections = PAGE.read_text(encoding="utf-8").split("\n## `")[1:]
    assert [part.partition("`")[0] for part in sections] == [*RECORDS, "contacts"]
    for part in sections:
        table = part.partition("`")[0]
        rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line[:1] == "|"]
        assert len(rows) > 3
        for row in rows[2:]:
            name = row[0].partition("`")[2].partition("`")[0]
            for word in row[language].replace("**", "").split(", "):
                assert column_called(table, word) == name, (table, word)
