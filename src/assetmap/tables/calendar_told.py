"""What is to be told about a calendar that was read: each with its line, or how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from assetmap.errors import DataProblem, DataProblems, Severity
from assetmap.tables.grid import Place, error, notice, warning

__all__ = ["Told"]

_MAKE = MappingProxyType(
    {Severity.ERROR: error, Severity.WARNING: warning, Severity.NOTICE: notice}
)
_SEVERITIES: Mapping[str, Severity] = MappingProxyType(
    {
        **dict.fromkeys(("no-category",), Severity.ERROR),
        **dict.fromkeys(
            (
                *(
                    "all-day",
                    "cut-file",
                    "cut-off",
                    "exception-odd",
                    "following",
                    "length",
                    "line-unread",
                ),
                *("no-name", "no-start", "never", "other-clock", "rule-unread", "start-off"),
                "zone-unknown",
            ),
            Severity.WARNING,
        ),
    }
)
"""How much it matters; what is not here is a notice."""

_MOST = 50_000
"""Problems with a line of their own, at most."""
_MOST_ALIKE = MappingProxyType({"line-unread": 2_000, "never": 500})
"""Where there are more of these, the file is damaged."""
_MOST_NAMES = 200
"""Different things that are counted; what else there is counts as one."""


@dataclass(slots=True)
class Told:
    """What came up while a calendar was read.

    Attributes
    ----------
    found : list of DataProblem
        What has a line of its own.
    counted : Counter
        How often something was passed over, by code and what it is about.
    alike : Counter
        How many problems have a code.
    """

    found: list[DataProblem] = field(default_factory=list)
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)

    alike: Counter[str] = field(default_factory=Counter)

    def at(self, line: int, code: str, **facts: object) -> None:
        """Remember something about the event or the property at a line.

        Raises
        ------
        DataProblems
            There is so much of it that the file cannot be a calendar of somebody.
        """
        self.alike[code] += 1
        if len(self.found) >= _MOST or self.alike[code] > _MOST_ALIKE.get(code, _MOST):
            raise DataProblems([error("calendar-damaged")])
        make = _MAKE[_SEVERITIES.get(code, Severity.NOTICE)]
        place: Place = ("activities", line, None)
        self.found.append(make(f"calendar-{code}", place, **facts))

    def count(self, code: str, about: str = "", n: int = 1) -> None:
        """Count something that was passed over."""
        if (code, about) not in self.counted and len(self.counted) >= _MOST_NAMES:
            about = "…"
        self.counted[code, about] += n

    def problems(self) -> tuple[DataProblem, ...]:
        """Return everything, in the order of the lines; what was counted comes last."""
        own = sorted(self.found, key=lambda each: (each.row or 0, each.code))
        rest = [
            notice(f"calendar-{code}", field=about, n=n)
            for (code, about), n in sorted(self.counted.items())
        ]
        return (*own, *rest)
