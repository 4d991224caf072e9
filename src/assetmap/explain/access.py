"""What an initiative could be asked, so that it fits somebody for whom it does not fit yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from assetmap.explain.reasons import chosen_language
from assetmap.match import Proposals
from assetmap.model import Setting
from assetmap.plans import RULES, Ask, Scene, Working
from assetmap.plans.offers import Offer, OfferKind
from assetmap.plans.readiness import supported
from assetmap.plans.rules import place_of
from assetmap.plans.wording import Teller

__all__ = ["Lack", "Opening", "openings"]

_ABOUT = frozenset({"accessible", "supported"})
"""The rules that an initiative could do something about."""


class Lack(StrEnum):
    """What would open something to somebody."""

    STEP_FREE = "step_free"
    """A way in without a stair or threshold."""
    QUIET = "quiet"
    """A quiet place or hour."""
    SUPPORT = "support"
    """More support than can be given now."""
    BUDDY = "buddy"
    """Somebody who comes along."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A question to an initiative about what would open it to everybody.

    Attributes
    ----------
    party : str
        Id of the initiative; of the activity or place where nobody in particular runs it.
    offer : str
        Id of the activity or place, or of the question for volunteers.
    lack : Lack
        What is missing.
    needs : tuple of str
        Ids of the questions that it would then answer, for the team alone.
    people : int
        How many people ask them.
    sentence : str
        What to ask the initiative; it names nobody.
    """

    party: str
    offer: str
    lack: Lack
    needs: tuple[str, ...]
    people: int
    sentence: str

    def __str__(self) -> str:
        """Return the sentence."""
        return self.sentence


def openings(
    proposals: Proposals,
    *,
    language: str | None = None,
    name: Callable[[str], str] | None = None,
) -> tuple[Opening, ...]:
    """Tell what initiatives could be asked, so that they fit whoever they do not fit yet.

    Looked at are the activities, places and initiatives that pass every rule for a need but those
    about access and support; and those where somebody who wants a buddy could go. What else there
    is for these people is in the proposals, as for everybody.

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
    tuple of Opening
        Those that would help most people first, then by party, offer and what is missing.

    Examples
    --------
    >>> import assetmap
    >>> from assetmap.model import Activity, Need, Neighbourhood, Person, Place
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", area="north", wheelchair="yes"),
    ...     Place(place="hall", area="north", step_free="no"),
    ...     Activity(
    ...         activity="a1",
    ...         name="Koffie",
    ...         category="meal",
    ...         place="hall",
    ...         start="2026-11-26 10:00",
    ...     ),
    ...     Need(need="n1", owner="p1", category="meal", talked="yes"),
    ... )
    >>> (found,) = openings(assetmap.propose(hood, "2026-W48"), language="en")
    >>> found.lack, found.people
    (<Lack.STEP_FREE: 'step_free'>, 1)
    """
    if proposals.worked is None:
        return ()
    teller = Teller(proposals, chosen_language(proposals, language), name or str)
    found: dict[tuple[str, str, Lack], dict[str, str]] = {}
    for ask, offer, lack in _missing(proposals.worked.working):
        found.setdefault((offer.provider, offer.id, lack), {})[ask.id] = ask.need.owner
    told = [_told(teller, key, owners) for key, owners in found.items()]
    return tuple(sorted(told, key=lambda o: (-o.people, o.party, o.offer, o.lack)))


def _missing(working: Working) -> Iterator[tuple[Ask, Offer, Lack]]:
    scene = working.scene
    for ask in working.opened.asks:
        if ask.person is None:
            continue
        found = working.found[ask.id]
        for miss in found.misses:
            if miss.rule in _ABOUT and _fits_else(scene, ask, miss.offer):
                yield from ((ask, miss.offer, lack) for lack in _lacks(scene, ask, miss.offer))
        if ask.person.needs_buddy:
            offers = {o.offer.id: o.offer for o in found.options if o.offer.activity is not None}
            yield from ((ask, offers[at], Lack.BUDDY) for at in sorted(offers))


def _fits_else(scene: Scene, ask: Ask, offer: Offer) -> bool:
    return all(rule.holds(scene, ask, offer) for rule in RULES if rule.name not in _ABOUT)


def _lacks(scene: Scene, ask: Ask, offer: Offer) -> Iterator[Lack]:
    """Yield what is missing at an activity, initiative or place; a car is nobody's initiative."""
    assert ask.person is not None
    place = None if offer.kind is OfferKind.TALENT else place_of(scene, offer)
    if place is not None and ask.person.wheelchair and place.step_free is False:
        yield Lack.STEP_FREE
    if place is not None and ask.need.setting is Setting.QUIET and place.quiet is False:
        yield Lack.QUIET
    test = supported(scene, ask)
    if test is not None and not test(offer):
        yield Lack.SUPPORT


def _told(teller: Teller, key: tuple[str, str, Lack], owners: dict[str, str]) -> Opening:
    party, offer, lack = key
    activity = teller.hood.index["activities"].get(offer)
    what = teller.name(offer) if activity is None else teller.activity(offer)
    people = len(set(owners.values()))
    facts = {"who": what if party == offer else teller.name(party), "what": what}
    asked = teller.say(f"initiatives.opening.{lack.value}", **facts)
    wish = teller.say("initiatives.opening.wish", n=people)
    return Opening(party, offer, lack, tuple(sorted(owners)), people, f"{asked} {wish}")
