"""The hard rules: one named predicate each, in the fixed order in which the funnel tells them.

A rule looks at one need and one offer (dates come later, in `dates`), and says whether the offer
may stay. Blank is unknown and never held against anybody, except where somebody is protected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.categories import Where
from assetmap.model import (
    Initiative,
    InitiativeStatus,
    Person,
    Place,
    Role,
    Setting,
    Term,
    reference,
)
from assetmap.plans.age import under_age
from assetmap.plans.offers import Offer
from assetmap.plans.outcome import Reason
from assetmap.plans.refusals import refused
from assetmap.plans.walking import needs_ride
from assetmap.privacy import SharingScope, may_propose, sharing_of

if TYPE_CHECKING:
    from assetmap.plans.asks import Ask
    from assetmap.plans.scene import Scene

__all__ = ["RULES", "Rule", "distance", "first_broken", "languages_shared", "sharing"]

Test = Callable[["Scene", "Ask", Offer], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One hard rule.

    Attributes
    ----------
    name : str
        What the funnel calls it.
    reason : Reason
        What is told when nothing got further than this rule.
    holds : callable
        Whether the offer may stay.
    """

    name: str
    reason: Reason
    holds: Test


def _somebody_else(scene: Scene, ask: Ask, offer: Offer) -> bool:
    return offer.owner is not ask.owner and offer.provider != ask.need.owner


def sharing(scene: Scene, ask: Ask, person: Person) -> SharingScope:
    """Say whether somebody may be proposed for this question.

    Returns
    -------
    SharingScope
        ``everybody``: yes. ``team``: only the worker who knows them may decide that; they are
        counted, not named. ``nobody``: no.
    """
    to_team = scene.teams.get(reference("people", ask.worker)) if ask.worker else None
    own_team = scene.teams.get(reference("people", person.person))
    if may_propose(person, own_team=own_team, to_team=to_team, asof=scene.today):
        return SharingScope.EVERYBODY
    return sharing_of(person, asof=scene.today).scope


def asker_may_be_named(scene: Scene, ask: Ask, offer: Offer) -> bool:
    """Say whether who gives an offer may hear who asks.

    Whoever said no to sharing is made known to nobody new: what is left is their own network,
    their own worker, and who or what was arranged for this need before.
    """
    asker = ask.person
    if asker is None or sharing_of(asker, asof=scene.today).scope is not SharingScope.NOBODY:
        return True
    if offer.person is not None and scene.strength(asker.person, offer.provider) > 0:
        return True
    before = {r.provider for r in scene.arrangements.get(ask.id, ())}
    seat = offer.activity is not None and ask.arranged == offer.id
    return seat or offer.provider in {ask.need.worker, asker.worker} | before


def _may_be_proposed(scene: Scene, ask: Ask, offer: Offer) -> bool:
    if not asker_may_be_named(scene, ask, offer):
        return False
    if offer.person is None:
        return True
    scope = sharing(scene, ask, offer.person)
    if scope is SharingScope.TEAM:  # whom the asker knows already, nobody needs to reveal
        return scene.strength(ask.need.owner, offer.provider) > 0
    return scope is SharingScope.EVERYBODY


def _not_kept_apart(scene: Scene, ask: Ask, offer: Offer) -> bool:
    if ask.person is None:
        party = ask.need.owner
        return offer.person is None or not scene.kept_apart(offer.provider, party)
    places = [offer.provider]
    if offer.activity is not None:
        return _welcome_some_day(scene, ask.person.person, offer)
    if offer.talent is not None and offer.talent.going_to:
        places.append(offer.talent.going_to)
    return not any(scene.kept_apart(ask.person.person, place) for place in places)


def _welcome_some_day(scene: Scene, person: str, offer: Offer) -> bool:
    """Say whether there is a date within reach on which nobody has to stay away."""
    assert offer.activity is not None
    dates = scene.meetings.get(offer.id) or (scene.next_meeting(offer.id),)
    days = [meeting.start.date() for meeting in dates if meeting is not None] or [scene.today]
    places = (offer.provider, offer.id)
    return any(not any(scene.kept_apart(person, at, day) for at in places) for day in days)


def _not_refused(scene: Scene, ask: Ask, offer: Offer) -> bool:
    named = {offer.provider} | ({offer.id} if offer.activity is not None else set())
    return not any(refused(scene, ask.id, name) for name in named)


def _of_age(scene: Scene, ask: Ask, offer: Offer) -> bool:
    minors = [
        p for p in (ask.person, offer.person) if p is not None and under_age(p, scene.today.year)
    ]
    if not minors:
        return True
    line = {ask.need.category, *scene.tree.ancestors(ask.need.category)}
    return scene.policy.minors and bool(line & set(scene.policy.minor_categories))


def reserved(scene: Scene, category: str) -> bool:
    """Say whether this team keeps a category for professionals."""
    line = (category, *scene.tree.ancestors(category))
    if any(c in scene.policy.not_reserved for c in line):
        return False
    return any(c in scene.policy.reserved for c in line) or bool(scene.tree[category].reserved)


def _professional_if_reserved(scene: Scene, ask: Ask, offer: Offer) -> bool:
    if not reserved(scene, ask.need.category):
        return True
    return offer.role is Role.PROFESSIONAL or offer.led


def _discreet(scene: Scene, ask: Ask, offer: Offer) -> bool:
    """Wishes about who: not known, not from some area, sensitive."""
    need, person = ask.need, offer.person
    if person is None:
        return not need.sensitive or offer.role is Role.PROFESSIONAL
    known = scene.strength(need.owner, person.person) > 0
    if (need.not_known or "yes" in (need.not_area or ())) and known:
        return False
    if need.not_area and not _from_elsewhere(ask, person, need.not_area):
        return False
    if not need.sensitive or offer.role is Role.PROFESSIONAL:
        return True
    return offer.role is Role.VOLUNTEER and not known and not _next_door(ask, person)


def _next_door(ask: Ask, person: Person) -> bool:
    """Say whether somebody lives in the asker's own area, or may well do so."""
    if ask.spot.area is None:
        return False
    return person.area is None or person.area == ask.spot.area


def _from_elsewhere(ask: Ask, person: Person, areas: tuple[str, ...]) -> bool:
    """Say whether somebody surely comes from outside; an unknown area protects nobody."""
    own = ask.spot.area if "yes" in areas else None
    barred = {a for a in areas if a not in {"yes", "no"}} | ({own} if own else set())
    if "yes" in areas and own is None:
        return False
    return not barred or (person.area is not None and person.area not in barred)


def _conversation_first(scene: Scene, ask: Ask, offer: Offer) -> bool:
    if ask.talked:
        return True
    return offer.role is not Role.PROFESSIONAL and (
        scene.personal.get(ask.need.owner, {}).get(offer.provider, 0) > 0
    )


def _in_audience(scene: Scene, ask: Ask, offer: Offer) -> bool:
    audience = offer.activity.audience if offer.activity is not None else None
    if not audience:
        return True
    return ask.person is not None and bool(_folded(ask.person.groups) & _folded(audience))


def _folded(words: Iterable[str] | None) -> set[str]:
    return {word.casefold() for word in words or ()}


_LENGTH = {Term.ONCE: 0, Term.SHORT: 1, Term.LONG: 2}


def _long_enough(scene: Scene, ask: Ask, offer: Offer) -> bool:
    """One-off offers are never bound to a recurring need, nor short ones to a long need."""
    term = offer.talent.term if offer.talent is not None else None
    if term is None:
        return True
    asked = ask.need.term or (Term.SHORT if ask.need.rrule else Term.ONCE)
    if ask.need.rrule and asked is Term.ONCE:
        asked = Term.SHORT
    return _LENGTH[term] >= _LENGTH[asked]


def languages_shared(ask: Ask, offer: Offer) -> bool | None:
    """Say whether asker and offer have a language in common; None: unknown."""
    if ask.languages is None or offer.languages is None:
        return None
    bases = [{tag.partition("-")[0] for tag in tags} for tags in (ask.languages, offer.languages)]
    return bool(bases[0] & bases[1])


def _understood(scene: Scene, ask: Ask, offer: Offer) -> bool:
    return languages_shared(ask, offer) is not False or not ask.need.language_hard


def _accessible(scene: Scene, ask: Ask, offer: Offer) -> bool:
    wheels = ask.person is not None and ask.person.wheelchair
    if wheels and offer.talent is not None and is_ride(scene, offer):
        return offer.talent.wheelchair is True
    place = place_of(scene, offer)
    if place is None:
        return True
    if wheels and place.step_free is False:
        return False
    return not (ask.need.setting is Setting.QUIET and place.quiet is False)


def is_ride(scene: Scene, offer: Offer) -> bool:
    """Say whether an offer is a seat in a car."""
    return "ride" in (offer.category, *scene.tree.ancestors(offer.category))


def place_of(scene: Scene, offer: Offer) -> Place | None:
    """Return the place where an offer happens, if one is recorded."""
    if offer.place is not None:
        return offer.place
    record = offer.activity or offer.talent
    at = record.place if record is not None else None
    if at is None and offer.activity is not None:
        initiative = scene.initiative(offer.activity)
        at = initiative.place if initiative is not None else None
    found = scene.hood.index["places"].get(at or "")
    return found if isinstance(found, Place) else None


def _affordable(scene: Scene, ask: Ask, offer: Offer) -> bool:
    record = offer.activity or offer.talent
    fee = record.fee_eur if record is not None else None
    most = ask.need.fee_max_eur
    return fee is None or most is None or fee <= most


def _formal_route_open(scene: Scene, ask: Ask, offer: Offer) -> bool:
    """Say whether it is not the formal provision that is closed to the asker."""
    route = ask.need.formal_route
    if route is None or ask.need.formal_open is not False:
        return True
    record = offer.activity or offer.owner
    names = {offer.id, offer.provider, getattr(record, "name", None)}
    return route.casefold() not in {n.casefold() for n in names if n}


def _opted_in(scene: Scene, ask: Ask, offer: Offer) -> bool:
    """Peer contact between two people needs a shared experience that both opted in on."""
    peers = (ask.need.category, *scene.tree.ancestors(ask.need.category))
    if "peer_contact" not in peers or offer.person is None or ask.person is None:
        return True
    if offer.role is Role.PROFESSIONAL:
        return True
    mine = _folded(tag for tag, yes in ask.person.experiences or () if yes)
    theirs = _folded(tag for tag, yes in offer.person.experiences or () if yes)
    return bool(mine & theirs)


def _still_there(scene: Scene, ask: Ask, offer: Offer) -> bool:
    """Say whether offer and owner have not stopped."""
    owner = offer.owner
    if isinstance(owner, Initiative) and owner.status is InitiativeStatus.ENDED:
        return False
    if offer.activity is not None:
        return scene.next_meeting(offer.activity.activity) is not None
    for row in (offer.talent, offer.person):
        if row is None:
            continue
        if row.until is not None and row.until < scene.today:
            return False
    return True


def _kilometres(value: float | None, fallback: int) -> int:
    return fallback if value is None else round(value * 1000)


def distance(scene: Scene, ask: Ask, offer: Offer) -> int | None:
    """Return the metres between asker and offer; None: unknown, or it does not matter here."""
    if scene.tree[offer.category].at is Where.REMOTE or ask.category.at is Where.REMOTE:
        return None
    return scene.geography.metres(ask.spot, offer.spot)


def _within_reach(scene: Scene, ask: Ask, offer: Offer) -> bool:
    metres = distance(scene, ask, offer)
    talent = offer.talent
    area = ask.spot.area
    if talent is not None and talent.areas and area is not None and area not in talent.areas:
        return False
    visits = talent is not None and ask.category.at in {Where.PROVIDER, Where.PLACE}
    if visits and needs_ride(scene, ask.need, ask.person, offer.spot):
        return False
    if metres is None:
        return True
    usual = scene.policy.distances.default_max_m
    own = _kilometres(ask.need.max_km, usual)
    theirs = _kilometres(talent.max_km, usual) if talent is not None else own
    return metres <= min(own, theirs)


RULES: tuple[Rule, ...] = (
    Rule("somebody_else", Reason.NO_TALENT, _somebody_else),
    Rule("sharing", Reason.NOT_POSSIBLE_HERE, _may_be_proposed),
    Rule("safeguard", Reason.NOT_POSSIBLE_HERE, _not_kept_apart),
    Rule("refused", Reason.NOT_POSSIBLE_HERE, _not_refused),
    Rule("of_age", Reason.NOT_POSSIBLE_HERE, _of_age),
    Rule("opted_in", Reason.NOT_POSSIBLE_HERE, _opted_in),
    Rule("formal_route", Reason.NOT_POSSIBLE_HERE, _formal_route_open),
    Rule("discreet", Reason.NOT_POSSIBLE_HERE, _discreet),
    Rule("reserved", Reason.NEEDS_WORKER, _professional_if_reserved),
    Rule("conversation", Reason.FIRST_CONVERSATION, _conversation_first),
    Rule("lasting", Reason.ENDED, _still_there),
    Rule("audience", Reason.AUDIENCE, _in_audience),
    Rule("term", Reason.TERM, _long_enough),
    Rule("language", Reason.NO_SHARED_LANGUAGE, _understood),
    Rule("accessible", Reason.NOT_ACCESSIBLE, _accessible),
    Rule("fee", Reason.FEE_OVER_BUDGET, _affordable),
    Rule("reach", Reason.TOO_FAR, _within_reach),
)
"""The rules that need no date, in the order of the funnel."""


def first_broken(scene: Scene, ask: Ask, offer: Offer) -> Rule | None:
    """Return the first rule that removes an offer; None if it may stay."""
    return next((rule for rule in RULES if not rule.holds(scene, ask, offer)), None)
