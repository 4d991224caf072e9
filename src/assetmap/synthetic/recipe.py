"""What a made-up neighbourhood is like: proportions, each with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass, fields

from assetmap.errors import UnusableInput
from assetmap.texts import language

__all__ = ["Recipe"]

_AMOUNTS = ("talents_per_resident", "needs_per_resident", "friends", "notes_per_week")
_MOST = 50.0


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """The proportions of a made-up neighbourhood, and the language of its texts.

    The numbers that practice gives come from the publications listed on the page about practice;
    the others are assumed, and meant to be changed.

    Parameters
    ----------
    talents_per_resident : float
        Talents of residents, per resident. Assumed; people offer more readily than they ask.
    needs_per_resident : float
        Questions that come up in 26 weeks, per resident. Assumed.
    offering : float
        Share of the adults who offer something. Assumed.
    asking : float
        Share of the adults who ever ask something. Assumed; less than `offering`.
    volunteering : float
        Share of the adults who offer as a volunteer: half of them, a customary figure.
    centre_volunteers : int
        Volunteers of one community centre: about 30 (practice, S40 and S85).
    drivers : float
        Drivers who go to an activity anyway, per resident who cannot walk far: one in ten.
    talked : float
        Share of the questions that were talked over with the asker (practice asks for it, S21;
        the share is assumed).
    sharing : float
        Share of the residents who may be proposed to anybody. Assumed.
    alone : float
        Share of the residents who live alone and know nobody. Assumed.
    friends : float
        Ties outside household and street that somebody has on average. Assumed.
    nearby : float
        Share of those ties that stay within the own area or the ones beside it. Assumed.
    closing : float
        Share of those ties that are to a friend of a friend. Assumed.
    reached : float
        Share of the doors that open: 101 of 200 (practice, S81).
    notes_per_week : float
        Notes a week for 1,200 residents; nobody is asked to write everything down. Assumed.
    language : str
        Language of the texts, ``"nl"`` or ``"en"``.

    Raises
    ------
    UnusableInput
        A share outside 0 to 1, another number that cannot be, or an unknown language.

    Examples
    --------
    >>> Recipe(talents_per_resident=2).talents_per_resident
    2
    >>> Recipe(alone=1.5)
    Traceback (most recent call last):
        ...
    assetmap.errors.UnusableInput: alone is a share: give a number from 0 to 1
    """

    talents_per_resident: float = 1.0
    needs_per_resident: float = 0.3
    offering: float = 0.6
    asking: float = 0.3
    volunteering: float = 0.5
    centre_volunteers: int = 30
    drivers: float = 0.1
    talked: float = 0.75
    sharing: float = 0.65
    alone: float = 0.03
    friends: float = 2.5
    nearby: float = 0.8
    closing: float = 0.4
    reached: float = 101 / 200
    notes_per_week: float = 5.0
    language: str = "nl"

    def __post_init__(self) -> None:
        for each in fields(self):
            if each.name not in {"language", "centre_volunteers"}:
                most = _MOST if each.name in _AMOUNTS else 1.0
                self._within(each.name, most)
        if not 1 <= self.centre_volunteers <= 1000:
            raise UnusableInput("centre_volunteers is a number from 1 to 1,000")
        if self.volunteering > self.offering:
            raise UnusableInput("volunteering cannot be more than offering: volunteers offer")
        object.__setattr__(self, "language", str(language(self.language)))

    def _within(self, name: str, most: float) -> None:
        if not 0 <= getattr(self, name) <= most:
            if most == 1.0:
                raise UnusableInput(f"{name} is a share: give a number from 0 to 1")
            raise UnusableInput(f"{name}: give a number from 0 to {most:g}")
