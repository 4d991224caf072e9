"""After coaching: a role at an initiative in which somebody uses a talent of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assetmap.explain.reasons import chosen_language
from assetmap.match import Proposals
from assetmap.model import DecisionWord, Initiative, Need
from assetmap.plans import Ask
from assetmap.plans.offers import Offer
from assetmap.plans.wording import Teller

__all__ = ["NextStep", "next_steps"]

COACHING = "coaching"


@dataclass(frozen=True, slots=True)
class NextStep:
    """A role that could follow on coaching.

    Attributes
    ----------
    person : str
        Id of who was coached.
    initiative, need : str
        Ids of the initiative and of what it asks.
    talent : str
        Id of the talent that answers it.
    proposed : bool
        This run proposes it.
    sentence : str
        The same in words.
    """

    person: str
    initiative: str
    need: str
    talent: str
    proposed: bool
    sentence: str

    def __str__(self) -> str:
        """Return the sentence."""
        return self.sentence


def next_steps(
    proposals: Proposals,
    *,
    language: str | None = None,
    name: Callable[[str], str] | None = None,
) -> tuple[NextStep, ...]:
    """Tell which roles at initiatives could follow on coaching that was done.

    Somebody was coached when a question of theirs for coaching was answered or closed. What they
    offer is held against what initiatives ask, by the same rules as every proposal.

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
    tuple of NextStep
        By person, then by what is proposed, then by need.

    Examples
    --------
    >>> import assetmap
    >>> from assetmap.model import Initiative, Need, Neighbourhood, Person, Talent
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1"),
    ...     Initiative(initiative="i1", name="Eetcafé"),
    ...     Talent(talent="t1", owner="p1", category="cook"),
    ...     Need(need="n1", owner="p1", category="coaching_loneliness", closed_on="2026-11-20"),
    ...     Need(need="n2", owner="i1", category="cook"),
    ... )
    >>> (found,) = next_steps(assetmap.propose(hood, "2026-W48"))
    >>> found.person, found.initiative, found.proposed
    ('p1', 'i1', True)
    """
    if proposals.worked is None:
        return ()
    teller = Teller(proposals, chosen_language(proposals, language), name or str)
    coached = _coached(proposals)
    found = {
        (offer.provider, ask.id, offer.id): ask
        for ask, offer in _roles(proposals)
        if offer.provider in coached
    }
    told = [_told(teller, key, ask) for key, ask in found.items()]
    return tuple(sorted(told, key=lambda s: (s.person, not s.proposed, s.need, s.talent)))


def _coached(proposals: Proposals) -> frozenset[str]:
    """Return everybody whose coaching was done by the end of the week."""
    hood, sunday = proposals.hood, proposals.week.sunday
    done = {d.need for d in hood.decisions if d.decision is DecisionWord.DONE and d.date <= sunday}

    def over(need: Need) -> bool:
        closed = need.closed_on is not None and need.closed_on <= sunday
        return closed or need.need in done

    return frozenset(
        n.owner
        for n in hood.needs
        if n.category in hood.tree
        and COACHING in (n.category, *hood.tree.ancestors(n.category))
        and over(n)
    )


def _roles(proposals: Proposals) -> Iterator[tuple[Ask, Offer]]:
    """Yield what people could do for an initiative, now or when its step of the ladder opens."""
    assert proposals.worked is not None
    working = proposals.worked.working
    for ask in working.opened.asks:
        if not isinstance(ask.owner, Initiative):
            continue
        found = working.found[ask.id]
        able = [g.offer for o in found.options for p in o.parts for g in p.givers]
        able += [miss.offer for miss in found.misses if miss.rule == "ladder"]
        yield from ((ask, offer) for offer in able if offer.person is not None)


def _told(teller: Teller, key: tuple[str, str, str], ask: Ask) -> NextStep:
    person, need, talent = key
    plans = (p for p in teller.run.items if p.need == need)
    proposed = any(leg.provider == person for plan in plans for leg in plan.legs)
    facts = {
        "who": teller.name(person),
        "initiative": teller.name(ask.need.owner),
        "what": teller.label(ask.need.category),
    }
    sentence = teller.say("initiatives.next_step", **facts)
    return NextStep(person, ask.need.owner, need, talent, proposed, sentence)
