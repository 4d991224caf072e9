"""Who owns, who runs, who holds the money, and who challenges whom for a task."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from assetmap.model import (
    Agreement,
    AgreementKind,
    AgreementStatus,
    Claim,
    Neighbourhood,
)
from assetmap.model.parties import Side, side_of
from assetmap.overview.common import check_days, live, party, party_ref
from assetmap.privacy import Discloses

__all__ = ["Budget", "Challenge", "Stewardship", "budgets", "challenges", "stewardships"]

_STANDS = frozenset({AgreementStatus.AGREED, AgreementStatus.RUNNING, None})


@dataclass(frozen=True)
class Budget:
    """Money that a party holds and decides on.

    Attributes
    ----------
    holder : str or None
        Reference of the party that holds it.
    giver : str or None
        Who gave it; None where it is the holder's own.
    amount_eur : Decimal or None
        How much; None where it is not known.
    about : str or None
        What it is for.
    """

    holder: Annotated[str | None, Discloses.PERSON]
    giver: Annotated[str | None, Discloses.PERSON]
    amount_eur: Annotated[Decimal | None, Discloses.OPEN]
    about: Annotated[str | None, Discloses.TEAM]


def budgets(hood: Neighbourhood, *, asof: dt.date) -> tuple[Budget, ...]:
    """List the money there is: budgets that were agreed, and money that parties offer.

    Parameters
    ----------
    hood : Neighbourhood
        All tables.
    asof : date
        The day. An agreement counts while it holds: agreed or running, or its status unknown.

    Returns
    -------
    tuple of Budget
        By holder, giver and amount. Money offered out of a budget stands beside that budget: the
        two are not added up here.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Agreement, Initiative, Neighbourhood, Organisation
    >>> hood = Neighbourhood.from_records(
    ...     Organisation(organisation="town", kind="gemeente"),
    ...     Initiative(initiative="green", name="Groengroep"),
    ...     Agreement(
    ...         agreement="ag1",
    ...         kind="budget",
    ...         from_party="town",
    ...         to_party="green",
    ...         about="groenonderhoud",
    ...         amount_eur="2500",
    ...     ),
    ... )
    >>> [(b.holder, str(b.amount_eur)) for b in budgets(hood, asof=dt.date(2026, 11, 23))]
    [('initiative:green', '2500.00')]
    """
    check_days(asof=asof)
    found = [
        Budget(
            party_ref(hood, row.to_party),
            party_ref(hood, row.from_party),
            row.amount_eur,
            row.about,
        )
        for row in hood.agreements
        if row.kind is AgreementKind.BUDGET and row.status in _STANDS and live(row, asof)
    ]
    found += [
        Budget(party_ref(hood, row.owner), None, row.amount_eur, row.conditions)
        for row in hood.talents
        if _is_money(hood, row.category) and live(row, asof)
    ]
    return tuple(sorted(found, key=_order))


def _is_money(hood: Neighbourhood, category: str) -> bool:
    return category in hood.tree and "money" in (category, *hood.tree.ancestors(category))


def _order(row: Budget) -> tuple[str, str, Decimal, str]:
    return row.holder or "", row.giver or "", row.amount_eur or Decimal(0), row.about or ""


@dataclass(frozen=True)
class Stewardship:
    """A place that is run by somebody else than its owner.

    Attributes
    ----------
    place : str
        Id of the place.
    owner, manager : str
        References of the one who owns it and the one who runs it.
    by : Side
        On which side of the table the one who runs it sits.
    """

    place: Annotated[str, Discloses.OPEN]
    owner: Annotated[str | None, Discloses.PERSON]
    manager: Annotated[str | None, Discloses.PERSON]
    by: Annotated[Side, Discloses.OPEN]


def stewardships(hood: Neighbourhood) -> tuple[Stewardship, ...]:
    """List the places that are run by somebody else than their owner, by id.

    Examples
    --------
    >>> from assetmap.model import Initiative, Neighbourhood, Organisation, Place
    >>> hood = Neighbourhood.from_records(
    ...     Organisation(organisation="town", kind="gemeente"),
    ...     Initiative(initiative="house", name="Buurthuis"),
    ...     Place(place="hall", owner="town", manager="house"),
    ... )
    >>> [(s.owner, s.manager, s.by.value) for s in stewardships(hood)]
    [('organisation:town', 'initiative:house', 'residents')]
    """
    found = []
    for row in hood.places:
        owner, manager = party(hood, row.owner), party(hood, row.manager)
        if owner is not None and manager is not None and owner is not manager:
            refs = party_ref(hood, row.owner), party_ref(hood, row.manager)
            found.append(Stewardship(row.place, *refs, side_of(manager)))
    return tuple(sorted(found, key=lambda each: each.place))


@dataclass(frozen=True)
class Challenge:
    """Residents who say: we can do this task.

    Attributes
    ----------
    agreement : str
        Id of the challenge.
    task : str or None
        The task, in words.
    challenger, challenged : str or None
        References of the ones who want to do it, and of the one who does it at the start.
    claim : Claim or None
        Better, more efficient or cheaper.
    status : AgreementStatus or None
        How far it has come.
    provider : str or None
        Who does the task now: the challengers once it was agreed on, and until it ended.
    """

    agreement: Annotated[str, Discloses.OPEN]
    task: Annotated[str | None, Discloses.TEAM]
    challenger: Annotated[str | None, Discloses.PERSON]
    challenged: Annotated[str | None, Discloses.PERSON]
    claim: Annotated[Claim | None, Discloses.OPEN]
    status: Annotated[AgreementStatus | None, Discloses.OPEN]
    provider: Annotated[str | None, Discloses.PERSON]


def challenges(hood: Neighbourhood) -> tuple[Challenge, ...]:
    """List the challenges, by id.

    In a challenge, ``from_party`` is the one who does the task and ``to_party`` the challenger:
    the task goes from the one to the other.

    Examples
    --------
    >>> from assetmap.model import Agreement, Initiative, Neighbourhood, Organisation
    >>> hood = Neighbourhood.from_records(
    ...     Organisation(organisation="town", kind="gemeente"),
    ...     Initiative(initiative="play", name="Speeltuin"),
    ...     Agreement(
    ...         agreement="ag1",
    ...         kind="challenge",
    ...         from_party="town",
    ...         to_party="play",
    ...         about="beheer van de speeltuin",
    ...         claim="better",
    ...         status="running",
    ...     ),
    ... )
    >>> [(c.claim.value, c.provider) for c in challenges(hood)]
    [('better', 'initiative:play')]
    """
    rows = (row for row in hood.agreements if row.kind is AgreementKind.CHALLENGE)
    return tuple(_challenge(hood, row) for row in sorted(rows, key=lambda row: row.agreement))


def _challenge(hood: Neighbourhood, row: Agreement) -> Challenge:
    challenger, challenged = party_ref(hood, row.to_party), party_ref(hood, row.from_party)
    won = row.status in {AgreementStatus.AGREED, AgreementStatus.RUNNING}
    return Challenge(
        row.agreement,
        row.about,
        challenger,
        challenged,
        row.claim,
        row.status,
        challenger if won else challenged,
    )
