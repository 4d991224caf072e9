"""A problem of one level: so many needs as can be met, beside what has to stay met."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from scipy import sparse

from assetmap.plans.encoded import Encoded
from assetmap.solvers import Problem

__all__ = ["demanding"]


def demanding(
    encoded: Encoded, required: Collection[tuple[str, int]], wanted: Collection[str]
) -> Problem | None:
    """State the problem of meeting as many wanted needs as possible beside what is required.

    Each wanted need is one switch of value 1 that takes a token, which any of its plans supplies.

    Parameters
    ----------
    encoded : Encoded
        Candidate plans.
    required : collection of (str, int)
        Occurrences of needs that have to be met.
    wanted : collection of str
        Needs of which as many as possible are to be met.

    Returns
    -------
    Problem or None
        None: something that is required has no plan at all.
    """
    ledger, whole = encoded.ledger, encoded.problem(())
    if any(name not in ledger.needs for name in required):
        return None
    least = np.zeros(whole.needs, dtype=np.int64)
    least[[ledger.needs[name] for name in sorted(required)]] = 1
    numbers = {n: at for at, n in enumerate(sorted(wanted))}
    count = len(numbers)
    supplies = sparse.lil_array((whole.options, count), dtype=np.int64)
    named = ((name, at) for name, at in ledger.needs.items() if isinstance(name, tuple))
    of_need = {number: str(name[0]) for name, number in named}
    for at, number in enumerate(whole.option_need):
        need = of_need[int(number)]
        if need in numbers:
            supplies[at, numbers[need]] = -1
    score = np.zeros((whole.switches + count, 1), dtype=np.int64)
    score[whole.switches :] = 1
    nothing = sparse.csr_array((whole.alternatives, count), dtype=np.int64)
    return Problem(
        needs=whole.needs,
        need_min=least,
        capacity=np.concatenate([whole.capacity, np.zeros(count, dtype=np.int64)]),
        levels=1,
        option_need=whole.option_need,
        option_score=np.zeros((whole.options, 1), dtype=np.int64),
        option_use=_beside(whole.option_use, supplies),
        leg_option=whole.leg_option,
        leg_count=whole.leg_count,
        alternative_leg=whole.alternative_leg,
        alternative_score=np.zeros((whole.alternatives, 1), dtype=np.int64),
        alternative_use=_beside(whole.alternative_use, nothing),
        switch_score=score,
        switch_use=_with_tokens(whole.switch_use, count),
        switch_max=np.concatenate([whole.switch_max, np.ones(count, dtype=np.int64)]),
    )


def _beside(left: Any, right: Any) -> Any:
    return sparse.csr_array(sparse.hstack([left, right], format="csr", dtype=np.int64))


def _with_tokens(use: Any, count: int) -> Any:
    """Add switches that each take one of as many new resources."""
    rows, columns = use.shape
    more = np.arange(count)
    data = np.concatenate([use.data, np.ones(count, dtype=np.int64)])
    indices = np.concatenate([use.indices, columns + more])
    starts = np.concatenate([use.indptr, use.indptr[-1] + 1 + more])
    return sparse.csr_array((data, indices, starts), shape=(rows + count, columns + count))
