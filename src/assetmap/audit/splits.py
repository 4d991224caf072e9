"""Long questions that several people share, who each help for a short time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from assetmap.audit.clauses import broken
from assetmap.audit.deeds import Deed
from assetmap.audit.facts import Facts, Party
from assetmap.audit.shapes import in_turns, may_share, slots
from assetmap.model import Need

__all__ = ["only_short", "too_many_turns"]


def only_short(facts: Facts, need: Need, one: Deed) -> bool:
    """Say whether an offer would do, but for being too short for the whole of a long question."""
    return may_share(facts, need) and broken(facts, need, one) == ["term"] and in_turns(facts, one)


def too_many_turns(facts: Facts, deeds: Sequence[Deed]) -> Iterator[str]:
    """Nobody who helps for a short time is asked for more than half of a long question."""
    turns: Counter[tuple[str, Party]] = Counter()
    for one in deeds:
        if one.need is not None and one.giver is not None and not one.firm:
            turns[one.need, one.giver] += in_turns(facts, one)
    for (name, giver), count in turns.items():
        need = facts.need(name)
        if need is None or need.rrule is None or not may_share(facts, need):
            continue
        if count > -(-len(slots(facts, need)) // 2):
            yield f"{giver[1]} would rather help for a short time, and is asked {count} times"
