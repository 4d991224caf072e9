"""All offers of a neighbourhood in a week, and which of them answer a need in kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from assetmap.categories import Tree
from assetmap.model import (
    Activity,
    Initiative,
    Need,
    Organisation,
    Person,
    Place,
    Record,
    Role,
    Talent,
)
from assetmap.plans.asks import Ask
from assetmap.plans.offers import Offer, OfferKind
from assetmap.plans.scene import Scene
from assetmap.plans.times import Hours

__all__ = ["Catalogue"]

CIVIC = frozenset({"association", "church", "mosque", "club", "residents", "foundation"})
"""Kinds of organisation that people form themselves."""
ROOM = "space"
VOLUNTEER_PERCENT = 30
"""How well any volunteer suits an initiative that just asks for volunteers."""
VACANCY_FOR = "volunteering"
"""What an initiative that asks for people offers to somebody who wants to do something."""


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The offers of a scene, found by category."""

    scene: Scene

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """Every offer whose category is known and no safety theme, by key."""
        hood, tree = self.scene.hood, self.scene.tree
        made = [
            *(self._talent(t) for t in hood.talents),
            *(self._activity(a) for a in hood.activities),
            *(self._vacancy(n) for n in hood.needs if self._asks_people(n)),
            *(self._place(p, c) for p in hood.places for c in self._lends(p)),
        ]
        fit = (o for o in made if o.category in tree and not tree.is_safety(o.category))
        return tuple(sorted(fit, key=lambda o: o.key))

    def with_rows(self, scene: Scene, rows: Collection[Record]) -> Catalogue:
        """Return the offers of a scene in which a few rows are new or in the place of their own.

        Parameters
        ----------
        scene : Scene
            As the one of this catalogue, but for these rows.
        rows : collection of Record
            People, talents, activities and needs. Where more than offers of their own follows
            from one of them, everything is made anew.
        """
        made = Catalogue(scene)
        if any(self._touches_others(row) for row in rows):
            return made
        tree = scene.tree
        talents = [made._talent(t) for t in rows if isinstance(t, Talent)]
        every = [*talents, *(made._activity(a) for a in rows if isinstance(a, Activity))]
        new = [o for o in every if o.category in tree and not tree.is_safety(o.category)]
        gone, kinds = {o.key for o in every}, {o.category for o in every}

        def exchanged(offers: Iterable[Offer], more: Iterable[Offer]) -> tuple[Offer, ...]:
            stay = [o for o in offers if o.key not in gone]
            return tuple(sorted([*stay, *more], key=lambda o: o.key))

        kinds |= {o.category for o in self.offers if o.key in gone}
        before = self._by_category
        by_category = {
            kind: exchanged(before.get(kind, ()), [o for o in new if o.category == kind])
            for kind in kinds
        }
        vars(made).update(
            offers=exchanged(self.offers, new),
            drivers=exchanged(self.drivers, [o for o in new if made._drives(o)]),
            hours=self.hours,
            _by_category={**before, **by_category},
        )
        return made

    def _touches_others(self, row: Record) -> bool:
        """Say whether other offers may follow from a row: a vacancy, or a place that is lent."""
        if isinstance(row, Talent):
            was = self.scene.hood.index["talents"].get(row.talent)
            return row.place != getattr(was, "place", None)
        if isinstance(row, Need):
            return row.owner in self.scene.hood.index["initiatives"]
        if isinstance(row, Person):
            return row.person in self.scene.people
        return not isinstance(row, Activity)

    def _talent(self, talent: Talent) -> Offer:
        scene = self.scene
        owner = scene.hood.owner(talent.owner)
        at = scene.hood.index["places"].get(talent.place or "")
        return Offer(
            kind=OfferKind.TALENT,
            id=talent.talent,
            owner=owner,
            provider=str(owner.id),
            category=talent.category,
            role=role_of(talent, owner),
            spot=scene.spot(at or owner),
            windows=talent.available or getattr(owner, "available", None),
            languages=talent.languages or getattr(owner, "languages", None),
            talent=talent,
        )

    def _activity(self, activity: Activity) -> Offer:
        initiative = self.scene.initiative(activity)
        languages = activity.languages or getattr(initiative, "languages", None)
        return Offer(
            kind=OfferKind.ACTIVITY,
            id=activity.activity,
            owner=initiative,
            provider=str(initiative.id) if initiative is not None else activity.activity,
            category=activity.category,
            role=None,
            led=self._led(initiative),
            spot=self.scene.spot(activity),
            windows=None,
            languages=languages,
            activity=activity,
        )

    def _led(self, initiative: Initiative | None) -> bool:
        """Say whether a worker or an organisation stands behind it."""
        if initiative is None:
            return False
        manager = self.scene.people.get(initiative.manager or "")
        return initiative.host is not None or (manager is not None and manager.is_worker)

    def _asks_people(self, need: Need) -> bool:
        tree = self.scene.tree
        if need.owner not in self.scene.hood.index["initiatives"] or need.category not in tree:
            return False
        if need.closed_on is not None and need.closed_on <= self.scene.week.sunday:
            return False
        line = (need.category, *tree.ancestors(need.category))
        return bool({VACANCY_FOR, "host", "cook", "odd_job", "garden"} & set(line))

    def _vacancy(self, need: Need) -> Offer:
        owner = self.scene.hood.find(need.owner, "initiatives", "organisations")
        return Offer(
            kind=OfferKind.VACANCY,
            id=need.need,
            owner=owner,
            provider=str(owner.id),
            category=VACANCY_FOR,
            role=None,
            spot=self.scene.spot(owner),
            windows=need.when,
            languages=need.languages or getattr(owner, "languages", None),
            vacancy=need,
        )

    def _lends(self, place: Place) -> tuple[str, ...]:
        """Return as what a place can be asked: land where it says so, else a room."""
        tree = self.scene.tree
        if any(t.place == place.place for t in self.scene.hood.talents):
            return ()  # somebody offers it, and says on what conditions
        known = {tree.find(word) or word for word in place.space_for or ()}
        return tuple(sorted({c if _is_room(tree, c) else ROOM for c in known}))

    def _place(self, place: Place, category: str) -> Offer:
        """Return what a place can lend itself to; its manager, else its owner, says yes."""
        manager = place.manager or place.owner
        return Offer(
            kind=OfferKind.PLACE,
            id=place.place,
            owner=self.scene.hood.owner(manager) if manager is not None else place,
            provider=place.place,
            category=category,
            role=None,
            spot=self.scene.spot(place),
            windows=None,
            languages=None,
            place=place,
        )

    @cached_property
    def _by_category(self) -> Mapping[str, tuple[Offer, ...]]:
        found: dict[str, list[Offer]] = defaultdict(list)
        for offer in self.offers:
            found[offer.category].append(offer)
        return {category: tuple(offers) for category, offers in found.items()}

    @cached_property
    def _by_party(self) -> Mapping[str, tuple[Offer, ...]]:
        """Offers by whose they are; activities by their own id as well."""
        found: dict[str, list[Offer]] = defaultdict(list)
        for offer in self.offers:
            for name in {offer.provider, offer.id if offer.activity is not None else ""}:
                found[name].append(offer)
        return {name: tuple(offers) for name, offers in found.items()}

    @cached_property
    def hours(self) -> Hours:
        """When two sides could meet."""
        return Hours(self.scene)

    def answering(self, ask: Ask) -> tuple[tuple[Offer, int], ...]:
        """Return the offers that answer a need in kind, with how well (1 to 100), by key.

        A need that names activities or initiatives (`wants`) is answered by those alone.
        """
        wants = set(ask.need.wants or ())
        if wants:
            helps = _seeks_to_help(self.scene, ask)
            named = {o.key: o for want in sorted(wants) for o in self._by_party.get(want, ())}
            asked = (named[key] for key in sorted(named) if _wanted(named[key], wants, helps=helps))
            person = ask.person is not None
            fit = (o for o in asked if person or o.kind is not OfferKind.ACTIVITY)
            return tuple((o, how) for o in fit if (how := self._answers(o, ask)))
        helps, tree = _seeks_to_help(self.scene, ask), self.scene.tree
        found = {
            offer: percent
            for category, percent in self.scene.tree.answering(ask.need.category)
            for offer in self._by_category.get(category, ())
            if (offer.kind is not OfferKind.VACANCY or helps)
            and not (offer.talent is not None and offer.talent.going_to and _is_ride(tree, offer))
            and (offer.kind is not OfferKind.ACTIVITY or ask.person is not None)
        }
        for offer in self._volunteers if self._takes_anybody(ask) else ():
            found.setdefault(offer, VOLUNTEER_PERCENT)
        kept = [(o, percent) for o, percent in found.items() if not self._better_asked(ask, o)]
        return tuple(sorted(kept, key=lambda pair: pair[0].key))

    def _answers(self, offer: Offer, ask: Ask) -> int:
        """Return how well something answers that is wanted by name; a talent has to be in kind."""
        if offer.kind is not OfferKind.TALENT:
            return 100
        return self.scene.tree.answer(offer.category, ask.need.category)

    @cached_property
    def _volunteers(self) -> tuple[Offer, ...]:
        """The talents that people give as volunteers, whatever they are."""
        return tuple(o for o in self.offers if o.person is not None and o.role is Role.VOLUNTEER)

    def _takes_anybody(self, ask: Ask) -> bool:
        """Say whether an initiative just asks for volunteers."""
        return isinstance(ask.owner, Initiative) and ask.need.category == VACANCY_FOR

    def _better_asked(self, ask: Ask, offer: Offer) -> bool:
        """Say whether a vacancy is better met by a talent that this person offers already."""
        if offer.vacancy is None:
            return False
        asked, plain = offer.vacancy.category, offer.vacancy.category == VACANCY_FOR
        own = self.scene.talents_of.get(ask.need.owner, ())
        if plain and any(t.role is Role.VOLUNTEER for t in own):
            return True
        return any(self.scene.tree.answer(t.category, asked) > 0 for t in own)

    @cached_property
    def drivers(self) -> tuple[Offer, ...]:
        """The talents that can carry somebody, by key."""
        return tuple(o for o in self.offers if self._drives(o))

    def _drives(self, offer: Offer) -> bool:
        return offer.talent is not None and _is_ride(self.scene.tree, offer)


def _is_ride(tree: Tree, offer: Offer) -> bool:
    return "ride" in (offer.category, *tree.ancestors(offer.category))


def _is_room(tree: Tree, category: str) -> bool:
    return category in tree and bool({ROOM, "land"} & {category, *tree.ancestors(category)})


def _wanted(offer: Offer, wants: set[str], *, helps: bool) -> bool:
    """Say whether an offer is one of the activities, or of the initiatives, that are wanted."""
    if offer.kind is OfferKind.ACTIVITY:
        return offer.id in wants or offer.provider in wants
    if offer.kind is OfferKind.VACANCY:
        return helps and offer.provider in wants
    return offer.kind is OfferKind.TALENT and offer.provider in wants and offer.person is None


def _seeks_to_help(scene: Scene, ask: Ask) -> bool:
    """Say whether a vacancy may answer: who wants to help, or has a talent and wants company."""
    if ask.person is None:
        return False
    line = {ask.need.category, *scene.tree.ancestors(ask.need.category)}
    if line & {VACANCY_FOR, "work_experience"}:
        return True
    gives = ask.need.owner in scene.talents_of
    return gives and scene.tree.answer(VACANCY_FOR, ask.need.category) > 0


def role_of(talent: Talent, owner: Record) -> Role | None:
    """Return in which capacity a talent is given; None for initiatives and places.

    Blank is read as neighbour for residents, as professional for workers and for organisations
    other than associations, churches and the like, which stand beside initiatives.
    """
    if talent.role is not None and not isinstance(owner, Initiative):
        return talent.role
    if isinstance(owner, Person):
        return Role.PROFESSIONAL if owner.is_worker else Role.NEIGHBOUR
    if isinstance(owner, Organisation) and (owner.kind or "") not in CIVIC:
        return Role.PROFESSIONAL
    return None
