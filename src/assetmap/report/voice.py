"""Says everything in every language at once, under the names that the team uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from assetmap.match import Proposals
from assetmap.plans.wording import Teller, called
from assetmap.report.facts import Said
from assetmap.texts import Language, clock, moment
from assetmap.texts.plain import named, typed

__all__ = ["Voice"]


class Voice:
    """Tells about one run in every language.

    Attributes
    ----------
    run : Proposals
        What is told about.
    name : callable
        What the team calls a party.
    """

    def __init__(self, run: Proposals) -> None:
        self.run = run
        self.name = named(called(run.hood))
        self._tellers = {lang.value: Teller(run, lang, self.name, typed) for lang in Language}

    def one(self, make: Callable[[Teller], str]) -> Said:
        """Return one sentence in every language."""
        return MappingProxyType({lang: make(teller) for lang, teller in self._tellers.items()})

    def several(self, make: Callable[[Teller], Iterable[str]]) -> tuple[Said, ...]:
        """Return several sentences, each in every language and none of them twice."""
        lines = zip(*(tuple(make(teller)) for teller in self._tellers.values()), strict=True)
        return tuple(
            MappingProxyType(dict(zip(self._tellers, line, strict=True)))
            for line in dict.fromkeys(lines)
        )

    def say(self, key: str, **facts: object) -> Said:
        """Return a sentence in every language; a fact in every language is taken in its own."""

        def sentence(teller: Teller) -> str:
            own = {n: f[teller.lang] if isinstance(f, Mapping) else f for n, f in facts.items()}
            return teller.say(key, **own)

        return self.one(sentence)

    def label(self, category: str) -> Said:
        """Return what a category is called."""
        return self.one(lambda teller: teller.label(category))

    def asked(self, need: str) -> Said:
        """Return what a need asks."""
        return self.label(self.run.hood.need(need).category)

    def asker(self, need: str) -> str:
        """Return what the team calls the one who asks."""
        return self.name(self.run.hood.need(need).owner)

    def moment(self, when: datetime) -> Said:
        """Return a day and a time of the clock."""
        return {lang.value: moment(when, lang) for lang in Language}

    def clock(self, when: datetime) -> Said:
        """Return a time of the clock."""
        return {lang.value: clock(when.hour * 60 + when.minute, lang) for lang in Language}

    def activity(self, identifier: str) -> str:
        """Return the name of an activity."""
        return next(iter(self._tellers.values())).activity(identifier)
