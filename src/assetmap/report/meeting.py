"""What else a meeting talks about: signals, and what is different from last time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assetmap.history import RunDifference
from assetmap.privacy import Audience
from assetmap.report.facts import Said, SignalFacts
from assetmap.report.voice import Voice
from assetmap.signals import CardState, Signals, card_lines, for_audience
from assetmap.texts import Language, listing, say

__all__ = ["changes", "signals_told"]

KINDS = ("asked", "met", "changed", "unmet", "ended", "gone")
"""What may be different, in the order in which it is told; what stands by now has its own list."""
_NAMES = 3
"""At most so many questions are named for each kind."""


def signals_told(found: Signals | None) -> tuple[SignalFacts, ...]:
    """Return the cards of the team's list in short; those for one worker are not among them."""
    if found is None:
        return ()
    cards = for_audience(found, Audience.TEAM).value.cards
    told = []
    for card in cards:
        lines = {lang.value: card_lines(card, lang.value) for lang in Language}
        told.append(
            SignalFacts(
                what={lang: " ".join(said["what"]) for lang, said in lines.items()},
                nearby=_first(lines, "nearby"),
                steps=_first(lines, "steps"),
                new=card.state is CardState.NEW,
            )
        )
    return tuple(told)


def _first(lines: dict[str, dict[str, tuple[str, ...]]], name: str) -> Said | None:
    """Return the first sentence of a field: a page has room for one; the list tells all."""
    found = {lang: next(iter(said[name]), "") for lang, said in lines.items()}
    return found if any(found.values()) else None


def changes(voice: Voice, before: RunDifference | None) -> tuple[Said, ...]:
    """Return what is different from last time, a sentence for each kind.

    Questions that are not in the tables any more have no name here: they are counted.
    """
    return () if before is None else tuple(_changes(voice, before))


def _changes(voice: Voice, before: RunDifference) -> Iterator[Said]:
    rows = voice.run.hood.index["arrangements"]
    asked_again = {str(rows[name].value("need")) for name in voice.run.stopped if name in rows}
    over = set(before.ended) - asked_again  # what fell away is told by itself
    told = {"unmet": over, "gone": over, "ended": asked_again}
    for kind in KINDS:
        needs = [need for need in getattr(before, kind) if need not in told.get(kind, ())]
        if needs:
            yield {
                lang.value: say(
                    f"report.changes.{kind}", lang, who=_named(voice, needs, lang), n=len(needs)
                )
                for lang in Language
            }


def _named(voice: Voice, needs: Iterable[str], lang: Language) -> str:
    """Return who asks what, the first few; the others, and who is gone, as a number."""
    known = [need for need in needs if need in voice.run.hood.index["needs"]]
    said = [f"{voice.asker(need)} ({voice.asked(need)[lang.value]})" for need in known[:_NAMES]]
    rest = len(list(needs)) - len(said)
    if rest:
        key = "others" if said else "questions"
        said.append(say(f"report.changes.{key}", lang, n=rest))
    return listing(said, lang)
