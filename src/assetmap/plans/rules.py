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
    Need,
    Person,
    Place,
    Role,
    Term,
    reference,
)
from assetmap.model.age import under_age
from assetmap.plans.entering import quiet_wanted, step_free_wanted
from assetmap.plans.offers import Offer, OfferKind
from assetmap.plans.outcome import Reason
from assetmap.plans.readiness import supported, supportive, trained
from assetmap.plans.refusals import refused
from assetmap.plans.walking import needs_ride
from assetmap.privacy import SharingScope, may_propose, sharing_of

if TYPE_CHECKING:
    from assetmap.plans.asks import Ask
    from assetmap.plans.scene import Scene

__all__ = [
    "RULES",
    "Rule",
    "all_but",
    "asker_may_be_named",
    "distance",
    "first_broken",
    "languages_shared",
    "sharing",
    "sifted",
]

Test = Callable[[Offer], bool]
"""Whether one offer may stay, for a need that is known already."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One hard rule.

    Attributes
    ----------
    name : str
        What the funnel calls it.
    reason : Reason
        What is told when nothing got further than this rule.
    test : callable
        Makes the test of offers for one need, with what does not depend on the offer worked out
        once; None where no offer can break the rule.
    """

    name: str
    reason: Reason
    test: Callable[[Scene, Ask], Test | None]

    def holds(self, scene: Scene, ask: Ask, offer: Offer) -> bool:
        """Say whether an offer may stay."""
        test = self.test(scene, ask)
        return test is None or test(offer)


def _always(_offer: Offer) -> bool:
    return True


def _never(_offer: Offer) -> bool:
    return False


def _somebody_else(_scene: Scene, ask: Ask) -> Test:
    owner, name = ask.owner, ask.need.owner
    return lambda offer: offer.owner is not owner and offer.provider != name


def sharing(scene: Scene, ask: Ask, person: Person) -> SharingScope:
    """Say whether somebody may be proposed for this question.

    Returns
    -------
    SharingScope
        ``everybody``: yes. ``team``: only the worker who knows them may decide that; they are
        counted, not named. ``nobody``: no.
    """
    return _scope(scene, _team_of(scene, ask), person)


def _team_of(scene: Scene, ask: Ask) -> str | None:
    return scene.teams.get(reference("people", ask.worker)) if ask.worker else None


def _scope(scene: Scene, to_team: str | None, person: Person) -> SharingScope:
    known = scene.scopes.get((to_team, person.person))
    if known is None:
        own_team = scene.teams.get(reference("people", person.person))
        if may_propose(person, own_team=own_team, to_team=to_team, asof=scene.today):
            known = SharingScope.EVERYBODY
        else:
            known = sharing_of(person, asof=scene.today).scope
        scene.scopes[to_team, person.person] = known
    return known


def asker_may_be_named(scene: Scene, ask: Ask) -> Test:
    """Return the test of who gives an offer and may hear who asks.

    Whoever said no to sharing is made known to nobody new: what is left is their own network,
    their own worker, and who or what was arranged for this need before.
    """
    asker = ask.person
    if asker is None or sharing_of(asker, asof=scene.today).scope is not SharingScope.NOBODY:
        return _always
    rows = scene.arrangements.get(ask.id, ())
    known = {ask.need.worker, asker.worker} | {row.provider for row in rows}

    def test(offer: Offer) -> bool:
        if offer.person is not None and scene.strength(asker.person, offer.provider) > 0:
            return True
        seat = offer.activity is not None and ask.arranged == offer.id
        return seat or offer.provider in known

    return test


def _may_be_proposed(scene: Scene, ask: Ask) -> Test:
    to_team, owner = _team_of(scene, ask), ask.need.owner
    named = asker_may_be_named(scene, ask)

    def test(offer: Offer) -> bool:
        if not named(offer):
            return False
        if offer.person is None:
            return True
        scope = _scope(scene, to_team, offer.person)
        if scope is SharingScope.TEAM:  # whom the asker knows already, nobody needs to reveal
            return scene.strength(owner, offer.provider) > 0
        return scope is SharingScope.EVERYBODY

    return test


def _not_kept_apart(scene: Scene, ask: Ask) -> Test | None:
    owner = ask.need.owner if ask.person is None else ask.person.person
    if not {owner, *scene.running.get(owner, ())} & scene.guarded:
        return None
    if ask.person is None:
        return lambda offer: offer.person is None or not scene.kept_apart(offer.provider, owner)

    def test(offer: Offer) -> bool:
        if offer.activity is not None:
            return _welcome_some_day(scene, owner, offer)
        places = [offer.provider]
        if offer.talent is not None and offer.talent.going_to:
            places.append(offer.talent.going_to)
        return not any(scene.kept_apart(owner, place) for place in places)

    return test


def _welcome_some_day(scene: Scene, person: str, offer: Offer) -> bool:
    """Say whether there is a date within reach on which nobody has to stay away."""
    assert offer.activity is not None
    dates = scene.meetings.get(offer.id) or (scene.next_meeting(offer.id),)
    days = [meeting.start.date() for meeting in dates if meeting is not None] or [scene.today]
    places = (offer.provider, offer.id)
    return any(not any(scene.kept_apart(person, at, day) for at in places) for day in days)


def _not_refused(scene: Scene, ask: Ask) -> Test | None:
    if ask.id not in scene.decisions and ask.id not in scene.arrangements:
        return None

    def test(offer: Offer) -> bool:
        named = {offer.provider} | ({offer.id} if offer.activity is not None else set())
        if offer.place is not None and offer.owner is not None:
            named.add(str(offer.owner.id))  # who says yes to lending it
        return not any(refused(scene, ask.id, name) for name in named)

    return test


def _of_age(scene: Scene, ask: Ask) -> Test | None:
    year = scene.today.year
    line = {ask.need.category, *scene.tree.ancestors(ask.need.category)}
    if scene.policy.minors and line & set(scene.policy.minor_categories):
        return None
    if ask.person is not None and under_age(ask.person, year):
        return _never
    return lambda offer: offer.person is None or not under_age(offer.person, year)


def reserved(scene: Scene, category: str) -> bool:
    """Say whether this team keeps a category for professionals."""
    line = (category, *scene.tree.ancestors(category))
    if any(c in scene.policy.not_reserved for c in line):
        return False
    return any(c in scene.policy.reserved for c in line) or bool(scene.tree[category].reserved)


def _professional_if_reserved(scene: Scene, ask: Ask) -> Test | None:
    if not reserved(scene, ask.need.category):
        return None
    return lambda offer: offer.role is Role.PROFESSIONAL or offer.led


def _discreet(scene: Scene, ask: Ask) -> Test | None:
    """Test the wishes about who: not known, not from some area, sensitive."""
    need = ask.need
    if not (need.sensitive or need.not_known or need.not_area):
        return None

    def test(offer: Offer) -> bool:
        person = offer.person
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

    return test


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


def _conversation_first(scene: Scene, ask: Ask) -> Test | None:
    if ask.talked:
        return None
    known = scene.personal.get(ask.need.owner, {})
    return lambda offer: offer.role is not Role.PROFESSIONAL and known.get(offer.provider, 0) > 0


def _in_audience(_scene: Scene, ask: Ask) -> Test:
    groups = _folded(ask.person.groups) if ask.person is not None else set()

    def test(offer: Offer) -> bool:
        audience = offer.activity.audience if offer.activity is not None else None
        return not audience or bool(groups & _folded(audience))

    return test


def _folded(words: Iterable[str] | None) -> set[str]:
    return {word.casefold() for word in words or ()}


_LENGTH = {Term.ONCE: 0, Term.SHORT: 1, Term.LONG: 2}


def _long_enough(_scene: Scene, ask: Ask) -> Test:
    """Keep one-off offers from recurring needs, and short ones from long needs."""
    asked = ask.need.term or (Term.SHORT if ask.need.rrule else Term.ONCE)
    if ask.need.rrule and asked is Term.ONCE:
        asked = Term.SHORT
    least = _LENGTH[Term.SHORT if ask.split else asked]

    def test(offer: Offer) -> bool:
        term = offer.talent.term if offer.talent is not None else None
        return term is None or _LENGTH[term] >= least

    return test


def languages_shared(ask: Ask, offer: Offer) -> bool | None:
    """Say whether asker and offer have a language in common; None: unknown."""
    if ask.tongues is None or offer.tongues is None:
        return None
    return not ask.tongues.isdisjoint(offer.tongues)


def _understood(_scene: Scene, ask: Ask) -> Test | None:
    if not ask.need.language_hard:
        return None
    return lambda offer: languages_shared(ask, offer) is not False


def _accessible(scene: Scene, ask: Ask) -> Test | None:
    wheels, quiet = step_free_wanted(scene, ask), quiet_wanted(scene, ask)
    if not wheels and not quiet:
        return None

    def test(offer: Offer) -> bool:
        if wheels and offer.talent is not None and is_ride(scene, offer):
            return offer.talent.wheelchair is True
        place = place_of(scene, offer)
        if place is None:
            return True
        if wheels and place.step_free is False:
            return False
        return not (quiet and place.quiet is False)

    return test


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


def _affordable(_scene: Scene, ask: Ask) -> Test | None:
    most = ask.need.fee_max_eur
    if most is None:
        return None

    def test(offer: Offer) -> bool:
        record = offer.activity or offer.talent
        fee = record.fee_eur if record is not None else None
        return fee is None or fee <= most

    return test


def _formal_route_open(_scene: Scene, ask: Ask) -> Test | None:
    """Keep the formal provision out that is closed to the asker."""
    route = ask.need.formal_route
    if route is None or ask.need.formal_open is not False:
        return None
    closed = route.casefold()

    def test(offer: Offer) -> bool:
        record = offer.activity or offer.owner
        names = {offer.id, offer.provider, getattr(record, "name", None)}
        return closed not in {n.casefold() for n in names if n}

    return test


def _opted_in(scene: Scene, ask: Ask) -> Test | None:
    """Test that both opted in on an experience they share, for peer contact.

    Two people opt in by their experiences. Who gives a tag with the question itself (`context`)
    wants to meet others with that tag, so in a group it counts as well, unless they said no to it.
    """
    peers = (ask.need.category, *scene.tree.ancestors(ask.need.category))
    if "peer_contact" not in peers or ask.person is None:
        return None
    mine = _folded(tag for tag, yes in ask.person.experiences or () if yes)
    own = _willing(ask.person, ask.need)

    def test(offer: Offer) -> bool:
        if offer.person is None or offer.role is Role.PROFESSIONAL:
            return True
        theirs = _folded(tag for tag, yes in offer.person.experiences or () if yes)
        if offer.kind is OfferKind.PEER:
            return bool((mine | own) & (theirs | _willing(offer.person, scene.hood.need(offer.id))))
        return bool(mine & theirs)

    return test


def _willing(person: Person, need: Need) -> set[str]:
    """Return the tags of a question on which somebody wants to meet others."""
    refused = _folded(tag for tag, yes in person.experiences or () if not yes)
    return _folded(need.context) - refused


def _still_there(scene: Scene, _ask: Ask) -> Test:
    """Test that offer and owner have not stopped; the same for every need."""
    known = scene.lasting

    def test(offer: Offer) -> bool:
        if offer.key not in known:
            known[offer.key] = _lasts(scene, offer)
        return known[offer.key]

    return test


def _lasts(scene: Scene, offer: Offer) -> bool:
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
    try:
        return ask.metres[offer]
    except KeyError:
        remote = ask.category.at is Where.REMOTE or scene.tree[offer.category].at is Where.REMOTE
        found = None if remote else scene.geography.metres(ask.spot, offer.spot)
        ask.metres[offer] = found
        return found


def _within_reach(scene: Scene, ask: Ask) -> Test:
    area, usual = ask.spot.area, scene.policy.distances.default_max_m
    own = _kilometres(ask.need.max_km, usual)
    visits = ask.category.at in {Where.PROVIDER, Where.PLACE}

    def test(offer: Offer) -> bool:
        talent = offer.talent
        theirs = own
        if talent is not None:
            if talent.areas and area is not None and area not in talent.areas:
                return False
            if visits and needs_ride(scene, ask.need, ask.person, offer.spot):
                return False
            theirs = _kilometres(talent.max_km, usual)
        metres = distance(scene, ask, offer)
        return metres is None or metres <= min(own, theirs)

    return test


RULES: tuple[Rule, ...] = (
    Rule("somebody_else", Reason.NO_TALENT, _somebody_else),
    Rule("sharing", Reason.NOT_POSSIBLE_HERE, _may_be_proposed),
    Rule("safeguard", Reason.NOT_POSSIBLE_HERE, _not_kept_apart),
    Rule("refused", Reason.NOT_POSSIBLE_HERE, _not_refused),
    Rule("of_age", Reason.NOT_POSSIBLE_HERE, _of_age),
    Rule("opted_in", Reason.NOT_POSSIBLE_HERE, _opted_in),
    Rule("formal_route", Reason.NOT_POSSIBLE_HERE, _formal_route_open),
    Rule("discreet", Reason.NOT_POSSIBLE_HERE, _discreet),
    Rule("supportive", Reason.NOT_POSSIBLE_HERE, supportive),
    Rule("reserved", Reason.NEEDS_WORKER, _professional_if_reserved),
    Rule("trained", Reason.NO_TALENT, trained),
    Rule("conversation", Reason.FIRST_CONVERSATION, _conversation_first),
    Rule("lasting", Reason.ENDED, _still_there),
    Rule("audience", Reason.AUDIENCE, _in_audience),
    Rule("term", Reason.TERM, _long_enough),
    Rule("language", Reason.NO_SHARED_LANGUAGE, _understood),
    Rule("accessible", Reason.NOT_ACCESSIBLE, _accessible),
    Rule("supported", Reason.NOT_ACCESSIBLE, supported),
    Rule("fee", Reason.FEE_OVER_BUDGET, _affordable),
    Rule("reach", Reason.TOO_FAR, _within_reach),
)
"""The rules that need no date, in the order of the funnel."""


def first_broken(scene: Scene, ask: Ask, offer: Offer) -> Rule | None:
    """Return the first rule that removes an offer; None if it may stay."""
    return next((rule for rule in RULES if not rule.holds(scene, ask, offer)), None)


def sifted(
    scene: Scene, ask: Ask, offers: Iterable[tuple[Offer, int]]
) -> tuple[list[tuple[Offer, int]], list[tuple[Offer, int, str]]]:
    """Sort offers into those that may stay, and those that a rule removes.

    Parameters
    ----------
    scene, ask : Scene, Ask
        The run and the need.
    offers : iterable of (Offer, int)
        Offers with how well they answer.

    Returns
    -------
    tuple of (list, list)
        What may stay; and what may not, with the name of the first rule that it breaks.
    """
    left, gone = list(offers), []
    for rule in RULES:
        test = rule.test(scene, ask)
        if test is None:
            continue
        kept = []
        for pair in left:
            if test(pair[0]):
                kept.append(pair)
            else:
                gone.append((*pair, rule.name))
        left = kept
    return left, gone


def all_but(scene: Scene, ask: Ask, name: str) -> Test:
    """Return the test of all rules but one."""
    made = [rule.test(scene, ask) for rule in RULES if rule.name != name]
    tests = [test for test in made if test is not None]
    return lambda offer: all(test(offer) for test in tests)
