"""What the tests of exports share: every format, and the readable text of its bytes."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import networkx as nx

from assetmap import graph
from assetmap.model import RECORDS, Need, Neighbourhood, Person, Tie
from assetmap.privacy import Released

Shared = Released[graph.SharedNetwork]

WRITERS: Mapping[str, tuple[str, Callable[[Shared, Path], None]]] = {
    "graphml": ("network.graphml", graph.write_graphml),
    "gexf": ("network.gexf", graph.write_gexf),
    "json": ("network.json", graph.write_json),
    "cytoscape": ("network.cyjs", graph.write_cytoscape),
    "kumu": ("kumu.xlsx", graph.write_kumu),
    "csv": ("tables", graph.write_csv),
}

_PUBLIC = {
    "areas": {"area", "name", "parent", "adjacent"},
    "initiatives": {"initiative", "name", "kind", "area", "place", "manager", "host"},
    "organisations": {"organisation", "name", "kind", "area", "parent"},
    "places": {"place", "name", "area", "owner", "manager"},
    "activities": {
        "activity",
        "name",
        "category",
        "area",
        "place",
        "initiative",
        "rrule",
        "languages",
    },
}
"""Columns whose texts are about something else than a person."""
_FREE = re.compile(r"\W")


def written(shared: Shared, folder: Path) -> dict[str, str]:
    """Write every format, and return what can be read in its bytes, by format."""
    found = {}
    for name, (file, write) in WRITERS.items():
        path = folder / name / file
        write(shared, path)
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        found[name] = "\n".join(text for each in files for text in _texts(each))
    return found


def _texts(path: Path) -> Iterator[str]:
    raw = path.read_bytes()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for part in archive.namelist():
                yield html.unescape(archive.read(part).decode("utf-8"))
        return
    text = raw.decode("utf-8")
    yield text
    if path.suffix in {".json", ".cyjs"}:
        yield json.dumps(json.loads(text), ensure_ascii=False)
    elif path.suffix != ".csv":
        yield html.unescape(text)


def secrets(hood: Neighbourhood) -> frozenset[str]:
    """Return every text of the tables that nobody outside may read: names, remarks, reasons."""
    found = set()
    for table, record in RECORDS.items():
        open_columns = _PUBLIC.get(table, set())
        for row in hood.table(table):
            for column, value in row.cells().items():
                if column not in open_columns and isinstance(value, str) and _FREE.search(value):
                    found.add(value)
        assert record is not None
    shown = {
        str(row.value(column))
        for table, columns in _PUBLIC.items()
        for row in hood.table(table)
        for column in columns
    }
    harmless = re.compile(
        r"[\d\W]*|[a-z_]+(:[\w.-]*)?|[A-Z]{2}.*|\d{4}-.*|(every|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.*"
        r"|[a-z]{2,3}( \| [a-z]{2,3})*"
    )
    return frozenset(
        {t for t in found if t not in shown and not harmless.fullmatch(t)} | names(hood)
    )


def names(hood: Neighbourhood) -> frozenset[str]:
    """Return what people are called."""
    return frozenset(person.called for person in hood.people if person.called)


def said(text: str, what: frozenset[str]) -> list[str]:
    """Return which of some texts stand in another, as words of their own."""
    return [
        each
        for each in sorted(what)
        if each in text and re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text)
    ]


AWKWARD = (
    "</script><script>alert(1)</script>",
    "=1+1",
    "-2+3",
    "@SUM(A1)",
    '"quoted", and; more',
    "line\nend\ttab",
    "emoji \N{PILE OF POO} \N{ZERO WIDTH JOINER}",
    "_x0041_ <&>'",
    "0012",
    "true",
)
"""Ids and texts that break careless writers, and that every format gives back."""


def awkward() -> nx.Graph[str]:
    """Return a network whose ids and attributes are awkward."""
    network: nx.Graph[str] = nx.Graph()
    for at, text in enumerate(AWKWARD):
        network.add_node(text, said=text, number=at, half=at + 0.5, even=at % 2 == 0)
    network.add_node("alone")
    for a, b in pairwise(AWKWARD):
        network.add_edge(a, b, weight=2, told=b)
    return network


def street(**changes: object) -> Neighbourhood:
    """Six people in two areas, one of whom alone was born in another decade."""
    people = [
        Person(
            person=f"p{at}",
            called=f"Zwaan{at}",
            area="north" if at < 6 else "south",
            born=1952 if at < 6 else 1984,
            motive="graag onder de mensen",
            ties_asked_on="2026-09-01",
            household="gezin Kievit",
            **changes,
        )
        for at in range(1, 7)
    ]
    ties = [
        Tie(
            a=f"p{a}", b=f"p{b}", kind="friend", strength=2, since="2026-03-04", reported_by=f"p{a}"
        )
        for a, b in ((1, 2), (2, 3), (3, 4), (5, 6))
    ]
    need = Need(need="n1", owner="p1", category="meal", sensitive=True)
    return Neighbourhood.from_records(people, ties, need)
