"""The files of ``assetmap graph``: made apart, so that all are written or none."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from assetmap.cli.choices import Form
from assetmap.graph import (
    SharedNetwork,
    write_csv,
    write_cytoscape,
    write_gexf,
    write_graphml,
    write_json,
    write_kumu,
    write_measures,
)
from assetmap.privacy import Audience, Released, notices
from assetmap.texts import Language, say

__all__ = ["files_of", "told"]

Shared = Released[SharedNetwork]

_WRITERS: Mapping[Form, tuple[str, Callable[[Shared, Path], None]]] = MappingProxyType(
    {
        Form.GRAPHML: ("network.graphml", write_graphml),
        Form.GEXF: ("network.gexf", write_gexf),
        Form.JSON: ("network.json", write_json),
        Form.CYTOSCAPE: ("network.cyjs", write_cytoscape),
        Form.KUMU: ("kumu.xlsx", write_kumu),
        Form.CSV: ("", write_csv),
    }
)
"""What each kind of file is called, and what writes it; CSV is two files in a folder."""


def files_of(
    shared: Shared, forms: Iterable[Form], *, measures: bool, lang: Language
) -> Mapping[str, bytes]:
    """Return what there is to write, by name.

    Parameters
    ----------
    shared : Released
        The network.
    forms : iterable of Form
        Kinds of file.
    measures : bool
        Whether there is a table of measures too.
    lang : Language
        Language of the text beside the files, which says who they are for.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for form in forms:
            file, write = _WRITERS[form]
            write(shared, folder / file if file else folder)
        if measures:
            write_measures(shared, folder / "measures.csv")
        made = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    lines = (*told(shared, lang), *sorted(shared.value.about.values()))
    return {**made, "about.txt": ("\n".join(lines) + "\n").encode()}


def told(shared: Shared, lang: Language) -> tuple[str, ...]:
    """Return whom a network is for and what was left out; for the team it holds no names either."""
    first, *rest = notices(shared, lang)
    return (say("cli.graph.for-team", lang) if shared.audience is Audience.TEAM else first, *rest)
