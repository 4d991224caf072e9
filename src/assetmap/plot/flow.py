"""The flow of a week: which questions are answered on which step, and which are not yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Annotated

from assetmap.match import Plan, PlanStatus, Proposals, Reason
from assetmap.model import Rung
from assetmap.overview.common import homes_of, live
from assetmap.plot.canvas import (
    DARK,
    HIDDEN,
    INK,
    LIGHT,
    clear,
    drawing,
    emptied,
    finish,
    hidden_mark,
    language_of,
    sheet,
    tell,
)
from assetmap.plot.counting import COUNTED, count_behind, limits_for, served, theme_of
from assetmap.privacy import Audience, CountTable, Discloses, Released, release, require
from assetmap.texts import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["FLOW_ENDS", "FLOW_STEPS", "FlowFacts", "draw_flow", "flow_facts"]

_GIVING, _NOT_YET = "giving", "not_yet"
FLOW_STEPS = (*(rung.value for rung in Rung), _GIVING, _NOT_YET)
"""Where a question is answered, lowest step first; ``giving``: by what the asker does for
somebody; ``not_yet``: nowhere yet."""
_MET = ("standing", "pinned", "proposed")
_OPEN = ("talk", "later", "worker", "open")
FLOW_ENDS = (*_MET, *_OPEN)
"""What comes of it: met first, then what is still open."""
_LATER = frozenset({Reason.WAITING_FOR_RUNG, Reason.NEXT_OCCURRENCE})
_LEAST = 0.25
"""What a hidden count is drawn as: thin, and the same for all."""


@dataclass(frozen=True, slots=True)
class FlowFacts:
    """What the picture of a week's flow shows.

    Attributes
    ----------
    week : str
        ISO week.
    language : str
        The team's language.
    talents : int or None
        How many talents there are this week.
    table : CountTable
        Open questions by step (:data:`FLOW_STEPS`) and what comes of it (:data:`FLOW_ENDS`).
    """

    week: Annotated[str, Discloses.OPEN]
    language: Annotated[str, Discloses.OPEN]
    talents: Annotated[int | None, Discloses.COUNT]
    table: Annotated[CountTable, Discloses.COUNT]


def flow_facts(proposals: Proposals, audience: str = Audience.TEAM) -> Released[FlowFacts]:
    """Count the questions of a week by the step that answers them, and what comes of it.

    A question counts once: on the highest step that its plans need, and as standing where that
    is arranged, as pinned where it was decided, else as proposed.

    Parameters
    ----------
    proposals : Proposals
        The run.
    audience : Audience, default "team"
        Outside the team sensitive questions are left out and small counts hidden.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Need, Neighbourhood, Person, Talent
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", area="north"),
    ...     Person(person="p2", area="north"),
    ...     Talent(talent="t1", owner="p2", category="shopping"),
    ...     Need(need="n1", owner="p1", category="shopping", talked="yes"),
    ... )
    >>> shown = flow_facts(propose(hood, "2026-W48")).value
    >>> shown.table.cells["neighbour", "proposed"], shown.table.total
    (1, 1)
    """
    reader = served(audience)
    hood, team = proposals.hood, reader is Audience.TEAM
    hidden = frozenset[str]() if team else frozenset(n.need for n in hood.needs if n.sensitive)
    cells = [
        (cell, hood.need(need).owner) for need, cell in _cells(proposals) if need not in hidden
    ]
    homes = homes_of(hood)
    offers = [
        ("talents", row.owner)
        for row in hood.talents
        if live(row, proposals.week.monday) and theme_of(hood, row.category)
    ]
    facts = FlowFacts(
        week=str(proposals.week),
        language=proposals.policy.language,
        talents=count_behind(offers, limits_for(reader, proposals.policy), homes).get("talents", 0),
        table=CountTable.tally(cells, cells=product(FLOW_STEPS, FLOW_ENDS), households=homes),
    )
    return release(facts, reader, thresholds=proposals.policy.privacy)


def _cells(proposals: Proposals) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield every open question with its step and what comes of it."""
    plans: dict[str, list[Plan]] = {}
    for plan in proposals.items:
        plans.setdefault(plan.need, []).append(plan)
    for need, found in sorted(plans.items()):
        highest = max(plan.rung.step for plan in found)
        status = min((plan.status for plan in found), key=list(_ORDER).index)
        yield need, (tuple(Rung)[highest].value, _ORDER[status])
    for need in sorted(proposals.met_by_giving - plans.keys()):
        yield need, (_GIVING, "proposed")
    for gap in proposals.gaps:
        yield gap.need, (_NOT_YET, _end(gap.reason))


_ORDER: Mapping[PlanStatus, str] = {
    PlanStatus.STANDING: "standing",
    PlanStatus.PINNED: "pinned",
    PlanStatus.PROPOSED: "proposed",
}


def _end(reason: Reason) -> str:
    if reason is Reason.FIRST_CONVERSATION:
        return "talk"
    if reason is Reason.NEEDS_WORKER:
        return "worker"
    return "later" if reason in _LATER else "open"


# --- the picture --------------------------------------------------------------------------------


def draw_flow(
    shown: Released[FlowFacts], *, ax: Axes | None = None, language: str | None = None
) -> Axes:
    """Draw how the questions of a week go over the steps to what comes of them.

    Parameters
    ----------
    shown : Released
        What :func:`flow_facts` gave.
    ax : Axes, optional
        Where to draw. Default: a new figure.
    language : str, optional
        ``nl`` or ``en``. Default: the team's.

    Returns
    -------
    matplotlib.axes.Axes
        The picture.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Neighbourhood
    >>> ax = draw_flow(flow_facts(propose(Neighbourhood(), "2026-W48")), language="en")
    >>> ax.get_title(loc="left")
    'From talents to answers: the questions of week 48'
    """
    facts = require(shown, Audience.TEAM, Audience.RESEARCH, *COUNTED)
    lang = language_of(facts, language)
    with drawing():
        ax = sheet(ax, 9.5, 6.5)
        number = int(facts.week.rpartition("W")[2])
        further: list[str] = []
        if facts.table.total == 0:
            emptied(ax, tell("flow.empty", lang))
        else:
            _Flow(ax, facts, lang).draw()
            further.append(tell("flow.read", lang))
            if shown.audience is not Audience.TEAM:
                further.append(tell("hidden-read", lang))
        ax.set_axis_off()
        title = tell("flow.title", lang, number=number)
        return finish(ax, shown, title, *further, lang=lang, room=(8, 10))


class _Flow:
    """Bands from one column of blocks to the next, as wide as their counts."""

    def __init__(self, ax: Axes, facts: FlowFacts, lang: str) -> None:
        self.ax, self.facts, self.lang = ax, facts, lang
        table = facts.table
        self.cells = {cell: n for cell, n in table.cells.items() if n != 0}
        self.steps = [s for s in FLOW_STEPS if any(cell[0] == s for cell in self.cells)]
        self.ends = [e for e in FLOW_ENDS if any(cell[1] == e for cell in self.cells)]
        self.wide = _widths(table, self.cells)
        self.whole = sum(self.wide.values())
        self.gap = 0.045 * self.whole

    def draw(self) -> None:
        """Draw the three columns, their names and the bands between them."""
        steps = self._blocks(self.steps, 0)
        ends = self._blocks(self.ends, 1)
        height = max(_height(steps), _height(ends))
        start = (height - self.whole) / 2
        steps, ends = (_shifted(blocks, height) for blocks in (steps, ends))
        self._bands(steps, ends, start)
        self._block(
            0.0, start, self.whole, self.facts.table.total, tell("flow.asked", self.lang), ""
        )
        for name, (low, high) in steps.items():
            text = (
                say(f"words.rung.{name}", self.lang)
                if name in tuple(Rung)
                else (tell(f"flow.{name}", self.lang))
            )
            self._block(1.0, low, high - low, self.facts.table.row_totals[name], text, name)
        for name, (low, high) in ends.items():
            text = tell(f"flow.{name}", self.lang)
            self._block(2.0, low, high - low, self.facts.table.column_totals[name], text, name)
        talents = self.facts.talents
        said = (
            tell("flow.talents-hidden", self.lang)
            if talents is None
            else tell("flow.talents", self.lang, n=talents)
        )
        self.ax.text(0.0, -self.gap * 1.2, said, fontsize=10, color=INK, gid="talents")
        self.ax.set_xlim(-0.05, 2.75)
        self.ax.set_ylim(height + self.gap, -self.gap * 3)

    def _blocks(self, names: Sequence[str], side: int) -> dict[str, tuple[float, float]]:
        at, found = 0.0, {}
        for name in names:
            wide = sum(w for cell, w in self.wide.items() if cell[side] == name)
            found[name] = (at, at + wide)
            at += wide + self.gap
        return found

    def _block(
        self, x: float, low: float, wide: float, count: int | None, text: str, name: str
    ) -> None:
        from matplotlib.patches import Rectangle

        still = name in {*_OPEN, _NOT_YET}
        self.ax.add_patch(
            Rectangle(
                (x, low),
                0.06,
                wide,
                facecolor="white" if still else DARK,
                edgecolor=INK,
                hatch="////" if still else None,
                zorder=3,
                gid=f"block-{int(x)}-{name}",
            )
        )
        shown = hidden_mark(self.lang) if count is None else str(count)
        self.ax.text(
            x + 0.09,
            low + wide / 2,
            f"{text}: {shown}",
            va="center",
            fontsize=9.5,
            color=INK,
            zorder=4,
            gid="count",
            path_effects=clear(),
        )

    def _bands(
        self,
        steps: Mapping[str, tuple[float, float]],
        ends: Mapping[str, tuple[float, float]],
        start: float,
    ) -> None:
        left, into, out = start, {s: steps[s][0] for s in steps}, {e: ends[e][0] for e in ends}
        for step in self.steps:
            for end in self.ends:
                if (step, end) not in self.cells:
                    continue
                count = self.cells[step, end]
                wide = self.wide[step, end]
                self._band((0.06, left), (1.0, into[step]), wide, count, step)
                self._band((1.06, into[step]), (2.0, out[end]), wide, count, step)
                left, into[step], out[end] = left + wide, into[step] + wide, out[end] + wide

    def _band(
        self,
        begin: tuple[float, float],
        end: tuple[float, float],
        wide: float,
        count: int | None,
        step: str,
    ) -> None:
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        (x, y), (x2, y2) = begin, end
        middle = (x + x2) / 2
        corners = [
            (x, y),
            (middle, y),
            (middle, y2),
            (x2, y2),
            (x2, y2 + wide),
            (middle, y2 + wide),
            (middle, y + wide),
            (x, y + wide),
            (x, y),
        ]
        codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
        still = step == _NOT_YET
        self.ax.add_patch(
            PathPatch(
                Path(corners, codes),
                facecolor="#EDEDED" if still else LIGHT,
                edgecolor="#9A9A9A",
                linewidth=0.4,
                zorder=1,
                hatch=HIDDEN if count is None else None,
                gid=f"band-{step}",
            )
        )


def _widths(
    table: CountTable, cells: Mapping[tuple[str, str], int | None]
) -> dict[tuple[str, str], float]:
    """Return how wide each band is: its count; of hidden ones, what is left of their step.

    What is left goes to the ends of which the total is told: a band to an end that is hidden
    itself stays thin. Nothing is used here that was not released.
    """
    known = {cell: float(count) for cell, count in cells.items() if count is not None}
    wide = dict(known)
    for step in table.rows:
        hidden = [cell for cell, count in cells.items() if cell[0] == step and count is None]
        left = (table.row_totals[step] or 0) - sum(n for c, n in known.items() if c[0] == step)
        told = [cell for cell in hidden if table.column_totals[cell[1]]]
        for cell in hidden:
            share = left / len(told or hidden) if cell in (told or hidden) else 0.0
            wide[cell] = max(_LEAST, share)
    return wide


def _height(blocks: Mapping[str, tuple[float, float]]) -> float:
    return max((high for _, high in blocks.values()), default=0.0)


def _shifted(
    blocks: Mapping[str, tuple[float, float]], height: float
) -> dict[str, tuple[float, float]]:
    """Put a column in the middle of the sheet."""
    off = (height - _height(blocks)) / 2
    return {name: (low + off, high + off) for name, (low, high) in blocks.items()}
