"""Who stops soon, and who could take over."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assetmap.explain.reasons import chosen_language
from assetmap.match import Proposals
from assetmap.model import Leg
from assetmap.overview import HandOver, hand_overs
from assetmap.plans.ending import succeeds
from assetmap.plans.wording import Teller
from assetmap.texts import listing

__all__ = ["Succession", "successions"]


@dataclass(frozen=True, slots=True)
class Succession:
    """Somebody stops with what was arranged; the dates after that ask for a successor.

    Attributes
    ----------
    arrangement, need : str
        Ids of the arrangement and of the question.
    leg : Leg
        Which part.
    provider : str
        Id of who stops.
    last_day : date
        The last day on which they do it.
    successors : tuple of str
        Who is proposed for the dates after that, by id; empty: nobody yet.
    also : tuple of str
        Ids of the other arrangements of this question with which the same person stops then, and
        which the same people take over.
    sentence : str
        The same in words.
    """

    arrangement: str
    need: str
    leg: Leg
    provider: str
    last_day: dt.date
    successors: tuple[str, ...]
    also: tuple[str, ...]
    sentence: str

    def __str__(self) -> str:
        """Return the sentence."""
        return self.sentence


def successions(
    proposals: Proposals,
    *,
    language: str | None = None,
    name: Callable[[str], str] | None = None,
) -> tuple[Succession, ...]:
    """Tell who stops soon with what was arranged, and who is proposed to take over.

    What is arranged stays as it is until the last day; the dates after that are asked again, with
    the highest urgency.

    Parameters
    ----------
    proposals : Proposals
        The run.
    language : str, optional
        Language of the sentences; default: the team's.
    name : callable, optional
        How a party is named, such as ``called(proposals.hood)``; default: by id.

    Returns
    -------
    tuple of Succession
        Who stops first comes first, then by arrangement; within the team's `ending_soon_days`.
        What is taken over alike is told once, such as a ride there and the ride home.

    Examples
    --------
    >>> import assetmap
    >>> from assetmap.model import Arrangement, Need, Neighbourhood, Person, Talent
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", area="north"),
    ...     Person(person="p2", area="north", until="2026-12-05"),
    ...     Person(person="p3", area="north"),
    ...     Talent(talent="t2", owner="p2", category="shopping"),
    ...     Talent(talent="t3", owner="p3", category="shopping"),
    ...     Need(need="n1", owner="p1", category="shopping", talked="yes", rrule="elke dinsdag"),
    ...     Arrangement(arrangement="r1", need="n1", leg="help", provider="p2", talent="t2"),
    ... )
    >>> (found,) = successions(assetmap.propose(hood, "2026-W48"), language="en")
    >>> found.provider, found.successors
    ('p2', ('p3',))
    >>> print(found)
    p2 stops on Saturday 5 December. p3 can take over: shopping.
    """
    teller = Teller(proposals, chosen_language(proposals, language), name or str)
    ahead = proposals.policy.ending_soon_days
    tasks = hand_overs(proposals.hood, asof=proposals.week.monday, days=ahead)
    alike: dict[_Key, dict[tuple[str, ...], list[_Part]]] = defaultdict(lambda: defaultdict(list))
    for task in tasks:
        part = _part(proposals, task)
        if part is not None:
            key = (part.need, part.provider, part.last_day)
            alike[key][_who(proposals, part)].append(part)
    return tuple(
        _told(teller, parts, who, apart=len(ways) > 1)
        for ways in alike.values()
        for who, parts in ways.items()
    )


class _Part(NamedTuple):
    """One arrangement with which somebody stops."""

    arrangement: str
    need: str
    leg: Leg
    provider: str
    last_day: dt.date


_Key = tuple[str, str, dt.date]


def _part(proposals: Proposals, task: HandOver) -> _Part | None:
    hood = proposals.hood
    row = hood.index["arrangements"].get(task.arrangement or "")
    need = hood.index["needs"].get(task.need or "")
    day = task.last_day
    if row is None or need is None or day is None or day < proposals.week.monday:
        return None
    return _Part(str(row.id), str(need.id), task.leg, str(row.value("provider")), day)


def _who(proposals: Proposals, part: _Part) -> tuple[str, ...]:
    """Return who is proposed for the dates after that."""
    monday, hood = proposals.week.monday, proposals.hood
    plans = (p for p in proposals.items if p.need == part.need)
    parts = (each for plan in plans for each in succeeds(hood, plan, monday))
    mine = (leg.provider for leg, old, _ in parts if (leg.leg, old) == (part.leg, part.provider))
    return tuple(dict.fromkeys(mine))


def _told(
    teller: Teller, parts: Sequence[_Part], who: tuple[str, ...], *, apart: bool
) -> Succession:
    """Tell of arrangements that end alike; which part is said where others end otherwise."""
    first, *others = parts
    giver = teller.name(first.provider)
    ends = teller.say("initiatives.ending.stops", giver=giver, day=first.last_day)
    what = teller.label(teller.hood.need(first.need).category)
    if apart:
        legs = listing([teller.say(f"words.leg.{p.leg.value}") for p in parts], teller.lang)
        what = f"{what} ({legs})"
    if who:
        named = [teller.name(party) for party in who]
        after = teller.say("initiatives.ending.taken", who=named, what=what, n=len(named))
    else:
        after = teller.say("initiatives.ending.nobody", what=what)
    return Succession(
        arrangement=first.arrangement,
        need=first.need,
        leg=first.leg,
        provider=first.provider,
        last_day=first.last_day,
        successors=who,
        also=tuple(part.arrangement for part in others),
        sentence=f"{ends} {after}",
    )
