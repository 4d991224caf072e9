"""Small random problems of every structure that can be stated."""

from __future__ import annotations

from hypothesis import strategies as st

from assetmap.solvers import Problem

SCORE = st.integers(-4, 8)
USE = st.integers(-2, 3)


def table(rows, columns, values):
    """A list of rows of numbers."""
    return st.lists(
        st.lists(values, min_size=columns, max_size=columns), min_size=rows, max_size=rows
    )


def vector(size, values):
    return st.lists(values, min_size=size, max_size=size)


@st.composite
def limits(draw, size, low):
    """Capacities, with a lower limit on some."""
    capacity = draw(vector(size, st.sampled_from([1, 0, 2, 3, 4, 1, 2, 3, low])))
    slack = draw(vector(size, st.sampled_from([None] * 8 + [0, 1, 3])))
    least = [
        -(2**63) if gap is None else most - gap for most, gap in zip(capacity, slack, strict=True)
    ]
    return capacity, least


@st.composite
def problems(draw, *, legs=True, switches=True, use=USE, levels=3):
    """Any problem small enough to try every plan."""
    level = draw(st.integers(1, levels))
    resources = draw(st.integers(0, 3))
    needs = draw(st.sampled_from([1, 2, 3, 0, 2, 3]))
    options = draw(st.sampled_from([3, 1, 2, 4, 5, 0, 4, 5])) if needs else 0
    leg_count = draw(st.integers(0, 3)) if legs and options else 0
    alternatives = draw(st.integers(0, 5)) if leg_count else 0
    switch = draw(st.integers(0, 2)) if switches else 0
    capacity, least = draw(limits(resources, -1))
    need_max = draw(vector(needs, st.sampled_from([1, 1, 1, 2, 3, 0])))
    need_min = [draw(st.sampled_from([0] * 8 + [min(1, most)] * 2 + [most])) for most in need_max]
    fixed = draw(vector(options, st.sampled_from([None] * 12 + ["pin", "forbid"])))
    return Problem(
        needs=needs,
        levels=level,
        capacity=capacity,
        capacity_min=least,
        need_min=need_min,
        need_max=need_max,
        option_need=draw(vector(options, st.integers(0, max(needs - 1, 0)))),
        option_score=draw(table(options, level, SCORE)),
        option_use=draw(table(options, resources, use)),
        pinned=[item == "pin" for item in fixed],
        forbidden=[item == "forbid" for item in fixed],
        leg_option=draw(vector(leg_count, st.integers(0, max(options - 1, 0)))),
        leg_count=draw(vector(leg_count, st.integers(1, 2))),
        alternative_leg=draw(vector(alternatives, st.integers(0, max(leg_count - 1, 0)))),
        alternative_score=draw(table(alternatives, level, SCORE)),
        alternative_use=draw(table(alternatives, resources, use)),
        switch_score=draw(table(switch, level, SCORE)),
        switch_use=draw(table(switch, resources, use)),
        switch_max=draw(vector(switch, st.integers(0, 3))),
    )


@st.composite
def flows(draw):
    """Any problem that is a flow: options use or supply at most one resource, switches two."""
    level = draw(st.integers(1, 3))
    resources = draw(st.integers(1, 4))
    needs = draw(st.integers(0, 3))
    options = draw(st.integers(0, 6)) if needs else 0
    switch = draw(st.integers(0, 3))
    size = draw(vector(resources, st.integers(1, 3)))
    capacity, least = draw(limits(resources, 0))

    def row(*entries):
        use = [0] * resources
        for resource, sign in entries:
            use[resource] = sign * size[resource]
        return use

    place = st.integers(0, resources - 1)
    one_use = st.one_of(st.builds(lambda r: row((r, 1)), place), st.just(row()))
    arc = st.builds(lambda a, b: row((a, 1), (b, -1)), place, place)
    supply = st.builds(lambda r, sign: row((r, sign)), place, st.sampled_from([1, -1]))
    need_max = draw(vector(needs, st.integers(0, 2)))
    return Problem(
        needs=needs,
        levels=level,
        capacity=[most * unit for most, unit in zip(capacity, size, strict=True)],
        capacity_min=[
            low if low == -(2**63) else low * unit for low, unit in zip(least, size, strict=True)
        ],
        need_max=need_max,
        need_min=[draw(st.sampled_from([0] * 8 + [min(1, most)])) for most in need_max],
        option_need=draw(vector(options, st.integers(0, max(needs - 1, 0)))),
        option_score=draw(table(options, level, SCORE)),
        option_use=draw(vector(options, one_use)),
        switch_score=draw(table(switch, level, SCORE)),
        switch_use=draw(vector(switch, st.one_of(arc, supply))),
        switch_max=draw(vector(switch, st.integers(0, 3))),
    )


@st.composite
def rides(draw):
    """Needs with a leg or two, seats that exist only if a switch supplies them."""
    needs = draw(st.integers(1, 3))
    sessions = draw(st.integers(1, 2))
    drivers = draw(st.integers(1, 2))
    seats = [f"seat{s}" for s in range(sessions)] + [f"car{d}" for d in range(drivers)]
    seats += [f"driver{d}" for d in range(drivers)]
    place = {name: i for i, name in enumerate(seats)}
    level = draw(st.integers(1, 2))
    wish = [(n, s) for n in range(needs) for s in range(sessions)][:4]
    leg_alternatives = [
        (leg, d) for leg in range(len(wish)) for d in range(drivers) if draw(st.booleans())
    ][:5]

    def row(**uses):
        return [uses.get(name, 0) for name in place]

    return Problem(
        needs=needs,
        levels=level,
        capacity=[draw(st.integers(0, 2)) for _ in range(sessions)] + [0] * drivers + [1] * drivers,
        option_need=[n for n, _ in wish],
        option_score=draw(table(len(wish), level, st.integers(0, 8))),
        option_use=[row(**{f"seat{s}": 1}) for _, s in wish],
        leg_option=list(range(len(wish))),
        alternative_leg=[leg for leg, _ in leg_alternatives],
        alternative_score=draw(table(len(leg_alternatives), level, st.integers(-2, 3))),
        alternative_use=[row(**{f"car{d}": 1}) for _, d in leg_alternatives],
        switch_score=draw(table(drivers, level, st.integers(-3, 0))),
        switch_use=[
            row(**{f"car{d}": -draw(st.integers(1, 3)), f"driver{d}": 1}) for d in range(drivers)
        ],
    )
