"""Pseudonyms: an id becomes a code that only the holder of the key can make again."""

from __future__ import annotations

import hmac
import secrets
from base64 import b32encode
from collections import Counter
from collections.abc import Iterable

from assetmap.errors import UnusableInput
from assetmap.model import PREFIXES

__all__ = ["Pseudonymiser", "pseudonyms"]

_SHORTEST_KEY = 16
_LENGTH = 16
"""Characters of a pseudonym: 80 bits. Where two would be alike, both are written in full."""


def _code(key: bytes, text: str) -> str:
    digest = hmac.digest(key, text.encode("utf-8"), "sha256")
    return b32encode(digest).decode("ascii").rstrip("=").lower()


def _checked(key: bytes | None) -> bytes:
    if key is None:
        return secrets.token_bytes(32)
    if len(key) < _SHORTEST_KEY:
        raise UnusableInput(
            f"a key of {len(key)} bytes could be guessed; use at least {_SHORTEST_KEY}, "
            "for instance secrets.token_bytes(32)"
        )
    return key


def _parts(identifier: str) -> tuple[str, str]:
    """Return what may be seen of ``person:p1``, and the text that the code is made from."""
    kind, mark, _ = identifier.partition(":")
    return (f"{kind}:", identifier) if mark and kind in PREFIXES else ("", identifier)


def pseudonyms(ids: Iterable[str], key: bytes | None = None) -> dict[str, str]:
    """Return a pseudonym for each id.

    The pseudonym is the beginning of an HMAC-SHA256 of the id under the key. The same key gives
    the same pseudonyms, whatever the other ids are; without the key nobody can go back, guess an
    id and test it, or link what was made with two different keys.

    Parameters
    ----------
    ids : iterable of str
        Ids; of ``person:p1`` the part up to the colon stays.
    key : bytes, optional
        At least 16 bytes, kept by whoever may link two exports. Default: a random one that is
        thrown away, so that these pseudonyms are linked to nothing, ever.

    Returns
    -------
    dict of str to str
        Id to pseudonym, all different, in the order of the pseudonyms (so the order of the ids
        does not show).

    Raises
    ------
    UnusableInput
        A key that is too short.

    Examples
    --------
    >>> given = pseudonyms(["person:p1", "person:p2"], key=b"sixteen bytes ok")
    >>> given == pseudonyms(["person:p2", "person:p1"], key=b"sixteen bytes ok")
    True
    >>> given["person:p1"].startswith("person:"), "p1" in given["person:p1"]
    (True, False)
    """
    secret = _checked(key)
    whole = {each: _code(secret, _parts(each)[1]) for each in set(ids)}
    seen = Counter(code[:_LENGTH] for code in whole.values())
    given = {
        each: _parts(each)[0] + (code if seen[code[:_LENGTH]] > 1 else code[:_LENGTH])
        for each, code in whole.items()
    }
    return dict(sorted(given.items(), key=lambda pair: pair[1]))


class Pseudonymiser:
    """Gives pseudonyms one by one, all under the same key, and never one to two ids."""

    def __init__(self, key: bytes | None) -> None:
        self._key = _checked(key)
        self._given: dict[str, str] = {}

    def person(self, identifier: str) -> str:
        """Return the pseudonym of a person: the same for ``p1`` and ``person:p1``."""
        kind, _ = _parts(identifier)
        return (
            self.record(identifier)
            if kind
            else self.record(f"person:{identifier}").removeprefix("person:")
        )

    def record(self, identifier: str) -> str:
        """Return the pseudonym of any id."""
        kind, text = _parts(identifier)
        whole = _code(self._key, text)
        holder = self._given.setdefault(whole[:_LENGTH], text)
        return kind + (whole[:_LENGTH] if holder == text else whole)
