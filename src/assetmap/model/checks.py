"""Contradictions between records: one small check per rule, all of them always run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from assetmap.categories import Tree
from assetmap.errors import DataProblem, Severity, UnusableInput
from assetmap.model.categories import extended
from assetmap.model.problems import problem
from assetmap.model.record import Record
from assetmap.model.words import RUNGS
from assetmap.schedule import Week

__all__ = ["contradictions"]

Found = Iterator[DataProblem]
Rows = tuple[tuple[int, Any], ...]
Tables = Mapping[str, tuple[tuple[int, Record], ...]]
_ERROR, _WARNING, _NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE


def contradictions(tables: Tables) -> Found:
    """Run every check of the whole set.

    Parameters
    ----------
    tables : Mapping[str, tuple of (int, Record)]
        Every table with its row numbers, references resolved.
    """
    rows: dict[str, Rows] = {name: tuple(pairs) for name, pairs in tables.items()}
    tree, wrong = _tree(rows.get("categories", ()))
    yield from wrong
    yield from _categories(rows, tree)
    yield from _languages(rows)
    yield from _periods(rows)
    for table, checks in _CHECKS.items():
        for number, row in rows.get(table, ()):
            for check in checks:
                yield from check(number, row)
    yield from _workers(rows)
    yield from _parents(rows)


def _tree(rows: Rows) -> tuple[Tree, list[DataProblem]]:
    try:
        return extended(row for _, row in rows), []
    except UnusableInput as error:
        place = ("categories", None, None)
        return extended(()), [problem("categories-wrong", _ERROR, place, reason=error)]


_WITH_CATEGORY = ("talents", "needs", "activities", "observations")


def _categories(rows: Mapping[str, Rows], tree: Tree) -> Found:
    for table in _WITH_CATEGORY:
        for number, row in rows.get(table, ()):
            if row.category not in tree:
                # what was typed may say something about a person, so only the suggestion is shown
                place = (table, number, "category")
                near = tree.suggest(row.category)
                code = "unknown-category-near" if near else "unknown-category"
                facts = {"near": near} if near else {}
                yield problem(code, _WARNING, place, **facts)


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


def _seats_unknown(number: int, row: Any) -> Found:
    if row.category == "ride" and row.seats is None:
        yield problem("seats-unknown", _NOTICE, ("talents", number, "seats"))


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
    "talents": (_seats_unknown,),
    "needs": (_rungs_known,),
    "activities": (_activity_over,),
    "ties": (_tie_with_self,),
    "safeguards": (_review_first, _kept_from_self),
    "team_hours": (_real_week,),
}


def _workers(rows: Mapping[str, Rows]) -> Found:
    workers = {row.person for _, row in rows.get("people", ()) if row.is_worker}
    for table in ("people", "needs", "team_hours"):
        for number, row in rows.get(table, ()):
            if row.worker is not None and row.worker not in workers:
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
