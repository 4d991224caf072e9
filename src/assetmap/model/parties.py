"""The kinds of parties around a neighbourhood, and on which side of the table each sits."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from assetmap.errors import UnusableInput
from assetmap.model.people import Person
from assetmap.model.places import Initiative, Organisation
from assetmap.model.record import Record
from assetmap.model.spelling import plain

__all__ = ["PartyKind", "Side", "near_party_kind", "party_kind", "party_kinds", "side_of"]


class Side(StrEnum):
    """On which side of the table a party sits."""

    RESIDENTS = "residents"
    """Residents, and what residents run."""
    PROFESSIONALS = "professionals"
    """Whoever does it as a job, and the organisations they work for."""
    NEITHER = "neither"
    """A fund, a company; or a party of which the kind is not known."""


@dataclass(frozen=True, slots=True)
class PartyKind:
    """One kind of organisation.

    Attributes
    ----------
    id : str
        As it may stand in the column ``kind`` of organisations.
    nl, en : tuple of str
        Words for it; the first of each is its label.
    side : Side
        On which side of the table it sits.
    """

    id: str
    nl: tuple[str, ...]
    en: tuple[str, ...]
    side: Side

    def label(self, lang: str) -> str:
        """Return the label in a language, ``"nl"`` or ``"en"``."""
        if lang not in {"nl", "en"}:
            raise UnusableInput(f"no labels in language {lang!r}: use 'nl' or 'en'")
        return (self.nl if lang == "nl" else self.en)[0]


@cache
def party_kinds() -> Mapping[str, PartyKind]:
    """Return the known kinds of organisations by id.

    Examples
    --------
    >>> party_kinds()["senior_council"].label("nl")
    'seniorenraad'
    """
    source = files("assetmap.model") / "data" / "parties.toml"
    rows = tomllib.loads(source.read_text(encoding="utf-8"))
    kinds = (
        PartyKind(name, tuple(row["nl"]), tuple(row["en"]), Side(row["side"]))
        for name, row in rows.items()
    )
    return MappingProxyType({kind.id: kind for kind in kinds})


@cache
def _words() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for kind in party_kinds().values():
        for word in (kind.id, *kind.nl, *kind.en):
            found.setdefault(plain(word), kind.id)
    return MappingProxyType(found)


def party_kind(text: str) -> PartyKind | None:
    """Return the kind of organisation that a word stands for; None for a kind of one's own.

    Parameters
    ----------
    text : str
        An id, or a word in Dutch or English; capitals, accents and spaces do not matter.

    Examples
    --------
    >>> party_kind("Wijkraad").id, party_kind("Huisartsen").side.value
    ('neighbourhood_council', 'professionals')
    >>> party_kind("ruimtevaart") is None
    True
    """
    found = _words().get(plain(text))
    return None if found is None else party_kinds()[found]


def near_party_kind(text: str) -> PartyKind | None:
    """Return the kind that a misspelt word may be meant for.

    Examples
    --------
    >>> near_party_kind("woningcoporatie").id
    'housing_corporation'
    """
    close = get_close_matches(plain(text), _words(), n=1, cutoff=0.85)
    return party_kinds()[_words()[close[0]]] if close else None


def side_of(party: Record) -> Side:
    """Return on which side of the table a party sits.

    A worker is a professional and any other person a resident; an initiative is the residents';
    an organisation sits where its kind sits, and with a kind that is not known on neither side.

    Parameters
    ----------
    party : Record
        A person, initiative or organisation; of anything else nothing is known.

    Examples
    --------
    >>> from assetmap.model import Organisation, Person
    >>> side_of(Person(person="w1", kind="worker")).value
    'professionals'
    >>> side_of(Organisation(organisation="o1", kind="kerk")).value
    'residents'
    """
    if isinstance(party, Person):
        return Side.PROFESSIONALS if party.is_worker else Side.RESIDENTS
    if isinstance(party, Initiative):
        return Side.RESIDENTS
    if isinstance(party, Organisation) and party.kind is not None:
        kind = party_kind(party.kind)
        return Side.NEITHER if kind is None else kind.side
    return Side.NEITHER
