"""The templates and styles of the pages, each read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["style", "template"]


@cache
def template(name: str) -> Template:
    """Return the template of a page: what comes from people is escaped, what lacks is an error.

    Examples
    --------
    >>> template("week").render.__name__
    'render'
    """
    from jinja2 import Environment, StrictUndefined

    made = Environment(autoescape=True, undefined=StrictUndefined)
    return made.from_string(_text(f"{name}.html.jinja"))


@cache
def style(name: str) -> str:
    """Return the style of a page."""
    return _text(f"{name}.css")


def _text(name: str) -> str:
    return files("assetmap.report").joinpath(name).read_text(encoding="utf-8")
