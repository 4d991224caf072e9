"""The bundled neighbourhood does what its own page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import assetmap
from assetmap.match import PlanStatus, Proposals


@pytest.fixture(scope="module")
def found() -> Proposals:
    folder = Path(__file__).parents[2] / "examples" / "buurthuis"
    return assetmap.propose(assetmap.read(folder), "2026-W48")


def test_what_fails_is_what_its_page_says(found: Proposals, root: Path) -> None:
    """The second table of its README names every need without a plan, and no other."""
    page = (root / "examples" / "buurthuis" / "README.md").read_text(encoding="utf-8")
    rows = page.partition("## Vragen die met opzet niet lukken")[2].partition("\n## ")[0]
    named = {need for row in rows.splitlines() for need in re.findall(r"`(n\d+)`", row)}
    assert {gap.need for gap in found.gaps} == named


def test_the_evening_out_is_among_the_plans(found: Proposals) -> None:
    """S2: the worker who goes anyway fetches her, a guest brings her home."""
    plan = found.plan_for("n1")
    assert plan is not None
    assert [(leg.leg, leg.provider) for leg in plan.legs] == [
        ("ride_out", "w2"),
        ("activity", "i2"),
        ("ride_back", "p6"),
    ]


def test_what_stands_stands(found: Proposals) -> None:
    """S3: the arrangement of every Thursday is there, by the same driver both ways."""
    plan = found.plan_for("n3")
    assert plan is not None
    assert plan.status is PlanStatus.STANDING
    assert {leg.provider for leg in plan.legs if leg.leg.startswith("ride")} == {"p8"}


def test_it_is_proven_that_no_better_week_exists(found: Proposals) -> None:
    """Nobody and no date was left out, and every level is closed."""
    assert found.certificate.status == "optimal"
    assert found.certificate.considered == "times"
    assert set(found.certificate.gap.values()) == {0}
