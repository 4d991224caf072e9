"""Who lives in a made-up neighbourhood, as columns of numbers: homes, ages, languages, legs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assetmap.synthetic.draws import Bits, Draws, Floats, Whole
from assetmap.synthetic.ground import Ground, centres
from assetmap.synthetic.recipe import Recipe
from assetmap.synthetic.words import Words

__all__ = ["TONGUES", "Residents", "settled"]

HOMES_PER_STREET = 14
STREETS_PER_AREA = 5
FEWEST_AREAS = 4
HOME_SIZES = (40, 33, 11, 11, 5)
"""Homes of one, two, three, four and five people, in parts of a hundred. Assumed."""
TONGUES: tuple[tuple[str, ...], ...] = (
    ("nl",),
    ("nl", "en"),
    ("nl", "tr"),
    ("nl", "ar"),
    ("ar",),
    ("pl", "en"),
    ("ti",),
    ("uk", "en"),
)
_TONGUE_SHARES = (62, 16, 6, 7, 3, 2, 2, 2)
OF_AGE = 18
OLD = 65
_WALKS = (0, 200, 300, 500, 800)


@dataclass(frozen=True, eq=False)
class Residents:
    """Everybody who lives there, in the order of their homes; one place per person everywhere.

    Attributes
    ----------
    ids : tuple of str
        Ids.
    home, street, area : array of int
        Where they live, counted from 0.
    home_size, seat : array of int
        How many live there, and which of them this is.
    age : array of int
        Years, on the first day.
    tongue : array of int
        Place in `TONGUES`.
    walks : array of int
        Metres; -1 without a limit.
    wheels : array of bool
        Uses a wheelchair.
    fame : array of float
        How easily others get to know them: most a little, a few very much.
    solitary : array of bool
        Lives alone and knows nobody.
    ground : Ground
        How the neighbourhood is divided.
    """

    ids: tuple[str, ...]
    home: Whole
    home_size: Whole
    seat: Whole
    street: Whole
    area: Whole
    age: Whole
    tongue: Whole
    walks: Whole
    wheels: Bits
    fame: Floats
    solitary: Bits
    ground: Ground

    @property
    def count(self) -> int:
        """How many."""
        return len(self.ids)

    @cached_property
    def adults(self) -> Whole:
        """Positions of those who are of age."""
        return np.flatnonzero(self.age >= OF_AGE)

    @cached_property
    def area_edges(self) -> Whole:
        """Position of the first person of every area, and the number of all people."""
        return np.searchsorted(self.area, np.arange(self.ground.areas + 1)).astype(np.int64)

    @cached_property
    def riders(self) -> Bits:
        """Who cannot get far alone."""
        return np.asarray(((self.walks >= 0) & (self.walks <= 500)) | self.wheels)

    @cached_property
    def known(self) -> Floats:
        """Running sum of `fame`, to draw from any stretch of people."""
        return np.concatenate([[0.0], np.cumsum(np.where(self.solitary, 0.0, self.fame))])

    def born(self, year: int) -> list[int]:
        """Return everybody's decade of birth."""
        return [int(n) for n in (year - self.age) // 10 * 10]


def settled(count: int, draws: Draws, recipe: Recipe, words: Words) -> Residents:
    """Let people live in homes, homes in streets and streets in areas."""
    sizes = draws.stream("homes").chosen(count, HOME_SIZES) + 1
    home = np.repeat(np.arange(count), sizes)[:count].astype(np.int64)
    home_size = np.bincount(home)[home].astype(np.int64)
    seat = (np.arange(count) - np.searchsorted(home, home)).astype(np.int64)
    street = home // HOMES_PER_STREET
    streets = int(street[-1]) + 1
    per_area = max(1, min(STREETS_PER_AREA, streets // FEWEST_AREAS))
    ground = Ground(
        areas=max(FEWEST_AREAS, -(-streets // per_area)),
        streets_per_area=per_area,
        homes_per_street=HOMES_PER_STREET,
        centres=centres(count),
    )
    age = _ages(draws, home, home_size, seat)
    single = home_size == 1
    share = recipe.alone / max(float(single.mean()), recipe.alone, 1e-9)
    stream = draws.stream("legs")
    stiff = stream.flags(count, np.where(age >= OLD, 0.35, 0.02))
    walks = np.where(stiff, np.asarray(_WALKS)[stream.whole(count, len(_WALKS))], -1)
    return Residents(
        ids=tuple(words.id("p", n) for n in range(count)),
        home=home,
        home_size=home_size,
        seat=seat,
        street=street,
        area=street // per_area,
        age=age,
        tongue=draws.stream("tongues").chosen(count, _TONGUE_SHARES)[home],
        walks=walks.astype(np.int64),
        wheels=stream.flags(count, np.where(age >= OLD, 0.03, 0.006)),
        fame=_fame(draws, count),
        solitary=np.asarray(single & draws.stream("solitary").flags(count, share)),
        ground=ground,
    )


def _ages(draws: Draws, home: Whole, size: Whole, seat: Whole) -> Whole:
    """Draw ages: partners are about as old as each other; the others are their children."""
    stream = draws.stream("ages")
    homes = int(home[-1]) + 1
    eldest = np.where(
        stream.flags(homes, 0.3), 65 + stream.whole(homes, 30), 24 + stream.whole(homes, 41)
    )[home]
    eldest = np.where(size >= 3, 30 + (eldest - 24) * 30 // 71, eldest)
    partner = np.maximum(20, eldest - 4 + stream.whole(len(home), 9))
    child = np.maximum(0, eldest - 30 + stream.whole(len(home), 8) - 3)
    age = np.where(seat == 0, eldest, np.where(seat == 1, partner, child))
    return np.asarray(age, dtype=np.int64)


def _fame(draws: Draws, count: int) -> Floats:
    """Draw a heavy tail: one in a hundred is ten times as well known as the least known."""
    rest = 1.0 - draws.stream("fame").uniform(count)
    return np.asarray(np.minimum(1.0 / np.sqrt(rest), 40.0))
