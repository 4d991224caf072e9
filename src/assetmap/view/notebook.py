"""For a notebook: how far a run has come, and the week with names."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from assetmap.errors import UnknownName
from assetmap.match import Progress, Proposals
from assetmap.plans.glance import glance
from assetmap.plans.wording import called
from assetmap.privacy import Audience, Released, release, require
from assetmap.texts import language as known_language
from assetmap.texts import say
from assetmap.texts.plain import named
from assetmap.view.facts import PageText

__all__ = ["WeekView", "at_a_glance", "progress_bar"]


class ProgressBar:
    """Shows in a notebook how far a run has come; outside one it shows nothing.

    Give it to :func:`assetmap.propose` as `progress`. It loads no library: what it draws with is
    there already wherever a notebook runs.

    Parameters
    ----------
    lang : str
        Language code.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._shown: tuple[str, int] | None = None
        self._handle: Any = None

    def __call__(self, now: Progress) -> None:
        """Show a step; what looks the same is not drawn again."""
        done = 100 if now.stage == "done" else 100 * now.done // max(now.total, 1)
        if (now.stage, done) == self._shown:
            return
        self._shown = (now.stage, done)
        notebook = sys.modules.get("IPython")
        if notebook is None or not hasattr(notebook.get_ipython(), "kernel"):
            return
        if self._handle is None:
            self._handle = notebook.display.display(self, display_id=True)
        else:
            self._handle.update(self)

    def _repr_html_(self) -> str:
        stage, done = self._shown or ("candidates", 0)
        said = escape(say(f"view.progress.{stage}", self.lang))
        return f'<label>{said} <progress max="100" value="{done}">{done}%</progress></label>'

    def __repr__(self) -> str:
        """Return the step in words."""
        stage, done = self._shown or ("candidates", 0)
        return f"<ProgressBar {stage}: {done}%>"


def progress_bar(language: str = "nl") -> ProgressBar:
    """Return a bar for a notebook: ``propose(hood, progress=progress_bar())``.

    Parameters
    ----------
    language : str, default "nl"
        Language code.

    Returns
    -------
    ProgressBar
        Called with each step; it shows nothing outside a notebook.

    Examples
    --------
    >>> import assetmap
    >>> bar = assetmap.view.progress_bar("en")
    >>> _ = assetmap.propose(assetmap.Neighbourhood(), "2026-W48", progress=bar)
    >>> bar
    <ProgressBar done: 100%>
    """
    return ProgressBar(known_language(language).value)


@dataclass(frozen=True, eq=False)
class WeekView:
    """The week at a glance, with names: shows itself in a notebook, for the team.

    Attributes
    ----------
    page : Released
        A line per plan, its reasons behind a click; for the team.
    """

    page: Released[PageText]

    @property
    def html(self) -> str:
        """The week as HTML without a script."""
        return require(self.page, Audience.TEAM).for_team or ""

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        """Return nothing of what is in it."""
        return "<WeekView for team>"


def at_a_glance(
    proposals: Proposals, person: str | None = None, *, language: str | None = None
) -> WeekView:
    """Show the week at a glance, under the names that the team uses, or one person's part of it.

    Parameters
    ----------
    proposals : Proposals
        The run.
    person : str, optional
        Id of somebody, as ``p1`` or ``person:p1``: only what they ask, give or introduce to.
    language : str, optional
        Language of the sentences; default: the team's.

    Returns
    -------
    WeekView
        Shows itself in a notebook.

    Raises
    ------
    UnknownName
        There is no such person.

    Examples
    --------
    >>> import assetmap
    >>> from assetmap import Need, Person, Talent
    >>> hood = assetmap.Neighbourhood.from_records(
    ...     Person(person="p1", called="Ans", area="north"),
    ...     Person(person="p2", called="Bo", area="north"),
    ...     Talent(talent="t1", owner="p2", category="shopping"),
    ...     Need(need="n1", owner="p1", category="shopping", talked="yes"),
    ... )
    >>> seen = assetmap.view.at_a_glance(assetmap.propose(hood, "2026-W48"), "p2", language="en")
    >>> "n1: Ans" in seen.html
    True
    """
    if person is not None and not proposals.hood.matches(person, "people"):
        raise UnknownName(f"there is no person {person!r} in this run")
    lang = known_language(proposals.policy.language if language is None else language)
    name: Callable[[str], str] = named(called(proposals.hood))
    html = glance(proposals, language=lang.value, name=name, person=person)
    return WeekView(release(PageText(for_team=html), Audience.TEAM))
