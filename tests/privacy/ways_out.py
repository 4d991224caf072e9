"""Every way in which something leaves for others than the team: one line each.

A new way out is one more row of ``WAYS``, with the functions of the package that it goes through.
A test looks whether every place that writes is in one of the two tables of this file.
"""

from __future__ import annotations

import ast
import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import assetmap
from assetmap import graph, plot, signals, view
from assetmap.cli.choices import Form
from assetmap.cli.network_files import files_of
from assetmap.geo import Shape, Shapes
from assetmap.match import Proposals
from assetmap.model import Activity, Decision, Neighbourhood, Person, Share
from assetmap.plans import PlanStatus
from assetmap.privacy import Audience, Released
from assetmap.report import (
    council_files,
    council_html,
    council_map,
    gather_council,
    gather_helpers,
    gather_initiative_week,
    gather_initiatives,
    gather_own_week,
    initiative_week_html,
    own_week_html,
    sheet_calendar,
    sheet_html,
)
from assetmap.report.record import record, record_json
from assetmap.report.results import result_files, results
from assetmap.signals import Signals
from assetmap.tables import write_calendar, write_hsds
from assetmap.tables.output import csv_text
from assetmap.texts import Language
from tests.house.imports import SourceFile
from tests.house.writers import writers

__all__ = ["DAY", "TEAM_ONLY", "TURNS", "WAYS", "Files", "Way", "World", "places_that_write"]

WEEK = "2026-W48"
DAY = dt.date(2026, 11, 23)
RESEARCH, RESIDENTS, COUNCIL = Audience.RESEARCH, Audience.RESIDENTS, Audience.COUNCIL
OUTWARD = (RESEARCH, RESIDENTS, COUNCIL)
PICTURES = ("map", "offers", "waiting", "flow", "load", "change", "signals", "network")
DRAWN = ("svg", "png", "pdf")
KEY = b"a key of the tests"
STANDS = frozenset({PlanStatus.STANDING, PlanStatus.PINNED})


@dataclass
class World:
    """A neighbourhood, and which of several choices to make this time.

    Attributes
    ----------
    hood : Neighbourhood
        The tables.
    at : int
        A number: audiences, kinds of file and languages go by turns as it counts.
    """

    hood: Neighbourhood
    at: int = 0

    @cached_property
    def proposals(self) -> Proposals:
        """The proposals of a week."""
        return assetmap.propose(self.hood, WEEK)

    @cached_property
    def decided(self) -> Proposals:
        """The proposals of the week once everything was decided on."""
        said = [
            Decision(plan=plan.plan, need=plan.need, date=DAY, decision="do")
            for plan in self.proposals.items
        ]
        return assetmap.propose(replace(self.hood, decisions=tuple(said)), WEEK)

    @cached_property
    def found(self) -> Signals:
        """The signals of its Monday."""
        return signals.detect(self.hood, asof=DAY)

    @property
    def lang(self) -> Language:
        """A language."""
        return list(Language)[self.at % 2]

    @property
    def audience(self) -> Audience:
        """Somebody outside the team."""
        return OUTWARD[self.at % 3]

    def called(self, *ids: str) -> frozenset[str]:
        """Return what some people are called."""
        rows = (each for name in ids for each in self.hood.matches(name, "people"))
        return frozenset(p.called for p in rows if isinstance(p, Person) and p.called)


Files = Mapping[str, bytes]


def _nobody(world: World, name: str) -> frozenset[str]:
    del world, name
    return frozenset()


@dataclass(frozen=True)
class Way:
    """A way out.

    Attributes
    ----------
    through : tuple of str
        The functions and classes of the package that write, as ``module.name``.
    files : callable
        Gives what goes out, by name.
    may_say : callable
        Which of the words that are secret may stand in a file all the same: whom a helper goes to.
    """

    through: tuple[str, ...]
    files: Callable[[World], Files]
    may_say: Callable[[World, str], frozenset[str]] = _nobody


def _results(world: World) -> Files:
    run = world.proposals
    kept = record_json(record(run, {}, audience=RESEARCH)).encode()
    return {**result_files(results(run, RESEARCH)), "run.json": kept}


def _network(world: World) -> Files:
    """Two kinds of file by turns; for research also of people alone, and with measures."""
    research, at = world.audience is RESEARCH, world.at
    rest = graph.without_sensitive(world.hood) if research else world.hood
    built = graph.build(rest, attributes=["born"])
    known = graph.people(built)
    measured = graph.measures(known, seed=0) if research and at % 15 == 0 else None
    chosen = known if research and at % 2 == 0 else built
    shared = graph.for_audience(chosen, world.audience, hood=world.hood, measures=measured)
    forms = (list(Form)[at % len(Form)], list(Form)[(at + 2) % len(Form)])
    return dict(files_of(shared, forms, measures=measured is not None, lang=world.lang))


def _council(world: World) -> Files:
    released = gather_council(
        world.hood,
        first=DAY - dt.timedelta(days=182),
        last=DAY,
        before=world.hood if world.at % 2 else None,
        proposals=world.proposals,
    )
    return {
        "report.html": council_html(released, world.lang).encode(),
        **council_files(released, world.lang),
        "map.json": council_map(released, _drawn(world), lang=world.lang),
    }


def _drawn(world: World) -> Shapes:
    """Return the outlines of the areas; squares where there is no map."""
    if len(world.hood.shapes):
        return world.hood.shapes
    square = ((5.38, 52.15), (5.39, 52.15), (5.39, 52.16), (5.38, 52.15))
    return Shapes.of([Shape(area.area, ((square,),)) for area in world.hood.areas])


def _signals(world: World) -> Files:
    shared = signals.for_audience(world.found, world.audience)
    rows = signals.as_rows(shared, world.lang.value)
    return {
        "signals.csv": csv_text(signals.COLUMNS, rows).encode(),
        "signals.txt": signals.told(shared, world.lang.value).encode(),
    }


def _viewer(world: World) -> Files:
    drawn = RESEARCH if world.audience is RESEARCH else RESIDENTS
    page = view.neighbourhood(world.hood, audience=drawn.value, language=world.lang.value, asof=DAY)
    return {"view.html": page._repr_html_().encode()}


def facts_of(world: World, what: str, audience: Audience) -> Released[object]:
    """Return what a picture shows."""
    made: Mapping[str, Callable[[], Released[object]]] = {
        "map": lambda: plot.map_facts(world.hood, audience, asof=DAY),
        "offers": lambda: plot.offer_facts(world.hood, audience, asof=DAY),
        "waiting": lambda: plot.waiting_facts(world.hood, audience, asof=DAY),
        "flow": lambda: plot.flow_facts(world.proposals, audience),
        "load": lambda: plot.load_facts(world.proposals, audience),
        "change": lambda: plot.change_facts(world.proposals, world.proposals, audience=audience),
        "signals": lambda: plot.signal_facts(world.found, world.hood, audience=audience),
        "network": lambda: plot.network_facts(world.hood, audience, asof=DAY, seed=0),
    }
    return made[what]()


def _picture(world: World) -> Files:
    """One picture, for one audience, in one kind of file, by turns; what is in the file besides."""
    what, form = PICTURES[world.at % len(PICTURES)], DRAWN[world.at // 8 % len(DRAWN)]
    shown = facts_of(world, what, (RESIDENTS, COUNCIL)[world.at % 2])
    drawn = plot.picture_bytes(shown, form=form, language=world.lang.value)
    return {f"{what}.{form}": drawn, f"{what}.txt": repr(shown.value).encode()}


def _helpers(world: World) -> Files:
    files: dict[str, bytes] = {}
    for at, who in enumerate(gather_helpers(world.decided).value.people):
        sheet = gather_own_week(world.decided, who)
        dates = sheet_calendar(sheet, reader=f"person:{who}", key=KEY, lang=world.lang)
        files |= {
            f"{at}.html": own_week_html(sheet, world.lang).encode(),
            f"{at}.ics": dates or b"",
        }
    return {name: content for name, content in files.items() if content}


def _initiatives(world: World) -> Files:
    files: dict[str, bytes] = {}
    for who in gather_initiatives(world.decided).value.initiatives:
        sheet = gather_initiative_week(world.decided, who)
        show = (initiative_week_html, sheet_html)[world.at % 2]
        dates = sheet_calendar(sheet, reader=f"initiative:{who}", key=KEY, lang=world.lang)
        files |= {f"{who}.html": show(sheet, world.lang).encode(), f"{who}.ics": dates or b""}
    return {name: content for name, content in files.items() if content}


def _whom(world: World, name: str) -> frozenset[str]:
    """Return whom a helper goes to, and what names that has, by what was decided on."""
    people = gather_helpers(world.decided).value.people
    helper = people[int(name.partition(".")[0])].removeprefix("person:")
    plans = [
        plan
        for plan in world.decided.items
        if plan.status in STANDS
        for leg in plan.legs
        if helper in {leg.provider.removeprefix("person:"), _owner(world, leg.talent)}
    ]
    askers = {world.hood.need(plan.need).owner for plan in plans}
    theirs = {leg.activity for plan in plans for leg in plan.legs if leg.activity}
    return world.called(*askers, helper) | _in_names(world, {*askers, *theirs})


def _comes(world: World, name: str) -> frozenset[str]:
    """Return who comes to an initiative or helps there and agreed to be known; and in its names."""
    own, may, names = name.partition(".")[0], set[str](), {name.partition(".")[0]}
    for plan in world.decided.items:
        there = {leg.activity.removeprefix("activity:") for leg in plan.legs if leg.activity}
        hosts = {row.initiative for row in world.hood.activities if row.activity in there}
        parties = {world.hood.need(plan.need).owner, *(leg.provider for leg in plan.legs)}
        if (
            plan.status in STANDS
            and own in {each.partition(":")[2] or each for each in parties} | hosts
        ):
            may |= {
                p.person for p in world.hood.people if p.person in parties and p.share is Share.YES
            }
            names |= there
    return world.called(*may) | _in_names(world, names)


def _in_names(world: World, ids: set[str]) -> frozenset[str]:
    """Return the called names that stand in the names of what somebody goes to."""
    named = " ".join(_names(world, ids))
    return frozenset(
        each.called for each in world.hood.people if each.called and each.called in named
    )


def _names(world: World, ids: set[str]) -> Iterator[str]:
    """Yield the names of the initiatives, activities and places that somebody goes to."""
    for name in ids:
        for row in world.hood.matches(name, "initiatives", "organisations", "activities"):
            yield str(row.value("name"))
            if isinstance(row, Activity) and row.place:
                yield from (str(at.value("name")) for at in world.hood.matches(row.place, "places"))


def _owner(world: World, talent: str | None) -> str | None:
    rows = () if talent is None else world.hood.matches(talent, "talents")
    return str(rows[0].value("owner")).removeprefix("person:") if rows else None


def _social_map(world: World) -> Files:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "services.json")
        write_hsds(world.hood, path, source="wijk")
        return {path.name: path.read_bytes()}


def _calendar(world: World) -> Files:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "agenda.ics")
        write_calendar(world.hood, path, asof=DAY, source="wijk")
        return {path.name: path.read_bytes()}


_EXPORTS = (
    *("json_files.write_json", "json_files.write_cytoscape", "xml_files.write_graphml"),
    *("xml_files.write_gexf", "table_files.write_csv", "table_files.write_kumu"),
    *("table_files.write_measures", "objects.to_networkx", "objects.to_frames"),
    *("objects.to_sparse", "objects.to_igraph"),
)
_DRAWN = ("area_map.draw_map", "change.draw_change", "flow.draw_flow", "load.draw_load")
_DRAWN += ("network.draw_network", "offers.draw_offers", "timelines.draw_signals")
_DRAWN += ("waiting.draw_waiting", "saving.draw_picture", "saving.picture_bytes")
_DRAWN += ("saving.write_picture",)

WAYS: Mapping[str, Way] = MappingProxyType(
    {
        "results": Way((), _results),
        "network": Way(
            (*(f"ties.exports.{name}" for name in _EXPORTS), "cli.network_asked._written"), _network
        ),
        "council report": Way(
            (
                *("report.council.council_html", "report.council.council_files"),
                *("report.council.write_council", "cli.reporting.report_page"),
                "report.council_areas.council_map",
            ),
            _council,
        ),
        "signals": Way(("cli.signals_asked._shown",), _signals),
        "viewer": Way(("view.viewer.Viewer",), _viewer),
        "pictures": Way((*(f"plot.{name}" for name in _DRAWN), "cli.drawing._drawn"), _picture),
        "sheet of a helper": Way(
            (
                *("report.own_week.own_week_html", "report.own_week.write_own_week"),
                "report.handing.sheet_calendar",
            ),
            _helpers,
            _whom,
        ),
        "sheet of an initiative": Way(
            (
                "report.initiative_week.initiative_week_html",
                *("report.initiative_week.write_initiative_week", "report.handing.sheet_html"),
            ),
            _initiatives,
            _comes,
        ),
        "social map": Way(("tables.social_map_writing.write_hsds",), _social_map),
        "calendar": Way(("tables.calendar_writing.write_calendar",), _calendar),
    }
)
"""What leaves, by name."""

TURNS: Mapping[str, int] = MappingProxyType({"pictures": len(PICTURES) * len(DRAWN)})
"""How many turns it takes to see all that a way has; else one for each audience and language."""

TEAM_ONLY: Mapping[str, str] = MappingProxyType(
    {
        "plot.ego.draw_ego": "one person, for the team; refused for others",
        "report.handing.sheets_html": "all sheets in one print, for whoever hands them out",
        "report.page.week_html": "the page of the week; refused for others",
        "report.page.write_week": "the page of the week; refused for others",
        "report.reaching.reaching_html": "whom to call; for the worker",
        "report.reaching.write_reaching": "whom to call; for the worker",
        "view.notebook.WeekView": "a run in the notebook of the team",
        "week.running.run": "the week of the team",
        "cli.running.run": "the week of the team",
        "cli.network_asked._key": "the key of the codes",
        "cli.rights_asked.show_person": "a person gets what is about that person; tests/rights",
        "rights.forgetting.apply": "the tables of the team",
        "tables.output.write_rows": "checks nothing and says so",
        "tables.starter_kit.starter": "empty forms",
        "tables.write_back._write": "ids, in the tables of the team",
        "tables.writing.write": "the tables of the team",
    }
)
"""What writes for nobody else, and why."""


def places_that_write(files: tuple[SourceFile, ...]) -> Iterator[str]:
    """Yield every function and class that writes: that calls ``put``, draws or renders.

    Found on the syntax trees, by the name of the outermost function or class.
    """
    classes = {n.name for file in files for n in file.tree.body if isinstance(n, ast.ClassDef)}
    for file, node in writers(files, classes - {"Released"}):
        yield f"{file.module.removeprefix('assetmap.')}.{node.name}"
    for file in files:
        module = file.module.removeprefix("assetmap.")
        for node in file.tree.body:
            calls = any(_puts(each) for each in ast.walk(node))
            if calls and isinstance(node, ast.FunctionDef | ast.ClassDef) and module not in _DEFINE:
                yield f"{module}.{node.name}"


_DEFINE = frozenset({"history.store", "geo.distances"})
"""Modules in which ``put`` is something else, or is made."""


def _puts(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = node.func
    found = name.id if isinstance(name, ast.Name) else getattr(name, "attr", "")
    return found in {"put", "write_bytes", "write_text"}
