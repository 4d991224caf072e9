"""Who knows whom in a made-up neighbourhood: homes, streets, friends of friends, a few connectors.

Ties are grown in the order in which they arise. A home is a clique; a street is a ring in which
people know those who live beside them (a small world); further ties go to people nearby, mostly
to those whom many know already (a heavy tail), and often to a friend of a friend (triangles);
initiatives are where people of different streets meet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assetmap.model import Tie, TieKind
from assetmap.synthetic.draws import Draws, Stream, Whole
from assetmap.synthetic.people import workers
from assetmap.synthetic.recipe import Recipe
from assetmap.synthetic.residents import OF_AGE, OLD, Residents
from assetmap.synthetic.words import Words

__all__ = ["Pairs", "acquainted", "introductions", "ties"]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of people of one kind; ``a[i]`` knows ``b[i]``."""

    kind: TieKind
    a: Whole
    b: Whole


def acquainted(residents: Residents, draws: Draws, recipe: Recipe) -> list[Pairs]:
    """Draw who knows whom, without what initiatives add."""
    homes = _homes(residents)
    street = _street(residents, draws)
    friends = _friends(residents, draws, recipe, known=[homes, street])
    lost = _nobody_by_accident(residents, [homes, street, friends])
    carers = _carers(homes, residents, draws)
    return [homes, street, friends, lost, carers]


def _pairs(kind: TieKind, a: Whole, b: Whole) -> Pairs:
    return Pairs(kind, a.astype(np.int64), b.astype(np.int64))


def _homes(residents: Residents) -> Pairs:
    """Pair everybody with the others of the home."""
    ones, others = [], []
    at = np.arange(residents.count)
    for step in range(1, int(residents.home_size.max())):
        first = at[residents.seat + step < residents.home_size]
        ones.append(first)
        others.append(first + step)
    if not ones:
        return _pairs(TieKind.HOUSEHOLD, at[:0], at[:0])
    return _pairs(TieKind.HOUSEHOLD, np.concatenate(ones), np.concatenate(others))


def _street(residents: Residents, draws: Draws) -> Pairs:
    """Let people know those one and two doors on, around the street."""
    stream = draws.stream("street")
    heads = np.flatnonzero((residents.seat == 0) & ~residents.solitary)
    streets = residents.street[heads]
    first = np.searchsorted(streets, streets)
    size = np.searchsorted(streets, streets, side="right") - first
    at = np.arange(len(heads)) - first
    ones, others = [], []
    for step, share in ((1, 0.75), (2, 0.4)):
        next_door = first + (at + step) % np.maximum(size, 1)
        kept = stream.flags(len(heads), share) & (size > 2 * step)
        ones.append(heads[kept])
        others.append(heads[next_door[kept]])
    return _pairs(TieKind.NEIGHBOUR, np.concatenate(ones), np.concatenate(others))


def _friends(
    residents: Residents, draws: Draws, recipe: Recipe, *, known: Iterable[Pairs]
) -> Pairs:
    """Draw further ties: nearby, of the like age, to the well-known, closing triangles."""
    stream = draws.stream("friends")
    able = np.flatnonzero((residents.age >= OF_AGE - 6) & ~residents.solitary)
    empty = able[:0]
    if len(able) < 2:
        return _pairs(TieKind.FRIEND, empty, empty)
    wanted = round(recipe.friends / 2 * residents.count)
    asks = able[stream.chosen(wanted, residents.fame[able])]
    meets = _met(residents, stream, asks, recipe)
    closed = stream.flags(wanted, recipe.closing)
    through = _friend_of_friend(residents, stream, asks, known)
    chosen = np.where(closed & (through >= 0), through, meets)
    kept = (chosen != asks) & (residents.home[chosen] != residents.home[asks])
    return _once(TieKind.FRIEND, asks[kept], chosen[kept])


def _met(residents: Residents, stream: Stream, asks: Whole, recipe: Recipe) -> Whole:
    """Draw whom somebody meets: in the own area, one beside it in number, or anywhere."""
    count = len(asks)
    edges, known = residents.area_edges, residents.known
    near = stream.flags(count, recipe.nearby)
    beside = residents.area[asks] + stream.whole(count, 5) // 4
    beside = np.minimum(beside, residents.area[-1])
    low = np.where(near, edges[beside], 0)
    high = np.where(near, edges[beside + 1], residents.count)
    best = _between(known, low, high, stream.uniform(count))
    # of two people whom one meets, the one of about the same age becomes the friend
    second = _between(known, low, high, stream.uniform(count))
    age = residents.age
    nearer = abs(age[second] - age[asks]) < abs(age[best] - age[asks])
    return np.asarray(np.where(nearer, second, best), dtype=np.int64)


def _between(known: Any, low: Whole, high: Whole, at: Any) -> Whole:
    target = known[low] + at * (known[high] - known[low])
    found = np.searchsorted(known, target, side="right") - 1
    return np.asarray(np.clip(found, low, high - 1), dtype=np.int64)


def _friend_of_friend(
    residents: Residents, stream: Stream, asks: Whole, known: Iterable[Pairs]
) -> Whole:
    """Draw a neighbour of a neighbour; -1 where there is none."""
    pairs = list(known)
    ends = np.concatenate([np.concatenate([p.a, p.b]) for p in pairs])
    others = np.concatenate([np.concatenate([p.b, p.a]) for p in pairs])
    order = np.argsort(ends, kind="stable")
    others = others[order]
    edges = np.searchsorted(ends[order], np.arange(residents.count + 1))

    def step(people: Whole) -> Whole:
        at = np.maximum(people, 0)
        degree = edges[at + 1] - edges[at]
        place = edges[at] + stream.whole(len(people), degree)
        found = others[np.minimum(place, max(len(others) - 1, 0))] if len(others) else at
        return np.asarray(np.where((people >= 0) & (degree > 0), found, -1), dtype=np.int64)

    return step(step(asks))


def _once(kind: TieKind, a: Whole, b: Whole) -> Pairs:
    """Keep every pair once, at its first place."""
    top = int(max(a.max(initial=0), b.max(initial=0))) + 1
    code = np.minimum(a, b) * top + np.maximum(a, b)
    kept = np.sort(np.unique(code, return_index=True)[1])
    return _pairs(kind, a[kept], b[kept])


def _nobody_by_accident(residents: Residents, pairs: Sequence[Pairs]) -> Pairs:
    """Give everybody who ended up without a tie, but is not meant to, somebody next door."""
    seen = residents.solitary.copy()
    for each in pairs:
        seen[each.a] = True
        seen[each.b] = True
    left = np.flatnonzero(~seen)
    company = np.flatnonzero(~residents.solitary)
    if len(company) < 2:
        return _pairs(TieKind.NEIGHBOUR, left[:0], left[:0])
    at = np.searchsorted(company, left)
    other = company[np.where(at + 1 < len(company), at + 1, at - 1)]
    return _once(TieKind.NEIGHBOUR, left, other)


def _carers(homes: Pairs, residents: Residents, draws: Draws) -> Pairs:
    """Let some of those who live with somebody who cannot walk far be their carer."""
    stream = draws.stream("carers")
    frail = residents.riders & (residents.age >= OLD)
    a, b = np.concatenate([homes.a, homes.b]), np.concatenate([homes.b, homes.a])
    able = frail[b] & ~frail[a] & (residents.age[a] >= OF_AGE)
    kept = able & stream.flags(len(a), 0.6)
    return _pairs(TieKind.CARER, a[kept], b[kept])


_STRENGTHS = {
    TieKind.HOUSEHOLD: (3, 3, 3),
    TieKind.CARER: (3, 3, 2),
    TieKind.FRIEND: (3, 2, 2),
    TieKind.NEIGHBOUR: (1, 1, 2),
}


def ties(
    pairs: Iterable[Pairs], residents: Residents, draws: Draws, *, start: dt.date
) -> list[Tie]:
    """Make the ties as they were reported: by one of the two, now and then by both."""
    found, ids, ages = list[Tie](), residents.ids, residents.age.tolist()
    for number, each in enumerate(pairs):
        stream = draws.stream("reports", number)
        count = len(each.a)
        days = stream.whole(count, 3000).tolist()
        level = stream.whole(count, 3).tolist()
        dated, by_b = stream.flags(count, 0.3).tolist(), stream.flags(count, 0.5).tolist()
        both, ended = stream.flags(count, 0.05).tolist(), stream.flags(count, 0.01).tolist()
        strengths = _STRENGTHS.get(each.kind, (1, 1, 2))
        for at, (a, b) in enumerate(zip(each.a.tolist(), each.b.tolist(), strict=True)):
            one, other = ids[a], ids[b]
            cells: dict[str, Any] = {"a": one, "b": other, "kind": each.kind}
            if each.kind is TieKind.HOUSEHOLD and abs(ages[a] - ages[b]) > 20:
                cells["kind"] = TieKind.FAMILY
            cells["strength"] = strengths[level[at]]
            cells["reported_by"] = other if by_b[at] else one
            if dated[at]:
                cells["since"] = start - dt.timedelta(days=30 + days[at])
            if ended[at] and each.kind is TieKind.FRIEND:
                cells["until"] = start - dt.timedelta(days=days[at] % 29 + 1)
            found.append(Tie.model_validate(cells))
            if both[at] and each.kind is not TieKind.CARER:
                again = {**cells, "a": other, "b": one, "strength": 1 + level[at]}
                again["reported_by"] = one if by_b[at] else other
                found.append(Tie.model_validate(again))
    return found


def introductions(
    residents: Residents, draws: Draws, words: Words, *, week: int, day: dt.date
) -> list[Tie]:
    """Make the ties that arose in one week because somebody introduced two people."""
    stream = draws.stream("introduced", week)
    company = residents.adults[~residents.solitary[residents.adults]]
    if len(company) < 2:
        return []
    count = stream.often(residents.count / 1200)
    team, found = workers(residents.count), list[Tie]()
    for _ in range(count):
        one, step = stream.whole(2, np.asarray([len(company), min(len(company) - 1, 40)])).tolist()
        a, b = company[one], company[(one + step + 1) % len(company)]
        found.append(
            Tie(
                a=residents.ids[a],
                b=residents.ids[b],
                kind=TieKind.INTRODUCED,
                strength=1,
                since=day + dt.timedelta(days=step % 5),
                reported_by=residents.ids[a],
                introduced_by=words.id("w", int(residents.area[a]) % team),
                event=words.one("events", step) if step % 2 else None,
            )
        )
    return sorted(found, key=lambda tie: (tie.since or day, tie.a, tie.b))
