"""Whether introductions are right: every clause of what one is, looked up afresh in the tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import isclose, log

from assetmap.audit.facts import alive
from assetmap.model import DecisionWord, Need, Neighbourhood, Person, Role, Share, Talent
from assetmap.privacy import split_safety, teams_of
from assetmap.ties import Introduction, IntroductionReason, Introductions

__all__ = ["introduction_faults"]


Told = tuple[str, ...]
"""A reason as text: ground, asker, giver, asked, offered, tag."""


def introduction_faults(
    found: Introductions, hood: Neighbourhood, *, asof: dt.date, longest: int = 2
) -> list[str]:
    """Return what is wrong with introductions, in sentences with ids.

    Every pair of residents is looked at by itself, so this takes long for many: whether it should
    be there, with which reasons, by which shortest chain, and in which place of the list.

    Parameters
    ----------
    found : Introductions
        What :func:`assetmap.graph.introductions` returned.
    hood : Neighbourhood
        The tables.
    asof : date
        The day.
    longest : int, default 2
        The longest chain that was allowed.

    Returns
    -------
    list of str
        Sorted; empty if nothing is wrong.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.graph import introductions
    >>> from assetmap.model import Neighbourhood
    >>> day = dt.date(2026, 11, 23)
    >>> introduction_faults(introductions(Neighbourhood(), asof=day), Neighbourhood(), asof=day)
    []
    """
    day = _Day(split_safety(hood)[0], asof, longest)
    told = {(each.a, each.b): each for each in found.pairs or ()}
    said = [f"{a} and {b}: twice" for a, b in _twice(found.pairs or ())]
    pairs = list(combinations(sorted(day.persons), 2))
    said += [f"{a} and {b}: no such pair" for a, b in told.keys() - set(pairs)]
    for a, b in pairs:
        said += [f"{a} and {b}: {wrong}" for wrong in day.wrong(a, b, told.get((a, b)))]
    places = [
        (len(each.chain) if each.chain else 99, -each.adamic_adar, each.a, each.b)
        for each in found.pairs or ()
    ]
    if places != sorted(places):
        said.append("not in order")
    return sorted(said)


def _twice(pairs: Iterable[Introduction]) -> Iterator[tuple[str, str]]:
    seen = set()
    for each in pairs:
        if (each.a, each.b) in seen:
            yield each.a, each.b
        seen.add((each.a, each.b))


@dataclass(frozen=True, eq=False)
class _Day:
    hood: Neighbourhood
    asof: dt.date
    longest: int

    @cached_property
    def persons(self) -> Mapping[str, Person]:
        return {f"person:{p.person}": p for p in self.hood.people if alive(p, self.asof)}

    def who(self, ref: str | None) -> str | None:
        if ref not in self._who:
            rows = self.hood.matches(ref, "people") if ref else ()
            self._who[ref] = f"person:{rows[0].id}" if rows else None
        return self._who[ref]

    @cached_property
    def _who(self) -> dict[str | None, str | None]:
        return {}

    # --- one pair -------------------------------------------------------------------------

    def wrong(self, a: str, b: str, told: Introduction | None) -> Iterator[str]:
        chains = self.chains(a, b)
        at = self.visited[a] & self.visited[b]
        reasons = self.reasons(a, b) if self.may(a, b) and (chains or at) else set()
        if chains and len(chains[0]) == 2:
            reasons = {each for each in reasons if each[0] == "need"}
        if told is None:
            if reasons:
                yield "left out"
            return
        if not reasons:
            yield "should not be there"
            return
        given = [_text(each) for each in told.reasons]
        if set(given) != reasons or len(given) != len(reasons):
            yield "other reasons"
        if (told.chain not in chains) if chains else (told.chain is not None):
            yield "another chain"
        between = told.chain[1:-1] if told.chain else ()
        if told.introducer != (between[0] if between else None):
            yield "another introducer"
        if told.at != tuple(sorted(at)):
            yield "other places"
        common = sorted(c for c in self.known[a] & self.known[b] if self.between(c, a, b))
        weight = sum(1 / log(len(self.known[c])) for c in common)
        if told.common != tuple(common) or not isclose(told.adamic_adar, weight, abs_tol=1e-9):
            yield "other acquaintances in common"

    def may(self, a: str, b: str) -> bool:
        """Both are residents, of age, willing, of one team where that is asked, not kept apart."""
        one, other = self.persons[a], self.persons[b]
        if one.is_worker or other.is_worker or not (self.named(a) and self.named(b)):
            return False
        known = (self.teams.get(a), self.teams.get(b))
        same = None in known or known[0] == known[1]
        return (same or (self.free(one) and self.free(other))) and not self.apart(a, b)

    @cached_property
    def teams(self) -> Mapping[str, str]:
        return teams_of(self.hood)

    def free(self, person: Person) -> bool:
        due = person.review_on is not None and person.review_on < self.asof
        return person.share is Share.YES and not due

    def named(self, node: str) -> bool:
        person = self.persons[node]
        young = not self.hood.policy.minors and self.young(person)
        return person.share is not Share.NO and not young

    def young(self, person: Person) -> bool:
        if person.minor is not None or person.born is None:
            return bool(person.minor)
        decade = person.born % 10 == 0
        return self.asof.year - (person.born + (9 if decade else 0)) <= 18

    def apart(self, a: str, b: str) -> bool:
        return any({a, b} <= ends for ends in self.guarded)

    @cached_property
    def guarded(self) -> list[set[str]]:
        found = []
        for row in self.hood.safeguards:
            if row.until is None or row.until >= self.asof:
                at = self.hood.matches(row.at, "people", "initiatives", "activities")
                found.append({self.who(row.person) or "", *(f"{r.key}:{r.id}" for r in at)})
        return found

    def between(self, node: str, a: str, b: str) -> bool:
        return self.named(node) and not self.apart(node, a) and not self.apart(node, b)

    # --- who knows whom ---------------------------------------------------------------------

    @cached_property
    def known(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {node: set() for node in self.persons}
        pairs = [(t.a, t.b) for t in self.hood.ties if alive(t, self.asof, "since")]
        pairs += [(p.person, p.worker or "") for p in self.hood.people]
        for row in self.hood.arrangements:
            need = self.hood.index["needs"].get(row.need)
            if isinstance(need, Need) and alive(row, self.asof, "since"):
                pairs.append((row.provider, need.owner))
        for one, other in combinations(self.hood.people, 2):
            if one.household and one.household == other.household:
                pairs.append((one.person, other.person))
        for left, right in pairs:
            x, y = self.who(left), self.who(right)
            if x in found and y in found and x != y:
                found[x].add(y)
                found[y].add(x)
        return found

    def chains(self, a: str, b: str) -> list[tuple[str, ...]]:
        """Every shortest permitted chain; none of its ties joins two who are kept apart."""
        ways: list[tuple[str, ...]] = [(a,)]
        for _ in range(self.longest):
            grown = [
                (*way, n)
                for way in ways
                for n in self.known[way[-1]]
                if n not in way and not self.apart(way[-1], n)
            ]
            there = [way for way in grown if way[-1] == b]
            if there:
                return there
            ways = [way for way in grown if self.between(way[-1], a, b)]
        return []

    @cached_property
    def visited(self) -> Mapping[str, set[str]]:
        return {node: self.places(node) for node in self.persons}

    def places(self, node: str) -> set[str]:
        found = set()
        for talent in self.hood.talents:
            if talent.going_to and self.who(talent.owner) == node and alive(talent, self.asof):
                found.add(("activities", talent.going_to))
        for row in self.hood.arrangements:
            need = self.hood.index["needs"].get(row.need)
            own = isinstance(need, Need) and self.who(need.owner) == node
            if row.activity and own and alive(row, self.asof, "since"):
                found.add(("activities", row.activity))
        for part in self.hood.memberships:
            if self.who(part.member) == node and alive(part, self.asof, "since"):
                found.add(("initiatives", part.party))
        rows = [row for table, ref in found for row in self.hood.matches(ref, table)]
        names = {
            f"{row.key}:{row.id}"
            for row in rows
            if alive(row, self.asof) and str(row.value("status")) not in {"past", "ended"}
        }
        return {name for name in names if not self.apart(node, name)}

    # --- why ----------------------------------------------------------------------------------

    def reasons(self, a: str, b: str) -> set[Told]:
        found = {told for pair in ((a, b), (b, a)) for told in self.asked(*pair)}
        if self.young(self.persons[a]) or self.young(self.persons[b]):
            return found
        experiences = self.tags(a) & self.tags(b)
        contexts = self.contexts(a) & self.contexts(b)
        offers = {t.category for t in self.gives[a]} & {t.category for t in self.gives[b]}
        found |= {("experience", "", "", "", "", tag) for tag in experiences}
        found |= {("situation", "", "", "", "", tag) for tag in contexts}
        tree = self.hood.tree
        found |= {
            ("interest", "", "", "", each, "")
            for each in offers
            if each in tree and tree[each].group_first and not self.hood.is_reserved(each)
        }
        return found

    def line(self, category: str) -> set[str]:
        tree = self.hood.tree
        return {category, *(tree.ancestors(category) if category in tree else ())}

    @cached_property
    def asks(self) -> Mapping[str, list[Need]]:
        return {node: self.open(node) for node in self.persons}

    @cached_property
    def gives(self) -> Mapping[str, list[Talent]]:
        return {node: self.offers(node) for node in self.persons}

    def open(self, node: str) -> list[Need]:
        return [
            need
            for need in self.hood.needs
            if self.who(need.owner) == node
            and (need.since is None or need.since <= self.asof)
            and (need.closed_on is None or self.asof < need.closed_on)
            and not (need.sensitive or need.not_known or need.not_area or need.wants)
            and not self.hood.is_reserved(need.category)
        ]

    def offers(self, node: str) -> list[Talent]:
        return [
            talent
            for talent in self.hood.talents
            if self.who(talent.owner) == node
            and alive(talent, self.asof)
            and talent.role is not Role.PROFESSIONAL
        ]

    def asked(self, asker: str, giver: str) -> Iterator[Told]:
        young = self.young(self.persons[asker]) or self.young(self.persons[giver])
        for need in self.asks[asker]:
            line = self.line(need.category)
            ready = need.talked or giver in self.known[asker]
            grown = not young or bool(line & set(self.hood.policy.minor_categories))
            if "peer_contact" in line or not ready or not grown or self.refused(need, giver):
                continue
            for talent in self.gives[giver]:
                if self.hood.tree.answer(talent.category, need.category) > 0:
                    yield ("need", asker, giver, need.category, talent.category, "")

    def refused(self, need: Need, giver: str) -> bool:
        return any(
            row.need == need.need
            and self.who(row.provider) == giver
            and row.decision in {DecisionWord.NOT_NOW, DecisionWord.NO_MORE}
            and row.date <= self.asof
            and (row.until is None or self.asof <= row.until)
            for row in self.hood.decisions
        )

    def tags(self, node: str) -> set[str]:
        return {tag.casefold() for tag, yes in self.persons[node].experiences or () if yes}

    def contexts(self, node: str) -> set[str]:
        return {tag.casefold() for need in self.asks[node] for tag in need.context or ()}


def _text(reason: IntroductionReason) -> Told:
    cells = (reason.asker, reason.giver, reason.asked, reason.offered, reason.tag)
    return (str(reason.ground), *(cell or "" for cell in cells))
