"""Who does what in a plan, and who introduces them, in one line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import groupby

from assetmap.report.facts import Giver
from assetmap.texts import listing, say

__all__ = ["giving", "linked"]


def giving(givers: Sequence[Giver], lang: str) -> str:
    """Return who does what; those who do the same stand together."""
    said = []
    for (role, activity), same in groupby(givers, key=lambda g: (g.role, g.activity)):
        names = [
            each.name
            if each.times is None
            else say("report.giver.times", lang, name=each.name, n=each.times)
            for each in same
            if each.name is not None
        ]
        if not names:
            said.append(say("report.giver.activity_alone", lang, activity=activity))
            continue
        name = listing(names, lang)
        said.append(say(f"report.giver.{role}", lang, name=name, activity=activity or ""))
    return ", ".join(said)


def linked(chain: Sequence[str], lang: str) -> str:
    """Return a chain of acquaintance, the one nearest the asker first."""
    return reduce(lambda a, b: say("report.stories.then", lang, who=a, next=b), chain)
