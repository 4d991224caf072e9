"""Questionnaires that add up: how they are scored, and against which norm.

For groups only: scores of a street or a project, never of a person. A score says nothing of one
person that the conversation did not say better, and the makers of these scales made them for
research. Tools for a conversation have no total at all, see :func:`positive_health`.

Answers are numbers, or words in English or Dutch where a scale says so; NaN or None is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Real
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assetmap.detectors.checking import Flags, Numbers, frozen, whole
from assetmap.errors import UnusableInput

__all__ = [
    "GROUP",
    "NORMS",
    "Norm",
    "Scored",
    "caregiver_strain",
    "de_jong_gierveld",
    "ediz",
    "ediz_plus",
    "lubben",
    "positive_health",
    "ucla",
]

GROUP = 10
"""The smallest group of which shares are told, unless asked otherwise."""

_THREE = MappingProxyType(
    {"no": 1, "nee": 1, "more or less": 2, "min of meer": 2, "yes": 3, "ja": 3}
)
_FIVE = MappingProxyType(
    {
        "no!": 1, "nee!": 1, "no": 2, "nee": 2, "more or less": 3, "min of meer": 3,
        "yes": 4, "ja": 4, "yes!": 5, "ja!": 5,
    }
)  # fmt: skip
_TWO = MappingProxyType({"no": 0, "nee": 0, "yes": 1, "ja": 1})
_NONE: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class Norm:
    """From which totals on a level begins, and who says so.

    Attributes
    ----------
    source : str
        Where it is printed.
    year : int
        Of the source.
    levels : tuple of (float, str)
        The lowest total of each level and its name, lowest level first.
    parts : tuple of (float, str)
        The same for the parts of the scale; empty: no norm for parts.

    Examples
    --------
    >>> NORMS["de_jong_gierveld_6"].year
    2022
    """

    source: str
    year: int
    levels: tuple[tuple[float, str], ...]
    parts: tuple[tuple[float, str], ...] = ()


_LONELY_6 = ((0, "not lonely"), (2, "moderately lonely"), (5, "strongly lonely"))
_LONELY_11 = (
    (0, "not lonely"),
    (3, "moderately lonely"),
    (9, "strongly lonely"),
    (11, "very strongly lonely"),
)
_MANUAL = "De Jong Gierveld and Van Tilburg, Manual of the Loneliness Scale, VU Amsterdam"

NORMS: Mapping[str, Norm] = MappingProxyType(
    {
        "de_jong_gierveld_6": Norm(_MANUAL, 2022, _LONELY_6, ((0, "not lonely"), (1, "lonely"))),
        "de_jong_gierveld_6_cbs": Norm(
            "Statistics Netherlands, Loneliness survey: technical explanation",
            2020,
            _LONELY_6,
            ((0, "not lonely"), (1, "moderately lonely"), (3, "strongly lonely")),
        ),
        "de_jong_gierveld_11": Norm(_MANUAL, 2022, _LONELY_11),
        "de_jong_gierveld_11_vzinfo": Norm(
            "VZinfo, Eenzaamheid: methoden", 2022, _LONELY_11, ((0, "not lonely"), (3, "lonely"))
        ),
        "de_jong_gierveld_11_rivm": Norm(
            "RIVM, Verantwoording eenzaamheid, Gezondheidsmonitor",
            2016,
            _LONELY_11,
            ((0, "not lonely"), (2, "lonely")),
        ),
        "ucla_3": Norm(
            "Steptoe, Shankar, Demakakos and Wardle, PNAS 110: a custom of researchers",
            2013,
            ((3, "less lonely"), (6, "more lonely")),
        ),
        "lubben_6": Norm(
            "Lubben and others, The Gerontologist 46",
            2006,
            ((0, "few ties"), (12, "enough ties")),
            ((0, "few ties"), (6, "enough ties")),
        ),
        "ediz_plus": Norm(
            "De Boer, Oudijk and Tielen, Tijdschrift voor Gerontologie en Geriatrie 43",
            2012,
            ((0, "not overburdened"), (9, "overburdened")),
        ),
        "caregiver_strain_13": Norm(
            "Robinson, Journal of Gerontology 38", 1983, ((0, "less strain"), (7, "high strain"))
        ),
    }
)
"""The norms there are. Where official sources differ, each has a name of its own."""


@dataclass(frozen=True, eq=False)
class Scored:
    """The scores of a group of respondents; arrays have one entry for each.

    Attributes
    ----------
    total : array of float
        NaN where too many answers are missing.
    parts : Mapping[str, array of float]
        Scores of parts of the scale; NaN where an answer is missing.
    maximum : int
        The largest total there is.
    norm : Norm or None
        What levels are taken from; None: the scale has no norm.

    Examples
    --------
    >>> found = de_jong_gierveld([[3, 1, 1, 3, 1, 3], [1, 3, 3, 1, 3, 1]])
    >>> found.total.tolist(), found.parts["social"].tolist()
    ([6.0, 0.0], [3.0, 0.0])
    """

    total: Numbers
    parts: Mapping[str, Numbers] = field(default_factory=lambda: MappingProxyType({}))
    maximum: int = 0
    norm: Norm | None = None

    @property
    def valid(self) -> int:
        """How many respondents have a total."""
        return int((~np.isnan(self.total)).sum())

    def shares(
        self, part: str | None = None, *, minimum: int = GROUP
    ) -> Mapping[str, float] | None:
        """Return which share of the group has each level; None for a group that is too small.

        Parameters
        ----------
        part : str, optional
            A part of the scale; default: the total.
        minimum : int, default 10
            The smallest number of respondents with a score.

        Raises
        ------
        UnusableInput
            A scale without a norm for this, or a part it does not have.
        """
        if part is not None and part not in self.parts:
            raise UnusableInput(f"there is no part {part!r}; there are: {', '.join(self.parts)}")
        cuts = () if self.norm is None else self.norm.levels if part is None else self.norm.parts
        if not cuts:
            raise UnusableInput("there is no norm for this; compare means, not levels")
        scores = np.ravel(self.total if part is None else self.parts[part])
        scores = scores[~np.isnan(scores)]
        if len(scores) < max(1, minimum):
            return None
        places = np.searchsorted([low for low, _ in cuts], scores, side="right") - 1
        return MappingProxyType(
            {name: float((places == at).mean()) for at, (_, name) in enumerate(cuts)}
        )


Items = Sequence[object] | Mapping[int, object] | NDArray[Any]


def de_jong_gierveld(items: Items, *, answers: int = 3, norm: str | None = None) -> Scored:
    """Score the loneliness scale of De Jong Gierveld, of 6 or of 11 statements.

    Negative statements (2, 3, 5, 6, 9, 10: emotional) score 1 for "yes" and for "more or less",
    positive ones (1, 4, 7, 8, 11: social) for "no" and for "more or less". The short form has 3,
    9, 10 and 4, 7, 8. A total is given with one answer missing at most, a part with none.

    Official sources differ on the parts: by the manual's short form 1 is lonely, in the figures
    of Statistics Netherlands 1 is moderately so; of the long form VZinfo says 3, RIVM said 2. One
    site counts 6 positive and 5 negative statements: the list itself has 5 and 6. Statistics
    Netherlands used another scale up to 2016: figures from then can't be compared.

    Parameters
    ----------
    items : array, respondents x 6 or 11, or one row, or {statement: answers}
        11 in the order of the questionnaire; 6 in the order of the printed short form, which is
        3, 4, 7, 9, 8, 10. A mapping names the statements by their numbers of the long form. 1 no,
        2 more or less, 3 yes, or these words; with ``answers=5``: 1 no!, 2 no, 3 more or less,
        4 yes, 5 yes!.
    answers : int, default 3
        How many answers there are to choose from, 3 or 5.
    norm : str, optional
        A name from ``NORMS``; default: the manual's.

    Raises
    ------
    UnusableInput
        Another number of statements, an answer that there is not, an unknown norm.

    References
    ----------
    J. de Jong Gierveld and T. van Tilburg, "A 6-item scale for overall, emotional, and social
    loneliness", Research on Aging 28 (2006), 582-598, and the manual, updated 2022.

    Examples
    --------
    >>> de_jong_gierveld(["yes", "yes", "more or less", "no", "yes", "no"]).total.tolist()
    2.0
    """
    table, numbers = _statements(items, _FIVE if whole("answers", answers) == 5 else _THREE)
    middle = {3: 2, 5: 3}.get(answers)
    if middle is None:
        raise UnusableInput(f"answers is {answers}; allowed: 3 or 5")
    _within(table, 1, answers)
    negative = np.isin(numbers, (2, 3, 5, 6, 9, 10))
    lonely = np.where(negative, table >= middle, table <= middle)
    points = np.where(np.isnan(table), np.nan, lonely.astype(float))
    parts = {"emotional": _sum(points[..., negative]), "social": _sum(points[..., ~negative])}
    name = f"de_jong_gierveld_{len(numbers)}"
    return Scored(_sum(points, missing=1), MappingProxyType(parts), len(numbers), _norm(norm, name))


def ucla(items: Items) -> Scored:
    """Score the three questions of the loneliness scale of the University of California (UCLA-3).

    1 hardly ever, 2 some of the time, 3 often; the sum is 3 to 9. No official limit exists;
    researchers group 3 to 5 and 6 to 9. All three are needed.

    Parameters
    ----------
    items : array, respondents x 3, or one row
        1, 2 or 3.

    Raises
    ------
    UnusableInput
        Another number of questions, an answer that there is not.

    References
    ----------
    M. E. Hughes, L. J. Waite, L. C. Hawkley and J. T. Cacioppo, "A short scale for measuring
    loneliness in large surveys", Research on Aging 26 (2004), 655-672.

    Examples
    --------
    >>> ucla([[1, 2, 3], [1, 1, None]]).total.tolist()
    [6.0, nan]
    """
    table = _table(items, _NONE, size=3)
    _within(table, 1, 3)
    return Scored(_sum(table), maximum=9, norm=NORMS["ucla_3"])


def lubben(items: Items) -> Scored:
    """Score the short social network scale of Lubben (LSNS-6).

    Each question 0 (nobody) to 5 (nine or more); the sum is 0 to 30, low is isolated: below 12,
    and in each part, family (1 to 3) and friends (4 to 6), below 6. It counts contacts; that
    somebody feels lonely does not follow from it. All six are needed.

    Parameters
    ----------
    items : array, respondents x 6, or one row
        0 to 5.

    Raises
    ------
    UnusableInput
        Another number of questions, an answer that there is not.

    References
    ----------
    J. Lubben and others, "Performance of an abbreviated version of the Lubben Social Network
    Scale", The Gerontologist 46 (2006), 503-513.

    Examples
    --------
    >>> found = lubben([2, 2, 1, 3, 2, 2])
    >>> float(found.total), float(found.parts["family"])
    (12.0, 5.0)
    """
    table = _table(items, _NONE, size=6)
    _within(table, 0, 5)
    parts = {"family": _sum(table[..., :3]), "friends": _sum(table[..., 3:])}
    return Scored(_sum(table), MappingProxyType(parts), 30, NORMS["lubben_6"])


def ediz(items: Items) -> Scored:
    """Score the pressure that carers feel (EDIZ: Ervaren Druk door Informele Zorg).

    Nine statements; "more or less", "yes" and "yes!" score 1; 0 to 9, and no norm. All nine are
    needed.

    Parameters
    ----------
    items : array, respondents x 9, or one row
        1 no!, 2 no, 3 more or less, 4 yes, 5 yes!, or these words.

    Raises
    ------
    UnusableInput
        Another number of statements, an answer that there is not.

    References
    ----------
    A. M. Pot, R. van Dyck and D. J. H. Deeg, "Ervaren druk door informele zorg: constructie van
    een schaal", Tijdschrift voor Gerontologie en Geriatrie 26 (1995), 214-219.

    Examples
    --------
    >>> float(ediz([1, 2, 3, 4, 5, 1, 1, 1, 1]).total)
    3.0
    """
    table = _table(items, _FIVE, size=9)
    _within(table, 1, 5)
    points = np.where(np.isnan(table), np.nan, (table >= 3).astype(float))
    return Scored(_sum(points), maximum=9)


def ediz_plus(items: Items) -> Scored:
    """Score the pressure that carers feel, with work and health (EDIZ-plus).

    Fifteen statements of 0 or 1; 9 and more is overburdened. All fifteen are needed.

    Parameters
    ----------
    items : array, respondents x 15, or one row
        0 does not hold, 1 holds, or "no" and "yes".

    Raises
    ------
    UnusableInput
        Another number of statements, an answer that there is not.

    References
    ----------
    A. de Boer, D. Oudijk and L. Tielen, "Ervaren belasting door mantelzorg: constructie van de
    EDIZ-plus", Tijdschrift voor Gerontologie en Geriatrie 43 (2012), 77-88.

    Examples
    --------
    >>> float(ediz_plus([1] * 9 + [0] * 6).total)
    9.0
    """
    table = _table(items, _TWO, size=15)
    _within(table, 0, 1)
    return Scored(_sum(table), maximum=15, norm=NORMS["ediz_plus"])


def caregiver_strain(items: Items) -> Scored:
    """Score the Caregiver Strain Index (CSI).

    Thirteen questions of yes or no; 7 and more is high strain. All thirteen are needed.

    Parameters
    ----------
    items : array, respondents x 13, or one row
        0 no, 1 yes, or these words.

    Raises
    ------
    UnusableInput
        Another number of questions, an answer that there is not.

    References
    ----------
    B. C. Robinson, "Validation of a caregiver strain index", Journal of Gerontology 38 (1983),
    344-348.

    Examples
    --------
    >>> float(caregiver_strain([1] * 7 + [0] * 6).total)
    7.0
    """
    table = _table(items, _TWO, size=13)
    _within(table, 0, 1)
    return Scored(_sum(table), maximum=13, norm=NORMS["caregiver_strain_13"])


def positive_health(items: object) -> Scored:
    """Refuse to score the spider web of positive health (Mijn Positieve Gezondheid).

    Its makers call it a tool for a conversation and not a measuring instrument: what counts is
    what somebody wants to change. A total, a mean of a street or a signal has no meaning.

    Parameters
    ----------
    items : object
        Whatever was filled in.

    Raises
    ------
    UnusableInput
        Always, with the reason.

    Examples
    --------
    >>> positive_health([7, 8, 6, 5, 9, 4])
    Traceback (most recent call last):
    assetmap.errors.UnusableInput: positive health is a tool for a conversation, not a measure: ...
    """
    del items
    raise UnusableInput(
        "positive health is a tool for a conversation, not a measure: it has no total and no "
        "level. Talk about what the person wants to change; for a group, use a scale made for it"
    )


def _norm(name: str | None, default: str) -> Norm:
    chosen = default if name is None else name
    allowed = [each for each in NORMS if each == default or each.startswith(f"{default}_")]
    if chosen not in allowed:
        raise UnusableInput(f"norm is {chosen!r}; allowed: {', '.join(allowed)}")
    return NORMS[chosen]


def _statements(items: Items, words: Mapping[str, int]) -> tuple[Numbers, NDArray[np.int64]]:
    """Return answers, and the number of the statement of each column."""
    short, long = [3, 4, 7, 9, 8, 10], [*range(1, 12)]
    if isinstance(items, Mapping):
        named = sorted(items)
        if named not in (sorted(short), long):
            raise UnusableInput("items must have the statements 3, 4, 7, 8, 9, 10, or 1 to 11")
        columns = [np.asarray(items[number], dtype=object) for number in named]
        table = _table(np.stack(np.broadcast_arrays(*columns), axis=-1), words)
        return table, np.array(named, dtype=np.int64)
    table = _table(items, words)
    for order in (short, long):
        if table.shape[-1] == len(order):
            return table, np.array(order, dtype=np.int64)
    raise UnusableInput(f"items has {table.shape[-1]} columns; allowed: 6 or 11")


def _table(items: Items, words: Mapping[str, int], *, size: int | None = None) -> Numbers:
    """Return answers as numbers, NaN where missing; one row stays one row."""
    try:
        given: NDArray[Any] = np.array(items, dtype=object)
        flat = [_answer(each, words) for each in given.ravel()]
        table: Numbers = np.array(flat, dtype=np.float64).reshape(given.shape)
    except (TypeError, ValueError):
        allowed = ", ".join(repr(word) for word in words)
        raise UnusableInput(
            "items must be numbers in rows of one length" + (f", or of {allowed}" if words else "")
        ) from None
    if table.ndim not in (1, 2) or (size is not None and table.shape[-1] != size):
        wanted = "one row" if size is None else f"{size} columns"
        raise UnusableInput(f"items has the shape {table.shape}; allowed: {wanted}, or a table")
    return table


def _answer(value: object, words: Mapping[str, int]) -> float:
    if value is None:
        return float("nan")
    if isinstance(value, str):
        if value.strip().casefold() not in words:
            raise ValueError
        return float(words[value.strip().casefold()])
    if not isinstance(value, Real):
        raise TypeError
    return float(value)


def _within(table: Numbers, low: int, high: int) -> None:
    wrong: Flags = ~np.isnan(table) & ((table < low) | (table > high) | (table != np.floor(table)))
    if wrong.any():
        column = int(np.argwhere(wrong)[0][-1]) + 1
        raise UnusableInput(f"an answer of item {column} is not one of {low} to {high}")


def _sum(points: Numbers, *, missing: int = 0) -> Numbers:
    """Add up the answers there are; NaN where more than `missing` are not."""
    absent = np.isnan(points).sum(axis=-1)
    return frozen(np.asarray(np.where(absent > missing, np.nan, np.nansum(points, axis=-1))))
