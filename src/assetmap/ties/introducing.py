"""Who could be introduced to whom, by whom, and why: for the team to consider."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Annotated

from assetmap.errors import UnusableInput
from assetmap.model import Neighbourhood
from assetmap.privacy import Discloses, split_safety
from assetmap.texts import language as chosen_language
from assetmap.texts import say, tag_name
from assetmap.ties.acquaintance import chain, common
from assetmap.ties.checks import check_day
from assetmap.ties.grounds import Ground, IntroductionReason, grounds
from assetmap.ties.street import Street

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Introduction", "Introductions", "introductions"]


@dataclass(frozen=True, slots=True)
class Introduction:
    """Two people who could be introduced, for the team to consider.

    Attributes
    ----------
    a, b : str
        The two, in order of id.
    reasons : tuple of IntroductionReason
        What speaks for it; one or more.
    chain : tuple of str or None
        From `a` to `b` by acquaintance, both included; two: they know each other. None: there is
        no short chain, and they could meet at `at` first.
    introducer : str or None
        Who could begin: the first in between, seen from `a`.
    at : tuple of str
        Activities and initiatives where both come.
    common : tuple of str
        Whom both know, and who may be named.
    adamic_adar : float
        The sum of 1/ln(ties) over `common`: how much it tells of two that they share these.
    sentence : str
        The same in words.
    """

    a: str
    b: str
    reasons: tuple[IntroductionReason, ...]
    chain: tuple[str, ...] | None
    introducer: str | None
    at: tuple[str, ...]
    common: tuple[str, ...]
    adamic_adar: float
    sentence: str

    def __str__(self) -> str:
        """Return the sentence."""
        return self.sentence


@dataclass(frozen=True)
class Introductions:
    """Everybody who could be introduced to somebody; for the team only.

    Attributes
    ----------
    pairs : tuple of Introduction
        First those who know each other, then those whom somebody knows both, then longer chains,
        then who could meet at an activity; within that by Adamic-Adar, then by id.
    total : int
        How many; raw.
    assumptions : str
        What was assumed.
    """

    pairs: Annotated[tuple[Introduction, ...] | None, Discloses.TEAM]
    total: Annotated[int | None, Discloses.COUNT]
    assumptions: Annotated[str, Discloses.OPEN]

    def to_frame(self) -> pd.DataFrame:
        """Return a row per pair: who, grounds, chain, introducer, where, and the sentence."""
        import pandas as pd

        heads = ["a", "b", "grounds", "chain", "introducer", "at", "adamic_adar", "sentence"]
        rows = [
            (
                each.a,
                each.b,
                "|".join(dict.fromkeys(reason.ground.value for reason in each.reasons)),
                "|".join(each.chain or ()),
                each.introducer,
                "|".join(each.at),
                each.adamic_adar,
                each.sentence,
            )
            for each in self.pairs or ()
        ]
        frame = pd.DataFrame(rows, columns=heads)
        frame.attrs["assumptions"] = self.assumptions
        return frame


def introductions(
    hood: Neighbourhood,
    *,
    asof: dt.date,
    longest: int = 2,
    language: str | None = None,
    name: Callable[[str], str] | None = None,
) -> Introductions:
    """Find pairs of residents who could be introduced, with the reason and who could do it.

    1. Leave out what is about safety.
    2. Look at residents who are there, who did not say no to sharing, and who are of age (or whom
       the team's policy lets take part).
    3. Near each other are two with a chain of acquaintance of at most `longest` ties, in which
       everybody in between may be named and is kept apart from neither, and no tie joins two who
       are kept apart; or who come to the same activity or initiative.
    4. Keep the pairs with a reason: one offers what the other asks; or both said that they may be
       introduced on an experience, that they share a situation, or that they offer the same
       thing that one does together.
    5. Leave out pairs who may not be proposed to each other, and whom a safeguard keeps apart.

    Whether it suits in time, distance and language is for :func:`assetmap.propose`.

    Parameters
    ----------
    hood : Neighbourhood
        All tables.
    asof : date
        The day.
    longest : int, default 2
        At most so many ties from one to the other; 2 is one introducer.
    language : {"nl", "en"}, optional
        Language of the sentences; default: the team's.
    name : callable, optional
        How people and places are named in the sentences; default: by id.

    Returns
    -------
    Introductions
        For the team; nothing is sent to anyone.

    Raises
    ------
    UnusableInput
        A day that is no date, or `longest` below 1.

    References
    ----------
    L. A. Adamic, E. Adar, "Friends and neighbors on the Web", Social Networks 25 (2003), 211-230.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Need, Neighbourhood, Person, Talent, Tie
    >>> hood = Neighbourhood.from_records(
    ...     *[Person(person=p, share="yes") for p in ("ans", "bo", "co")],
    ...     Talent(talent="t1", owner="co", category="garden"),
    ...     Need(need="n1", owner="ans", category="garden", talked="yes"),
    ...     Tie(a="ans", b="bo"),
    ...     Tie(a="bo", b="co"),
    ... )
    >>> found = introductions(hood, asof=dt.date(2026, 11, 23), language="en")
    >>> [(each.a, each.introducer, each.b) for each in found.pairs]
    [('person:ans', 'person:bo', 'person:co')]
    """
    if asof is None:
        raise UnusableInput("asof must be a date without a time")
    check_day(asof)
    if type(longest) is not int or longest < 1:
        raise UnusableInput("longest must be a whole number, 1 or more")
    street = Street(split_safety(hood)[0], asof)
    teller = _Teller(street, chosen_language(language or hood.policy.language), name or str)
    near = _near(street, longest)
    found = []
    for (a, b), reasons in grounds(street, near).items():
        pair = _pair(street, (a, b), longest, tuple(reasons))
        if pair is not None:
            found.append(teller.told(pair))
    found.sort(key=_order)
    return Introductions(tuple(found), len(found), _assumed(asof, longest))


def _order(pair: Introduction) -> tuple[float, float, str, str]:
    length = len(pair.chain) if pair.chain is not None else float("inf")
    return length, -pair.adamic_adar, pair.a, pair.b


def _assumed(asof: dt.date, longest: int) -> str:
    return (
        f"as it is on {asof.isoformat()}; a chain has at most {longest} "
        f"{'tie' if longest == 1 else 'ties'}; ties with workers, confirmed arrangements, a shared "
        "household and the worker who knows somebody count as acquaintance; no tie may also mean: "
        "not asked"
    )


def _near(street: Street, longest: int) -> Mapping[str, frozenset[str]]:
    """Return whom everybody could meet, by a chain or where both come."""
    comers: dict[str, set[str]] = {}
    for node, places in street.company.items():
        for place in places:
            comers.setdefault(place, set()).add(node)
    everybody = frozenset(street.open)
    found = {}
    for node in street.open:
        there = _within(street, node, longest)
        for place in street.company.get(node, ()):
            there |= comers[place]
        found[node] = everybody & (there - {node})
    return found


def _within(street: Street, node: str, longest: int) -> set[str]:
    """Return whom somebody reaches by at most so many ties, through people who may be named."""
    seen, edge = {node}, {node}
    for _ in range(longest):
        edge = {other for here in edge for other in street.ways.adj[here]} - seen
        seen |= edge
        edge = {other for other in edge if street.nameable(other)}
    return seen


def _pair(
    street: Street, pair: tuple[str, str], longest: int, reasons: tuple[IntroductionReason, ...]
) -> Introduction | None:
    a, b = pair

    def permits(node: str) -> bool:
        apart = street.kept_apart(node, a) or street.kept_apart(node, b)
        return street.nameable(node) and not apart

    way = chain(street.ways, a, b, permits=permits, longest=longest)
    nobody = frozenset[str]()
    at = tuple(sorted(street.company.get(a, nobody) & street.company.get(b, nobody)))
    if way is None and not at:
        return None
    if way is not None and len(way) == 2:
        reasons = tuple(each for each in reasons if each.ground is Ground.NEED)
        if not reasons:
            return None
    both = tuple(node for node in common(street.network, a, b) if permits(node))
    adamic_adar = sum(1 / log(len(street.network.adj[node])) for node in both)
    introducer = way[1] if way is not None and len(way) > 2 else None
    return Introduction(a, b, reasons, way, introducer, at, both, adamic_adar, "")


@dataclass(frozen=True, slots=True)
class _Teller:
    """Says why two could be introduced, and by whom."""

    street: Street
    lang: str
    name: Callable[[str], str]

    def told(self, pair: Introduction) -> Introduction:
        told = [self._reason(pair, reason) for reason in pair.reasons]
        sentence = " ".join(dict.fromkeys((*told, *self._way(pair))))
        return Introduction(
            pair.a,
            pair.b,
            pair.reasons,
            pair.chain,
            pair.introducer,
            pair.at,
            pair.common,
            pair.adamic_adar,
            sentence,
        )

    def _label(self, category: str | None) -> str:
        tree = self.street.hood.tree
        return tree.label(category, self.lang) if category and category in tree else category or ""

    def _reason(self, pair: Introduction, reason: IntroductionReason) -> str:
        facts = {
            "a": self.name(pair.a),
            "b": self.name(pair.b),
            "asker": self.name(reason.asker or ""),
            "giver": self.name(reason.giver or ""),
            "asked": self._label(reason.asked),
            "offered": self._label(reason.offered),
            "tag": tag_name(reason.tag or "", self.lang),
        }
        if reason.ground is Ground.NEED:
            key = "need" if reason.asked == reason.offered else "need_other"
        else:
            key = reason.ground.value
        return say(f"introductions.{key}", self.lang, **facts)

    def _way(self, pair: Introduction) -> Iterator[str]:
        a, b = self.name(pair.a), self.name(pair.b)
        if pair.chain is None:
            at = [self.name(each) for each in pair.at]
            yield say("introductions.meet", self.lang, at=at)
        elif pair.introducer is None:
            yield say("introductions.know", self.lang)
        elif len(pair.chain) == 3:
            yield say("introductions.common", self.lang, who=self.name(pair.introducer))
        else:
            via = [self.name(each) for each in pair.chain[2:-1]]
            who = self.name(pair.introducer)
            yield say("introductions.chain", self.lang, who=who, a=a, b=b, via=via)
