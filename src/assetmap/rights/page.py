"""The file of one person as a page of plain text, in a language they read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assetmap.model import RECORDS, columns
from assetmap.rights.sheets import CONTACTS
from assetmap.rights.showing import PersonFile
from assetmap.tables.vocabulary import heading, sheet
from assetmap.texts import Language, say

__all__ = ["person_page"]


def person_page(found: PersonFile, language: str | None = None) -> str:
    """Return everything about one person as plain text.

    Parameters
    ----------
    found : PersonFile
        What :func:`export_person` gathered.
    language : str, optional
        Language of the page, ``"nl"`` or ``"en"``. Default: the one that they read.

    Examples
    --------
    >>> from assetmap.rights import export_person
    >>> person_page(export_person("examples/buurthuis", "p1"), "en").splitlines()[0]
    'What is written down about you'
    """
    lang = found.language if language is None else Language(language)
    return "\n".join(_lines(found, lang)) + "\n"


def _lines(found: PersonFile, lang: Language) -> Iterator[str]:
    yield from _under(say("rights.page.title", lang), "=")
    yield say("rights.page.intro", lang)
    for table, rows in found.tables.items():
        yield ""
        yield from _under(sheet(table, lang), "-")
        for row in rows:
            yield from _row(table, row, lang)
    if found.history:
        yield ""
        yield from _under(say("rights.page.history", lang), "-")
        yield from dict.fromkeys(_told(row, lang) for row in found.history)
    yield ""
    yield from _under(say("rights.page.other", lang), "-")
    yield say("rights.page.not_in_it", lang)


def _under(title: str, mark: str) -> Iterator[str]:
    yield title
    yield mark * len(title)


def _row(table: str, row: Mapping[str, str], lang: Language) -> Iterator[str]:
    known = () if table == CONTACTS else {column.name for column in columns(RECORDS[table])}
    mark = "* "
    for column, text in row.items():
        name = heading(table, column, lang) if column in known or table == CONTACTS else column
        yield f"{mark}{name}: {' '.join(text.split())}"
        mark = "  "


def _told(row: Mapping[str, str], lang: Language) -> str:
    part = "no_plan" if row.get("state") == "no_plan" else row["part"]
    facts = {name: row.get(name, "") for name in ("week", "need", "date")}
    return say(f"rights.page.{part}", lang, **facts)
