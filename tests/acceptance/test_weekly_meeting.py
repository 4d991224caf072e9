"""The weekly meeting has one list: signals, proposals, what is missing, and what changed (S35)."""

from __future__ import annotations

from html import unescape
from pathlib import Path

from assetmap.week import run
from tests.week.books import answer

FIRST, SECOND = "2026-W48", "2026-W49"
TABLES = {
    "people": """person,called,area,household,share,ground
p1,Aad,oost,h1,yes,consent
p2,Bea,oost,h2,yes,consent
p3,Coby,oost,h3,yes,consent
p4,Daan,oost,h4,yes,consent
p5,Eef,oost,h5,yes,consent
""",
    "talents": """talent,owner,category,term,per_week
t1,p5,shopping,long,1
t2,p4,odd_job,short,1
""",
    "needs": """need,owner,category,talked,since,rrule,term
n1,p1,homework,yes,2026-11-10,,
n2,p2,homework,yes,2026-11-12,,
n3,p3,homework,yes,2026-11-16,,
n4,p1,shopping,yes,2026-11-02,FREQ=WEEKLY,long
n5,p2,odd_job,yes,2026-11-02,,once
""",
    "ties": "a,b,kind\np1,p5,friend\np2,p4,friend\n",
}


def test_S35_the_week_on_one_page_with_what_changed(tmp_path: Path) -> None:
    """Signals, proposals, what is not filled, arrangements, what was closed, and the difference."""
    folder, out = tmp_path / "oost", tmp_path / "uit"
    folder.mkdir()
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    run(folder, FIRST, out=out)
    first = unescape((out / f"week-{FIRST}.html").read_text(encoding="utf-8"))
    assert "3 huishoudens" in first  # the signal: the third question about homework
    assert "met Eef" in first  # a proposal
    assert "Wat er nog mist" in first  # what is not filled
    assert "Anders dan de vorige keer" not in first  # there was no last time

    answer(out / f"voorstellen-{FIRST}.xlsx", {"n4": "gedaan", "n5": "gedaan"})
    needs = TABLES["needs"] + "n6,p3,garden,yes,2026-11-27,,\n"
    (folder / "needs.csv").write_text(needs, encoding="utf-8")
    run(folder, SECOND, out=out)
    second = unescape((out / f"week-{SECOND}.html").read_text(encoding="utf-8"))
    assert "Wat gewoon doorloopt" in second  # shopping is an arrangement now
    assert "Nieuw gevraagd: Coby (tuin)." in second
    assert "Niet meer open: Bea (" in second
    assert "3 huishoudens" not in second  # seen last week, and nobody joined
