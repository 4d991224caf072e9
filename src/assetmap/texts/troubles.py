"""What cannot be used or written, said in English when it happens and in any language later."""

from __future__ import annotations

from assetmap.errors import UnusableInput
from assetmap.texts.catalogue import say
from assetmap.texts.languages import Language

__all__ = ["unusable", "unusable_in"]


def unusable(key: str, /, **facts: str) -> UnusableInput:
    """Return the error that a sentence of the catalogues tells.

    Parameters
    ----------
    key : str
        ``section.name``.
    **facts : str
        What the placeholders stand for; never the value of a personal field.

    Returns
    -------
    UnusableInput
        With the English sentence, its key and its facts.

    Examples
    --------
    >>> print(unusable("trouble.not-made", name="results"))
    The folder results cannot be made. Choose another place.
    """
    return UnusableInput(say(key, Language.EN, **facts), key=key, facts=facts)


def unusable_in(wrong: UnusableInput, lang: str) -> str:
    """Return what an error says, in a language; in English where it has no key.

    Parameters
    ----------
    wrong : UnusableInput
        The error.
    lang : str
        Language code.

    Examples
    --------
    >>> unusable_in(unusable("trouble.not-made", name="uit"), "nl")
    'De map uit kan niet worden gemaakt. Kies een andere plek.'
    """
    return str(wrong) if wrong.key is None else say(wrong.key, lang, **wrong.facts)
