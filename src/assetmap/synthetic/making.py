"""One call that makes a whole neighbourhood, every table of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import numpy as np

from assetmap.errors import UnusableInput
from assetmap.model import CategoryRow, Neighbourhood, Policy, Record, Safeguard
from assetmap.synthetic.acquaintance import acquainted, introductions, ties
from assetmap.synthetic.answers import Answers
from assetmap.synthetic.draws import Draws
from assetmap.synthetic.ground import areas, places, travel
from assetmap.synthetic.offers import of_parties, offered, talents
from assetmap.synthetic.parties import (
    Party,
    activities,
    agreements,
    initiatives,
    memberships,
    met,
    organisations,
    parties,
)
from assetmap.synthetic.people import people
from assetmap.synthetic.questions import Asker, Calendar
from assetmap.synthetic.recipe import Recipe
from assetmap.synthetic.residents import Residents, settled
from assetmap.synthetic.weeks import Diary
from assetmap.synthetic.words import Words

__all__ = ["neighbourhood"]

FEWEST, MOST = 10, 1_000_000
MOST_WEEKS = 520
FIRST_DAY = dt.date(2026, 5, 25)


def neighbourhood(
    residents: int = 1200,
    seed: int = 1,
    *,
    weeks: int = 26,
    start: dt.date = FIRST_DAY,
    recipe: Recipe | None = None,
    hostile: bool = False,
) -> Neighbourhood:
    """Make up a neighbourhood, every table of it; everybody in it is invented.

    The same arguments give the same neighbourhood. More weeks add what happened later, and leave
    people, talents, ties and earlier weeks as they were; only of a question that was open it may
    become known how it ended.

    Parameters
    ----------
    residents : int, default 1200
        How many people live there, from 10 to 1,000,000; workers come on top.
    seed : int, default 1
        Another seed gives another neighbourhood.
    weeks : int, default 26
        Weeks of history, from 1 to 520; proposals are for the week after them.
    start : date, default 25 May 2026
        First day of the history. It is moved back to the Monday of its week.
    recipe : Recipe, optional
        The proportions, and the language of the texts. Default: ``Recipe()``.
    hostile : bool, default False
        Fill two in three free texts, and some ids, with what may break a page or a spreadsheet:
        markup, formulas, other scripts, very long texts, names that look like ids.

    Returns
    -------
    Neighbourhood
        Checked like any other.

    Raises
    ------
    UnusableInput
        A number outside its limits.

    Examples
    --------
    >>> hood = neighbourhood(residents=60, seed=3, weeks=4)
    >>> len([p for p in hood.people if not p.is_worker]), hood == neighbourhood(60, 3, weeks=4)
    (60, True)
    """
    _possible(residents, seed, weeks)
    recipe = recipe or Recipe()
    words, draws = Words(recipe.language, hostile=hostile), Draws(seed)
    monday = start - dt.timedelta(days=start.weekday())
    records = _everything(draws, recipe, words, residents=residents, days=(monday, weeks))
    return Neighbourhood.from_records(*records, policy=Policy(language=recipe.language))


def _everything(
    draws: Draws, recipe: Recipe, words: Words, *, residents: int, days: tuple[dt.date, int]
) -> Iterator[Iterable[Record]]:
    """Make all records, from the ground up: where, who, who knows whom, and what then happens."""
    monday = days[0]
    living = settled(residents, draws, recipe, words)
    running = parties(living, draws, recipe, words)
    dated = activities(running, words, start=monday)
    ground = places(living.ground, words)
    going = [row for row in dated if row.rrule is not None]
    offers = offered(living, draws, recipe, going)
    given = talents(offers, living, draws, words, going=going, start=monday)
    given += of_parties(running, living, words, first=len(given), places=ground)
    known = [*acquainted(living, draws, recipe), met(running)]
    yield people(living, draws, recipe, words, start=monday)
    yield from (given, dated, ground, organisations(words), _own_categories(words))
    yield areas(living.ground, _in_areas(living), monday.year, words)
    yield travel(living.ground, ground)
    yield initiatives(running, living, words, start=monday)
    yield memberships(running, living, words, start=monday)
    yield agreements(running, words, start=monday)
    yield _safeguards(running, living, draws, words, start=monday)
    yield ties(known, living, draws, start=monday)
    asker = Asker(living, draws, recipe, words, calendar=Calendar(running, dated))
    before = asker.of_initiatives(running, monday)
    yield before
    answers = Answers(living, draws, words, offered=offers, talents=given, parties=running)
    diary = Diary(living, draws, recipe, words, parties=running)
    yield _history(asker, answers, diary, asked=len(before), days=days)


def _history(
    asker: Asker, answers: Answers, diary: Diary, *, asked: int, days: tuple[dt.date, int]
) -> Iterator[Record]:
    """Let the weeks go by: what is asked, what becomes of it, who is introduced, what is heard."""
    residents, draws, words = asker.residents, asker.draws, asker.words
    monday, weeks = days
    until = monday + dt.timedelta(weeks=weeks)
    for week in range(weeks):
        day = monday + dt.timedelta(weeks=week)
        found = answers.week(asker.week(week, day, asked), week, until=until)
        asked += len(found)
        yield from found
        yield from introductions(residents, draws, words, week=week, day=day)
        diary.week(week, day)
    yield from answers.arrangements
    yield from answers.decided()
    yield from answers.referrals
    yield from diary.everything()


def _possible(residents: int, seed: int, weeks: int) -> None:
    if not FEWEST <= residents <= MOST:
        raise UnusableInput(f"residents: give a number from {FEWEST} to {MOST:,}")
    if seed < 0:
        raise UnusableInput("seed: give a whole number of 0 or more")
    if not 1 <= weeks <= MOST_WEEKS:
        raise UnusableInput(f"weeks: give a number from 1 to {MOST_WEEKS}")


def _in_areas(living: Residents) -> list[int]:
    return [int(n) for n in np.bincount(living.area, minlength=living.ground.areas)]


def _safeguards(
    running: list[Party], living: Residents, draws: Draws, words: Words, *, start: dt.date
) -> list[Safeguard]:
    """Keep a few people apart from an initiative or from each other, for a while."""
    stream = draws.stream("safeguards")
    count = max(2, living.count // 600)
    who = living.adults[stream.whole(count, len(living.adults))].tolist()
    step = stream.whole(count, max(len(living.adults) // 3, 1)).tolist()
    found = []
    for number, person in enumerate(who):
        at = int(np.searchsorted(living.adults, person))
        other = int(living.adults[(at + 1 + step[number]) % len(living.adults)])
        party = running[number * 7 % len(running)].id
        kept_from = party if number % 2 == 0 or other == person else living.ids[other]
        found.append(
            Safeguard(
                safeguard=words.id("s", number),
                person=living.ids[person],
                at=kept_from,
                from_=start - dt.timedelta(days=20 + number % 60),
                until=start + dt.timedelta(days=360),
                review_on=start + dt.timedelta(days=170 + number % 60),
                reason=("conflict", "request", "threat", "harm")[number % 4],
            )
        )
    return found


def _own_categories(words: Words) -> list[CategoryRow]:
    """Add categories of the team's own."""
    return [
        CategoryRow(
            category="swap_shelf",
            parent="goods",
            name_nl=words.one("heard_idea", 2) if words.hostile else "ruilkast",
            name_en="swap shelf",
            answers=(("goods", 60),),
            distance="matters",
            at="place",
            group_first=True,
            domain="liveability",
            parties=("housing",),
        ),
        CategoryRow(
            category="money_talk",
            parent="debt_help",
            name_nl="gesprek over geld",
            name_en="talk about money",
            reserved=True,
            safety=False,
        ),
    ]
