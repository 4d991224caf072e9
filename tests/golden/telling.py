"""What is kept word for word of a tiny neighbourhood: explanations, rows, and the page."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from assetmap import explain, propose
from assetmap.report import gather, gather_sheets, sheets_html, week_html
from tests.golden.hoods import HOODS, WEEK
from tests.report.evening import evening

HERE = Path(__file__).parent


def place(name: str, lang: str) -> Path:
    """Where the words of a neighbourhood are kept."""
    return HERE / f"{name}.{lang}.txt"


def words(name: str, lang: str) -> str:
    """Return everything that is said about a neighbourhood, in one language."""
    hood = HOODS[name]()
    run = propose(hood.with_policy(hood.policy.model_copy(update={"language": lang})), WEEK)
    said = [f"# {HOODS[name].__doc__}"]
    for need in hood.needs:
        told = explain.why(run, need.need, name=explain.called(run.hood))
        said += [f"\n## {need.need}: {told.outcome.value}", str(told)]
    said.append("\n## rows")
    for frame in (run.plans, run.unmet):
        said += ["; ".join(str(cell) for cell in row) for row in frame.itertuples(index=False)]
    said += ["\n## page", visible(week_html(gather(run)))]
    return "\n".join(said) + "\n"


def sheet_words(lang: str) -> str:
    """Return every word of the sheets of a week, the list for the team first."""
    made = gather_sheets(evening(), key=b"a key of the tests", lang=lang)
    return visible(sheets_html(made.listed, made.sheets, lang=lang)) + "\n"


def visible(page: str) -> str:
    """Return what somebody reads of a page, a line per block."""
    body = page.partition("<body")[2].partition(">")[2]
    lines = re.sub(
        r"</?(?:p|h\d|li|ul|tr|header|main|section|article|footer|div)\b[^>]*>", "\n", body
    )
    text = unescape(re.sub(r"<[^>]+>", "", re.sub(r"</t[dh]>", " | ", lines)))
    return "\n".join(line for raw in text.splitlines() if (line := " ".join(raw.split())))


if __name__ == "__main__":  # after a change that was meant: python -m tests.golden.telling
    for each in HOODS:
        for code in ("nl", "en"):
            place(each, code).write_text(words(each, code), encoding="utf-8")
    for code in ("nl", "en"):
        place("sheets", code).write_text(sheet_words(code), encoding="utf-8")
