"""Good plans and a proven bound for large parts: a search guided by prices."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from assetmap.solvers.bounding import Proof, Relaxation, all_rows, prove
from assetmap.solvers.incumbent import Incumbent
from assetmap.solvers.levels import End, Reply, worst
from assetmap.solvers.outcome import Outcome
from assetmap.solvers.packing import pack
from assetmap.solvers.polishing import Polish
from assetmap.solvers.relaxation import at_corner
from assetmap.solvers.settling import settled
from assetmap.solvers.solution import Reason, Status
from assetmap.solvers.summits import summit
from assetmap.solvers.swapping import Guide, choices, swap

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Floats, Ints
    from assetmap.solvers.bounding import Held, Rows
    from assetmap.solvers.model import Part
    from assetmap.solvers.summits import Summit
    from assetmap.solvers.swapping import Choices

STAGES = (400, 600, 1000, 2000, 4000)
"""Rounds of the relaxation, after each of which the bound is looked at."""
VISITS = 400_000_000
"""The relaxation ends when it has looked at so many entries of the rows."""
ROUNDS_PER_WORK = 1000
"""Rounds of the relaxation that count as one unit of work."""
GOOD_ENOUGH = 1e-5
"""A stage that lowers the bound by less than this part of it is the last."""
NEAR_POINT = 5e-5
"""So near, as a part, the bound and the value of the first stage are good for choices alone."""
WHOLE = 9000
"""With at most so many open columns a level is also given to branch and bound as a whole."""
SHARES = (0.3, 0.55)
WIDE = (1.0, 0.75)
"""Parts of the columns that prices speak against, those that they speak the least against."""
AT_A_TIME = 3500
"""With at most so many columns at the bound, all of them are tried at once."""
NODES_AT_BOUND = 100
"""Branch-and-bound nodes of each search at the bound."""
STEPS = 4
"""So often a bound is lowered by a proof that no plan reaches it."""
FOR_FIRST = 0.75
"""Part of the time that a level may take, of what it leaves to the levels after it."""
AT_BOUND = 5e-3
"""Relative gap on the next level at which the search at the bound may stop."""
MOST = 0.7
"""Part of the time of a level that the search over few columns at the bound may take."""
FOR_ANY = 0.2
"""Part of the time of a level that the search for any plan at the bound may take."""
FOR_SETTLING, ATTEMPTS = 0.75, 20
"""Part of the time that settling groups may take in a pass, and how often it is done at first."""
FIRST_NODES = 300
"""Branch-and-bound nodes of the first attempt on a whole level; each later one gets four times."""
CHANGES, CHANGES_PER_WORK = 6000, 2000
"""Changes of one choice each before the first polish, and how many count as one unit of work."""


@dataclass
class Guided(Incumbent):
    """A search over one part, while its levels are maximised.

    Attributes
    ----------
    ahead : tuple or None
        A proof for a next level, the part and what it took the levels before it to be.
    settled : tuple or None
        A next level, and a bound on it as long as the levels before keep their values.
    reasons : list of Reason
        Why each level ended.
    fresh : bool
        Whether nothing was polished yet.
    point : array of float, or None
        The values of the columns in the last relaxation.
    summits : bool
        Whether all plans that are left are best on the levels before, without a row that says so.
    choices : Choices or None
        The groups of which one column each is chosen, if that is all there is.
    """

    ahead: tuple[Part, Held, Proof] | None = None
    settled: tuple[int, int] | None = None
    reasons: list[Reason] = field(default_factory=list)
    fresh: bool = True
    point: Floats | None = None
    summits: bool = False
    choices: Choices | None = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.choices = choices(self.part)

    def run(self) -> Outcome:
        """Maximise every level in turn.

        1. Prices from the linear relaxation prove a bound on the level and rule columns out.
        2. A first plan comes from a programme on the columns that prices speak for, whole or
           region by region; it is then polished region by region.
        3. What is still open goes to branch and bound, which has to find something better.
        4. The value is held for the levels after it.

        Returns
        -------
        Outcome
            The best plan, with the bounds proven.
        """
        finish = self.watch.elapsed() + self.seconds
        scored = [i for i in range(self.part.levels) if self.part.score[:, i].any()]
        bound: list[int | None] = [0] * self.part.levels
        for level in scored:
            bound[level] = None
        for level in scored or [0]:
            stopped = self.watch.stop_reason()
            if stopped is not None:
                self.reasons.append(stopped)
                break
            later = [other for other in scored if other > level]
            now = self.watch.elapsed()
            until = finish if not later else now + FOR_FIRST * (finish - now)
            climb = _Level(self, level, later[0] if later else None, until)
            reply = climb.run()
            if reply.end is End.INFEASIBLE:
                none: tuple[int | None, ...] = (None,) * self.part.levels
                return Outcome(Status.INFEASIBLE, Reason.FINISHED, None, none, self._method())
            bound[level] = reply.bound
            self.reasons.append(reply.reason)
            if self.plan is None:
                break
            self.hold(level, climb.summit(climb.value))
            self.summits = not self.held
        return self._outcome(bound)

    def _method(self) -> str:
        return "+".join(["guided", *sorted(self.used)])

    def _outcome(self, bound: list[int | None]) -> Outcome:
        reason = worst(self.reasons)
        if self.plan is None:
            return Outcome(Status.NO_SOLUTION, reason, None, tuple(bound), self._method())
        closed = tuple(bound) == self.part.value(self.plan)
        status = Status.OPTIMAL if closed else Status.FEASIBLE
        return Outcome(status, reason, self.plan, tuple(bound), self._method())


@dataclass
class _Level:
    """One level of a part, with the levels before it held."""

    whole: Guided
    level: int
    following: int | None
    until: float
    bound: int | None = None
    proof: tuple[Proof, Ints, Ints] | None = None
    hope: tuple[Ints, Ints] | None = None

    def __post_init__(self) -> None:
        self.weight = self.whole.part.score[:, self.level]

    def run(self) -> Reply:
        """Bound, construct, polish and finish; return the bound and why it ended."""
        whole = self.whole
        if whole.summits and self._is_little() and self._all_at_once():
            return Reply(End.STOPPED, whole.plan, self.bound, Reason.FINISHED)
        proof = self._known() or self._priced(self.level, whole.held)
        guide = proof
        if proof is not None:
            self.bound = proof.value if self.bound is None else min(self.bound, proof.value)
            if whole.settled is not None and whole.settled[0] == self.level:
                self.bound = min(self.bound, whole.settled[1])
            self.proof = proof, whole.low, whole.high
            self._rule_out()
            if whole.choices is None and self._touch():
                return Reply(End.STOPPED, whole.plan, self.bound, Reason.FINISHED)
            if self.following is not None:
                self.hope = proof.tighten(whole.low, whole.high, proof.value)
            guide = None if self._is_narrow() else self._ahead(proof) or proof
        self._pack(guide or proof)
        self._descend(guide)
        if guide is None and proof is not None and not self.closed():
            guide = self._ahead(proof) or proof
        self._swap(guide, 0)
        self._settle(guide, 0)
        if whole.plan is None:
            reply = self._first(guide)
            if reply is not None:
                return reply
        reason = self._improve(guide)
        return Reply(End.STOPPED, whole.plan, self.bound, reason)

    def _pack(self, guide: Proof | None) -> None:
        """Put a first plan together, so that a clock that stops the search finds something."""
        whole = self.whole
        if guide is not None and whole.plan is not None and (whole.plan == whole.part.low).all():
            packed = pack(whole.part, guide, whole.point)
            if packed is not None and whole.keep(packed, self.level, self.bound):
                self._rule_out()

    @property
    def value(self) -> int:
        """The best value so far."""
        assert self.whole.plan is not None
        return self.whole.part.value(self.whole.plan)[self.level]

    @property
    def step(self) -> int:
        """The least by which a value can be better."""
        return int(np.gcd.reduce(self.weight, initial=0)) or 1

    def closed(self) -> bool:
        """Say whether nothing better is possible, or near enough for the gap asked for."""
        if self.bound is None or self.whole.plan is None:
            return False
        gap = self.whole.watch.gap if self.level == 0 else 0.0
        return self.bound - self.value <= gap * abs(self.value)

    def stopped(self) -> Reason | None:
        """Return why to stop, None to go on."""
        reason = self.whole.watch.stop_reason()
        if reason is None and self.left() <= 0.0:
            reason = Reason.TIME_LIMIT
        if reason is None and self.whole.work is not None and self.whole.work <= 0.0:
            reason = Reason.WORK_LIMIT
        return reason

    def left(self) -> float:
        """Return the seconds left for this level."""
        return min(self.until - self.whole.watch.elapsed(), self.whole.watch.remaining())

    def _known(self) -> Proof | None:
        """Return the proof of this level that was found while the level before was open."""
        known, held = self.whole.ahead, self.whole.held
        if known is None or known[0] is not self.whole.part:
            return None
        return known[2] if [v for _, v in known[1]] == [v for _, v in held] else None

    def _priced(
        self,
        level: int,
        held: Held,
        ranges: tuple[Ints, Ints] | None = None,
    ) -> Proof | None:
        """Return the best proof of the relaxation of a level."""
        whole = self.whole
        rows = all_rows(whole.part, held)
        ranges = ranges or (whole.low, whole.high)
        weight = whole.part.score[:, level]
        relaxation = Relaxation(rows, weight, ranges)
        best: Proof | None = None
        most = max(STAGES[0], VISITS // max(rows.matrix.nnz, 1))
        for rounds in STAGES:
            before = relaxation.rounds
            if before >= most:
                break
            price = relaxation.advance(min(rounds, most - before), self.left() / 2)
            whole.spend((relaxation.rounds - before) / ROUNDS_PER_WORK)
            proof = None if price is None else prove(rows, weight, ranges, price)
            if proof is None:
                break
            gain = 1.0 if best is None else (best.exact - proof.exact) / (abs(best.exact) + 1)
            if best is None or gain > 0:
                best = proof
                whole.point = relaxation.point
            if relaxation.finished or self.stopped() or abs(gain) < GOOD_ENOUGH:
                break
            if whole.choices is not None and best is not None:
                return self._cornered(rows, weight, ranges, best)
        return best

    def _cornered(self, rows: Rows, weight: Ints, ranges: tuple[Ints, Ints], best: Proof) -> Proof:
        """Return a better proof from a corner of the relaxation, unless the first was near it.

        With few limits per column a corner is found soon, and rounds may take long to come near.
        """
        whole = self.whole
        assert whole.point is not None
        apart = best.exact / 2.0**best.shift - float(weight @ whole.point)
        if abs(apart) <= NEAR_POINT * abs(best.value):
            return best
        corner = at_corner(rows, weight, ranges, seconds=self.left() / 2, interior=True)
        proof = None if corner.price is None else prove(rows, weight, ranges, corner.price)
        if proof is None or proof.exact / 2.0**proof.shift >= best.exact / 2.0**best.shift:
            return best
        whole.point = corner.point
        return proof

    def _is_little(self) -> bool:
        """Say whether so few columns are left where the levels before are at their best."""
        return int((self.whole.low < self.whole.high).sum()) <= AT_A_TIME

    def _all_at_once(self) -> bool:
        """Give all that is left to branch and bound; say whether the level is settled."""
        whole = self.whole
        reply, values = whole.search(
            replace(whole.part, low=whole.low, high=whole.high),
            whole.held,
            self.level,
            nodes=NODES_AT_BOUND,
            seconds=self.left() * MOST,
        )
        if values is not None:
            whole.keep(values, self.level, reply.bound)
        self.bound = reply.bound
        return self.closed()

    def _is_narrow(self) -> bool:
        """Say whether so few columns are left at the bound that all can be tried at once."""
        return self.hope is not None and int((self.hope[0] < self.hope[1]).sum()) <= AT_A_TIME

    def _rule_out(self) -> None:
        """Narrow the ranges to plans that are at least as good as the best so far."""
        whole = self.whole
        if whole.plan is None or self.proof is None:
            return
        proof, low, high = self.proof
        low, high = proof.tighten(low, high, self.value)
        low, high = np.maximum(low, whole.low), np.minimum(high, whole.high)
        if (low <= whole.plan).all() and (whole.plan <= high).all():
            whole.low, whole.high = low, high

    def _ahead(self, proof: Proof) -> Proof | None:
        """Look at the next level with this one at its bound: prices that know of both."""
        if self.following is None:
            return None
        held = (*self.whole.held, (self.weight, proof.value))
        found = self._priced(self.following, held, ranges=self.hope)
        self.whole.ahead = None if found is None else (self.whole.part, held, found)
        return found

    def summit(self, target: int) -> Summit | None:
        """Return where the plans lie that are worth so much, None if nobody knows."""
        if self.proof is None:
            return None
        proof, low, high = self.proof
        held = self.whole.held
        return summit(
            self.whole.part, proof, held, ranges=(low, high), target=target, step=self.step
        )

    def _touch(self) -> bool:
        """Look for any plan at the bound, whatever it is worth later; say whether there is one.

        What is left there is little, and to find something is much easier than the best.
        Where there is provably nothing, the bound is lowered.
        """
        for _ in range(1 if self.following is None else STEPS):
            if self.closed() or self.bound is None or self.stopped() is not None:
                break
            found = self.summit(self.bound)
            end = End.INFEASIBLE
            if found is not None:
                end = self._any(found, self.bound)
            if end is not End.INFEASIBLE:
                break
            self.bound -= self.step
        return self.closed()

    def _any(self, found: Summit, bound: int) -> End:
        """Look for any plan of those that are worth so much."""
        whole = self.whole
        held = whole.held if found.enough else (*whole.held, (self.weight, bound))
        reply, values = whole.search(
            found.part,
            held,
            None,
            nodes=NODES_AT_BOUND,
            seconds=self.left() * FOR_ANY,
        )
        if values is not None:
            whole.keep(values, self.level, self.bound)
        return reply.end

    def _descend(self, guide: Proof | None) -> None:
        """Look for a plan at the bound itself, good on the next level; lower the bound if none.

        Where prices leave little of a part at their bound, the next level is maximised there
        at once: a plan closes this level, and a proof that there is none lowers the bound.
        """
        whole, steps = self.whole, 0
        if self.following is None or self.bound is None or self.proof is None:
            return
        proof, low, high = self.proof
        while not self.closed() and self.stopped() is None and steps < STEPS:
            self.hope = proof.tighten(low, high, self.bound)
            for share in (1.0,) if guide is None or self._is_narrow() else (*SHARES, 1.0):
                end = self._at_bound(guide, share, self.bound)
                if end is not End.INFEASIBLE:
                    return
                if self.stopped() is not None:
                    return
            self.bound -= self.step
            steps += 1
        whole.ahead = None

    def _at_bound(self, guide: Proof | None, share: float, bound: int) -> End:
        """Maximise the next level over what the prices leave, with this one at its bound."""
        whole = self.whole
        assert self.following is not None
        assert self.hope is not None
        if (self.hope[0] > self.hope[1]).any():
            return End.INFEASIBLE
        ranges = Polish(
            whole, (self.level,), guide, share, self.stopped, self.left, self.hope
        ).ranges(with_plan=False)
        size = int((ranges[0] < ranges[1]).sum())
        few = size <= AT_A_TIME
        if size > WHOLE:
            return End.STOPPED
        held = (*whole.held, (self.weight, bound))
        reply, values = whole.search(
            replace(whole.part, low=ranges[0], high=ranges[1]),
            held,
            self.following,
            nodes=NODES_AT_BOUND,
            gap=AT_BOUND,
            seconds=self.left() * (MOST if few else 0.15),
        )
        if values is not None:
            whole.keep(values, self.level, self.bound)
        if share == 1.0 and reply.bound is not None and self.closed():
            whole.settled = self.following, reply.bound
        return reply.end

    def _first(self, guide: Proof | None) -> Reply | None:
        """Find any plan at all; return a reply only if there is none."""
        whole = self.whole
        shares = (SHARES[1], 1.0) if guide is not None else (1.0,)
        reason = Reason.FINISHED
        for share in shares:
            polish = self._polish(guide, share)
            reply = polish.at_once(self.left() * (1.0 if share == 1.0 else 0.3), None)
            if whole.plan is not None:
                return None
            if reply.end is End.INFEASIBLE and share == 1.0:
                return reply
            reason = reply.reason
        return Reply(End.STOPPED, None, self.bound, reason)

    def _polish(self, guide: Proof | None, share: float, *, hopeful: bool = True) -> Polish:
        levels = (self.level,) if self.following is None else (self.level, self.following)
        hope = self.hope if hopeful and share < 1.0 else None
        return Polish(self.whole, levels, guide, share, self.stopped, self.left, hope)

    def _share(self, guide: Proof | None, passes: int) -> tuple[float, bool]:
        """Return how many columns to look at, and whether only those of plans at the bound."""
        low, high = self.hope or (self.whole.low, self.whole.high)
        small = int((low < high).sum()) <= WHOLE
        if small and passes < len(SHARES):
            return SHARES[passes], True
        if passes == 0 and self.whole.fresh and guide is not None:
            return (SHARES[0], False) if self.hope is None else (SHARES[-1], True)
        return WIDE[passes % len(WIDE)], False

    def _swap(self, guide: Proof | None, passes: int) -> None:
        """Change one choice after another, where choices are all there is."""
        whole = self.whole
        if whole.choices is None or guide is None or self.closed() or self.stopped() is not None:
            return
        begin = whole.point if passes == 0 or whole.plan is None else whole.plan
        if begin is None:
            return
        steps = CHANGES << passes
        if whole.work is not None:
            steps = min(steps, int(whole.work * CHANGES_PER_WORK))
        whole.spend(steps / CHANGES_PER_WORK)
        values = swap(
            whole.choices,
            self._guide(guide),
            begin=begin.astype(np.float64),
            rng=np.random.default_rng([whole.watch.seed % 2**31, self.level, passes]),
            steps=steps,
            stopped=self.stopped,
        )
        if values is not None and whole.keep(values, self.level, self.bound):
            self._rule_out()

    def _settle(self, guide: Proof | None, passes: int) -> None:
        """Settle groups at good prices again and again, where each choice uses one limit."""
        whole = self.whole
        if whole.choices is None or guide is None or self.closed() or self.stopped() is not None:
            return
        finish = whole.watch.elapsed() + FOR_SETTLING * self.left()

        def stopped() -> bool:
            late = whole.watch.elapsed() >= finish
            return late or self.closed() or self.stopped() is not None

        for found in settled(
            whole.choices,
            self._guide(guide),
            value=lambda: None if whole.plan is None else self.value,
            rng=np.random.default_rng([whole.watch.seed % 2**31, self.level, passes, 1]),
            attempts=ATTEMPTS << passes,
            stopped=stopped,
        ):
            whole.spend(found.work)
            if self.bound is not None and found.bound < self.bound:
                self.bound = found.bound
            if found.values is not None and whole.keep(found.values, self.level, self.bound):
                self._rule_out()

    def _guide(self, proof: Proof) -> Guide:
        """Return what is to be maximised, with these prices."""
        whole = self.whole
        ranges = whole.low, whole.high
        return Guide(all_rows(whole.part, whole.held), self.weight, ranges, proof.price)

    def _improve(self, guide: Proof | None) -> Reason:
        """Make the plan better until it is closed, proven or a limit strikes."""
        nodes, passes = FIRST_NODES, 0
        while not self.closed():
            reason = self.stopped()
            if reason is not None:
                return reason
            before = self.value
            if passes:
                self._swap(guide, passes)
                self._settle(guide, passes)
            share, hopeful = self._share(guide, passes)
            polish = self._polish(guide, share, hopeful=hopeful)
            polish.run(self.closed, self.bound, passes)
            self.whole.fresh = False
            if self.value > before:
                self._rule_out()
            passes += 1
            if passes >= len(SHARES) and not self.closed() and self._prove_whole(nodes):
                break
            if passes >= len(SHARES):
                nodes *= 4
        gap = self.bound is not None and self.bound > self.value
        return Reason.GAP if gap else Reason.FINISHED

    def _prove_whole(self, nodes: int) -> bool:
        """Ask branch and bound for something better; say whether the level is settled."""
        whole = self.whole
        if self.stopped() is not None or whole.plan is None:
            return False
        free = np.flatnonzero(whole.low < whole.high)
        if free.size > WHOLE:
            return False
        if not free.size:
            self.bound = self.value
            return True
        value = self.value
        held = (*whole.held, (self.weight, value + self.step))
        reply, values = whole.search(
            replace(whole.part, low=whole.low, high=whole.high),
            held,
            self.level,
            nodes=nodes,
            seconds=self.left() / 2,
        )
        if values is not None:
            whole.keep(values, self.level, self.bound)
        if reply.end is End.INFEASIBLE:
            self.bound = value
        elif reply.bound is not None and self.bound is not None:
            self.bound = min(self.bound, max(reply.bound, self.value))
        return self.closed()
