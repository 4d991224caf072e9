"""Who stops soon, and who could take over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from assetmap.explain.reasons import chosen_language
from assetmap.match import Proposals
from assetmap.model import Leg
from assetmap.overview import HandOver, hand_overs
from assetmap.plans.ending import succeeds
from assetmap.plans.wording import Teller

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
    sentence : str
        The same in words.
    """

    arrangement: str
    need: str
    leg: Leg
    provider: str
    last_day: dt.date
    successors: tuple[str, ...]
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
    told = (_told(teller, proposals, task) for task in tasks)
    return tuple(each for each in told if each is not None)


def _told(teller: Teller, proposals: Proposals, task: HandOver) -> Succession | None:
    monday, hood = proposals.week.monday, proposals.hood
    row = hood.index["arrangements"].get(task.arrangement or "")
    need = hood.index["needs"].get(task.need or "")
    if row is None or need is None or task.last_day is None or task.last_day < monday:
        return None
    stops = str(row.value("provider"))
    plans = (p for p in proposals.items if p.need == task.need)
    parts = [part for plan in plans for part in succeeds(hood, plan, monday)]
    mine = (leg.provider for leg, old, _ in parts if (leg.leg, old) == (task.leg, stops))
    who = tuple(dict.fromkeys(mine))
    ends = teller.say("initiatives.ending.stops", giver=teller.name(stops), day=task.last_day)
    what = teller.label(str(need.value("category")))
    if who:
        named = [teller.name(party) for party in who]
        after = teller.say("initiatives.ending.taken", who=named, what=what, n=len(named))
    else:
        after = teller.say("initiatives.ending.nobody", what=what)
    return Succession(
        arrangement=str(row.id),
        need=str(need.id),
        leg=task.leg,
        provider=stops,
        last_day=task.last_day,
        successors=who,
        sentence=f"{ends} {after}",
    )
