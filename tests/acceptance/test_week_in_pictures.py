"""What a week brought, and what changed since, as the meeting sees it (S35)."""

from __future__ import annotations

from pathlib import Path

import assetmap
from assetmap import plot
from tests.acceptance.stories import everywhere

STREET = {
    "people": """
        person;called;area;kind;share;ground
        p1;Ans;hof;;yes;consent
        p2;Bo;hof;;yes;consent
        p3;Cor;hof;;yes;consent
        w1;Wil;hof;worker;;
        """,
    "talents": """
        talent;owner;category;term
        t1;p2;shopping;long
        """,
    "needs": """
        need;owner;category;talked;since;closed_on
        n1;p1;shopping;yes;2026-11-02;
        n2;p3;language;yes;2026-11-02;
        n3;p3;pets;yes;2026-11-02;2026-11-20
        """,
}
LATER = {
    **STREET,
    "talents": """
        talent;owner;category;term
        t1;p2;shopping;long
        t2;p3;garden;short
        """,
    "arrangements": """
        arrangement;need;leg;provider;talent;since
        r1;n1;help;p2;t1;2026-11-20
        """,
}


def _weeks(folder: Path) -> tuple[assetmap.Proposals, assetmap.Proposals]:
    before = everywhere(folder / "before", STREET)
    after = everywhere(folder / "after", LATER)
    return assetmap.propose(before, "2026-W47"), assetmap.propose(after, "2026-W48")


def test_S35_the_flow_tells_proposals_and_what_is_not_filled(tmp_path: Path) -> None:
    """Each open question on its step; what stands apart from what is new, the rest by reason."""
    before, after = _weeks(tmp_path)
    first, second = (plot.flow_facts(run).value.table for run in (before, after))
    assert first.cells["neighbour", "proposed"] == 1
    assert first.column_totals["standing"] == 0
    assert second.column_totals["standing"] == 1
    assert second.row_totals["not_yet"] == len(after.gaps) == 1
    lines = [text.get_text() for text in plot.draw_flow(plot.flow_facts(after)).texts]
    assert "vaste afspraak loopt: 1" in lines
    assert "nog geen stap: 1" in lines


def test_S35_the_difference_with_last_week_is_one_picture(tmp_path: Path) -> None:
    """What is new, what changed hands, what was closed; talents at the top."""
    shown = plot.change_facts(*_weeks(tmp_path))
    rows = {row.what: (row.stayed, row.new, row.gone) for row in shown.value.rows}
    assert rows["talents"] == (1, 1, 0)
    assert rows["arrangements"] == (0, 1, 0)
    assert rows["asked"] == (2, 0, 1)
    assert next(iter(rows)) == "talents"
    lines = [text.get_text() for text in plot.draw_change(shown, language="en").texts]
    assert "2 stayed, 0 new, 1 gone" in lines


def test_S35_for_the_council_without_small_numbers(tmp_path: Path) -> None:
    """Ones and twos of a street are hidden, in the flow and in the change."""
    runs = _weeks(tmp_path)
    assert plot.flow_facts(runs[1], "council").value.table.total is None
    rows = plot.change_facts(*runs, audience="council").value.rows
    assert {count for row in rows for count in (row.stayed, row.new, row.gone)} <= {None, 0}
