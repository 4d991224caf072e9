"""The best plan by trying every plan, written from the definition and from nothing else."""

from __future__ import annotations

from itertools import product

NO_MINIMUM = -(2**63)


def dense(problem, kind):
    """Scores and uses of one kind of item as nested lists of plain integers."""
    return getattr(problem, f"{kind}_score").tolist(), getattr(
        problem, f"{kind}_use"
    ).toarray().tolist()


def plans(problem):
    """Every combination of values: chosen, alternative, switch."""
    yield from product(
        product((0, 1), repeat=problem.options),
        product((0, 1), repeat=problem.alternatives),
        product(*(range(int(most) + 1) for most in problem.switch_max)),
    )


def is_plan(problem, chosen, alternative, switch, uses):
    """Whether one combination keeps every rule."""
    for need in range(problem.needs):
        count = sum(c for c, n in zip(chosen, problem.option_need, strict=True) if n == need)
        if not problem.need_min[need] <= count <= problem.need_max[need]:
            return False
    for option, value in enumerate(chosen):
        if (problem.pinned[option] and not value) or (problem.forbidden[option] and value):
            return False
    for leg in range(problem.legs):
        taken = sum(
            a for a, g in zip(alternative, problem.alternative_leg, strict=True) if g == leg
        )
        asked = problem.leg_count[leg] if chosen[problem.leg_option[leg]] else 0
        if taken != asked:
            return False
    for resource in range(problem.resources):
        used = sum(
            value * use[resource]
            for values, rows in zip((chosen, alternative, switch), uses, strict=True)
            for value, use in zip(values, rows, strict=True)
        )
        if used > problem.capacity[resource]:
            return False
        if problem.capacity_min[resource] != NO_MINIMUM and used < problem.capacity_min[resource]:
            return False
    return True


def best(problem):
    """The lexicographically best values that a plan can have, None if there is no plan."""
    scores, uses = zip(
        *(dense(problem, k) for k in ("option", "alternative", "switch")), strict=True
    )
    top = None
    for plan in plans(problem):
        if is_plan(problem, *plan, uses):
            value = tuple(
                sum(
                    times * row[level]
                    for values, rows in zip(plan, scores, strict=True)
                    for times, row in zip(values, rows, strict=True)
                )
                for level in range(problem.levels)
            )
            top = value if top is None else max(top, value)
    return top
