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

__all__ = ["files_of", "forms_of", "places", "told", "would_stand_among"]

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

_ENDINGS: Mapping[str, Form] = MappingProxyType(
    {
        ".graphml": Form.GRAPHML,
        ".gexf": Form.GEXF,
        ".json": Form.JSON,
        ".cyjs": Form.CYTOSCAPE,
        ".xlsx": Form.KUMU,
        ".csv": Form.CSV,
    }
)
"""By which endings a place is taken for a file, and of which kind."""


def forms_of(out: Path, asked: tuple[Form, ...]) -> tuple[Form, ...]:
    """Return the kinds of file to write: as asked, else by the ending, else GraphML."""
    return asked or (_ENDINGS.get(_ending(out), Form.GRAPHML),)


def _ending(out: Path) -> str:
    return "" if out.is_dir() else out.suffix.casefold()


def would_stand_among(tables: Path, out: Path) -> bool:
    """Tell whether files would come among the tables, or in their place."""
    folder = out.parent if _ending(out) in _ENDINGS else out
    return (folder if tables.is_dir() else out).resolve() == tables.resolve()


def places(out: Path, forms: tuple[Form, ...], names: Iterable[str]) -> Mapping[str, Path]:
    """Return where each file goes.

    Parameters
    ----------
    out : Path
        A folder; or a file, by its ending. A single kind of file goes there, and what belongs
        with it beside it, as in ``network.about.txt``.
    forms : tuple of Form
        Kinds of file.
    names : iterable of str
        The files.
    """
    if _ending(out) not in _ENDINGS:
        return {name: out / name for name in names}
    main = _WRITERS[forms[0]][0] if len(forms) == 1 else ""
    return {name: out if name == main else out.with_name(f"{out.stem}.{name}") for name in names}


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
