"""The week on the map: what is proposed, by whom, via whom and why; and why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from assetmap.explain import Explanation, Outcome, PlanFacts, why
from assetmap.match import Proposals
from assetmap.model import reference
from assetmap.plans import names_days
from assetmap.texts import day, listing, moment, say
from assetmap.view.facts import Gap, Part, Proposal, Said
from assetmap.view.naming import Words, in_both, in_words

__all__ = ["week_of"]

_TABLES = ("people", "initiatives", "organisations", "activities", "places")


def week_of(proposals: Proposals, words: Words) -> tuple[tuple[Proposal, ...], tuple[Gap, ...]]:
    """Return what a run proposes, and which needs have no plan, each with its reasons.

    Parameters
    ----------
    proposals : Proposals
        The run.
    words : Words
        What things are called.
    """
    name = _naming(proposals, words)
    found: list[tuple[str, Proposal]] = []
    missing: list[Gap] = []
    planned = {plan.need for plan in proposals.items}
    for need in sorted(planned | {gap.need for gap in proposals.gaps}):
        told = tuple(why(proposals, need, language=lang, name=name) for lang in ("nl", "en"))
        if told[0].plans:
            found += _proposals(proposals, told, words, name)
        if told[0].outcome is Outcome.UNMET:
            lines = zip(*(each.sentences for each in told), strict=True)
            missing.append(Gap(*_asked(proposals, need, words, name), why=tuple(lines)))
    dated = sorted(found, key=lambda each: each[0])
    return tuple(each for _, each in dated), tuple(missing)


def _naming(proposals: Proposals, words: Words) -> Callable[[str], str]:
    """Return how a party is named on the map, by its id."""

    def name(party: str) -> str:
        rows = proposals.hood.matches(party, *_TABLES)
        return words.name(rows[0])[0] if rows else party

    return name


def _asked(
    proposals: Proposals, need: str, words: Words, name: Callable[[str], str]
) -> tuple[str, str, Said]:
    """Return the ids of a need and of who asks it, and what is asked by whom."""
    row = proposals.hood.need(need)
    asker, what = name(row.owner), words.label(row.category)
    title = (f"{asker}: {what[0]}", f"{asker}: {what[1]}")
    return _written("needs", need), _node(proposals, row.owner), title


def _node(proposals: Proposals, party: str) -> str:
    """Return the id of a party on the map."""
    rows = proposals.hood.matches(party, *_TABLES)
    return _written(rows[0].table, str(rows[0].id)) if rows else party


def _written(table: str, identifier: str) -> str:
    """Return an id with its kind, which a run may have written before it already."""
    prefix = reference(table, "")
    return prefix + identifier.removeprefix(prefix)


def _proposals(
    proposals: Proposals,
    told: tuple[Explanation, ...],
    words: Words,
    name: Callable[[str], str],
) -> Iterator[tuple[str, Proposal]]:
    """Yield the plans for a need, each with its first day to sort by."""
    need, asker, title = _asked(proposals, told[0].need, words, name)
    by_day = names_days(proposals.hood.need(told[0].need).rrule)
    for nl, en in zip(told[0].plans, told[1].plans, strict=True):
        givers = list(dict.fromkeys(leg.provider for leg in nl.legs))
        chains = dict.fromkeys(leg.chain for leg in nl.legs if len(leg.chain) > 2)
        lines = [(a.sentence, b.sentence) for a, b in zip(nl.legs, en.legs, strict=True)]
        first = min((each.isoformat() for each in nl.dates), default="later")
        yield (
            first,
            Proposal(
                need=need,
                asker=asker,
                status=nl.status.value,
                title=title,
                when=_when(nl, by_day=by_day),
                who=_listed([name(each) for each in givers]),
                parts=tuple(_parts(proposals, nl)),
                via=tuple(tuple(_node(proposals, each) for each in chain) for chain in chains),
                why=tuple(line for line in (*lines, (nl.sentence, en.sentence)) if line[0]),
                questions=tuple(zip(nl.questions, en.questions, strict=True)),
            ),
        )


def _listed(names: list[str]) -> Said:
    return in_both(lambda lang: listing(names, lang))


def _parts(proposals: Proposals, plan: PlanFacts) -> Iterator[Part]:
    for leg in plan.legs:
        yield Part(_node(proposals, leg.activity or leg.provider), in_words(f"words.leg.{leg.leg}"))
        if leg.activity and leg.provider != leg.activity:
            yield Part(_node(proposals, leg.provider), in_words(f"words.leg.{leg.leg}"))


def _when(plan: PlanFacts, *, by_day: bool) -> Said:
    """Return the first date in words, and how often it comes back after that."""
    first, more = (plan.dates[0] if plan.dates else None), len(plan.dates) - 1

    def said(lang: str) -> str:
        if first is None:
            return say("view.to_agree", lang)
        if isinstance(first, dt.datetime):
            text = moment(first, lang)
        else:
            text = day(first, lang)
            text = text if by_day else say("view.week_of", lang, day=text)
        return say("view.more_dates", lang, first=text, n=more) if more > 0 else text

    return in_both(said)
