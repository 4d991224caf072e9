"""When the giver of a talent could do something, whoever asks: worked out once per talent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.model import Purpose
from assetmap.plans.limits import minutes_left, own_minutes_left, plans_left, seats_of
from assetmap.plans.rules import is_ride
from assetmap.plans.times import minutes_of_week
from assetmap.schedule import Window

if TYPE_CHECKING:
    from assetmap.plans.offers import Offer
    from assetmap.plans.scene import Scene
    from assetmap.plans.standing import Busy

__all__ = ["Diary", "diary"]

NO_PLAN = -1
ANY_LENGTH = 7 * 24 * 60 * 60


@dataclass(frozen=True, slots=True, eq=False)
class Diary:
    """When somebody could do something, and how much.

    Attributes
    ----------
    full : bool
        It is a car without a seat.
    first, last : date or None
        From when and until when the talent and its owner are there; None: no limit.
    always : bool
        They are there all the horizon and have no appointments.
    windows : tuple of Window or None
        When it suits; None: unknown.
    bits : int
        The same as one bit per minute of the week; 0 where unknown.
    several : bool
        The owner has more than one thing to fit in.
    most : int
        How many plans a week they have in mind.
    room : tuple of int
        For each week of the horizon the minutes that are left; below 0: no plan is left.
    least : int
        The least of these.
    """

    full: bool
    first: dt.date | None
    last: dt.date | None
    always: bool
    windows: tuple[Window, ...] | None
    bits: int
    several: bool
    most: int
    room: tuple[int, ...]
    least: int

    def there(self, day: dt.date) -> bool:
        """Say whether they are there on a day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def diary(scene: Scene, offer: Offer, busy: Busy, purpose: Purpose = Purpose.CASES) -> Diary:
    """Return the diary of the giver of a talent, for what goes to a purpose."""
    talent = offer.talent
    assert talent is not None
    rows = [row for row in (talent, offer.person) if row is not None]
    first = max((row.from_ for row in rows if row.from_ is not None), default=None)
    last = min((row.until for row in rows if row.until is not None), default=None)
    stays = (first is None or first <= scene.today) and (last is None or last >= scene.last)
    weeks = range(scene.policy.horizon_weeks)
    room = tuple(_room(scene, offer, week, busy, purpose) for week in weeks)
    return Diary(
        full=is_ride(scene, offer) and seats_of(offer) == 0,
        first=first,
        last=last,
        always=stays and not busy.spans.get(offer.provider),
        windows=offer.windows,
        bits=0 if offer.windows is None else minutes_of_week(offer.windows),
        several=scene.involved[offer.provider] > 1,
        most=talent.per_week or scene.policy.default_per_week,
        room=room,
        least=min(room),
    )


def _room(scene: Scene, offer: Offer, week: int, busy: Busy, purpose: Purpose) -> int:
    if not plans_left(scene, offer, week, busy):
        return NO_PLAN
    own = own_minutes_left(scene, offer, week, busy, purpose)
    limits = (minutes_left(scene, offer, week, busy), own)
    return min((minutes for minutes in limits if minutes is not None), default=ANY_LENGTH)
