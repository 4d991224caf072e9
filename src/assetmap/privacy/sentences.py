"""What a page says about itself: who it is for and what was left out."""

from __future__ import annotations

from typing import Any

from assetmap.privacy.gate import Released
from assetmap.texts import say

__all__ = ["notices"]


def notices(released: Released[Any], lang: str) -> tuple[str, ...]:
    """Return the sentences that belong under whatever is written or drawn.

    Parameters
    ----------
    released : Released
        What is written.
    lang : str
        Language code.

    Returns
    -------
    tuple of str
        Who it is for, then what was left out; never how many.

    Examples
    --------
    >>> from dataclasses import make_dataclass
    >>> from typing import Annotated
    >>> from assetmap.privacy import Audience, Discloses, release
    >>> Lift = make_dataclass(
    ...     "Lift", [("driver", Annotated[str | None, Discloses.CALLED])], frozen=True
    ... )
    >>> notices(release(Lift("Ans"), Audience.RESIDENTS), "en")[1]
    'Names are left out.'
    """
    left_out = [say(f"privacy.left_out.{reason.value}", lang) for reason in released.left_out]
    return say(f"privacy.notice.{released.audience.value}", lang), *left_out
