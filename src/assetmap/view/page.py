"""The page itself, as one HTML document that loads nothing."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from assetmap.texts import Language, say
from assetmap.view.document import page_data

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["page_html"]

_HERE = "assetmap.view"


def page_html(worlds: Sequence[Mapping[str, Any]], lang: Language) -> str:
    """Return the page.

    Parameters
    ----------
    worlds : sequence of Mapping
        Of :func:`assetmap.view.document.world_of`; the first is whom the page is for.
    lang : Language
        Language in which it opens.
    """
    return _template().render(
        lang=lang.value,
        say=lambda key: say(f"view.{key}", lang),
        audience=say(f"words.audience.{worlds[0]['audience']}", lang),
        policy=_policy(),
        style=_text("page.css"),
        scripts=_scripts(),
        facts=page_data(worlds, lang),
    )


@cache
def _text(name: str) -> str:
    return files(_HERE).joinpath(name).read_text(encoding="utf-8")


@cache
def _scripts() -> tuple[str, ...]:
    """Return the library that draws, and the page's own script in a scope of its own."""
    folder = files(_HERE).joinpath("script")
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(".js"))
    own = "\n".join(_text(f"script/{name}") for name in names)
    return _text("cytoscape/cytoscape.min.js"), f'(() => {{\n"use strict";\n{own}}})();\n'


@cache
def _policy() -> str:
    """Return what the page may do: its own scripts, which are known by their hashes, and style."""
    hashes = " ".join(_hashes(_scripts()))
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hashes(scripts: Iterable[str]) -> list[str]:
    digests = (hashlib.sha256(each.encode()).digest() for each in scripts)
    return [f"'sha256-{b64encode(digest).decode()}'" for digest in digests]


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    return Environment(autoescape=True, undefined=StrictUndefined).from_string(
        _text("page.html.jinja")
    )
