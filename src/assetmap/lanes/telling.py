"""A card in words: its ten fields as sentences, in one language."""

from __future__ import annotations

from collections.abc import Iterator

from assetmap.lanes.card import Card, CardState, Lane, Nearby, NearbyKind, OwnCard, Surprise, Whom
from assetmap.lanes.lines import Line
from assetmap.texts import listing, say

__all__ = ["FIELDS", "card_lines", "how_surprising", "what_of"]

FIELDS = (
    "what",
    "nearby",
    "window",
    "surprise",
    "basis",
    "evidence",
    "ask",
    "steps",
    "others",
    "state",
)
"""The ten fields of a card, in the order in which they are told: talents before the rest."""
_NUMBERS = ("count", "people", "households", "reporters", "contacts")
_MANY, _YEARLY, _RARE = 26.0, 1.5, 100
_WEEKS = 52
"""A meeting a week: so often a year chance is tried."""
_SHOWN = 8
"""So many records are named; the others are counted."""


def card_lines(card: Card, lang: str) -> dict[str, tuple[str, ...]]:
    """Return the ten fields of a card, each as sentences.

    Parameters
    ----------
    card : Card
        As an audience may have it: what was left out is not told.
    lang : str
        Language code.

    Returns
    -------
    dict of str to tuple of str
        By the names of ``FIELDS``; an empty tuple where there is nothing to tell.

    Examples
    --------
    >>> card = Card(card="x", lane=Lane.AGREEMENT, what=Line("lane_agreement.group_rule"))
    >>> card_lines(card, "en")["state"]
    ('New.',)
    """
    tellers = {
        "what": _what,
        "nearby": _nearby,
        "window": _window,
        "surprise": _surprise,
        "basis": _basis,
        "evidence": _evidence,
        "ask": _ask,
        "steps": _steps,
        "others": _others,
        "state": _state,
    }
    return {name: tuple(tellers[name](card, lang)) for name in FIELDS}


def what_of(card: Card, lang: str) -> str:
    """Return what is seen, in one sentence; for others than the team without what is personal."""
    if card.what is not None:
        return card.what.said(lang)
    theme = card.theme_name.said(lang) if card.theme_name else None
    if card.lane is Lane.AGREEMENT and not card.households and theme is not None:
        return say("signals.heading_group", lang, theme=theme)  # about a group, and nobody in it
    facts = {
        "lane": say(f"signals.lane.{card.lane.value}", lang),
        "theme": theme,
        "area": card.area_name or card.area,
    }
    key = "heading" if theme is not None else "plain"
    end = "" if facts["area"] is None else "_area"
    return say(f"signals.{key}{end}", lang, **{k: v for k, v in facts.items() if v is not None})


def _what(card: Card, lang: str) -> Iterator[str]:
    yield what_of(card, lang)


def _nearby(card: Card, lang: str) -> Iterator[str]:
    near = card.nearby or ()
    offers = [each for each in near if each.kind is NearbyKind.TALENT]
    talents = list(dict.fromkeys(_named(each, lang) for each in offers if each.name))
    others = (_named(each, lang) for each in near if each.kind is not NearbyKind.TALENT)
    joins = list(dict.fromkeys(others))
    if talents:
        number = card.talents or len(offers)
        key = "signals.talents" if number == len(talents) else "signals.talents_such_as"
        yield say(key, lang, n=number, who=talents)
    elif number := card.talents or len(offers):
        yield say("signals.talents_counted", lang, n=number)
    if joins or card.to_join:
        yield say("signals.to_join", lang, what=joins or list(card.to_join))


def _named(near: Nearby, lang: str) -> str:
    what = near.category_name.said(lang)
    return f"{near.name} ({what})" if near.name else what


def _window(card: Card, lang: str) -> Iterator[str]:
    if card.first is not None and card.last is not None:
        yield Line.of("signals.window", first=card.first, last=card.last).said(lang)
    numbers = {name: getattr(card, name) for name in _NUMBERS if getattr(card, name)}
    for name, held in numbers.items():
        yield say(f"signals.number.{name}", lang, n=held)
    if numbers and card.what is None:
        yield say("signals.rounded", lang)


def how_surprising(surprise: Surprise | None, lang: str) -> str | None:
    """Return how often chance alone would do the same, in human terms; None without a figure."""
    if surprise is None:
        return None
    times = surprise.times_a_year
    if times is None and surprise.p is not None:
        times = _WEEKS * surprise.p
    if times is None:
        return say("signals.surprise.unknown", lang)
    prefix = "at_most" if surprise.at_most else "about"
    word = say(f"signals.surprise.{prefix}", lang)
    if times >= _MANY:
        return say("signals.surprise.most_weeks", lang)
    if times >= _YEARLY:
        return say("signals.surprise.times", lang, n=round(times), about=word)
    if times * _RARE <= 1:
        return say("signals.surprise.rare", lang, years=_RARE)
    return say("signals.surprise.years", lang, n=max(1, round(1 / times)), about=word)


def _surprise(card: Card, lang: str) -> Iterator[str]:
    told = how_surprising(card.surprise, lang)
    if told is not None:
        yield told


def _basis(card: Card, lang: str) -> Iterator[str]:
    if card.basis is not None:
        yield card.basis.rule.said(lang)
        if card.basis.baseline is not None:
            yield card.basis.baseline.said(lang)
        yield from (line.said(lang) for line in card.basis.left_out)
        yield say("signals.version", lang, version=card.basis.version)


def _evidence(card: Card, lang: str) -> Iterator[str]:
    if card.evidence:
        shown = listing(card.evidence[:_SHOWN], lang)
        rest = len(card.evidence) - _SHOWN
        if rest > 0:
            yield say("signals.evidence_more", lang, records=shown, n=rest)
        else:
            yield say("signals.evidence", lang, records=shown)


def _ask(card: Card, lang: str) -> Iterator[str]:
    if card.parties:
        yield say("signals.parties", lang, who=[_called(whom, lang) for whom in card.parties])
    own = card.to or () if isinstance(card, OwnCard) else ()  # nobody is sent to themselves
    asked = [_called(whom, lang) for whom in card.ask or () if whom.ref not in own]
    if asked:
        yield say("signals.ask", lang, who=asked)


def _called(whom: Whom, lang: str) -> str:
    kind = None if whom.kind is None else whom.kind.said(lang)
    if whom.name is None:
        return kind or (whom.ref or "")
    return f"{whom.name} ({kind})" if kind else whom.name


def _steps(card: Card, lang: str) -> Iterator[str]:
    yield from (line.said(lang) for line in card.steps or ())


def _others(card: Card, lang: str) -> Iterator[str]:
    yield from (line.said(lang) for line in card.others or ())


def _state(card: Card, lang: str) -> Iterator[str]:
    yield say(f"signals.state.{card.state.value}", lang)
    if card.since is not None:
        yield Line.of("signals.since", first=card.since).said(lang)
    if card.joined:
        yield say("signals.joined", lang, n=card.joined)
    if card.because is not None and card.state is CardState.DROPPED:
        yield say("signals.because", lang, reason=card.because)
    if card.outcome is not None:
        yield say(f"signals.outcome.{card.outcome.value}", lang)
