"""Neighbourhoods with a secret in every text: names, notes, numbers and words about safety."""

from __future__ import annotations

import html
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import pairwise
from random import Random
from types import MappingProxyType
from typing import Any

from assetmap.model import (
    RECORDS,
    Activity,
    Arrangement,
    Initiative,
    Need,
    Neighbourhood,
    Observation,
    Person,
    Record,
    Share,
    Talent,
    Tie,
)
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
    rows = [*_something_to_do(rows, secrets)]
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


def _something_to_do(rows: list[Record], secrets: _Secrets) -> Iterator[Record]:
    """Let some people ask and offer, so that there are plans, and one thing that stands."""
    people = [row for row in rows if isinstance(row, Person) and not row.is_worker][:6]
    shares = {"share": Share.YES, "ground": "consent", "until": None, "available": None}
    willing = {row.person: row.model_copy(update=shares) for row in people}
    for row in rows:
        yield willing.get(row.person, row) if isinstance(row, Person) else row
    told = {"source": secrets.text(), "event": secrets.text()}
    for at, (asks, offers) in enumerate(pairwise(willing)):
        kind = ("shopping", "odd_job", "garden")[at % 3]
        yield Need(need=f"nx{at}", owner=asks, category=kind, talked=True, since=_SINCE, **told)
        yield Talent(
            talent=f"tx{at}", owner=offers, category=kind, per_week=3, description=secrets.text()
        )
        yield Tie(a=asks, b=offers, kind="friend", event=secrets.text())
        if at == 0:
            yield Arrangement(
                arrangement="rx0",
                need="nx0",
                leg="help",
                provider=offers,
                talent="tx0",
                rrule="FREQ=WEEKLY;BYDAY=TU",
                since=_SINCE,
            )
    yield from _going_somewhere(rows, list(willing)[:2])


def _going_somewhere(rows: list[Record], guests: list[str]) -> Iterator[Record]:
    """Let some people go to an activity of an initiative every week, by arrangement."""
    host = next(row for row in rows if isinstance(row, Initiative))
    yield Activity(
        activity="ax0",
        initiative=host.initiative,
        name="Eten",
        category="meal",
        start=f"{_SINCE} 18:00",
        rrule="FREQ=WEEKLY",
    )
    for at, guest in enumerate(guests):
        yield Need(need=f"ny{at}", owner=guest, category="meal", talked=True)
        yield Arrangement(
            arrangement=f"ry{at}",
            need=f"ny{at}",
            leg="activity",
            provider=host.initiative,
            activity="ax0",
        )


_SINCE = "2026-11-03"


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
    text = "\n".join((content.decode("utf-8", "replace"), *_packed(content)))
    if name.endswith(("json", "cyjs")):
        text = f"{text}\n{json.dumps(json.loads(text), ensure_ascii=False)}"
    plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    return f"{text}\n{html.unescape(html.unescape(plain))}"


def _packed(content: bytes) -> Iterator[str]:
    """Yield what is packed in a picture: the chunks of PNG with texts, the streams of PDF."""
    if content.startswith(b"\x89PNG"):
        at = 8
        while at < len(content):
            size, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
            part = content[at + 8 : at + 8 + size]
            if kind == b"tEXt":
                yield part.decode("latin-1")
            if kind in {b"zTXt", b"iTXt"}:
                packed = part.partition(b"\0")[2].lstrip(b"\0\1")
                yield _unpacked(packed.rpartition(b"\0")[2]) + _unpacked(packed)
            at += size + 12
    if content.startswith(b"%PDF"):
        yield content.decode("latin-1")
        for text in re.findall(rb"\xfe\xff(.*?)\)", content, re.DOTALL):
            yield text.replace(b"\\", b"").decode("utf-16-be", "replace")
        for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
            yield _unpacked(stream)


def _unpacked(packed: bytes) -> str:
    try:
        return zlib.decompress(packed).decode("utf-8", "replace")
    except zlib.error:
        return ""


def leaks(files: Mapping[str, bytes], words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return which word is in which file, in any capitals and with or without accents."""
    wanted = {word: _bare(word) for word in words}
    found = []
    for name, each in files.items():
        there = _standing(_bare(f"{name}\n{readable(name, each)}"), set(wanted.values()))
        found += [(name, word) for word, bare in wanted.items() if bare in there]
    return found


def _standing(text: str, words: set[str]) -> set[str]:
    """Return which words stand in a text; those that begin alike are looked for together."""
    alike: dict[str, list[str]] = {}
    for word in words:
        alike.setdefault(word[:2], []).append(word)
    found = {word for group in alike.values() if len(group) == 1 for word in group if word in text}
    for beginning, group in alike.items():
        at = text.find(beginning) if len(group) > 1 else -1
        while at >= 0:
            found |= {word for word in group if text.startswith(word, at)}
            at = text.find(beginning, at + 1)
    return found


def _bare(text: str) -> str:
    if not text.isascii():
        text = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text))
    return "".join(text.split()).casefold()
