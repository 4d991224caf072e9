"""The table of needs without a plan, with remedies that were worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.errors import UnusableInput
from assetmap.explain.remedies import answered
from assetmap.explain.trial import Study
from assetmap.match import Proposals
from assetmap.plans import Gap, Reason
from assetmap.plans.wording import Teller, remedy_details
from assetmap.plans.wording import remedy as advice

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["with_remedies"]

STAYS = frozenset({Reason.NOT_POSSIBLE_HERE, Reason.NEXT_OCCURRENCE})
"""Reasons of which nothing may be told, or with which a date is coming that needs no change."""
TALK = frozenset({Reason.FIRST_CONVERSATION, Reason.NEEDS_WORKER})
"""Reasons with which somebody gets in touch first, whatever else helps."""
WORK = 100_000
"""So many candidate plans are gone through for all remedies of a run together."""
FEWEST = 5
"""At least so many needs get a remedy, however large the run is."""


def with_remedies(proposals: Proposals, *, most: int | None = None) -> pd.DataFrame:
    """Return `Proposals.unmet` with remedies that were worked out in the column `remedy`.

    1. The needs that weigh most come first: urgent ones, and those that waited long.
    2. For each of them the smallest change is sought with which it is met while every plan stays
       possible (:func:`remedy`). Where two changes are not enough, that is what is told.
    3. The other needs keep the general advice that goes with their reason, and so do those of
       which nothing may be told, and those for which there is just a date to wait for. A need
       about which nobody was talked with, or that a worker takes up, keeps the advice to get in
       touch, before all else.

    How many are worked out depends on the tables alone, never on how fast a machine is.

    Parameters
    ----------
    proposals : Proposals
        The run.
    most : int, optional
        At most so many needs get a remedy that is worked out; default: all of a small run, and
        fewer the more candidate plans there are (100,000 of these together, but at least 5 needs).

    Returns
    -------
    pandas.DataFrame
        The rows and columns of `Proposals.unmet`, in the same order and language.

    Raises
    ------
    UnusableInput
        `most` is below zero, or the proposals do not hold their working.

    Examples
    --------
    >>> import assetmap
    >>> from assetmap.model import Activity, Need, Neighbourhood, Person, Policy
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", area="north"),
    ...     Activity(
    ...         activity="a1",
    ...         name="Eetcafé",
    ...         category="meal",
    ...         area="north",
    ...         start="2026-11-27 18:00",
    ...         capacity=0,
    ...     ),
    ...     Need(need="n1", owner="p1", category="meal", talked="yes", wants="a1"),
    ...     policy=Policy(language="en"),
    ... )
    >>> proposals = assetmap.propose(hood, "2026-W48")
    >>> proposals.unmet["remedy"][0]
    'Ask whether one more place is possible, or mention a later date.'
    >>> with_remedies(proposals)["remedy"][0]
    'This is enough: one place more at ‘Eetcafé’. Worked out: all other plans can stay.'
    """
    if most is not None and most < 0:
        raise UnusableInput(f"most: found {most}; allowed: 0 or more.")
    study = Study(proposals)
    teller = Teller(proposals, proposals.policy.language)
    chosen = {gap.need for gap in _first(study, most)}
    table = proposals.unmet
    for row, gap in enumerate(proposals.gaps):
        if gap.need in chosen:
            table.loc[row, "remedy"] = _told(study, teller, gap)
    return table


def _first(study: Study, most: int | None) -> list[Gap]:
    """Return the needs for which a remedy is sought, those that weigh most first."""
    sought = [gap for gap in study.run.gaps if _may_be_sought(study, gap)]
    sought.sort(key=lambda gap: (-study.asks[gap.need].weight, gap.need))
    if most is None:
        most = max(FEWEST, WORK // max(1, len(study.worked.working.options)))
    return sought[:most]


def _may_be_sought(study: Study, gap: Gap) -> bool:
    """Say whether a change could help: not where nothing may be told, or nothing is asked now."""
    ask = study.asks.get(gap.need)
    return ask is not None and bool(ask.slots) and gap.reason not in STAYS


def _told(study: Study, teller: Teller, gap: Gap) -> str:
    """Return what goes in the column."""
    found = answered(study, teller, gap)
    if gap.reason in TALK:
        return " ".join([advice(teller, gap), *([str(found)] if found.verified else [])])
    return " ".join([str(found), *remedy_details(teller, gap)])
