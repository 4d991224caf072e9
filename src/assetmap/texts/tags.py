"""What the tags are called that people share: those we know by a label, a team's own as written."""

from __future__ import annotations

from functools import cache

from assetmap.texts.catalogue import catalogue_keys, say
from assetmap.texts.languages import Language

__all__ = ["tag_name"]


def tag_name(tag: str, lang: str) -> str:
    """Return what an experience or situation is called.

    Parameters
    ----------
    tag : str
        As it stands in `experiences` or `context`: a code or label that is known in either
        language, whatever its capitals, or a team's own word.
    lang : str
        Language code.

    Returns
    -------
    str
        The label; a team's own word with spaces for underscores.

    Examples
    --------
    >>> tag_name("lone_parent", "nl"), tag_name("alleenstaande ouder", "en")
    ('alleenstaande ouder', 'single parent')
    >>> tag_name("zee_hond", "nl")
    'zee hond'
    """
    code = _known().get(_plain(tag))
    return (
        say(f"tags.{code}", lang) if code is not None else " ".join(tag.replace("_", " ").split())
    )


def _plain(tag: str) -> str:
    return " ".join(tag.replace("_", " ").split()).casefold()


@cache
def _known() -> dict[str, str]:
    """Return the code that each code and label stands for."""
    codes = [key.partition(".")[2] for key in catalogue_keys("tags", "nl")]
    found = {_plain(code): code for code in codes}
    for lang in Language:
        found |= {_plain(say(f"tags.{code}", lang.value)): code for code in codes}
    return found
