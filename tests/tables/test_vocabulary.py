"""The one list of words: complete, without double meanings, and readable both ways."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum

import pytest

from assetmap.categories import shipped
from assetmap.model import RECORDS, Contact, columns
from assetmap.model.record import plain_type
from assetmap.tables import vocabulary
from assetmap.tables.shown import shown
from assetmap.tables.vocabulary import plain
from assetmap.tables.wording import readers
from assetmap.texts import Language, say

TABLES = [*RECORDS, "contacts"]


def _names(table: str) -> list[str]:
    return [c.name for c in columns(Contact if table == "contacts" else RECORDS[table])]


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_words_in_both_languages_that_mean_it_alone(table: str) -> None:
    """No heading could be two columns of a table, and each has a Dutch and an English label."""
    meanings: dict[str, set[str]] = defaultdict(set)
    for column in _names(table):
        words = vocabulary._entries(table)[column]
        assert words["nl"][0]
        assert words["en"][0]
        for word in (column, *words["nl"], *words["en"]):
            meanings[plain(word)].add(column)
    assert {word: found for word, found in meanings.items() if len(found) > 1} == {}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_we_write_above_a_column_is_read_as_that_column(table: str, language: str) -> None:
    """Also in capitals, with other spaces, hyphens and accents."""
    for column in _names(table):
        label = vocabulary.heading(table, column, language)
        for text in (
            label,
            label.upper(),
            label.replace(" ", "_"),
            f"  {label.replace(' ', '-')} ",
        ):
            assert vocabulary.column_called(table, text) == column


@pytest.mark.parametrize("table", TABLES)
def test_what_we_call_a_sheet_is_read_as_that_table(table: str) -> None:
    """In both languages, and by its own name."""
    for language in ("nl", "en"):
        assert vocabulary.table_called(vocabulary.sheet(table, language)) == table
    assert vocabulary.table_called(table) == table


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_table_is_called_alike_in_a_notebook_and_in_a_workbook(language: str) -> None:
    """What a neighbourhood shows of itself has the names of the sheets."""
    for table in RECORDS:
        assert say(f"tables.{table}", language) == vocabulary.sheet(table, language)


def test_no_word_for_a_sheet_means_two_tables() -> None:
    """A sheet is one table or none."""
    meanings: dict[str, set[str]] = defaultdict(set)
    for table, words in vocabulary._data("headings")["sheets"].items():
        for word in (table, *words["nl"], *words["en"]):
            meanings[plain(word)].add(table)
    assert {word: found for word, found in meanings.items() if len(found) > 1} == {}


def _choices() -> list[tuple[str, str, type[StrEnum] | type[bool]]]:
    return [
        (table, column.name, kind)
        for table, record in RECORDS.items()
        for column in columns(record)
        if (kind := plain_type(record, column.name)) is bool
        or (kind is not None and issubclass(kind, StrEnum))
    ]


@pytest.mark.parametrize(("table", "column", "kind"), _choices())
@pytest.mark.parametrize("language", list(Language))
def test_every_choice_can_be_written_and_read_in_both_languages(
    table: str, column: str, kind: type, language: Language
) -> None:
    """The list holds exactly the words of the model, and none of them is lost on the way."""
    choices = vocabulary.choices_of(table, column)
    assert choices is not None
    values = [True, False] if kind is bool else list(kind)
    assert set(choices.labels[language]) == {
        ("yes" if v else "no") if kind is bool else v for v in values
    }
    read = readers(table, shipped())[column]
    for value in values:
        text = shown(table, column, value, language=language, tree=shipped())
        assert read(str(text).upper()) == (("yes" if value else "no") if kind is bool else value)


def test_no_word_of_a_choice_means_two_things() -> None:
    """Within one choice every Dutch and English word has one meaning."""
    for name, words in vocabulary._data("words").items():
        meanings: dict[str, set[str]] = defaultdict(set)
        for word, ways in words.items():
            for way in (word, *ways["nl"], *ways["en"]):
                meanings[plain(way)].add(word)
        double = {way: found for way, found in meanings.items() if len(found) > 1}
        assert double == {}, name


def test_languages_have_names_that_mean_one_language() -> None:
    """A name of a language is never the name, or the tag, of another one."""
    meanings: dict[str, set[str]] = defaultdict(set)
    for tag, names in vocabulary._data("languages").items():
        for name in (tag, *names):
            meanings[plain(name)].add(tag)
    assert {name: tags for name, tags in meanings.items() if len(tags) > 1} == {}


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Nederlands", "nl"),
        ("Nederlands en Turks", "nl | tr"),
        ("nl/ar, Engels", "nl | ar | en"),
        ("NL", "nl"),
        ("Klingon", "Klingon"),
        ("nl-BE", "nl-BE"),
        ("Nederlandse gebarentaal + Dutch", "dse | nl"),
    ],
)
def test_languages_as_people_write_them(text: str, tags: str) -> None:
    """Names, tags and lists of them; what is not known passes through."""
    assert readers("people", shipped())["languages"](text) == tags


@pytest.mark.parametrize(
    ("table", "column", "text", "value"),
    [
        ("needs", "category", "Maaltijd", "meal"),
        ("needs", "category", "iets heel anders", "iets heel anders"),
        ("needs", "tried", "buren, eigen netwerk", "neighbour | own_network"),
        ("needs", "not_area", "ja", "yes"),
        ("needs", "not_area", "noord, zuid", "noord | zuid"),
        ("activities", "requires", "kok:1 | partij:politie:1", "cook:1 | party:politie:1"),
        ("places", "space_for", "maaltijd, muziek", "meal | music"),
        ("ties", "kind", "Huisgenoot", "household"),
        ("talents", "term", "één keer", "once"),
        ("people", "person", "12.0", "12"),
        ("people", "person", "3.14", "3.14"),
        ("people", "person", "1,2E+03", "1200"),
        ("people", "person", "E5", "E5"),
        ("ties", "a", "7,0", "7"),
    ],
)
def test_words_in_cells(table: str, column: str, text: str, value: str) -> None:
    """From what people type to what the model reads."""
    assert readers(table, shipped())[column](text) == value


@pytest.mark.parametrize("name", shipped().ids)
@pytest.mark.parametrize("language", list(Language))
def test_every_category_survives_its_label(name: str, language: Language) -> None:
    """What the workbook shows for a category is read as that category."""
    text = shown("needs", "category", name, language=language, tree=shipped())
    assert readers("needs", shipped())["category"](str(text)) == name
