"""A small street on paper, in which everything hangs together with one person."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

__all__ = ["FULL_NAME", "PHONE", "STREET", "everything_written", "mentions", "street"]

FULL_NAME, PHONE = "Zwaantje Kiekeboe", "06-12345678"

STREET = {
    "people": """\
person;called;kind;area;household;worker;share;ground;review_on
p1;Zwaantje;resident;noord;h1;w1;yes;consent;2027-01-01
p2;Bram;resident;noord;h2;w1;yes;consent;
p3;Cor;resident;noord;h1;p1;yes;consent;
w1;Wil;worker;noord;;;;;
""",
    "talents": """\
talent;owner;category;term;available;description
t1;p2;shopping;long;Mon-Sun 09:00-20:00;Ik ken Zwaantje van vroeger
t2;p1;language;short;Mon 09:00-12:00;Ik praat graag
""",
    "needs": """\
need;owner;category;urgency;since;talked;rrule
n1;p1;shopping;3;2026-11-02;yes;FREQ=WEEKLY
n2;p3;shopping;2;2026-11-02;yes;
""",
    "activities": """\
activity;name;category;area;start;minutes;requires
a1;Koffieochtend;coffee_morning;noord;2026-11-25 10:00;90;party:p1:1 | host:1
""",
    "initiatives": """\
initiative;name;manager;host
i1;De Tuin van Zwaantje;p1;
""",
    "ties": """\
a;b;kind;reported_by
p1;p2;friend;p1
p2;p3;friend;p1
""",
    "observations": """\
observation;date;category;area;about;speaker;household;reporter;note
ob1;2026-11-01;company;noord;p1;;;w1;Wil graag mensen zien
ob2;2026-11-01;company;noord;;p1;;w1;Zei iets over de straat
ob3;2026-11-02;company;noord;;p3;;w1;Sprak over ZWAANTJE
ob4;2026-11-03;company;noord;;p2;h9;p1;Niets bijzonders
""",
    "decisions": """\
plan;need;provider;date;decision;remark
n2-abc;n2;p1;2026-11-10;not_now;liever later
n2-def;n2;;2026-11-10;no_more;
""",
    "safeguards": """\
safeguard;person;at;from;review_on;reason
s1;p3;p1;2026-01-01;2027-01-01;request
""",
    "contacts": f"""\
person;name;phone;email;address;prefers
p1;{FULL_NAME};{PHONE};zwaantje@voorbeeld.nl;Kerkstraat 12;phone
p2;Bram Bos;06-87654321;;;paper
""",
}


def street(folder: Path) -> Path:
    """Write the street as CSV files, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in STREET.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def everything_written(*folders: Path) -> str:
    """Return every byte of every file as text, workbooks unpacked."""
    texts = []
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and zipfile.is_zipfile(file):
                with zipfile.ZipFile(file) as archive:
                    texts += [archive.read(name).decode("latin-1") for name in archive.namelist()]
            elif file.is_file():
                texts.append(file.read_bytes().decode("latin-1"))
    return "\n".join(texts)


def mentions(text: str, word: str) -> bool:
    """Tell whether a text holds a word, with its own capitals."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
