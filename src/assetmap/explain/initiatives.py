"""What a run means for initiatives: who asks a worker's time, with what speaks for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from assetmap.explain.reasons import chosen_language
from assetmap.match import Proposals
from assetmap.model import Initiative, Purpose, Role
from assetmap.model.parties import Side
from assetmap.overview import participants
from assetmap.overview.common import ref_of
from assetmap.plans import Ask, Scene
from assetmap.plans.offers import Offer
from assetmap.plans.wording import Teller

__all__ = ["TimeAsked", "WorkerTime", "worker_time"]

_WAITS = frozenset({"hours", "ladder", "time"})
"""Rules that hold back what a worker could give, and might give another week."""


@dataclass(frozen=True, slots=True)
class TimeAsked:
    """What one initiative asks of a worker's time, and what speaks for it.

    Attributes
    ----------
    need, initiative : str
        Ids of the question and of who asks.
    urgency : int
        1 to 5, 5 most urgent; the usual 3 where nothing was said.
    weeks_waited : int
        Whole weeks since it was asked.
    hours : float
        How long it takes.
    reach : int
        Residents who belong to the initiative.
    proposed : bool
        This run proposes the worker for it.
    """

    need: str
    initiative: str
    urgency: int
    weeks_waited: int
    hours: float
    reach: int
    proposed: bool


@dataclass(frozen=True, slots=True)
class WorkerTime:
    """Several initiatives ask the time of one worker; the worker decides.

    Attributes
    ----------
    worker : str
        Id of the worker.
    hours : float or None
        Hours a week that may go to initiatives; None where nothing was agreed on.
    asked : tuple of TimeAsked
        The most urgent first, then the longest waiting, then the one with the largest reach.
    sentence : str
        The same in words.
    """

    worker: str
    hours: float | None
    asked: tuple[TimeAsked, ...]
    sentence: str

    def __str__(self) -> str:
        """Return the sentence."""
        return self.sentence


def worker_time(
    proposals: Proposals,
    *,
    language: str | None = None,
    name: Callable[[str], str] | None = None,
) -> tuple[WorkerTime, ...]:
    """Tell of which workers several initiatives ask the time, and what speaks for each of them.

    It ranks nothing away: the order is told with its reasons, and the worker decides.

    Parameters
    ----------
    proposals : Proposals
        The run.
    language : str, optional
        Language of the sentences; default: the team's.
    name : callable, optional
        How a party is named, such as ``called(proposals.hood)``; default: by id.

    Returns
    -------
    tuple of WorkerTime
        By worker. Empty where nobody is asked by more than one initiative.

    Examples
    --------
    >>> import assetmap
    >>> from assetmap.model import Initiative, Need, Neighbourhood, Person, Talent
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="w1", kind="worker"),
    ...     Initiative(initiative="i1", name="Moestuin"),
    ...     Initiative(initiative="i2", name="Leesclub"),
    ...     Talent(talent="t1", owner="w1", category="guidance"),
    ...     Need(need="n1", owner="i1", category="guidance", urgency=2),
    ...     Need(need="n2", owner="i2", category="guidance", urgency=4),
    ... )
    >>> (found,) = worker_time(assetmap.propose(hood, "2026-W48"))
    >>> found.worker, [each.initiative for each in found.asked]
    ('w1', ['i2', 'i1'])
    """
    teller = Teller(proposals, chosen_language(proposals, language), name or str)
    asked: dict[str, dict[str, Ask]] = {}
    for worker, ask in _pairs(proposals):
        asked.setdefault(worker, {})[ask.id] = ask
    return tuple(
        _told(teller, proposals, worker, list(asked[worker].values()))
        for worker in sorted(asked)
        if len({ask.need.owner for ask in asked[worker].values()}) > 1
    )


def _pairs(proposals: Proposals) -> Iterator[tuple[str, Ask]]:
    """Yield each worker with what an initiative could ask of them."""
    if proposals.worked is None:
        return
    working = proposals.worked.working
    for ask in working.opened.asks:
        if not isinstance(ask.owner, Initiative):
            continue
        found = working.found[ask.id]
        able = [g.offer for o in found.options for p in o.parts for g in p.givers]
        able += [miss.offer for miss in found.misses if miss.rule in _WAITS]
        yield from ((offer.provider, ask) for offer in able if _works(offer))


def _works(offer: Offer) -> bool:
    return offer.person is not None and offer.person.is_worker and offer.role is Role.PROFESSIONAL


def _told(teller: Teller, proposals: Proposals, worker: str, asks: list[Ask]) -> WorkerTime:
    scene = teller.scene
    cells = participants(proposals.hood, asof=scene.today).cells
    reach = {
        row.initiative: cells[ref_of(row), Side.RESIDENTS.value] or 0
        for row in proposals.hood.initiatives
    }
    rows = [_asked(proposals, scene, reach, (worker, ask)) for ask in asks]
    rows.sort(key=lambda r: (-r.urgency, -r.weeks_waited, -r.reach, r.initiative, r.need))
    lines = [_line(teller, row) for row in rows]
    first = teller.say("initiatives.time.asked", worker=teller.name(worker))
    last = teller.say("initiatives.time.decides", worker=teller.name(worker))
    sentence = " ".join([first, *lines, last])
    return WorkerTime(worker, _hours(scene, worker), tuple(rows), sentence)


def _hours(scene: Scene, worker: str) -> float | None:
    hours = scene.agreed_for.get(worker)
    if hours is None:
        return None
    if not scene.policy.purposes_apart:
        return sum(hours.values())
    return hours.get(Purpose.COMMUNITY, 0) + hours.get(None, 0)


def _asked(
    proposals: Proposals, scene: Scene, reach: Mapping[str, int], pair: tuple[str, Ask]
) -> TimeAsked:
    worker, ask = pair
    plans = [p for p in proposals.items if p.need == ask.id]
    return TimeAsked(
        need=ask.id,
        initiative=ask.need.owner,
        urgency=ask.need.urgency or 3,
        weeks_waited=ask.days_waited // 7,
        hours=ask.hours or scene.policy.help_hours,
        reach=reach[ask.need.owner],
        proposed=any(leg.provider == worker for plan in plans for leg in plan.legs),
    )


def _line(teller: Teller, row: TimeAsked) -> str:
    facts = {"who": teller.name(row.initiative), "urgency": row.urgency, "hours": row.hours}
    said = [teller.say("initiatives.time.line", n=row.reach, **facts)]
    if row.weeks_waited:
        said.append(teller.say("initiatives.time.waited", n=row.weeks_waited))
    if row.proposed:
        said.append(teller.say("initiatives.time.proposed"))
    return " ".join(said)
