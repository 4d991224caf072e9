"""The viewer of a neighbourhood: for a notebook, and as one file that needs no network."""

from __future__ import annotations

import datetime as dt
import itertools
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from os import PathLike
from pathlib import Path
from typing import Any, TypeAlias

from assetmap.errors import PrivacyError, UnusableInput
from assetmap.graph import build, for_audience
from assetmap.match import Proposals
from assetmap.model import Neighbourhood
from assetmap.privacy import Audience, Released, release, require
from assetmap.tables.output import put
from assetmap.texts import day, say
from assetmap.texts import language as known_language
from assetmap.view.document import world_of
from assetmap.view.facts import PageText, Said, TeamMap
from assetmap.view.gathering import dots_of, lines_of
from assetmap.view.naming import Words, in_both, in_words
from assetmap.view.page import page_html
from assetmap.view.proposing import week_of
from assetmap.view.scenes import Scene, shared_scene, team_scene

__all__ = ["Viewer", "neighbourhood"]

Before: TypeAlias = dt.date | Neighbourhood
"""An earlier moment: a day in the same tables, or the tables as they were."""

_SERVED = (Audience.TEAM, Audience.RESIDENTS, Audience.RESEARCH)
_MANY = 2000
"""Up to so many nodes the team's file holds previews of what others get."""
_MOST_STOPS = 31
"""So many moments fit in the numbers with which the page counts them."""
_HIGH = 900
"""How high the viewer is in a notebook, in pixels."""


@dataclass(frozen=True, eq=False)
class Viewer:
    """A neighbourhood to look around in: shows itself in a notebook, and saves one file.

    Attributes
    ----------
    page : Released
        The page, for its audience.

    Examples
    --------
    >>> import assetmap
    >>> seen = assetmap.view.neighbourhood(assetmap.Neighbourhood(), audience="residents")
    >>> seen
    <Viewer for residents>
    """

    page: Released[PageText]

    @property
    def audience(self) -> Audience:
        """For whom it is."""
        return self.page.audience

    @property
    def html(self) -> str:
        """The whole page. It loads nothing, and holds only what its audience may have."""
        text = require(self.page, *_SERVED)
        return text.for_team or text.for_others or ""

    def save(self, path: str | PathLike[str]) -> Path:
        """Write the page as one file, whole or not at all, readable by its owner only.

        Parameters
        ----------
        path : path
            The file, such as ``buurt.html``; its folder is made where needed.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        UnusableInput
            The file cannot be written.

        Examples
        --------
        >>> import tempfile, assetmap
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     saved = assetmap.view.neighbourhood(assetmap.Neighbourhood()).save(
        ...         folder + "/buurt.html"
        ...     )
        ...     saved.read_text(encoding="utf-8")[:15]
        '<!doctype html>'
        """
        where = Path(path)
        put({where: self.html.encode()})
        return where

    def _repr_html_(self) -> str:
        return (
            f'<iframe srcdoc="{escape(self.html)}" sandbox="allow-scripts allow-modals" '
            f'title="assetmap" width="100%" height="{_HIGH}" '
            'style="border: 1px solid #d8d4c8; border-radius: 6px; background: #fff"></iframe>'
        )

    def __repr__(self) -> str:
        """Return for whom it is, nothing of what is in it."""
        return f"<Viewer for {self.audience.value}>"


def neighbourhood(
    hood: Neighbourhood,
    proposals: Proposals | None = None,
    *,
    audience: str = Audience.TEAM,
    language: str | None = None,
    before: Before | Sequence[Before] | None = None,
    asof: dt.date | None = None,
) -> Viewer:
    """Show a neighbourhood: who and what is there, how it is connected, and the week's proposals.

    Talents come before questions: questions are on the map once somebody asks for them.

    Parameters
    ----------
    hood : Neighbourhood
        The tables.
    proposals : Proposals, optional
        The week to draw, each plan with its reasons; for the team only, and left out for others.
    audience : Audience, default "team"
        Whose page it is: ``team`` with names, ``residents`` with areas, initiatives and protected
        counts but without any person, ``research`` with pseudonyms. What an audience may not have
        is not in the page. Up to 2,000 nodes the team's page also previews what the others get.
    language : str, optional
        Language in which it opens, ``nl`` or ``en``; default: the team's. The page holds both.
    before : date, Neighbourhood, or several of these, optional
        Earlier moments, the oldest first: a slider goes from one to the next and marks what is
        new. A date is that day in the same tables.
    asof : date, optional
        The day to show. Default: the Monday of the proposals; without them everything, whenever
        it was.

    Returns
    -------
    Viewer
        With ``.save("buurt.html")``; in a notebook it shows itself.

    Raises
    ------
    PrivacyError
        Another audience than these three.
    UnusableInput
        A language that is not there, a `before` that is neither date nor tables, dates that do
        not rise up to the day that is shown, or more than 30 moments.

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
    >>> seen = assetmap.view.neighbourhood(hood, assetmap.propose(hood, "2026-W48"))
    >>> "Ans" in seen.html
    True
    >>> "Ans" in assetmap.view.neighbourhood(hood, audience="residents").html
    False
    """
    reader = _reader(audience)
    lang = known_language(hood.policy.language if language is None else language)
    day_shown = proposals.week.monday if asof is None and proposals is not None else asof
    stops = _in_order([*_stops(hood, before), (hood, day_shown)])
    labels = [_label(at, len(stops), moment[1]) for at, moment in enumerate(stops)]
    made = _Maker([_Moment(rest, build(rest, attributes=_BORN, asof=when)) for rest, when in stops])
    small = made.moments[-1].graph.number_of_nodes() <= _MANY
    previews = [each for each in _SERVED if each is not reader and small]
    shown = (reader, *(previews if reader is Audience.TEAM else ()))
    worlds = [world_of(made.scenes(each, proposals, day_shown), labels) for each in shown]
    html = page_html(worlds, lang)
    text = PageText(for_team=html) if reader is Audience.TEAM else PageText(for_others=html)
    return Viewer(release(text, reader))


_BORN = ("born",)
"""Needed for the decades that research may have."""


def _reader(audience: str) -> Audience:
    words = ", ".join(_SERVED)
    if audience not in list(Audience):
        raise UnusableInput(f"there is no audience {audience!r}; there are: {words}")
    if audience not in _SERVED:
        raise PrivacyError(f"the map of a neighbourhood is for {words}, not for {audience}")
    return Audience(audience)


def _stops(
    hood: Neighbourhood, before: Before | Sequence[Before] | None
) -> list[tuple[Neighbourhood, dt.date | None]]:
    given = () if before is None else before if isinstance(before, Sequence) else (before,)
    found: list[tuple[Neighbourhood, dt.date | None]] = []
    for each in given:
        if isinstance(each, Neighbourhood):
            found.append((each, None))
        elif type(each) is dt.date:
            found.append((hood, each))
        else:
            kind = type(each).__name__
            raise UnusableInput(f"before takes dates and neighbourhoods, not {kind}")
    return found


def _in_order(
    stops: list[tuple[Neighbourhood, dt.date | None]],
) -> list[tuple[Neighbourhood, dt.date | None]]:
    """Refuse dates that do not rise: what is new would be told of the wrong one."""
    days = [when for _, when in stops if when is not None]
    if any(later <= earlier for earlier, later in itertools.pairwise(days)):
        raise UnusableInput("the dates in before must rise, and lie before the day that is shown")
    if len(stops) > _MOST_STOPS:
        raise UnusableInput(f"before takes at most {_MOST_STOPS - 1} moments, not {len(stops) - 1}")
    return stops


def _label(at: int, many: int, when: dt.date | None) -> Said:
    if when is not None:
        return in_both(lambda lang: day(when, lang, year=True))
    if at == many - 1:
        return in_words("view.now" if many > 1 else "view.everything")
    return in_both(lambda lang: say("view.earlier", lang, n=many - 1 - at))


# --- what each audience sees ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Moment:
    """The tables at some moment, and their graph on that day."""

    hood: Neighbourhood
    graph: Any


@dataclass(frozen=True)
class _Maker:
    """Makes what each audience sees, from what is released for it and nothing else."""

    moments: Sequence[_Moment]

    def scenes(
        self, reader: Audience, proposals: Proposals | None, asof: dt.date | None
    ) -> list[Scene]:
        """Return what an audience sees at each moment; the proposals at the last, for the team."""
        if reader is Audience.TEAM:
            earlier = [self._team(each, None, asof) for each in self.moments[:-1]]
            return [*earlier, self._team(self.moments[-1], proposals, asof)]
        key = secrets.token_bytes(32)
        return [self._shared(each, reader, key) for each in self.moments]

    def _team(self, moment: _Moment, proposals: Proposals | None, asof: dt.date | None) -> Scene:
        words = Words(moment.hood)
        dots = dots_of(moment.graph, words, asof)
        lines = lines_of(moment.graph, dots)
        week = () if proposals is None else week_of(proposals, words)
        return team_scene(release(TeamMap(dots, lines, *week), Audience.TEAM))

    def _shared(self, moment: _Moment, reader: Audience, key: bytes) -> Scene:
        network, hood = moment.graph, moment.hood
        if reader is Audience.RESIDENTS and set(dict(network.nodes(data="kind")).values()) <= {
            *("person", "talent", "need")
        }:
            network = network.subgraph(())
        shared = for_audience(network, reader.value, hood=hood, key=key)
        return shared_scene(shared, hood.tree)
