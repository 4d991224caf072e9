"""Who stands behind counts: how many people and households, and whether one gives most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from assetmap.errors import UnusableInput
from assetmap.model import PrivacyThresholds

__all__ = ["Behind", "Cell", "few_behind", "few_people", "few_ties"]

Cell: TypeAlias = tuple[str, str]
Shares: TypeAlias = Mapping[int, int]
"""By the number of somebody: how much of a count that person gives."""


@dataclass(frozen=True)
class Behind:
    """Who gives how much of each count of a table; people by a number, never by their id.

    Attributes
    ----------
    shares : Mapping[tuple[str, str], Mapping[int, int]]
        By cell: what each person gives of its count.
    homes : tuple of int
        The household of each person; somebody of whom it is not known is a household alone.
    few : frozenset of tuple[str, str]
        Cells, and totals (with an empty heading), to hide whoever stands behind them now.
    """

    shares: Mapping[Cell, Shares]
    homes: tuple[int, ...]
    few: frozenset[Cell] = frozenset()

    @classmethod
    def of(
        cls,
        counts: Mapping[Cell, int],
        people: Mapping[Cell, Mapping[str, int]],
        households: Mapping[str, str] | None = None,
    ) -> Behind:
        """Return the people behind counts, numbered.

        Parameters
        ----------
        counts : Mapping[tuple[str, str], int]
            The counts.
        people : Mapping[tuple[str, str], Mapping[str, int]]
            By cell, what each person gives of it. What nobody is known to give is taken to come
            from one person, because nothing says that it does not.
        households : Mapping[str, str], optional
            The household of people, where it is known.

        Raises
        ------
        UnusableInput
            People give more than is counted.
        """
        whole: dict[Cell, dict[str | None, int]] = {}
        for cell, count in counts.items():
            given: dict[str | None, int] = {who: n for who, n in people.get(cell, {}).items() if n}
            rest = count - sum(given.values())
            if rest < 0 or min(given.values(), default=1) < 1:
                raise UnusableInput(f"the people behind {cell} must give what is counted, no more")
            whole[cell] = given | ({None: rest} if rest else {})
        known = sorted({who for given in whole.values() for who in given if who is not None})
        number: dict[str | None, int] = {None: 0} | {who: k for k, who in enumerate(known, 1)}
        homes = _homes(known, households or {})
        shares = {
            cell: MappingProxyType({number[who]: n for who, n in given.items()})
            for cell, given in whole.items()
        }
        return cls(MappingProxyType(shares), homes)

    def together(self, cells: Iterable[Cell]) -> Counter[int]:
        """Return what each person gives of several cells."""
        found: Counter[int] = Counter()
        for cell in cells:
            found.update(self.shares.get(cell, {}))
        return found

    def too_few(self, given: Shares, limits: PrivacyThresholds, *, sensitive: bool) -> bool:
        """Tell whether a count that these people give may not leave the team."""
        return few_behind(given, self.homes, limits, sensitive=sensitive)


def _homes(known: list[str], households: Mapping[str, str]) -> tuple[int, ...]:
    """Return a number for the household of each, the unknown person first."""
    first: dict[str, int] = {}
    homes = [0]
    for number, who in enumerate(known, 1):
        household = households.get(who)
        homes.append(number if household is None else first.setdefault(household, number))
    return tuple(homes)


def few_behind(
    given: Shares, homes: tuple[int, ...], limits: PrivacyThresholds, *, sensitive: bool = False
) -> bool:
    """Tell whether a count that some people give tells too much of one of them.

    Parameters
    ----------
    given : Mapping[int, int]
        What each gives of the count.
    homes : tuple of int
        The household of each.
    limits : PrivacyThresholds
        The thresholds of the team.
    sensitive : bool, default False
        Whether it is about a sensitive theme.

    Returns
    -------
    bool
        Whether any of these holds: fewer people than the minimum; fewer households than theirs;
        one household gives more than its percentage of the count (the (n,k) rule with n = 1); or
        the household that gives second most could work out what the first gives to within the
        percentage p, by taking away its own (the p% rule).

    References
    ----------
    A. Hundepool, J. Domingo-Ferrer, L. Franconi, S. Giessing, R. Lenz, J. Naylor, E. Schulte
    Nordholt, G. Seri, P.-P. de Wolf, "Handbook on Statistical Disclosure Control", 2nd edition
    (2024), chapter 4: minimum frequency rule, (n,k)-dominance rule, p%-rule.

    Examples
    --------
    >>> limits = PrivacyThresholds()
    >>> six, homes = {k: 1 for k in range(6)}, tuple(range(6))
    >>> few_behind(six, homes, limits), few_behind({**six, 0: 20}, homes, limits)
    (False, True)
    """
    if not given:
        return False
    by_home: defaultdict[int, int] = defaultdict(int)
    for who, n in given.items():
        by_home[homes[who]] += n
    least = limits.minimum_sensitive if sensitive else limits.minimum
    if len(given) < least or len(by_home) < limits.minimum_households:
        return True
    first, *others = sorted(by_home.values(), reverse=True)
    total, rest = first + sum(others), sum(others[1:])
    return 100 * first > limits.dominance_percent * total or 100 * rest < limits.p_percent * first


def few_people(
    people: Mapping[Hashable, int],
    limits: PrivacyThresholds,
    *,
    households: Mapping[str, str] | None = None,
    sensitive: bool = False,
) -> bool:
    """Tell whether a count that some people give tells too much of one of them.

    Parameters
    ----------
    people : Mapping of id to int
        What each gives of the count.
    limits : PrivacyThresholds
        The thresholds of the team.
    households : Mapping[str, str], optional
        Household by person; somebody who is not in it is a household alone.
    sensitive : bool, default False
        Whether it is about a sensitive theme.

    Returns
    -------
    bool
        Whether they are fewer people or households than the minimum, or one gives too much of it:
        the rules that :func:`protect` applies to a table.

    Examples
    --------
    >>> few_people({"ans": 6}, PrivacyThresholds())
    True
    """
    first: dict[str, int] = {}
    homes = []
    for number, who in enumerate(people):
        home = (households or {}).get(str(who))
        homes.append(number if home is None else first.setdefault(home, number))
    return few_behind(dict(enumerate(people.values())), tuple(homes), limits, sensitive=sensitive)


def few_ties(
    ties: Sequence[tuple[Hashable, Hashable]], limits: PrivacyThresholds, *, across: bool = False
) -> bool:
    """Tell whether a number of ties between people tells too much of few of them.

    Parameters
    ----------
    ties : sequence of two ids
        Who knows whom, each tie once.
    limits : PrivacyThresholds
        The thresholds of the team.
    across : bool, default False
        Whether they are between two groups, the first of each tie in the one and the second in
        the other. Then there must be enough people in each.

    Returns
    -------
    bool
        Whether there are fewer people than the minimum, or one of them has more than the
        percentage of the ties that one may give of a count.

    Examples
    --------
    >>> few_ties([("ans", who) for who in "bcdefgh"], PrivacyThresholds())
    True
    """
    sides = [{tie[side] for tie in ties} for side in (0, 1)]
    groups = sides if across else [sides[0] | sides[1]]
    if any(len(group) < limits.minimum for group in groups):
        return bool(ties)
    most = max(Counter(who for tie in ties for who in set(tie)).values(), default=0)
    return 100 * most > limits.dominance_percent * len(ties)
