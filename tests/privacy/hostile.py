"""Neighbourhoods with a secret in every text: names, notes, numbers and words about safety."""

from __future__ import annotations

import html
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from random import Random
from types import MappingProxyType
from typing import Any

from assetmap.model import RECORDS, Need, Neighbourhood, Observation, Record
from assetmap.synthetic import neighbourhood

__all__ = ["SAFETY", "hostile_hood", "leaks", "readable"]

SAFETY = ("violence", "abuse", "neglect", "geweld", "mishandeling", "verwaarlozing")
FREE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "people": ("household", "motive"),
        "talents": ("description", "conditions", "source", "event"),
        "needs": ("source", "event", "formal_route", "closed_because"),
        "observations": ("note", "household"),
        "visits": ("street", "outcome"),
        "decisions": ("remark",),
        "ties": ("event",),
        "agreements": ("about",),
    }
)
"""Columns in which somebody may write anything."""
NAMED = ("initiatives", "activities", "places")
_MOST = 20
"""Rows of a table: enough for every way out, and few enough to do it a hundred times."""
WRAPS = (
    "{}",
    '=HYPERLINK("http://x.test","{}")',
    "<script>alert('{}')</script>",
    "]]>{}<!--",
    '"{}",\n;{}',
    "\u202e{}\u202c",
    "{{{{ {} }}}}",
    "&quot;{}&amp;",
    "\\u0041{}\\",
    "@{} | +31 6 {}",
)
"""Ways in which a text may break out of where it is put."""


class _Secrets:
    """Makes texts with a word in them that is nowhere else."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.words: list[str] = []

    def word(self) -> str:
        letters = "".join(
            self.random.choice("bdfgklmnprtvz") + self.random.choice("aeiouëé") for _ in range(5)
        )
        self.words.append(f"Q{letters}")
        return self.words[-1]

    def text(self) -> str:
        wrap = self.random.choice(WRAPS)
        number = f"06{self.random.randrange(10**7, 10**8)}"
        self.words.append(number)
        return f"{wrap.format(*[self.word()] * 2)} {number}"


def hostile_hood(
    seed: int, *, residents: int = 10, most: int = _MOST
) -> tuple[Neighbourhood, tuple[str, ...]]:
    """Return a small made-up neighbourhood, and every word that may leave it for nobody.

    The ids of people are among these words: research gets codes.
    """
    hood, secrets = neighbourhood(residents=residents, seed=seed, weeks=1), _Secrets(seed)
    called = {person.person: secrets.word() for person in hood.people}
    rows: list[Record] = []
    for table in RECORDS:
        rows += [_spoilt(row, called, secrets) for row in hood.table(table)[:most]]
    rows += _about_safety(hood, secrets)
    whole = Neighbourhood.from_records(_renamed(rows, hood), policy=hood.policy)
    return whole, (*secrets.words, *(f"zz{p.person}zz" for p in hood.people))


def _spoilt(row: Record, called: Mapping[str, str], secrets: _Secrets) -> Record:
    changes: dict[str, Any] = {name: secrets.text() for name in FREE.get(row.table, ())}
    if row.table == "people":
        changes["called"] = called[str(row.id)]
    elif row.table in NAMED and secrets.random.random() < 0.5:
        name = secrets.random.choice(sorted(called.values()))
        form = secrets.random.choice(("Tafel van {}", "{}s tuin", "bij_{}_thuis", "DE {}-CLUB"))
        changes["name"] = form.format(name)
    return row.model_copy(update=changes)


def _about_safety(hood: Neighbourhood, secrets: _Secrets) -> Iterator[Record]:
    owner = hood.people[0].person
    for at, category in enumerate(SAFETY[:3]):
        need, heard = f"Qveilig{at}vraag", f"Qveilig{at}gehoord"
        secrets.words += [need, heard]
        yield Need(need=need, owner=owner, category=category, source=secrets.text())
        yield Observation(
            observation=heard, date="2026-11-01", category=category, note=secrets.text()
        )


def _renamed(rows: list[Record], hood: Neighbourhood) -> Iterator[Record]:
    """Give people ids that cannot be found by chance."""
    new = {person.person: f"zz{person.person}zz" for person in hood.people}
    new |= {f"person:{old}": f"person:{name}" for old, name in new.items()}
    for row in rows:
        naming = [c for c in type(row).model_fields if isinstance(getattr(row, c), str)]
        linked = {c: new[getattr(row, c)] for c in naming if getattr(row, c) in new}
        yield row.model_copy(update=linked)


def readable(name: str, content: bytes) -> str:
    """Return all that somebody can read in a file, with escapes undone and parts unpacked."""
    if zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = [readable(part, archive.read(part)) for part in archive.namelist()]
            return "\n".join((*archive.namelist(), *parts))
    text = content.decode("utf-8", "replace")
    if name.endswith(("json", "cyjs")):
        text = f"{text}\n{json.dumps(json.loads(text), ensure_ascii=False)}"
    plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    return f"{text}\n{html.unescape(html.unescape(plain))}"


def leaks(files: Mapping[str, bytes], words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return which word is in which file, in any capitals and with or without accents."""
    wanted = [(word, _bare(word)) for word in words]
    texts = [(name, _bare(f"{name}\n{readable(name, each)}")) for name, each in files.items()]
    return [(name, word) for name, text in texts for word, bare in wanted if bare in text]


def _bare(text: str) -> str:
    if not text.isascii():
        text = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text))
    return "".join(text.split()).casefold()
