"""Sheets to hand over: no note, number, code or safety word, and no name but those of the plan."""

from __future__ import annotations

import dataclasses

import pytest

import assetmap
from assetmap.match import Proposals
from assetmap.model import Decision, Neighbourhood, Share
from assetmap.plans import PlanStatus
from assetmap.report import gather_sheets, sheet_calendar, sheet_html
from tests.privacy.hostile import NAMED, SAFETY, hostile_hood, leaks

WEEK, KEY = "2026-W48", b"a key of the tests"


def _decided(hood: Neighbourhood) -> Proposals:
    """Decide to do most of what is proposed, and run the week again."""
    first = assetmap.propose(hood, WEEK)
    rows = tuple(
        Decision(plan=plan.plan, need=plan.need, date="2026-11-22", decision="do")
        for at, plan in enumerate(first.items)
        if at % 5
    )
    return assetmap.propose(dataclasses.replace(hood, decisions=rows), WEEK)


def _meets(run: Proposals, reader: str, kind: str) -> set[str]:
    """Return whose called names may be on a sheet, worked out from the plans alone."""
    hood = run.hood
    called = {person.person: person.called or "" for person in hood.people}
    known = {p.person for p in hood.people if p.share is Share.YES}
    found = {called.get(reader, "")}
    for plan in run.items:
        if plan.status is PlanStatus.PROPOSED:
            continue
        owner = hood.need(plan.need).owner
        givers = {leg.provider for leg in plan.legs}
        hosts = {leg.activity for leg in plan.legs if leg.activity}
        hosts = {a.initiative or "" for a in hood.activities if a.activity in hosts}
        if kind == "helper" and reader in givers:
            found.add(called.get(owner, ""))
        if kind == "initiative" and reader in {owner, *givers, *hosts}:
            found |= {called[each] for each in {owner, *givers} & known}
    return found


@pytest.mark.parametrize("seed", range(4))
def test_the_sheets_of_hostile_neighbourhoods(seed: int) -> None:
    """Page, calendar and file name of every sheet; names of places are read by everybody."""
    hood, words = hostile_hood(500 + seed, residents=250, most=10_000)
    public = " ".join(str(row.value("name")) for table in NAMED for row in hood.table(table))
    run = _decided(hood)
    made = gather_sheets(run, key=KEY)
    assert made.sheets
    for line, sheet in zip(made.listed.value.lines, made.sheets, strict=True):
        reader = (line.reader or "").partition(":")[2]
        may = _meets(run, reader, line.kind)
        secret = tuple(word for word in words if word not in may and word not in public)
        dates = sheet_calendar(sheet, reader=line.reader or "", key=KEY) or b""
        files = {
            f"{line.file}.html": sheet_html(sheet).encode(),
            f"{line.file}.ics": dates.replace(b"\r\n ", b""),
        }
        assert leaks(files, (*secret, *SAFETY)) == [], (line.kind, reader)


def test_the_search_finds_who_is_on_a_sheet() -> None:
    """It can fail: the names of those whom a helper meets are on it."""
    hood, words = hostile_hood(500, residents=250, most=10_000)
    made = gather_sheets(_decided(hood), key=KEY)
    files = {f"{at}.html": sheet_html(each).encode() for at, each in enumerate(made.sheets)}
    assert leaks(files, words)
