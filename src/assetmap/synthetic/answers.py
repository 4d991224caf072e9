"""What became of the questions: decisions, standing arrangements, referrals, closed questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from assetmap.model import (
    Activity,
    Arrangement,
    Decision,
    DecisionWord,
    Leg,
    Need,
    Record,
    Referral,
    ReferralStatus,
    Talent,
)
from assetmap.synthetic.draws import Draws
from assetmap.synthetic.offers import Offered
from assetmap.synthetic.parties import Party
from assetmap.synthetic.people import worker_of, workers
from assetmap.synthetic.questions import Asking
from assetmap.synthetic.residents import Residents
from assetmap.synthetic.words import Words

__all__ = ["Answers"]

_FATES = (46, 30, 10, 6, 3, 5)
"""Still open, done, arranged for good, not now, no more, solved without anybody."""
_OPEN, _DONE, _ARRANGED, _NOT_NOW, _NO_MORE, _SOLVED = range(len(_FATES))


class Helper(NamedTuple):
    """Who gives what: the ids of party and talent."""

    provider: str
    talent: str | None


class Answers:
    """Follows questions until a day; what comes later is not known yet."""

    def __init__(
        self,
        residents: Residents,
        draws: Draws,
        words: Words,
        *,
        offered: Offered,
        talents: Sequence[Talent],
        parties: Sequence[Party],
    ) -> None:
        self.residents, self.draws, self.words = residents, draws, words
        self.talents, self.parties = talents, parties
        self.owner = offered.owner
        codes = {name: number for number, name in enumerate(offered.categories)}
        self.places = {
            name: np.flatnonzero(offered.category == code) for name, code in codes.items()
        }
        self.team = workers(residents.count)
        self.runs = {name: party.id for party in parties for name in party.activities}
        self.drivers: dict[str, Talent] = {}
        for talent in reversed(talents[: offered.count]):
            if talent.going_to is not None:
                self.drivers[talent.going_to] = talent
        self.busy: set[str] = set()
        self.arrangements: list[Record] = []
        self.decisions: list[Decision] = []
        self.referrals: list[Record] = []

    def week(self, asked: Sequence[Asking], week: int, *, until: dt.date) -> list[Need]:
        """Make the needs of one week, with all that became of them before `until`."""
        stream, count = self.draws.stream("answers", week), len(asked)
        fate = stream.chosen(count, _FATES).tolist()
        lag = stream.whole(count, 50).tolist()
        mark = stream.whole(count, 2**32).tolist()
        passed = stream.whole(count, 20).tolist()
        found = []
        for at, each in enumerate(asked):
            day = each.since + dt.timedelta(days=5 + lag[at])
            helper = self._helper(each)
            if passed[at] == 0 and each.since + dt.timedelta(days=2) < until:
                self._referred(each, mark[at])
            cells = self._followed(each, fate[at], day, helper, mark=mark[at], until=until)
            found.append(Need.model_validate({**each.cells, **cells}))
        return found

    def _helper(self, each: Asking) -> Helper | None:
        """Find somebody who lives near and offers what is asked, and has no standing task."""
        places = self.places.get(each.cells["category"])
        if places is None or len(places) == 0:
            return None
        at = int(np.searchsorted(self.owner[places], each.asker))
        for step in range(6):
            talent = self.talents[int(places[(at + step) % len(places)])]
            if talent.owner != each.cells["owner"] and talent.talent not in self.busy:
                return Helper(talent.owner, talent.talent)
        return None

    def _followed(
        self,
        each: Asking,
        fate: int,
        day: dt.date,
        helper: Helper | None,
        *,
        mark: int,
        until: dt.date,
    ) -> dict[str, Any]:
        known = day < until
        if fate == _SOLVED and known:
            return self._closed(day, mark)
        if fate == _ARRANGED:
            return self._arranged(each, day, helper, mark=mark, known=known)
        if fate in {_OPEN, _SOLVED} or not known:
            return {}
        provider = helper.provider if helper else self._worker(each)
        word = {_DONE: DecisionWord.DONE, _NOT_NOW: DecisionWord.NOT_NOW}.get(
            fate, DecisionWord.NO_MORE
        )
        self._decided(each, day, provider, word=word, mark=mark)
        return self._closed(day, mark) if fate == _DONE else {}

    def _worker(self, each: Asking) -> str:
        area = int(self.residents.area[each.asker])
        return self.words.id("w", worker_of(area, self.team, self.residents.ground.areas))

    def _closed(self, day: dt.date, mark: int) -> dict[str, Any]:
        return {"closed_on": day, "closed_because": self.words.one("closed", mark)}

    def _decided(
        self, each: Asking, day: dt.date, provider: str | None, *, word: DecisionWord, mark: int
    ) -> None:
        cells: dict[str, Any] = {
            "plan": f"{each.cells['need']}-{mark:08x}-{day:%Y%m%d}",
            "need": each.cells["need"],
            "date": day,
            "decision": word,
        }
        if word is DecisionWord.DO and each.activity is not None:
            cells["moment"] = _first_time(each.activity, day)
        if provider is not None:
            cells["provider"] = provider
        if word is DecisionWord.NOT_NOW:
            cells["until"] = day + dt.timedelta(days=28)
        if mark % 3 == 0:
            cells["remark"] = self.words.one("remarks", mark)
        self.decisions.append(Decision.model_validate(cells))

    def _arranged(
        self, each: Asking, day: dt.date, helper: Helper | None, *, mark: int, known: bool
    ) -> dict[str, Any]:
        """Make a standing arrangement, if there is somebody to make it with."""
        legs = self._legs(each, helper)
        if not legs:
            return {}
        cells = {"term": "long", "talked": True}
        rrule = each.cells.get("rrule")
        if each.activity is not None:
            rrule = each.activity.rrule
        elif rrule is None:
            rrule = "FREQ=WEEKLY;BYDAY=WE"
        cells["rrule"] = rrule
        if known:
            self._decided(each, day, None, word=DecisionWord.DO, mark=mark)
            for leg in legs:
                self.arrangements.append(
                    Arrangement(
                        arrangement=self.words.id("ar", len(self.arrangements)),
                        need=each.cells["need"],
                        rrule=rrule,
                        since=day,
                        until=day + dt.timedelta(days=300) if mark % 6 == 0 else None,
                        moment=None if each.activity is None else _first_time(each.activity, day),
                        **leg,
                    )
                )
        return cells

    def _legs(self, each: Asking, helper: Helper | None) -> list[dict[str, Any]]:
        activity = each.activity
        if activity is None:
            if helper is None or each.cells["category"] in {"meal", "company", "sport", "walk"}:
                return []
            self.busy.add(str(helper.talent))
            return [{"leg": Leg.HELP, "provider": helper.provider, "talent": helper.talent}]
        legs = [self._leg(Leg.ACTIVITY, activity, self.runs[activity.activity])]
        if self.residents.riders[each.asker]:
            driver = self.drivers.get(activity.activity)
            if driver is None or driver.talent in self.busy:
                return []
            self.busy.add(driver.talent)
            legs += [
                self._leg(leg, activity, driver.owner) | {"talent": driver.talent}
                for leg in (Leg.RIDE_OUT, Leg.RIDE_BACK)
            ]
        return legs

    def _leg(self, leg: Leg, activity: Activity, provider: str) -> dict[str, Any]:
        return {"leg": leg, "provider": provider, "activity": activity.activity}

    def _referred(self, each: Asking, mark: int) -> None:
        """Pass a question on: from the team to an initiative, or the other way round."""
        centre = self.residents.ground.centre_of(int(self.residents.area[each.asker]))
        size = len(self.parties) // self.residents.ground.centres
        party = self.parties[centre * size + mark % 2 * (size - 5)].id
        ends = (party, "o1") if mark % 3 else ("o1", party)
        self.referrals.append(
            Referral(
                referral=self.words.id("r", len(self.referrals)),
                need=each.cells["need"],
                from_party=ends[0],
                to_party=ends[1],
                initiator=ends[0],
                date=each.since + dt.timedelta(days=2),
                status=tuple(ReferralStatus)[mark % 4],
            )
        )

    def decided(self) -> list[Decision]:
        """Return the decisions in order of time."""
        return sorted(self.decisions, key=lambda row: (row.date, row.need))


def _first_time(activity: Activity, day: dt.date) -> dt.datetime:
    """Return the hour of an activity on its weekday, the first from a day on."""
    ahead = (activity.start.weekday() - day.weekday()) % 7
    return dt.datetime.combine(day + dt.timedelta(days=ahead), activity.start.time())
