"""Contradictions between records: one small check per rule, all of them always run."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from enum import StrEnum
from typing import Any

from assetmap.categories import Distance, Domain, Tree, Where, shipped
from assetmap.errors import DataProblem, Severity, UnusableInput
from assetmap.model.area_checks import area_doubts
from assetmap.model.between import between
from assetmap.model.categories import extended
from assetmap.model.problems import problem
from assetmap.model.record import Record
from assetmap.model.words import RUNGS
from assetmap.schedule import Week
from assetmap.schedule.rules import Frequency, read_rule

__all__ = ["contradictions"]

Found = Iterator[DataProblem]
Rows = tuple[tuple[int, Any], ...]
Tables = Mapping[str, tuple[tuple[int, Record], ...]]
_ERROR, _WARNING, _NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE


def contradictions(tables: Tables, own_categories: Collection[str] = ()) -> Found:
    """Run every check of the whole set.

    Parameters
    ----------
    tables : Mapping[str, tuple of (int, Record)]
        Every table with its row numbers, references resolved.
    own_categories : collection of str
        Ids in the team's own table of categories, of rows that could not be read as well.
    """
    rows: dict[str, Rows] = {name: tuple(pairs) for name, pairs in tables.items()}
    tree, wrong = _tree(rows.get("categories", ()), own_categories)
    yield from wrong
    yield from _categories(rows, tree, own_categories)
    yield from _languages(rows)
    yield from _periods(rows)
    for table, checks in _CHECKS.items():
        for number, row in rows.get(table, ()):
            for check in checks:
                yield from check(number, row)
    yield from _seats_unknown(rows, tree)
    yield from _workers(rows)
    yield from _parents(rows)
    yield from area_doubts(rows)
    yield from between(rows, tree)


_CHOICES: Mapping[str, type[StrEnum]] = {"distance": Distance, "at": Where, "domain": Domain}


def _tree(rows: Rows, own: Collection[str]) -> tuple[Tree, list[DataProblem]]:
    """Return the tree with the team's own categories, and what is wrong with these."""
    wrong = []
    for number, row in rows:
        for column, choice in _CHOICES.items():
            if row.value(column) is not None and row.value(column) not in set(choice):
                place = ("categories", number, column)
                wrong.append(problem("not-in-list", _ERROR, place, allowed=", ".join(choice)))
        if row.parent is not None and row.parent not in own and row.parent not in shipped():
            place = ("categories", number, "parent")
            wrong.append(problem("unknown-reference", _ERROR, place, tables="categories"))
    if wrong or len(rows) < len(own):
        return shipped(), wrong
    try:
        return extended(row for _, row in rows), []
    except UnusableInput as error:
        whole = ("categories", None, None)
        return shipped(), [problem("categories-wrong", _ERROR, whole, reason=error)]


def _categories(rows: Mapping[str, Rows], tree: Tree, own: Collection[str]) -> Found:
    for table, column in _WITH_CATEGORY:
        for number, row in rows.get(table, ()):
            for name in _named(row.value(column)):
                if name not in tree and name not in own:
                    yield _unknown_category((table, number, column), name, tree)


_WITH_CATEGORY = (
    ("talents", "category"),
    ("needs", "category"),
    ("activities", "category"),
    ("activities", "requires"),
    ("observations", "category"),
    ("initiatives", "kind"),
    ("places", "space_for"),
)


def _named(value: Any) -> tuple[str, ...]:
    """Return the categories in a cell."""
    if value is None or isinstance(value, str):
        return () if value is None else (value,)
    wanted = (v for v in value if isinstance(v, str) or v.party is None)
    return tuple(v if isinstance(v, str) else v.what for v in wanted)


def _unknown_category(place: tuple[str, int, str], name: str, tree: Tree) -> DataProblem:
    # what was typed may say something about a person, so only the suggestion is shown
    near = tree.suggest(name)
    if near is None:
        return problem("unknown-category", _WARNING, place)
    return problem("unknown-category-near", _WARNING, place, near=near)


_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def _languages(rows: Mapping[str, Rows]) -> Found:
    for table in ("people", "talents", "needs", "activities", "initiatives"):
        for number, row in rows.get(table, ()):
            if any(not _TAG.fullmatch(tag) for tag in row.languages or ()):
                yield problem("unknown-language", _WARNING, (table, number, "languages"))


_PERIODS = {
    "people": ("from", "until"),
    "talents": ("from", "until"),
    "ties": ("since", "until"),
    "memberships": ("since", "until"),
    "responsibilities": ("from", "until"),
    "agreements": ("since", "until"),
    "arrangements": ("since", "until"),
    "safeguards": ("from", "until"),
    "needs": ("since", "closed_on"),
    "decisions": ("date", "until"),
}


def _periods(rows: Mapping[str, Rows]) -> Found:
    for table, (first, last) in _PERIODS.items():
        for number, row in rows.get(table, ()):
            begin, end = row.value(first), row.value(last)
            if begin is not None and end is not None and end < begin:
                yield problem("ends-before-it-begins", _ERROR, (table, number, last), first=first)


def _tie_with_self(number: int, row: Any) -> Found:
    if row.a == row.b:
        yield problem("tie-with-self", _ERROR, ("ties", number, "b"))


def _activity_over(number: int, row: Any) -> Found:
    if row.until is not None and row.until < row.start.date():
        yield problem(
            "ends-before-it-begins", _ERROR, ("activities", number, "until"), first="start"
        )


_SHORTEST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days that each month has in every year."""


def _every_month_has_the_day(number: int, row: Any) -> Found:
    """Say that a plain "monthly" from a 29th, 30th or 31st leaves out the shorter months."""
    if row.rrule is None or row.start.day <= min(_SHORTEST):
        return
    rule = read_rule(row.rrule)
    if rule.byday or rule.bymonthday or rule.bymonth or rule.byyearday or rule.byweekno:
        return
    steps = {Frequency.MONTHLY: rule.interval, Frequency.YEARLY: 12}.get(rule.freq)
    if steps is None:
        return
    months = {(row.start.month - 1 + steps * n) % 12 for n in range(12)}
    if row.start.day > min(_SHORTEST[month] for month in months):
        place = ("activities", number, "rrule")
        yield problem("month-too-short", _WARNING, place, day=row.start.day)


def _rungs_known(number: int, row: Any) -> Found:
    if any(step not in set(RUNGS) for step in row.tried or ()):
        allowed = ", ".join(RUNGS)
        yield problem("not-in-list", _ERROR, ("needs", number, "tried"), allowed=allowed)


def _half_a_point(table: str) -> Callable[[int, Any], Found]:
    def check(number: int, row: Any) -> Found:
        for one, other in (("x", "y"), ("lat", "lon")):
            if (getattr(row, one) is None) != (getattr(row, other) is None):
                yield problem("half-a-point", _ERROR, (table, number, one), other=other)

    return check


def _review_first(number: int, row: Any) -> Found:
    if row.review_on < row.from_:
        yield problem("review-too-early", _WARNING, ("safeguards", number, "review_on"))


def _kept_from_self(number: int, row: Any) -> Found:
    if row.at in {row.person, f"person:{row.person}"}:
        yield problem("safeguard-with-self", _ERROR, ("safeguards", number, "at"))


def _real_week(number: int, row: Any) -> Found:
    try:
        Week.parse(row.week)
    except UnusableInput:
        yield problem("no-such-week", _ERROR, ("team_hours", number, "week"))


_CHECKS: Mapping[str, tuple[Callable[[int, Any], Found], ...]] = {
    "people": (_half_a_point("people"),),
    "places": (_half_a_point("places"),),
    "needs": (_rungs_known,),
    "activities": (_activity_over, _every_month_has_the_day),
    "ties": (_tie_with_self,),
    "safeguards": (_review_first, _kept_from_self),
    "team_hours": (_real_week,),
}


def _seats_unknown(rows: Mapping[str, Rows], tree: Tree) -> Found:
    for number, row in rows.get("talents", ()):
        if row.seats is None and _is_ride(row.category, tree):
            yield problem("seats-unknown", _NOTICE, ("talents", number, "seats"))


def _is_ride(category: str, tree: Tree) -> bool:
    return category in tree and "ride" in (category, *tree.ancestors(category))


def _workers(rows: Mapping[str, Rows]) -> Found:
    others = {row.person for _, row in rows.get("people", ()) if not row.is_worker}
    for table in ("people", "needs", "team_hours"):
        for number, row in rows.get(table, ()):
            if row.worker in others:
                yield problem("not-a-worker", _WARNING, (table, number, "worker"))


def _parents(rows: Mapping[str, Rows]) -> Found:
    """Say which areas and organisations lie inside themselves."""
    for table in ("areas", "organisations"):
        above = {row.id: row.parent for _, row in rows.get(table, ())}
        for number, row in rows.get(table, ()):
            seen, at = {row.id}, row.parent
            while at is not None and at not in seen:
                seen.add(at)
                at = above.get(at)
            if at is not None and at == row.id:
                yield problem("inside-itself", _ERROR, (table, number, "parent"))
