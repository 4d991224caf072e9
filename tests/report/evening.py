"""An eetcafé in a week: who comes, who helps, and everything that must not be told there."""

from __future__ import annotations

from assetmap.match import Proposals
from tests.acceptance.stories import Tables, run

__all__ = ["EVENING", "evening"]

EVENING: Tables = {
    "people": """
        person;called;area;share;ground;wheelchair;worker;kind
        p1;Rie;noordhoek;yes;consent;yes;w1;
        p2;Sam;noordhoek;yes;consent;;w1;
        p3;Tom;noordhoek;yes;consent;;w1;
        p4;Ana;noordhoek;;;;w1;
        p5;Kees;noordhoek;team;;;w1;
        p6;Wil;noordhoek;yes;consent;;w1;
        p7;Dirk;noordhoek;yes;consent;;w1;
        p8;Jet;noordhoek;yes;consent;;w1;
        p9;Bep;noordhoek;yes;consent;;w1;
        w1;Marga;noordhoek;yes;;;;worker
        """,
    "places": """
        place;name;area;step_free
        hall;Zaal De Hoek;noordhoek;
        shed;Schuur;noordhoek;yes
        """,
    "organisations": "organisation;name\nfund;Buurtfonds",
    "initiatives": """
        initiative;name;manager;area;status
        i1;Eetcafé De Hoek;p9;noordhoek;running
        i2;Klusploeg;p3;noordhoek;running
        """,
    "activities": """
        activity;initiative;name;category;place;start;minutes;rrule;fee_eur
        a1;i1;Samen eten;meal;hall;2026-11-05 18:00;120;every Thursday;7
        a2;i2;Repareren;repair_cafe;shed;2026-11-07 14:00;120;every Saturday;
        """,
    "talents": """
        talent;owner;category;seats;wheelchair
        t1;p2;ride;2;yes
        t2;p3;cook;;
        t3;i2;odd_job;;
        t4;p6;listening;;
        """,
    "needs": """
        need;owner;category;talked;rrule;urgency;sensitive;when;source
        n1;p1;meal;yes;;4;;;huisarts
        n2;p4;meal;yes;;;;;
        n3;p5;meal;yes;;;;;
        n4;p6;company;yes;;;yes;;
        n5;i1;cook;yes;FREQ=WEEKLY;;;Thu 16:00-18:00;
        n6;i1;space;yes;;;;;
        n7;p8;odd_job;yes;;;;Fri 10:00-12:00;
        n8;p7;meal;yes;;;;;
        n9;p1;repair_cafe;yes;;;;;
        """,
    "arrangements": """
        arrangement;need;leg;provider;talent;activity;rrule;since
        r1;n1;activity;i1;;a1;FREQ=WEEKLY;2026-11-05
        r2;n1;ride_out;p2;t1;a1;FREQ=WEEKLY;2026-11-05
        r3;n1;ride_back;p2;t1;a1;FREQ=WEEKLY;2026-11-05
        r4;n2;activity;i1;;a1;FREQ=WEEKLY;2026-11-05
        r5;n3;activity;i1;;a1;FREQ=WEEKLY;2026-11-05
        r6;n4;activity;i1;;a1;FREQ=WEEKLY;2026-11-05
        r7;n5;help;p3;t2;;FREQ=WEEKLY;2026-11-05
        r8;n7;help;i2;t3;;FREQ=WEEKLY;2026-11-06
        r9;n9;activity;i2;;a2;FREQ=WEEKLY;2026-11-07
        """,
}


def evening(**tables: str) -> Proposals:
    """Run the week, with some tables replaced."""
    return run(EVENING, **tables)
