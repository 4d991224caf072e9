"""What would change in a run if some records were there, or were not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING

from assetmap.explain.amended import Amended, amended
from assetmap.explain.reasons import chosen_language
from assetmap.explain.rows import told_need, told_plans, told_rows
from assetmap.match import Proposals, propose
from assetmap.model import Record
from assetmap.plans import Plan, PlanStatus
from assetmap.plans.wording import Teller
from assetmap.privacy import SafetyRecords
from assetmap.texts import Language

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["PlanChange", "WhatIf", "what_if"]

COLUMNS = ("need", "change", "before", "after")
MOST = 10
"""Of at most so many plans that change it is told what they become; the table has them all."""


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A need that would be met in another way.

    Attributes
    ----------
    need : str
        The need.
    before, after : tuple of Plan
        The plans that would go, and those that would come.
    """

    need: str
    before: tuple[Plan, ...]
    after: tuple[Plan, ...]


@dataclass(frozen=True)
class WhatIf:
    """A run on a changed neighbourhood, and how it differs; ``str()`` tells it in words.

    Attributes
    ----------
    proposals : Proposals
        The run on the changed neighbourhood: same week, policy and seed.
    newly_met : tuple of str
        Needs that would be met and are not met now.
    no_longer_met : tuple of str
        Needs that are met now, would still be asked, and would not be met.
    changed : tuple of PlanChange
        Needs met both ways, whose plans would be others.
    stayed : tuple of str
        Ids of plans that would stay as they are.
    added, removed : tuple of str
        What was added or replaced, and what was taken away with all that rested on it.
    blanked : tuple of str
        Rows that pointed to what was taken away, and now leave that blank.
    language : Language
        Language of the sentences.
    sentences : tuple of str
        The difference in words.
    """

    proposals: Proposals = field(repr=False)
    newly_met: tuple[str, ...]
    no_longer_met: tuple[str, ...]
    changed: tuple[PlanChange, ...]
    stayed: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    blanked: tuple[str, ...]
    language: Language
    sentences: tuple[str, ...]

    def __str__(self) -> str:
        """Return the difference in words, one line for each kind."""
        return "\n".join(self.sentences)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per need that changes, and per plan that stays.

        Returns
        -------
        pandas.DataFrame
            `need`, `change` (``newly_met``, ``no_longer_met``, ``changed``, ``stayed``), and the
            ids of plans `before` and `after`, with ``|`` between them.
        """
        import pandas as pd

        return pd.DataFrame(list(self._rows()), columns=list(COLUMNS), dtype="string")

    def _rows(self) -> Iterator[tuple[str, str, str, str]]:
        after = _by_need(self.proposals.items)
        for need in self.newly_met:
            yield need, "newly_met", "", _ids(after.get(need, ()))
        for need in self.no_longer_met:
            yield need, "no_longer_met", "", ""
        for each in self.changed:
            yield each.need, "changed", _ids(each.before), _ids(each.after)
        needs = {plan.plan: plan.need for plan in self.proposals.items}
        for plan in self.stayed:
            yield needs[plan], "stayed", plan, plan

    def _repr_html_(self) -> str:
        lines = "".join(f"<p>{escape(line)}</p>" for line in self.sentences)
        return f'<div lang="{self.language.value}">{lines}</div>'


def what_if(
    proposals: Proposals,
    *,
    add: Iterable[Record] = (),
    remove: Iterable[str] = (),
    language: str | None = None,
    name: Callable[[str], str] | None = None,
) -> WhatIf:
    """Propose again on a changed neighbourhood, and tell what differs.

    What was proposed is kept unless a higher level gains, so that only what must change changes.

    1. What is removed goes, with what rests on it: its talents, needs, ties, arrangements and so
       on; references that may be blank are made blank. Then the rest is added, in the place of
       rows with the same id.
    2. The changed neighbourhood is matched: the same week, policy and seed; runs are compared.

    Parameters
    ----------
    proposals : Proposals
        The run; it is not changed.
    add : iterable of Record, optional
        Records to add, or to put in the place of those with the same id.
    remove : iterable of str, optional
        Ids to take away: bare where only one row has it, else such as ``talent:t1``.
    language : str, optional
        Language of the sentences; default: the team's.
    name : callable, optional
        How a party is named, such as ``called(proposals.hood)``; default: by id.

    Returns
    -------
    WhatIf
        The new run and the difference.

    Raises
    ------
    UnknownName
        An id to remove is not there, or several rows have it.
    UnusableInput
        Something to add is no record.
    DataProblems
        What is added points to nothing, or contradicts the rest.

    Examples
    --------
    >>> import assetmap
    >>> from assetmap.model import Need, Neighbourhood, Person, Talent
    >>> hood = Neighbourhood.from_records(
    ...     [Person(person=p, area="north") for p in ("p1", "p2")],
    ...     Need(need="n1", owner="p1", category="shopping", talked="yes"),
    ... )
    >>> proposals = assetmap.propose(hood, "2026-W48")
    >>> more = Talent(talent="t1", owner="p2", category="shopping")
    >>> found = what_if(proposals, add=[more], language="en")
    >>> found.newly_met, found.no_longer_met
    (('n1',), ())
    >>> print(found)
    Then there would be a plan for 1 more need: n1 (shopping, p1).
    """
    changed = amended(proposals.hood, add, remove)
    after = propose(
        changed.hood,
        proposals.week,
        policy=proposals.policy,
        seed=proposals.certificate.seed,
        kept=[p.plan for p in proposals.items if p.status is PlanStatus.PROPOSED],
        after=proposals,
    )
    apart = SafetyRecords(
        (*proposals.apart.safety, *after.apart.safety),
        (*proposals.apart.unmapped, *after.apart.unmapped),
    )
    found = _compared(proposals, replace(after, apart=apart), changed)
    lang = chosen_language(proposals, language)
    tellers = tuple(Teller(run, lang, name or str) for run in (proposals, found.proposals))
    return replace(found, language=lang, sentences=tuple(_told(changed, found, *tellers)))


def _compared(before: Proposals, after: Proposals, changed: Amended) -> WhatIf:
    """Put the difference in facts."""
    old, new = _by_need(before.items), _by_need(after.items)
    met_before, met_after = (
        frozenset(found) | run.met_by_giving for found, run in ((old, before), (new, after))
    )
    asked = after.hood.index["needs"]
    changes = []
    for need in sorted(old.keys() & new.keys()):
        ways = ({_way(p) for p in old[need]}, {_way(p) for p in new[need]})
        gone = tuple(p for p in old[need] if _way(p) not in ways[1])
        come = tuple(p for p in new[need] if _way(p) not in ways[0])
        if gone or come:
            changes.append(PlanChange(need, gone, come))
    there = {_way(p) for p in before.items}
    return WhatIf(
        proposals=after,
        newly_met=tuple(sorted(met_after - met_before)),
        no_longer_met=tuple(sorted(n for n in met_before - met_after if n in asked)),
        changed=tuple(changes),
        stayed=tuple(p.plan for p in after.items if _way(p) in there),
        added=changed.added,
        removed=changed.removed,
        blanked=changed.blanked,
        language=Language(before.policy.language),
        sentences=(),
    )


def _way(plan: Plan) -> tuple[str, object]:
    """Return what makes a plan the same plan: who does what, and when."""
    return plan.plan, plan.occurrence


def _by_need(plans: Iterable[Plan]) -> Mapping[str, tuple[Plan, ...]]:
    found: dict[str, list[Plan]] = defaultdict(list)
    for plan in plans:
        found[plan.need].append(plan)
    return {need: tuple(mine) for need, mine in found.items()}


def _ids(plans: Iterable[Plan]) -> str:
    return " | ".join(plan.plan for plan in plans)


# --- in words -----------------------------------------------------------------------------------


def _told(changed: Amended, found: WhatIf, before: Teller, after: Teller) -> Iterator[str]:
    yield from _taken(changed, before, after)
    yield from _sentences(found, before, after)


def _taken(changed: Amended, before: Teller, after: Teller) -> Iterator[str]:
    if changed.gone:
        what = told_rows(before, changed.gone)
        yield before.say("explain.what_if.removed", n=len(changed.gone), what=what)
    if changed.emptied:
        what = told_rows(after, changed.emptied)
        yield after.say("explain.what_if.blanked", what=what)


def _sentences(found: WhatIf, before: Teller, after: Teller) -> Iterator[str]:
    say = before.say
    if found.newly_met:
        needs = [told_need(after, need) for need in found.newly_met]
        yield say("explain.what_if.newly_met", n=len(needs), needs=needs)
    if found.no_longer_met:
        needs = [told_need(before, need) for need in found.no_longer_met]
        yield say("explain.what_if.no_longer_met", n=len(needs), needs=needs)
    if found.changed:
        needs = [told_need(after, each.need) for each in found.changed]
        yield say("explain.what_if.changed", n=len(needs), needs=needs)
        yield from (_becomes(each, before, after) for each in found.changed[:MOST])
    if not (found.newly_met or found.no_longer_met or found.changed):
        yield say("explain.what_if.nothing")
    elif found.stayed:
        yield say("explain.what_if.stayed", n=len(found.stayed))


def _becomes(change: PlanChange, before: Teller, after: Teller) -> str:
    """Return what a plan was, and what comes in its place."""
    facts = {"need": change.need}
    if change.before:
        facts["before"] = told_plans(before, change.before)
    if change.after:
        facts["after"] = told_plans(after, change.after)
    way = "gone" if not change.after else "instead" if change.before else "come"
    return before.say(f"explain.what_if.{way}", **facts)
