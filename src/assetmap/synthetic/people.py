"""From columns of numbers to people: residents and the workers who know them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from assetmap.model import Person, PersonKind, Share, SupportNeeded
from assetmap.schedule import Window, parse_windows
from assetmap.synthetic.draws import Draws
from assetmap.synthetic.ground import CELL, corner
from assetmap.synthetic.recipe import Recipe
from assetmap.synthetic.residents import OF_AGE, OLD, TONGUES, Residents
from assetmap.synthetic.words import Words

__all__ = ["DAYTIME", "EVENINGS", "OFFICE", "people", "worker_of", "workers"]

_RESIDENTS_PER_WORKER = 400
DECADE = 10


def _windows(*texts: str) -> tuple[tuple[Window, ...], ...]:
    return tuple(parse_windows(text) for text in texts)


EVENINGS = _windows(
    "Mon 18:00-22:00 | Thu 16:30-22:00",
    "Tue 18:30-22:00 | Sat 09:00-17:00",
    "Wed 18:00-22:00 | Fri 17:00-22:00",
    "Sat 09:00-18:00 | Sun 10:00-18:00",
    "Mon 18:00-22:00 | Tue 18:00-22:00 | Wed 18:00-22:00 | Thu 18:00-22:00 | Fri 17:00-22:00",
)
"""Times of people who work in the daytime."""
DAYTIME = _windows(
    "Mon 09:00-17:00 | Tue 09:00-17:00 | Wed 09:00-17:00 | Thu 09:00-21:00 | Fri 09:00-17:00",
    "Tue 09:00-12:30 | Thu 09:00-12:30",
    "Mon 13:00-17:00 | Wed 09:00-17:00 | Fri 13:00-21:00",
    "Wed 09:30-16:00 | Thu 16:00-21:00",
    "Mon-Sun 09:00-20:00",
)
"""Times of people who do not."""
OFFICE = _windows(
    "Mon 09:00-17:00 | Tue 09:00-17:00 | Wed 13:00-21:00 | Thu 09:00-17:00",
    "Mon 09:00-15:00 | Tue 09:00-17:00 | Thu 10:00-18:30 | Fri 09:00-15:00",
    "Tue 09:00-17:00 | Wed 09:00-17:00 | Fri 09:00-17:00",
)
"""Times of workers."""

_SHARES: tuple[Share | None, ...] = (Share.YES, Share.TEAM, Share.NO, None)
_SUPPORT = (SupportNeeded.NONE, SupportNeeded.SOME, SupportNeeded.SOME, SupportNeeded.MUCH)


def workers(residents: int) -> int:
    """Return how many workers know so many residents."""
    return max(3, round(residents / _RESIDENTS_PER_WORKER))


def worker_of(area: int, count: int, areas: int) -> int:
    """Return which worker knows the people of an area."""
    return area * count // areas


def people(
    residents: Residents, draws: Draws, recipe: Recipe, words: Words, *, start: dt.date
) -> list[Person]:
    """Make everybody: the workers, then the residents in the order of their homes."""
    team = [words.id("w", n) for n in range(workers(residents.count))]
    made = _Maker(residents, draws, recipe, words, start=start)
    return [*_workers(team, residents, words, start), *made.everybody(team)]


def _workers(team: list[str], residents: Residents, words: Words, start: dt.date) -> list[Person]:
    areas = residents.ground.areas
    return [
        Person(
            person=name,
            called=words.called(7 * number + 3),
            kind=PersonKind.WORKER,
            area=f"b{number * areas // len(team) + 1}",
            languages=("nl", "en") if number % 2 else ("nl",),
            available=OFFICE[number % len(OFFICE)],
            share=Share.YES,
            ground=words.kept("grounds"),
            trainings=((words.kept("talks", number), start - dt.timedelta(days=200)),),
            function=words.one("functions", number),
            team="o2" if number % 3 == 0 else "o1",
            from_=start - dt.timedelta(days=400 + 30 * number % 1500),
            until=start + dt.timedelta(days=400) if number % 5 == 4 else None,
        )
        for number, name in enumerate(team)
    ]


class _Maker:
    """Makes the residents one by one from columns that were drawn for all of them at once."""

    def __init__(
        self,
        residents: Residents,
        draws: Draws,
        recipe: Recipe,
        words: Words,
        *,
        start: dt.date,
    ) -> None:
        self.residents, self.words, self.start = residents, words, start
        self.count = residents.count
        self.age = residents.age.tolist()
        self.seat = residents.seat.tolist()
        self.home = residents.home.tolist()
        self.columns = self._drawn(draws, recipe)

    def _drawn(self, draws: Draws, recipe: Recipe) -> dict[str, list[Any]]:
        count = self.count
        stream = draws.stream("people")
        rest = 1 - recipe.sharing
        sharing = [recipe.sharing, rest * 0.35, rest * 0.15, rest * 0.5]

        def some(share: float) -> list[Any]:
            return list(stream.flags(count, share).tolist())

        def number(below: int) -> list[Any]:
            return list(stream.whole(count, below).tolist())

        return {
            "called": number(10_000),
            "share": stream.chosen(count, sharing).tolist(),
            "times": number(5),
            "has_times": some(0.75),
            "has_point": some(0.85),
            "review": number(700),
            "buddy": some(0.02),
            "support": stream.chosen(count, (6, 2, 1, 1)).tolist(),
            "has_support": some(0.06),
            "group": number(4),
            "has_group": some(0.12),
            "woman": some(0.5),
            "says_so": some(0.25),
            "tag": number(4),
            "has_tag": some(0.07),
            "opted": some(0.7),
            "motive": number(50),
            "has_motive": some(0.15),
            "trained": some(0.04),
            "asked": some(0.7),
            "days": number(365),
            "known": some(0.5),
            "leaving": some(0.01),
        }

    def everybody(self, team: list[str]) -> list[Person]:
        """Make all residents."""
        ground = self.residents.ground
        area, street = self.residents.area.tolist(), self.residents.street.tolist()
        tongue, walks = self.residents.tongue.tolist(), self.residents.walks.tolist()
        wheels, born = self.residents.wheels.tolist(), self.residents.born(self.start.year)
        corners = [corner(n) for n in range(ground.areas)]
        names = [f"b{n + 1}" for n in range(ground.areas)]
        knows = [team[worker_of(n, len(team), ground.areas)] for n in range(ground.areas)]
        has_point, known = self.columns["has_point"], self.columns["known"]
        found = []
        for at, name in enumerate(self.residents.ids):
            here = area[at]
            cells: dict[str, Any] = {
                "person": name,
                "called": self.words.called(self.columns["called"][at]),
                "kind": PersonKind.RESIDENT,
                "area": names[here],
                "household": f"h{self.home[at] + 1}",
                "born": born[at],
                "languages": TONGUES[tongue[at]],
            }
            if has_point[at]:
                x, y = corners[here]
                cells["x"] = x + 100 * (street[at] % (CELL // 100))
                cells["y"] = y + 100 * (self.home[at] % ground.homes_per_street // 4)
            if walks[at] >= 0:
                cells["walks_m"] = walks[at]
            if wheels[at]:
                cells["wheelchair"] = True
            if known[at] or walks[at] >= 0:
                cells["worker"] = knows[here]
            cells |= self._consent(at)
            cells |= self._wishes(at)
            cells |= self._declared(at)
            found.append(Person.model_validate(cells))
        return found

    def _consent(self, at: int) -> dict[str, Any]:
        share = _SHARES[self.columns["share"][at]]
        if share is None:
            return {}
        cells: dict[str, Any] = {"share": share}
        if share is Share.YES:
            cells["ground"] = self.words.kept("grounds")
            if self.columns["review"][at] < 300:
                cells["review_on"] = self.start + dt.timedelta(
                    days=120 + self.columns["review"][at]
                )
        return cells

    def _wishes(self, at: int) -> dict[str, Any]:
        columns, cells = self.columns, dict[str, Any]()
        if self.age[at] < OF_AGE + DECADE:  # the decade of birth leaves room for doubt
            cells["minor"] = bool(self.age[at] < OF_AGE)
        if columns["has_times"][at]:
            times = DAYTIME if self.age[at] >= OLD else EVENINGS
            cells["available"] = times[columns["times"][at]]
        if columns["buddy"][at]:
            cells["needs_buddy"] = True
        if columns["has_support"][at]:
            cells["support_needed"] = _SUPPORT[columns["support"][at]]
        if columns["has_motive"][at]:
            cells["motive"] = self.words.one("motives", columns["motive"][at])
        if columns["leaving"][at]:
            cells["from_"] = self.start - dt.timedelta(days=400 + columns["days"][at])
            cells["until"] = self.start + dt.timedelta(days=190 + columns["days"][at])
        return cells

    def _declared(self, at: int) -> dict[str, Any]:
        """Return what somebody says of themself, and what was asked of them."""
        columns, words, cells = self.columns, self.words, dict[str, Any]()
        groups = [words.kept("groups", columns["group"][at])] if columns["has_group"][at] else []
        if columns["says_so"][at] and columns["woman"][at]:
            groups.append(words.kept("women"))
        if groups:
            cells["groups"] = tuple(groups)
        if columns["has_tag"][at] and self.age[at] >= OF_AGE:
            tag = words.kept("experiences", columns["tag"][at])
            cells["experiences"] = ((tag, columns["opted"][at]),)
        earlier = self.start - dt.timedelta(days=1 + columns["days"][at])
        if columns["trained"][at]:
            cells["trainings"] = ((words.kept("talks", at), earlier),)
        if columns["asked"][at] or self.residents.solitary[at]:
            cells["ties_asked_on"] = earlier
        return cells
