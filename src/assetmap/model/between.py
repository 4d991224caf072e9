"""Contradictions between tables: who passes what to whom, who holds the keys, who is paid what."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from assetmap.categories import Tree
from assetmap.errors import DataProblem, Severity
from assetmap.model.allowance import ALLOWANCE_LIMITS, Cap, allowance_of
from assetmap.model.parties import Side, near_party_kind, party_kind, side_of
from assetmap.model.problems import problem
from assetmap.model.record import Record
from assetmap.model.registry import PREFIXES
from assetmap.model.words import AgreementKind, InitiativeStatus, Reward, Status
from assetmap.schedule import common

__all__ = ["Whole", "between"]

Found = Iterator[DataProblem]
Rows = tuple[tuple[int, Any], ...]
_WARNING, _NOTICE = Severity.WARNING, Severity.NOTICE
_HOURS_A_WEEK = 168
_ROUNDING = 5
"""Statistics Netherlands rounds the inhabitants of an area to fives."""


class Whole:
    """All tables with their row numbers, and what a reference in them points to."""

    def __init__(self, rows: Mapping[str, Rows], tree: Tree) -> None:
        self.rows, self.tree = rows, tree
        self._index: dict[str, dict[str, Record]] = {
            table: {row.id: row for _, row in own if row.id is not None}
            for table, own in rows.items()
        }

    def of(self, table: str) -> Rows:
        """Return the rows of a table; none when it is not there."""
        return self.rows.get(table, ())

    def find(self, ref: str | None, *tables: str) -> Record | None:
        """Return what a reference points to; None where that is not clear."""
        if ref is None:
            return None
        prefix, mark, rest = ref.partition(":")
        if mark and PREFIXES.get(prefix) in tables and rest in self._in(PREFIXES[prefix]):
            return self._in(PREFIXES[prefix])[rest]
        found = [self._in(table)[ref] for table in tables if ref in self._in(table)]
        return found[0] if len(found) == 1 else None

    def _in(self, table: str) -> Mapping[str, Record]:
        return self._index.get(table, {})

    def party(self, ref: str | None) -> Record | None:
        """Return the person, initiative or organisation that a reference points to."""
        return self.find(ref, "people", "initiatives", "organisations")


def between(rows: Mapping[str, Rows], tree: Tree) -> Found:
    """Run every check that looks at several rows or tables at once."""
    whole = Whole(rows, tree)
    for check in _CHECKS:
        yield from check(whole)


def _party_kinds(whole: Whole) -> Found:
    for number, row in whole.of("organisations"):
        if row.kind is None or party_kind(row.kind) is not None:
            continue
        place, near = ("organisations", number, "kind"), near_party_kind(row.kind)
        if near is None:
            yield problem("unknown-party-kind", _NOTICE, place)
        else:
            yield problem("unknown-party-kind-near", _NOTICE, place, near=near.id)


def _referrals(whole: Whole) -> Found:
    for number, row in whole.of("referrals"):
        giver, receiver = whole.party(row.from_party), whole.party(row.to_party)
        if giver is None or receiver is None:
            continue
        if giver is receiver:
            yield problem("referral-to-self", _WARNING, ("referrals", number, "to_party"))
        elif _calls_in(giver, receiver) and not _about_safety(whole, row):
            yield from _asked_for(whole, number, row)


def _calls_in(giver: Record, receiver: Record) -> bool:
    return side_of(giver) is Side.RESIDENTS and side_of(receiver) is Side.PROFESSIONALS


def _about_safety(whole: Whole, row: Any) -> bool:
    need = whole.find(row.need, "needs")
    return need is not None and whole.tree.may_be_safety(need.value("category"))


def _asked_for(whole: Whole, number: int, row: Any) -> Found:
    """Residents call in professionals, not the other way round."""
    place = ("referrals", number, "initiator")
    if row.initiator is None:
        yield problem("initiator-unknown", _NOTICE, place)
        return
    initiator = whole.party(row.initiator)
    if initiator is not None and side_of(initiator) is Side.PROFESSIONALS:
        yield problem("not-asked-by-residents", _WARNING, place)


def _groups_without_persons(whole: Whole) -> Found:
    for number, row in whole.of("observations"):
        if row.target_group is not None and row.about is not None:
            yield problem("group-and-person", _WARNING, ("observations", number, "about"))


def _keys(whole: Whole) -> Found:
    seen: dict[str, list[Any]] = defaultdict(list)
    for number, row in whole.of("responsibilities"):
        for other in seen[row.place]:
            apart = other.party == row.party or not _together(row, other)
            if not apart and common(row.when, other.when):
                yield problem("keys-twice", _WARNING, ("responsibilities", number, "when"))
                break
        seen[row.place].append(row)


def _together(one: Any, other: Any) -> bool:
    """Tell whether two periods have a day in common."""
    first = max(one.from_ or dt.date.min, other.from_ or dt.date.min)
    return first <= min(one.until or dt.date.max, other.until or dt.date.max)


def _agreements(whole: Whole) -> Found:
    for number, row in whole.of("agreements"):
        if row.from_party == row.to_party:
            yield problem("agreement-with-self", _WARNING, ("agreements", number, "to_party"))
        if row.kind is AgreementKind.BUDGET and row.amount_eur is None:
            yield problem("budget-without-amount", _WARNING, ("agreements", number, "amount_eur"))
        challenge = row.kind is AgreementKind.CHALLENGE
        if challenge and row.claim is None:
            yield problem("challenge-without-claim", _NOTICE, ("agreements", number, "claim"))
        if row.claim is not None and row.kind is not None and not challenge:
            yield problem("claim-without-challenge", _WARNING, ("agreements", number, "claim"))


def _ended(whole: Whole) -> Found:
    for number, row in whole.of("activities"):
        owner = whole.find(row.initiative, "initiatives")
        over = owner is not None and owner.value("status") is InitiativeStatus.ENDED
        if over and row.status in {Status.PLANNED, Status.RUNNING}:
            yield problem("ended-still-runs", _WARNING, ("activities", number, "status"))


def _paid_or_not(whole: Whole) -> Found:
    for number, row in whole.of("memberships"):
        if row.hour_eur and row.reward not in {Reward.ALLOWANCE, None}:
            yield problem("amount-without-allowance", _WARNING, ("memberships", number, "hour_eur"))


def _allowances(whole: Whole) -> Found:
    """Add up over all organisations; each limit is told once, at the last row of the person."""
    own: dict[str, list[tuple[int, Any]]] = defaultdict(list)
    for number, row in whole.of("memberships"):
        person = whole.find(row.member, "people", "organisations")
        if person is not None and person.table == "people" and row.reward is Reward.ALLOWANCE:
            own[str(person.id)].append((number, row))
    for identifier, pairs in own.items():
        person = whole.find(identifier, "people")
        young = person is not None and person.value("minor") is True
        told: set[Cap] = set()
        place = ("memberships", max(number for number, _ in pairs), "hour_eur")
        rows = [row for _, row in pairs]
        for year in _years(rows):
            found, limit = allowance_of(rows, year, young=young), ALLOWANCE_LIMITS[year]
            most = {
                Cap.HOUR: limit.young_hour_eur if young else limit.hour_eur,
                Cap.MONTH: limit.month_eur,
                Cap.YEAR: limit.year_eur,
            }
            for cap in set(found.passed) - told:
                code = f"allowance-over-{cap.value}"
                yield problem(code, _WARNING, place, limit=most[cap], year=year)
            told |= set(found.passed)


def _years(rows: list[Any]) -> list[int]:
    """List the known years that the rows speak of; without a first day only the latest."""
    latest = max(ALLOWANCE_LIMITS)
    first = min(row.since.year if row.since else latest for row in rows)
    last = max(row.until.year if row.until else latest for row in rows)
    return [year for year in sorted(ALLOWANCE_LIMITS) if min(first, last) <= year <= last]


def _hours(whole: Whole) -> Found:
    seen: set[tuple[str, ...]] = set()
    total: dict[tuple[str, str], float] = defaultdict(float)
    for number, row in whole.of("team_hours"):
        week = (row.week, row.worker)
        if (*week, str(row.purpose)) in seen:
            yield problem("hours-twice", _WARNING, ("team_hours", number, "purpose"))
        seen.add((*week, str(row.purpose)))
        before = total[week]
        total[week] += row.hours
        if before <= _HOURS_A_WEEK < total[week]:
            yield problem("week-too-long", _WARNING, ("team_hours", number, "hours"))


def _past_the_end(whole: Whole) -> Found:
    for number, row in whole.of("arrangements"):
        provider, talent = whole.party(row.provider), whole.find(row.talent, "talents")
        ends = [getattr(each, "until", None) for each in (provider, talent)]
        last = min((end for end in ends if end is not None), default=None)
        if last is not None and (row.until is None or row.until > last):
            yield problem("runs-past-end", _NOTICE, ("arrangements", number, "until"))


def _parts(whole: Whole) -> Found:
    inside: dict[str, list[Any]] = defaultdict(list)
    for _, row in whole.of("areas"):
        if row.parent is not None and row.parent != row.area:
            inside[row.parent].append(row)
    for number, row in whole.of("areas"):
        for column, slack in (("population", _ROUNDING), ("km2", 0.01)):
            whole_area = row.value(column)
            parts = [v for part in inside[row.area] if (v := part.value(column)) is not None]
            if whole_area is not None and sum(parts) > whole_area + slack * (len(parts) + 1):
                yield problem("parts-exceed-whole", _WARNING, ("areas", number, column))


_CHECKS: tuple[Callable[[Whole], Found], ...] = (
    _party_kinds,
    _referrals,
    _groups_without_persons,
    _keys,
    _agreements,
    _ended,
    _paid_or_not,
    _allowances,
    _hours,
    _past_the_end,
    _parts,
)
