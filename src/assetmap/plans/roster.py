"""Who is there for an activity that cannot do without them: on each date, as numbers and back.

A session runs, and has seats, once every post is filled. Who fills one is there for the whole
session: at nothing else at that hour. Somebody may fill two posts of one session. Each date is
rostered whether or not anybody asks for a seat; a post that nobody can fill is a gap.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assetmap.plans.requirements import complete, fillers, requires

if TYPE_CHECKING:
    from assetmap.model import Requirement
    from assetmap.plans.clashes import Clock, Span
    from assetmap.plans.ledger import Ledger
    from assetmap.plans.options import Option
    from assetmap.plans.scene import Meeting, Scene
    from assetmap.plans.standing import Busy

__all__ = ["Duty", "Roster"]

Key = tuple[str, dt.datetime]
"""An activity on a date."""
WORTH = 1024
"""What a filled post is worth at the level after `met`: no question is given up for it, and no
preference goes before it."""
ENOUGH = 100
"""So many posts of one session may rest on one person."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One post of an activity on a date, and who is there for it.

    Attributes
    ----------
    activity : str
        The activity.
    start, end : datetime
        The date, in local time.
    what : str
        The category or role that is required, or ``party``.
    party : str or None
        The one party that is required, where it is a given one.
    count : int
        How many are required.
    people : tuple of str
        Who is there, by id.
    """

    activity: str
    start: dt.datetime
    end: dt.datetime
    what: str
    party: str | None
    count: int
    people: tuple[str, ...]

    @property
    def missing(self) -> int:
        """How many are still missing."""
        return max(0, self.count - len(self.people))


@dataclass(frozen=True, eq=False)
class _Session:
    """A date of an activity, with its posts and who could fill each."""

    meeting: Meeting
    posts: tuple[Requirement, ...]
    able: tuple[tuple[str, ...], ...]
    runs: bool

    @property
    def key(self) -> Key:
        return (self.meeting.activity, self.meeting.start)

    @property
    def span(self) -> Span:
        return (self.meeting.start, self.meeting.end)

    @cached_property
    def hands(self) -> frozenset[str]:
        """Everybody who could fill a post that somebody has to be there for."""
        pairs = zip(self.posts, self.able, strict=True)
        return frozenset(name for post, names in pairs if post.party is None for name in names)


class Roster:
    """Writes the posts of a run into a ledger, and reads who fills them.

    Parameters
    ----------
    scene, busy : Scene, Busy
        The run, and what is used up already.
    ledger, clock : Ledger, Clock
        Where the numbers go, and who is where when.
    """

    def __init__(self, scene: Scene, busy: Busy, ledger: Ledger, clock: Clock) -> None:
        self.scene, self.busy, self.ledger, self.clock = scene, busy, ledger, clock
        self.sessions = {s.key: s for s in _sessions(scene, busy)}
        self.wanted: dict[Key, int] = defaultdict(int)
        self.filled: list[tuple[int, Key, int, str]] = []

    def note_times(self) -> None:
        """Remember when anybody could be there, before any time is used."""
        for session in self.sessions.values():
            for name in sorted(session.hands & self.scene.people.keys()):
                self.clock.note(name, session.span, ("there", session.key))

    def seat(self, option: Option) -> dict[Hashable, int]:
        """Return what a seat takes: a session that runs. Who has one is there."""
        start = option.start
        activity = option.offer.activity
        if activity is None or not isinstance(start, dt.datetime):
            return {}
        session = self.sessions.get((activity.activity, start))
        if session is None or not session.hands:
            return {}
        self.wanted[session.key] += 1
        uses: dict[Hashable, int] = {("runs", *session.key): 1}
        self.ledger.resource(("runs", *session.key), 0)
        owner = option.ask.need.owner
        if owner in session.hands:
            uses[self._there(session, owner)] = -ENOUGH
        return uses

    def write(
        self,
        scores: Callable[..., list[int]],
        load: Callable[[str, Hashable], Mapping[Hashable, int]],
        tie: Callable[[str], int],
    ) -> None:
        """Add the switches: who is there, who fills a post, and whether a session runs.

        Parameters
        ----------
        scores : callable
            Makes the scores of a switch out of values by level.
        load : callable
            Returns what one more turn adds to somebody's load.
        tie : callable
            Returns a stable number for a text.
        """
        second = self.scene.policy.levels[1].value
        for key in sorted(self.sessions):
            session = self.sessions[key]
            for name in sorted(session.hands):
                self._be_there(session, name, scores, load)
            for at, post in enumerate(session.posts):
                if post.party is not None:
                    continue
                for name in session.able[at]:
                    uses = self._fill(session, at, name)
                    rank = -tie(f"{name}:{key[0]}:{key[1].isoformat()}:{at}")
                    values = {second: WORTH, "order": rank}
                    number = self.ledger.switch(scores(**values), uses)
                    self.filled.append((number, key, at, name))
            self._run(session, scores)

    def _there(self, session: _Session, name: str) -> Hashable:
        goes = name in self.busy.attending.get(session.key, ())
        free = goes or name not in self.scene.people
        token = ("there", name, *session.key)
        self.ledger.resource(token, ENOUGH if free else 0)
        return token

    def _be_there(
        self,
        session: _Session,
        name: str,
        scores: Callable[..., list[int]],
        load: Callable[[str, Hashable], Mapping[Hashable, int]],
    ) -> None:
        """Add the switch with which somebody is there; who comes anyway needs none."""
        token = self._there(session, name)
        if self.ledger.capacity[self.ledger.resources[token]] > 0:
            return
        uses = dict(self.clock.uses(name, session.span))
        uses |= load(name, token)
        uses[token] = -ENOUGH
        self.ledger.switch(scores(), uses)

    def _fill(self, session: _Session, at: int, name: str) -> dict[Hashable, int]:
        """Return what filling a post takes, and that it supplies the post."""
        post, room = ("post", at, *session.key), ("room", at, *session.key)
        self.ledger.resource(post, 0)
        self.ledger.resource(room, session.posts[at].count)
        return {self._there(session, name): 1, room: 1, post: -1}

    def _run(self, session: _Session, scores: Callable[..., list[int]]) -> None:
        seats = self.wanted[session.key]
        if not seats or not session.runs:
            return
        uses: dict[Hashable, int] = {("runs", *session.key): -seats}
        for at, post in enumerate(session.posts):
            if post.party is None:
                uses["post", at, *session.key] = post.count
        self.ledger.switch(scores(), uses)

    def duties(self, switch: Mapping[int, int]) -> tuple[Duty, ...]:
        """Return the posts of all dates with who fills them.

        Parameters
        ----------
        switch : mapping
            The value of every switch of the solution, by number.
        """
        there: dict[tuple[Key, int], list[str]] = defaultdict(list)
        for number, key, at, name in self.filled:
            if switch[number]:
                there[key, at].append(name)
        return tuple(
            Duty(
                activity=key[0],
                start=session.meeting.start,
                end=session.meeting.end,
                what=post.what,
                party=post.party,
                count=post.count,
                people=tuple(
                    sorted(session.able[at] if post.party is not None else there[key, at])
                ),
            )
            for key, session in sorted(self.sessions.items(), key=lambda s: (s[0][1], s[0][0]))
            for at, post in enumerate(session.posts)
        )


def _sessions(scene: Scene, busy: Busy) -> Iterator[_Session]:
    """Yield every date of every activity that requires something."""
    for activity in sorted(scene.meetings):
        posts = requires(scene, activity)
        if not posts:
            continue
        for meeting in scene.meetings[activity]:
            able = tuple(tuple(sorted(fillers(scene, meeting, p, busy))) for p in posts)
            yield _Session(meeting, posts, able, complete(scene, meeting, busy))
