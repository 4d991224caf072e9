"""Maps and bars: what is drawn against what is counted again from the tables."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from matplotlib.colors import to_hex

import assetmap
from assetmap import plot
from assetmap.errors import UnusableInput
from assetmap.model import Activity, Area, Arrangement, Need, Neighbourhood, Person, Place, Talent
from tests.plot.conftest import DAY, WEEK, texts_of, with_gid

Weeks = tuple[assetmap.Proposals, assetmap.Proposals]


def _areas(hood: Neighbourhood) -> dict[str, str]:
    rows = (*hood.people, *hood.initiatives, *hood.organisations)
    return {str(row.id): row.area for row in rows if row.area}


def _offered(hood: Neighbourhood, *, by: str) -> Counter[Any]:
    """Count the live talents of the bundled neighbourhood by area, or by theme."""
    areas = _areas(hood)
    return Counter(
        areas.get(row.owner, "unknown") if by == "area"
        else (row.category, *hood.tree.ancestors(row.category))[-1]
        for row in hood.talents
        if (row.from_ is None or row.from_ <= DAY) and (row.until is None or row.until >= DAY)
    )  # fmt: skip


# --- the map ------------------------------------------------------------------------------------


def test_the_map_has_every_area_with_its_own_counts(linden: Neighbourhood) -> None:
    """An outline per area of the map, a label with what is offered before what is asked."""
    facts = plot.map_facts(linden, asof=DAY).value
    offered = _offered(linden, by="area")
    assert {a: facts.talents.cells[a, "talents"] for a in facts.talents.rows} == {
        shape.area: offered[shape.area] for shape in linden.shapes
    }
    ax = plot.draw_map(plot.map_facts(linden, asof=DAY), language="en")
    assert {a.get_gid() for a in with_gid(ax, "area-")} == {
        f"area-{shape.area}" for shape in linden.shapes
    }
    for label in with_gid(ax, "label-"):
        _, talents, needs = label.get_text().splitlines()
        assert "talent" in talents
        assert "question" in needs
        count = facts.talents.cells[label.get_gid().removeprefix("label-"), "talents"]
        assert talents.startswith(f"{count} ")


def test_an_outline_is_drawn_where_the_map_has_it(linden: Neighbourhood) -> None:
    """The corners are those of the map in metres."""
    ax = plot.draw_map(plot.map_facts(linden, asof=DAY))
    for patch in with_gid(ax, "area-"):
        shape = linden.shapes[patch.get_gid().removeprefix("area-")]
        corners = {(round(x), round(y)) for x, y in shape.metres[0][0]}
        assert {(round(x), round(y)) for x, y in patch.get_path().vertices} == corners


def test_more_talents_are_darker_and_hidden_ones_are_dotted(linden: Neighbourhood) -> None:
    """The order of brightness is the order of counts; what is too small has a hatch."""
    shown = plot.map_facts(linden, "residents", asof=DAY)
    ax, counts = plot.draw_map(shown), shown.value.talents.cells
    light = {}
    for patch in with_gid(ax, "area-"):
        count = counts[patch.get_gid().removeprefix("area-"), "talents"]
        assert (patch.get_hatch() is not None) is (count is None)
        if count is not None:
            light[count] = sum(patch.get_facecolor()[:3])
    ordered = [light[count] for count in sorted(light)]
    assert ordered == sorted(ordered, reverse=True)
    assert len(light) > 1


def test_the_source_of_a_map_is_named(linden: Neighbourhood) -> None:
    """As the map says it; of areas without a map it is said that there is none."""
    caption = with_gid(plot.draw_map(plot.map_facts(linden, asof=DAY), language="en"), "caption")
    assert str(linden.shapes.source) in caption[0].get_text().replace("\n", " ")
    bare = Neighbourhood.from_records(Person(person="p1", area="north"))
    ax = plot.draw_map(plot.map_facts(bare, asof=DAY), language="en")
    assert "There is no map" in with_gid(ax, "caption")[0].get_text().replace("\n", " ")
    assert len(with_gid(ax, "area-")) == 1


def test_a_label_lies_in_its_area_and_away_from_places(linden: Neighbourhood) -> None:
    """Names of areas are not written over places."""
    facts = plot.map_facts(linden, asof=DAY).value
    ax = plot.draw_map(plot.map_facts(linden, asof=DAY))
    paths = {a.get_gid().removeprefix("area-"): a.get_path() for a in with_gid(ax, "area-")}
    for label in with_gid(ax, "label-"):
        assert paths[label.get_gid().removeprefix("label-")].contains_point(label.xy)
        assert all(abs(label.xy[0] - s.x) + abs(label.xy[1] - s.y) > 60 for s in facts.spots)


def test_places_are_marked_by_what_goes_on_there() -> None:
    """A triangle where something goes on; for residents only what may be shown to them."""
    from assetmap.model import Initiative

    square = ((5.38, 52.15), (5.39, 52.15), (5.39, 52.16), (5.38, 52.16), (5.38, 52.15))
    shapes = assetmap.geo.Shapes.of([assetmap.geo.Shape("north", ((square,),))])
    hood = Neighbourhood.from_records(
        Person(person="p1", area="north"),
        Place(place="hall", name="Hall", area="north", x=154000, y=463000),
        Place(place="shed", name="Shed", area="north", x=154200, y=463200),
        Initiative(initiative="i1", name="Choir", visible=False),
        Activity(activity="a1", name="Singing", category="creative", initiative="i1",
                 place="hall", start="2026-11-02 10:00", minutes=60),
        Activity(activity="a2", name="Over", category="creative", place="shed",
                 start="2026-01-05 10:00", minutes=60, until="2026-02-01"),
    ).with_shapes(shapes)  # fmt: skip
    found = {
        who: {
            spot.name: spot.activities for spot in plot.map_facts(hood, who, asof=DAY).value.spots
        }
        for who in ("team", "residents")
    }
    assert found == {"team": {"Hall": 1, "Shed": 0}, "residents": {"Hall": 0, "Shed": 0}}
    ax = plot.draw_map(plot.map_facts(hood, asof=DAY))
    assert [len(a.get_offsets()) for a in with_gid(ax, "spots-^")] == [1]
    assert [len(a.get_offsets()) for a in with_gid(ax, "spots-s")] == [1]


def test_the_name_and_the_home_of_somebody_are_on_no_map_for_others() -> None:
    """A place called after a person has no name, and what a person owns is not there at all."""
    square = ((5.38, 52.15), (5.39, 52.15), (5.39, 52.16), (5.38, 52.16), (5.38, 52.15))
    shapes = assetmap.geo.Shapes.of([assetmap.geo.Shape("n1", ((square,),))])
    hood = Neighbourhood.from_records(
        Person(person="p1", called="Zwaantje", area="n1"),
        Area(area="n1", scheme="own", name="Hof van Zwaantje"),
        Place(place="hall", name="Bij Zwaantje", area="n1", x=154000, y=463000),
        Place(place="yard", name="Back yard", area="n1", x=154200, y=463200, owner="p1"),
    ).with_shapes(shapes)  # fmt: skip
    team, others = (plot.map_facts(hood, who, asof=DAY).value for who in ("team", "residents"))
    assert [spot.name for spot in team.spots] == ["Bij Zwaantje", "Back yard"]
    assert [spot.name for spot in others.spots] == [None]
    assert (team.areas[0].name.said["en"], others.areas[0].name.said["en"]) == (
        "Hof van Zwaantje", "n1",
    )  # fmt: skip
    drawn = texts_of(plot.draw_map(plot.map_facts(hood, "council", asof=DAY)))
    assert not [text for text in drawn if "Zwaantje" in text]


# --- offered and asked --------------------------------------------------------------------------


def test_bars_are_as_long_as_the_counts(linden: Neighbourhood) -> None:
    """Of each theme the total of what is offered and asked, on one scale."""
    offered = _offered(linden, by="theme")
    asked = Counter(
        (row.category, *linden.tree.ancestors(row.category))[-1]
        for row in linden.needs
        if (row.since is None or row.since <= DAY)
        and (row.closed_on is None or row.closed_on > DAY)
        and not linden.tree.is_safety(row.category)
    )
    ax = plot.draw_offers(plot.offer_facts(linden, asof=DAY), language="en")
    for name, counts in (("offered-0", offered), ("asked-0", asked)):
        widths = sorted(bar.get_width() for bar in ax.patches if bar.get_gid() == name)
        most = max(*offered.values(), *asked.values())
        assert widths == pytest.approx(sorted(0.62 * n / most for n in counts.values()))
    hatches = {bar.get_gid().split("-")[0]: bar.get_hatch() for bar in ax.patches}
    assert hatches == {"offered": None, "asked": "////"}


def test_offered_stands_above_asked_and_most_offered_on_top(linden: Neighbourhood) -> None:
    """Talents first, in the order of rows and within a row."""
    facts = plot.offer_facts(linden, asof=DAY).value
    totals = [facts.offered.row_totals[theme.id] or 0 for theme in facts.themes]
    assert totals == sorted(totals, reverse=True)
    ax = plot.draw_offers(plot.offer_facts(linden, asof=DAY))
    tops = {kind: max(b.get_y() for b in ax.patches if b.get_gid() == f"{kind}-0")
            for kind in ("offered", "asked")}  # fmt: skip
    assert tops["offered"] > tops["asked"]


def test_few_people_hide_a_count_even_with_many_talents() -> None:
    """Nine talents of two people tell of two people: hidden outside the team."""
    hood = Neighbourhood.from_records(
        *[Person(person=p, area="north") for p in ("p1", "p2")],
        *[Talent(talent=f"t{n}", owner=f"p{n % 2 + 1}", category="garden") for n in range(9)],
    )
    cell = ("garden", "north")
    assert plot.offer_facts(hood, "team", asof=DAY).value.offered.cells[cell] == 9
    assert plot.offer_facts(hood, "council", asof=DAY).value.offered.cells[cell] is None
    assert plot.map_facts(hood, "council", asof=DAY).value.talents.total is None


def test_sensitive_questions_are_counted_for_the_team_alone() -> None:
    """Eight people ask, six of them something sensitive: others are told of two, so of none."""
    hood = Neighbourhood.from_records(
        *[Person(person=f"p{n}", area="north") for n in range(8)],
        *[Need(need=f"n{n}", owner=f"p{n}", category="ride", since="2026-11-02",
               sensitive=n < 6) for n in range(8)],
    )  # fmt: skip
    assert plot.offer_facts(hood, "team", asof=DAY).value.asked.total == 8
    assert plot.offer_facts(hood, "residents", asof=DAY).value.asked.total is None
    assert plot.map_facts(hood, "residents", asof=DAY).value.needs.total is None
    assert plot.waiting_facts(hood, "research", asof=DAY).value.curves == ()


def test_further_areas_count_in_the_total_only() -> None:
    """Ten areas are eight columns and a sentence."""
    hood = Neighbourhood.from_records(
        *[Person(person=f"p{n}", area=f"a{n}") for n in range(10)],
        *[Talent(talent=f"t{n}", owner=f"p{n}", category="garden") for n in range(10)],
    )
    shown = plot.offer_facts(hood, asof=DAY)
    assert (len(shown.value.areas), shown.value.left, shown.value.offered.total) == (8, 2, 10)


# --- the week -----------------------------------------------------------------------------------


def test_the_flow_counts_every_question_once(weeks: Weeks) -> None:
    """Each need with a plan, met by giving, or with a reason; on the highest step of its plans."""
    run = weeks[1]
    table = plot.flow_facts(run).value.table
    planned = {plan.need for plan in run.items}
    assert table.total == len(planned) + len(run.met_by_giving - planned) + len(run.gaps)
    highest = Counter(
        max((p.rung for p in run.items if p.need == need), key=lambda rung: rung.step).value
        for need in planned
    )
    for rung, count in highest.items():
        assert table.row_totals[rung] == count
    assert table.row_totals["not_yet"] == len(run.gaps)
    talk = sum(gap.reason.value == "first_conversation" for gap in run.gaps)
    assert table.column_totals["talk"] == talk


def test_bands_are_as_wide_as_their_counts(weeks: Weeks) -> None:
    """The blocks of each column add up to all questions, and what is not met is hatched."""
    shown = plot.flow_facts(weeks[1])
    ax = plot.draw_flow(shown)
    for column in (0, 1, 2):
        blocks = with_gid(ax, f"block-{column}")
        assert sum(block.get_height() for block in blocks) == pytest.approx(shown.value.table.total)
    for block in with_gid(ax, "block-"):
        name = block.get_gid().rpartition("-")[2]
        assert (block.get_hatch() is not None) is (
            name in {"not_yet", "talk", "later", "worker", "open"}
        )
    step = {b.get_gid(): b for b in with_gid(ax, "block-1-")}
    assert step["block-1-neighbour"].get_height() == shown.value.table.row_totals["neighbour"]


def test_the_ladder_stands_in_its_order_and_what_is_open_comes_last(weeks: Weeks) -> None:
    """From the own network down; unmet at the bottom; talents are told above all."""
    ax = plot.draw_flow(plot.flow_facts(weeks[1]))
    steps = sorted(with_gid(ax, "block-1-"), key=lambda block: block.get_y())
    names = [block.get_gid().removeprefix("block-1-") for block in steps]
    assert names == [step for step in plot.FLOW_STEPS if step in names]
    top = min(block.get_y() for block in with_gid(ax, "block-"))
    assert with_gid(ax, "talents")[0].get_position()[1] < top
    assert ax.yaxis_inverted()


def test_hidden_bands_are_hatched(weeks: Weeks) -> None:
    """For the council a count that is too small is a thin band, and a dash instead of a number."""
    shown = plot.flow_facts(weeks[1], "council")
    ax = plot.draw_flow(shown, language="en")
    hidden = [cell for cell, count in shown.value.table.cells.items() if count is None]
    assert hidden
    crossed = [band for band in with_gid(ax, "band-") if band.get_hatch()]
    assert len(crossed) == 2 * len(hidden)
    assert any(text.get_text().endswith(": –") for text in with_gid(ax, "count"))


def test_a_hidden_end_is_no_broad_block(weeks: Weeks) -> None:
    """What is left of a step goes to the ends that are told; an end with a dash stays thin."""
    shown = plot.flow_facts(weeks[1], "council")
    cells, ends = shown.value.table.cells, shown.value.table.column_totals
    steps = {step for (step, end), n in cells.items() if n is None and ends[end]}
    assert [c for c, n in cells.items() if n is None and c[0] in steps and ends[c[1]] is None]
    for block in with_gid(plot.draw_flow(shown), "block-2-"):
        if ends[block.get_gid().removeprefix("block-2-")] is None:
            assert block.get_height() < 1


def test_helpers_are_free_or_busy_by_kind(weeks: Weeks) -> None:
    """Counted again for neighbours: residents whose talents say so, or say nothing."""
    run = weeks[1]
    residents = {p.person for p in run.hood.people if not p.is_worker}
    owners = {
        t.owner for t in run.hood.talents
        if t.owner in residents and (t.role is None or t.role.value == "neighbour")
        and (t.from_ is None or t.from_ <= run.week.monday)
        and (t.until is None or run.week.monday <= t.until)
    }  # fmt: skip
    busy = {leg.provider for plan in run.items for leg in plan.legs}
    load = plot.load_facts(run).value.kinds[0]
    assert (load.kind, load.free, load.busy) == (
        "neighbour", len(owners - busy), len(owners & busy),
    )  # fmt: skip
    ax = plot.draw_load(plot.load_facts(run))
    bars = {bar.get_gid(): bar for bar in ax.patches}
    assert bars["free-neighbour"].get_width() == load.free
    assert bars["busy-neighbour"].get_x() == load.free
    assert bars["busy-neighbour"].get_width() == load.busy


def test_turns_are_every_date_on_which_a_kind_has_a_part() -> None:
    """Two weekly visits in five weeks by one neighbour are as many turns as plans."""
    hood = Neighbourhood.from_records(
        Person(person="p1", area="north"), Person(person="p2", area="north"),
        Talent(talent="t1", owner="p2", category="visit", per_week=1),
        Need(need="n1", owner="p1", category="visit", talked=True, term="long",
             rrule="FREQ=WEEKLY"),
    )  # fmt: skip
    run = assetmap.propose(hood, WEEK)
    load = plot.load_facts(run).value.kinds[0]
    assert load.turns == len(run.items) > 0
    assert load.busy == 1


def test_what_changed_is_counted_by_id() -> None:
    """A talent that came, one that went, a question that was closed, and the rest stayed."""
    base: list[Any] = [
        *[Person(person=f"p{n}", area="north") for n in range(4)],
        Talent(talent="t1", owner="p1", category="garden"),
    ]
    went = Talent(talent="t2", owner="p2", category="ride", until="2026-11-20")
    came = Talent(talent="t3", owner="p3", category="shopping", from_="2026-11-21")
    closed = Need(need="n1", owner="p0", category="garden", talked=True, closed_on="2026-11-18")
    asked = Need(need="n2", owner="p0", category="shopping", talked=True, since="2026-11-19")
    begun = Arrangement(arrangement="r1", need="n2", leg="help", provider="p3", talent="t3",
                        since="2026-11-22")  # fmt: skip
    tables = ([*base, went, closed], [*base, went, came, closed, asked, begun])
    runs = [
        assetmap.propose(Neighbourhood.from_records(*rows), week)
        for rows, week in zip(tables, ("2026-W47", WEEK), strict=True)
    ]
    rows = {
        row.what: (row.stayed, row.new, row.gone) for row in plot.change_facts(*runs).value.rows
    }
    assert rows["talents"] == (1, 1, 1)
    assert rows["givers"] == (1, 1, 1)
    assert rows["arrangements"] == (0, 1, 0)
    assert rows["asked"] == (0, 1, 1)
    with pytest.raises(UnusableInput, match="earlier run first"):
        plot.change_facts(*reversed(runs))


def test_what_went_lies_left_of_nought(weeks: Weeks) -> None:
    """Stayed from nought, new after it, gone before it, each as long as its count."""
    shown = plot.change_facts(*weeks)
    ax = plot.draw_change(shown)
    bars = {bar.get_gid(): bar for bar in ax.patches}
    for at, row in enumerate(shown.value.rows):
        for state, start in (("stayed", 0), ("new", row.stayed), ("gone", -(row.gone or 0))):
            count = getattr(row, state)
            assert (f"{state}-{at}" in bars) is bool(count)
            if count:
                bar = bars[f"{state}-{at}"]
                assert (bar.get_x(), bar.get_width()) == (start, count)
    assert {to_hex(b.get_facecolor()) for n, b in bars.items() if n.startswith("gone")} <= {
        "#ffffff"
    }


# --- waiting ------------------------------------------------------------------------------------


def _asked(days: list[int | None]) -> Neighbourhood:
    """Make a question for each number of days after which it was closed; None: still open."""
    since = dt.date(2026, 9, 14)
    return Neighbourhood.from_records(
        *[Person(person=f"p{n}", area="north") for n in range(len(days))],
        *[Need(need=f"n{n}", owner=f"p{n}", category="ride", since=since,
               closed_on=None if gap is None else since + dt.timedelta(gap))
          for n, gap in enumerate(days)],
    )  # fmt: skip


def test_waiting_is_the_product_of_those_who_stay() -> None:
    """Half closed after a week, half of the rest after two; the open ones count throughout."""
    hood = _asked([7, 7, 14, None])
    curve = plot.waiting_facts(hood, asof=DAY).value.curves[0]
    assert [(s.weeks, round(s.share, 6)) for s in curve.steps] == [
        (0, 1), (1, 0.5), (2, 0.25), (10, 0.25),
    ]  # fmt: skip
    assert (curve.median, curve.questions) == (1, 4)
    ax = plot.draw_waiting(plot.waiting_facts(hood, asof=DAY))
    line = with_gid(ax, "curve-all")[0]
    assert line.get_xdata().tolist() == [0, 1, 2, 10]
    assert line.get_ydata().tolist() == [0, 50, 75, 75]
    assert line.get_drawstyle() == "steps-post"


def test_the_first_of_what_ends_a_wait_counts() -> None:
    """An arrangement that began before the question was closed is its answer."""
    hood = _asked([28])
    begun = Arrangement(arrangement="r1", need="n0", leg="help", provider="p0",
                        since="2026-09-21")  # fmt: skip
    both = Neighbourhood.from_records(*hood.people, *hood.needs, begun)
    assert [s.weeks for s in plot.waiting_facts(both, asof=DAY).value.curves[0].steps] == [0, 1]


def test_outside_the_team_a_curve_ends_where_few_still_wait() -> None:
    """Twelve people: whole weeks, twentieths, and nothing where fewer than five are left."""
    hood = _asked([8, 9, 10, 15, 16, 17, 18, 22, 23, 24, 25, 29])
    curve = plot.waiting_facts(hood, "council", asof=DAY).value.curves[0]
    assert [s.weeks for s in curve.steps] == [0, 2, 3, 4]
    assert all(round(20 * s.share, 9).is_integer() for s in curve.steps)
    assert curve.questions == 10
    assert plot.waiting_facts(_asked([7] * 9), "council", asof=DAY).value.curves == ()
