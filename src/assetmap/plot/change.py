"""What changed between two weeks: what came, what stayed and what went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from assetmap.errors import UnusableInput
from assetmap.match import Proposals
from assetmap.model import Status
from assetmap.overview.common import homes_of, live
from assetmap.plot.canvas import (
    DARK,
    INK,
    LIGHT,
    drawing,
    emptied,
    finish,
    hidden_mark,
    language_of,
    sheet,
    tell,
)
from assetmap.plot.counting import COUNTED, count_behind, limits_for, open_need, served, theme_of
from assetmap.privacy import Audience, Discloses, Released, release, require

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["CHANGING", "ChangeFacts", "Changed", "change_facts", "draw_change"]

CHANGING = ("talents", "givers", "activities", "arrangements", "met", "asked", "unmet")
"""What is compared, talents first: talents, those who offer them, running activities, standing
arrangements, questions with a plan, open questions, and open questions without a plan."""
_STATES = ("stayed", "new", "gone")


@dataclass(frozen=True, slots=True)
class Changed:
    """How many of one kind stayed, are new and are gone; no total is told."""

    what: Annotated[str, Discloses.OPEN]
    stayed: Annotated[int | None, Discloses.COUNT]
    new: Annotated[int | None, Discloses.COUNT]
    gone: Annotated[int | None, Discloses.COUNT]


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """What the picture of the change shows.

    Attributes
    ----------
    before, after : str
        ISO weeks.
    language : str
        The team's language.
    rows : tuple of Changed
        One for each of :data:`CHANGING`.
    """

    before: Annotated[str, Discloses.OPEN]
    after: Annotated[str, Discloses.OPEN]
    language: Annotated[str, Discloses.OPEN]
    rows: tuple[Changed, ...]


def change_facts(
    before: Proposals, after: Proposals, *, audience: str = Audience.TEAM
) -> Released[ChangeFacts]:
    """Count what came, stayed and went from one week's run to another's.

    The same id is the same thing. A question that is gone was answered, or closed.

    Parameters
    ----------
    before, after : Proposals
        The runs of two weeks, the earlier first.
    audience : Audience, default "team"
        Outside the team sensitive questions are left out and small counts hidden.

    Raises
    ------
    UnusableInput
        The later week was given first.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Neighbourhood, Person, Talent
    >>> rows = [Person(person="p1"), Talent(talent="t1", owner="p1", category="garden")]
    >>> more = [*rows, Talent(talent="t2", owner="p1", category="ride")]
    >>> weeks = [
    ...     propose(Neighbourhood.from_records(*part), week)
    ...     for part, week in ((rows, "2026-W47"), (more, "2026-W48"))
    ... ]
    >>> shown = change_facts(*weeks).value
    >>> shown.rows[0]
    Changed(what='talents', stayed=1, new=1, gone=0)
    """
    reader = served(audience)
    if after.week.monday < before.week.monday:
        raise UnusableInput("the later week was given first: give the earlier run first")
    team = reader is Audience.TEAM
    old, new = (dict(_there(run, outward=not team)) for run in (before, after))
    found = [
        ((what, "stayed" if key in old and key in new else "new" if key in new else "gone"), owner)
        for key, owner in (old | new).items()
        for what in (key[0],)
    ]
    counts = count_behind(found, limits_for(reader, after.policy), homes_of(after.hood))
    facts = ChangeFacts(
        before=str(before.week),
        after=str(after.week),
        language=after.policy.language,
        rows=tuple(Changed(w, *(counts.get((w, s), 0) for s in _STATES)) for w in CHANGING),
    )
    return release(facts, reader, thresholds=after.policy.privacy)


def _there(run: Proposals, *, outward: bool) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield everything that is compared, with whose it is."""
    hood, day = run.hood, run.week.monday
    for talent in hood.talents:
        if live(talent, day) and theme_of(hood, talent.category):
            yield ("talents", talent.talent), talent.owner
            yield ("givers", talent.owner), talent.owner
    for activity in hood.activities:
        going = activity.until is None or day <= activity.until
        if going and activity.status is not Status.PAST:
            yield ("activities", activity.activity), activity.activity
    hidden = {need.need for need in hood.needs if need.sensitive} if outward else set()
    owners = {need.need: need.owner for need in hood.needs if need.need not in hidden}
    for what, need, identifier in _about_questions(run):
        if need in owners:
            yield (what, identifier), owners[need]


def _about_questions(run: Proposals) -> Iterator[tuple[str, str, str]]:
    """Yield what rests on a question, with that question and its own id."""
    hood, day = run.hood, run.week.monday
    met = {plan.need for plan in run.items} | run.met_by_giving
    without = {gap.need for gap in run.gaps}
    for row in hood.arrangements:
        if live(row, day):
            yield "arrangements", row.need, row.arrangement
    for need in hood.needs:
        if open_need(need, day) or need.need in met | without:
            yield "asked", need.need, need.need
    for name, needs in (("met", met), ("unmet", without)):
        for identifier in sorted(needs):
            yield name, identifier, identifier


# --- the picture --------------------------------------------------------------------------------


def draw_change(
    shown: Released[ChangeFacts], *, ax: Axes | None = None, language: str | None = None
) -> Axes:
    """Draw for talents, arrangements, questions and so on what came, stayed and went.

    Parameters
    ----------
    shown : Released
        What :func:`change_facts` gave.
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
    >>> weeks = [propose(Neighbourhood(), week) for week in ("2026-W47", "2026-W48")]
    >>> draw_change(change_facts(*weeks), language="en").get_title(loc="left")
    'What changed between week 47 and week 48'
    """
    facts = require(shown, Audience.TEAM, Audience.RESEARCH, *COUNTED)
    lang = language_of(facts, language)
    with drawing():
        ax = sheet(ax, 9.0, 5.4)
        further: list[str] = []
        if not any(state != 0 for row in facts.rows for state in _counts(row)):
            emptied(ax, tell("change.empty", lang))
        else:
            _draw_bars(ax, facts, lang)
            further.append(tell("change.read", lang))
            if shown.audience is not Audience.TEAM:
                further.append(tell("hidden-read", lang))
        weeks = {
            name: int(week.rpartition("W")[2])
            for name, week in (("before", facts.before), ("after", facts.after))
        }
        return finish(
            ax, shown, tell("change.title", lang, **weeks), *further, lang=lang, room=(42, 28)
        )


def _draw_bars(ax: Axes, facts: ChangeFacts, lang: str) -> None:
    widest = max(1, *((each.stayed or 0) + (each.new or 0) for each in facts.rows))
    deepest = max(each.gone or 0 for each in facts.rows)
    for row, each in enumerate(facts.rows):
        stayed, new, gone = _counts(each)
        _bar(ax, row, 0, stayed or 0, "stayed")
        _bar(ax, row, stayed or 0, new or 0, "new")
        _bar(ax, row, -(gone or 0), gone or 0, "gone")
        mark = hidden_mark(lang)
        text = tell(
            "change.counts",
            lang,
            **{
                name: mark if n is None else str(n)
                for name, n in (("stayed", stayed), ("new", new), ("gone", gone))
            },
        )
        ax.text(
            (stayed or 0) + (new or 0) + widest * 0.02,
            row,
            text,
            va="center",
            fontsize=9,
            color=INK,
            gid="counts",
        )
    ax.axvline(0, color=INK, linewidth=1.0)
    ax.set_yticks(
        range(len(facts.rows)), [tell(f"change.{each.what}", lang) for each in facts.rows]
    )
    ax.set_ylim(len(facts.rows) - 0.5, -0.5)
    ax.set_xlim(-max(deepest * 1.1, widest * 0.02), widest * 1.4)
    ax.xaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
    ax.locator_params(axis="x", integer=True, nbins=8)
    ax.set_xlabel(tell("change.unit", lang), color=INK)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "right", "left"]].set_visible(False)
    _legend(ax, lang)


def _counts(row: Changed) -> tuple[int | None, int | None, int | None]:
    return row.stayed, row.new, row.gone


_LOOKS = {"new": (DARK, None), "stayed": (LIGHT, None), "gone": ("white", "////")}


def _bar(ax: Axes, row: int, left: float, count: int, state: str) -> None:
    if count:
        colour, hatch = _LOOKS[state]
        ax.barh(
            row,
            count,
            left=left,
            height=0.6,
            color=colour,
            hatch=hatch,
            edgecolor=INK,
            linewidth=0.8,
            gid=f"{state}-{row}",
        )


def _legend(ax: Axes, lang: str) -> None:
    from matplotlib.patches import Patch

    handles = [
        Patch(facecolor=colour, hatch=hatch, edgecolor=INK, label=tell(f"change.{state}", lang))
        for state, (colour, hatch) in _LOOKS.items()
    ]
    ax.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=3,
        frameon=False,
        fontsize=9,
        borderaxespad=0.2,
    )
