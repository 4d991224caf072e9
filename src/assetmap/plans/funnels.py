"""What of the funnel may be seen outside: what may not be told apart is one number."""

from __future__ import annotations

from dataclasses import replace

from assetmap.plans.enumeration import REASONS
from assetmap.plans.outcome import Funnel, Reason

__all__ = ["outward", "reason_of"]

_NEUTRAL = Reason.NOT_POSSIBLE_HERE


def reason_of(name: str) -> Reason:
    """Return the reason of a name in a funnel: a rule, or the one neutral answer itself.

    Examples
    --------
    >>> reason_of("safeguard").value, reason_of("not_possible_here").value, reason_of("fee").value
    ('not_possible_here', 'not_possible_here', 'fee_over_budget')
    """
    return _NEUTRAL if name == _NEUTRAL else REASONS[name]


def outward(funnel: Funnel, reason: Reason | None = None) -> Funnel:
    """Return a funnel in which sharing, safeguards, wishes and refusals are one number.

    Parameters
    ----------
    funnel : Funnel
        With the names of all rules.
    reason : Reason, optional
        Why the need has no plan. Where that is the neutral answer, what was left counts with it:
        else it would show that somebody who goes there is the reason.

    Returns
    -------
    Funnel
        The neutral number first, then the other rules in their order. Doing it again changes
        nothing.

    Examples
    --------
    >>> outward(Funnel(4, (("sharing", 1), ("safeguard", 1), ("fee", 2)), 0)).removed
    (('not_possible_here', 2), ('fee', 2))
    """
    neutral = sum(n for name, n in funnel.removed if reason_of(name) is _NEUTRAL)
    others = tuple((name, n) for name, n in funnel.removed if reason_of(name) is not _NEUTRAL)
    left, plans = funnel.left, funnel.plans
    if reason is _NEUTRAL:
        neutral, left, plans = neutral + left, 0, 0
    first = ((_NEUTRAL.value, neutral),) if neutral else ()
    return replace(funnel, removed=first + others, left=left, plans=plans)
