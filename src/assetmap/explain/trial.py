"""A run with a few records more: only what these touch is worked out anew, and solved again."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assetmap.errors import UnusableInput
from assetmap.match import Proposals
from assetmap.model import RUNGS, Need, Neighbourhood, Record, Rung, Talent
from assetmap.plans import (
    Ask,
    Candidates,
    Catalogue,
    Chosen,
    Encoded,
    Option,
    Scene,
    Supply,
    Worked,
    candidates,
    encode,
    mutual,
    opened,
    reservations,
)
from assetmap.plans.carrying import SOURCES
from assetmap.plans.demands import demanding
from assetmap.plans.ladder import ladder_for, rung_of, steps_for
from assetmap.plans.offers import Offer
from assetmap.plans.rides import Since, could_drive
from assetmap.plans.touched import could_serve, limited
from assetmap.solvers import Solution, solve

__all__ = ["Found", "Study", "Trial"]

SECONDS = 10.0
"""An emergency exit; a trial is a small problem."""
FREE = 40
"""At most so many other needs may get another plan, where a trial asks for that."""
SHARED = (
    "geography",
    "_measured",
    "personal",
    "_households",
    "arranged",
    "network",
    "agreed_hours",
    "workers",
    "teams",
    "meetings",
    "arrangements",
    "decisions",
    "safeguards",
    "guarded",
    "scopes",
    "motives",
    "lasting",
)
"""What a scene worked out that more talents, more seats and other wishes leave as it is."""
Slots = tuple[str, int]


@dataclass(frozen=True, eq=False)
class Found:
    """What a trial came to.

    Attributes
    ----------
    met : tuple of str
        Needs that have no plan now and get one, by id.
    stay : tuple of Chosen
        The plans that have nothing to do with what is new.
    encoded : Encoded
        The plans that were solved again.
    solution : Solution or None
        What came of them; None: there was nothing to solve.
    """

    met: tuple[str, ...]
    stay: tuple[Chosen, ...]
    encoded: Encoded | None = None
    solution: Solution | None = None

    @cached_property
    def chosen(self) -> tuple[Chosen, ...]:
        """All plans, those that stay too."""
        found = self.solution
        if self.encoded is None or found is None or found.chosen is None or found.switch is None:
            return self.stay
        whole = self.encoded.problem(())
        turns = found.switch[: whole.switches]
        plan = Solution.from_plan(whole, found.chosen, alternative=found.alternative, switch=turns)
        return (*self.stay, *self.encoded.chosen(plan))


@dataclass(eq=False)
class Study:
    """One run, made ready for many trials.

    Parameters
    ----------
    run : Proposals
        The run; it holds its working.
    """

    run: Proposals

    @cached_property
    def worked(self) -> Worked:
        """The run as numbers."""
        if self.run.worked is None:
            raise UnusableInput("These proposals do not hold their working; run propose again.")
        return self.run.worked

    @property
    def scene(self) -> Scene:
        """The scene of the run."""
        return self.worked.working.scene

    @cached_property
    def asks(self) -> Mapping[str, Ask]:
        """The open needs."""
        return {ask.id: ask for ask in self.worked.working.opened.asks}

    @cached_property
    def chosen(self) -> tuple[Chosen, ...]:
        """The plans that are proposed or were decided on."""
        return self.worked.encoded.chosen(self.worked.solution)

    @cached_property
    def required(self) -> frozenset[Slots]:
        """The occurrences that are met now, by giving as well."""
        found = {(c.option.ask.id, c.option.slot.index) for c in self.chosen}
        given = (self.asks[need] for need in self.run.met_by_giving)
        return frozenset(found | {(ask.id, ask.slots[0].index) for ask in given})

    @cached_property
    def giving(self) -> frozenset[str]:
        """The needs whose plans also meet a need of who gives."""
        links = self.worked.working.links
        met = self.run.met_by_giving
        return frozenset(need for (need, _), also in links.items() if not met.isdisjoint(also))

    @cached_property
    def unmet(self) -> frozenset[str]:
        """The needs without a plan."""
        return frozenset(gap.need for gap in self.run.gaps if gap.need in self.asks)

    @cached_property
    def pinned(self) -> frozenset[str]:
        """The needs for which something was decided."""
        options = self.worked.encoded.options
        pins = (options[at] for at in self.worked.encoded.pinned)
        return frozenset(option.ask.id for option in pins if option is not None)

    @cached_property
    def supply(self) -> Supply:
        """What the run drew on; who may be proposed for an activity might drive others there."""
        return self.worked.working.supply

    @cached_property
    def waiting(self) -> tuple[Chosen, ...]:
        """The chosen plans whose steps of the ladder are not open whoever else could help."""
        return tuple(c for c in self.chosen if not _open_anyhow(self.scene, c))

    @cached_property
    def by_offer(self) -> Mapping[str, frozenset[str]]:
        """Which needs each offer could serve, in part or whole."""
        found: dict[str, set[str]] = {}
        for option in self.worked.working.options:
            for key in _keys(option):
                found.setdefault(key, set()).add(option.ask.id)
        return {key: frozenset(needs) for key, needs in found.items()}

    def near(self, options: Iterable[Option]) -> frozenset[str]:
        """Return the needs that share somebody or something with these options, and so on."""
        if len(self.asks) <= FREE:
            return frozenset(self.asks) - self.pinned
        keys = {key for option in options for key in _keys(option)}
        found: set[str] = set()
        for _ in range(2):
            ring = sorted({n for key in keys for n in self.by_offer.get(key, ())} - found)
            found |= set(ring[: FREE - len(found)])
            plans = (self.worked.working.found[n].options for n in ring)
            keys = {key for some in plans for option in some for key in _keys(option)}
        return frozenset(found) - self.pinned


def _open_anyhow(scene: Scene, plan: Chosen) -> bool:
    """Say whether a plan waits for nobody, even if somebody could help on every lower step."""
    steps = steps_for(scene, plan.option.ask, (), RUNGS)
    return all(steps.allow(giver) for giver in plan.givers)


def _keys(option: Option) -> set[str]:
    return {giver.offer.key for part in option.parts for giver in part.givers}


def _comes(row: Record | None) -> tuple[object, ...]:
    """Return who goes where when, by what they offer."""
    return tuple(getattr(row, name, None) for name in ("owner", "going_to", "from_", "until"))


def _table(offer: Offer) -> str:
    return "talents" if offer.talent is not None else "activities"


@dataclass(eq=False)
class Trial:
    """A run with some records added or replaced.

    Everybody who has a plan keeps that very plan where it is still possible.

    Parameters
    ----------
    study : Study
        The run.
    records : tuple of Record
        Talents and people that are new; activities, talents and needs in the place of their own.
    """

    study: Study
    records: tuple[Record, ...] = ()

    @cached_property
    def hood(self) -> Neighbourhood:
        """The changed neighbourhood."""
        base = self.study.run.hood
        index: dict[str, dict[str, Record]] = {}
        for new in self.records:
            rows = index.setdefault(new.table, dict(base.index[new.table]))
            rows[str(new.id)] = new
        tables = {name: tuple(rows.values()) for name, rows in index.items()}
        changed: Neighbourhood = dataclasses.replace(base, **tables)  # type: ignore[arg-type]
        known = {"tree": base.tree, "distances": base.distances, "index": {**base.index, **index}}
        vars(changed).update(known)
        return changed

    @cached_property
    def scene(self) -> Scene:
        """The changed scene; what cannot have changed is taken over."""
        before = self.study.scene
        if not self.records:
            return before
        scene = Scene(self.hood, before.policy, before.week)
        changed = {row.table for row in self.records}
        as_it_was = {name for name, of in SOURCES.items() if changed.isdisjoint(of)}
        known = {name: found for name, found in vars(before).items() if name in as_it_was}
        vars(scene).update(known | {name: getattr(before, name) for name in SHARED})
        return scene

    @cached_property
    def wishes_only(self) -> bool:
        """Whether nothing but needs was replaced, so that every offer is as it was."""
        return all(isinstance(row, Need) for row in self.records)

    @cached_property
    def supply(self) -> Supply:
        """What can be drawn on."""
        before = self.study.supply
        if self.wishes_only:
            known = before.notes
            notes = dataclasses.replace(known, fitting={}, willing={}, givers={})
            return dataclasses.replace(before, notes=notes)
        catalogue = before.catalogue.with_rows(self.scene, self.records)
        if self._somebody_comes:
            fixed = self.study.worked.working.opened.fixed
            return Supply(catalogue, reservations(self.scene, fixed), before.may_attend)
        since = Since(
            before=before,
            offers=(new := self._otherwise(catalogue)),
            drivers=tuple(o for o in catalogue.drivers if o.key in new),
            needs=frozenset(str(row.id) for row in self.records if isinstance(row, Need)),
        )
        return Supply(catalogue, before.busy, before.may_attend, since=since)

    @property
    def _somebody_comes(self) -> bool:
        """Whether somebody goes to an activity who did not, or at other times."""
        now = [row for row in self.records if isinstance(row, Talent) and row.going_to]
        known = self.study.run.hood.index["talents"]
        return any(_comes(row) != _comes(known.get(row.talent)) for row in now)

    def _otherwise(self, catalogue: Catalogue) -> frozenset[str]:
        """Return what is on offer that may be otherwise than it was, whatever else they offer."""
        rows = {(row.table, str(row.id)) for row in self.records}
        givers = {row.owner for row in self.records if isinstance(row, Talent)}
        found = (o for o in catalogue.offers if o.provider in givers or (_table(o), o.id) in rows)
        return frozenset(o.key for o in found)

    @cached_property
    def asks(self) -> Mapping[str, Ask]:
        """The open needs; those whose record was replaced are asked anew."""
        new = {str(row.id): row for row in self.records if isinstance(row, Need)}
        if not new:
            return self.study.asks
        hood = dataclasses.replace(self.hood, needs=tuple(new.values()))
        vars(hood).update(tree=self.hood.tree, distances=self.hood.distances)
        alone = Scene(hood, self.scene.policy, self.scene.week)
        vars(alone).update({name: getattr(self.scene, name) for name in (*SHARED, "people")})
        return {**self.study.asks, **{ask.id: ask for ask in opened(alone).asks}}

    def candidates(self, need: str) -> Candidates:
        """Return what could meet a need now."""
        if need not in self._known:
            self._known[need] = candidates(self.scene, self.asks[need], self.supply)
        return self._known[need]

    @cached_property
    def _known(self) -> dict[str, Candidates]:
        return {}

    @cached_property
    def _new(self) -> tuple[Offer, ...]:
        """What is on offer that was not, or not as it is now; drivers by where they go."""
        if self.wishes_only:
            return ()
        rows = {(row.table, str(row.id)) for row in self.records}
        offers = self.supply.catalogue.offers
        new = [o for o in offers if (_table(o), o.id) in rows]
        going = {o.talent.going_to for o in new if o.talent is not None and o.talent.going_to}
        joined = (o for o in offers if o.activity is not None and o.id in going)
        return tuple(sorted({*new, *joined}, key=lambda o: o.key))

    @cached_property
    def _new_here(self) -> Catalogue:
        return limited(self.supply.catalogue, self._new)

    def could_help(self, ask: Ask) -> bool:
        """Say whether what is new could have a part in a plan for a need."""
        rides = self.study.worked.working.found[ask.id].rides
        return could_serve(self._new_here, ask, rides=rides)

    def may_close(self, plan: Chosen) -> bool:
        """Say whether a step of the ladder may close for a plan: somebody lower could help now."""
        ask = plan.option.ask
        drivers = self._new_here.drivers
        offers = {o for o, _ in self._new_here.answering(ask)} if self._new else set()
        drives = any(o.talent is not None and not o.talent.going_to for o in drivers)
        if drives and self.study.worked.working.found[ask.id].rides:
            whoever = self.supply.since is None  # then somebody may go there who did not
            if whoever or could_drive(self.scene, ask, self.supply, drivers):
                offers.update(drivers)
        new = {rung_of(self.scene, ask, o) for o in offers}
        new |= {Rung.NEIGHBOUR} if any(o.talent and o.talent.going_to for o in self._new) else set()
        mine = {giver.rung for giver in plan.givers}
        return bool(offers) and any(
            min(order.index(r) for r in new) < max(order.index(r) for r in mine)
            for order in (ladder_for(ask), RUNGS)
        )

    # --- solving again --------------------------------------------------------------------------

    def solved(self, wanted: Collection[str], *, freely: bool = False) -> Found | None:
        """Meet as many of some needs as possible, while everything that is met stays met.

        Parameters
        ----------
        wanted : collection of str
            Needs without a plan.
        freely : bool, default False
            Whether those near by may get another plan than they have.

        Returns
        -------
        Found or None
            None where not everything can stay met.
        """
        asked = [need for need in sorted(wanted) if self.candidates(need).options]
        new = [option for need in asked for option in self.candidates(need).options]
        if not new:
            return Found((), self.study.chosen)
        loose = self.study.near(new) if freely else frozenset[str]()
        kept, free = self._kept(loose - set(asked))
        parties = {party for option in (*free, *new) for party in _parties(option)}
        beside = {
            need: option
            for need, option in kept.items()
            if need[0] in self.study.giving or not parties.isdisjoint(_parties(option))
        }
        options = [*beside.values(), *free, *new]
        asks = tuple(self.asks.values())
        links = mutual(self.scene, asks, options)
        encoded = encode(self.scene, self.supply.busy, asks, options, links=links)
        problem = demanding(encoded, self.study.required - (kept.keys() - beside.keys()), asked)
        found = None if problem is None else solve(problem, time_limit=SECONDS)
        if found is None or found.chosen is None:
            return None
        taken = (o for o, yes in zip(encoded.options, found.chosen, strict=True) if yes)
        met = {option.ask.id for option in taken if option is not None}
        met |= encoded.met_by_giving(found)
        apart = kept.keys() - beside.keys()
        stay = (c for c in self.study.chosen if (c.option.ask.id, c.option.slot.index) in apart)
        return Found(tuple(n for n in asked if n in met), tuple(stay), encoded, found)

    def _kept(self, loose: Collection[str]) -> tuple[dict[Slots, Option], list[Option]]:
        """Return the plans that stay, and all there are for who is loose or cannot keep theirs."""
        found = self.study.worked.working.found
        kept: dict[Slots, Option] = {}
        free = set(loose)
        closing = {c.option.ask.id for c in self.study.waiting if self.may_close(c)} - free
        for plan in self.study.chosen:
            need = plan.option.ask.id
            same: Option | None = _just(plan)
            if need in closing:
                same = _same(plan, self.candidates(need).options)
            if same is None:
                free.add(need)
            else:
                kept[need, plan.option.slot.index] = same
        others: list[Option] = []
        for need in sorted(free):
            others.extend((self.candidates(need) if need in closing else found[need]).options)
        new = {offer.key: offer for offer in self._new}
        stay = {at: _refreshed(o, new) for at, o in kept.items() if at[0] not in free}
        return stay, [_refreshed(option, new) for option in others]


def _just(plan: Chosen) -> Option:
    """Return a plan with the givers that were chosen and no others."""
    givers = {id(giver) for giver in plan.givers}
    return plan.option.only(lambda giver: id(giver) in givers)


def _parties(option: Option) -> Iterator[str]:
    """Yield everybody and everything that has a part in a plan."""
    yield option.ask.need.owner
    for offer in (option.offer, *(g.offer for part in option.parts for g in part.givers)):
        yield offer.provider
        yield offer.id


def _refreshed(option: Option, now: Mapping[str, Offer]) -> Option:
    """Return the same plan with what its offers are now."""
    if not any(key in now for key in (option.offer.key, *_keys(option))):
        return option
    parts = (
        dataclasses.replace(
            part,
            givers=tuple(
                dataclasses.replace(g, offer=now[g.offer.key]) if g.offer.key in now else g
                for g in part.givers
            ),
        )
        for part in option.parts
    )
    offer = now.get(option.offer.key, option.offer)
    return dataclasses.replace(option, offer=offer, parts=tuple(parts))


def _same(plan: Chosen, options: Sequence[Option]) -> Option | None:
    """Return the same plan among others, with the same givers; None if it is not there."""
    wanted = {(g.identity, g.if_attending) for g in plan.givers}
    for option in options:
        if option.key == plan.option.key and option.step == plan.option.step:
            mine = option.only(lambda g: (g.identity, g.if_attending) in wanted)
            if mine.possible and mine.pinned == plan.option.pinned:
                return mine
    return None
