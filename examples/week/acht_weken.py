"""What does a team see change in eight weeks, when its decisions come back every Monday?

What was done and comes back stands from then on. Whoever was turned down is not proposed again. A
date that is cancelled moves a week. When somebody stops that is told weeks before, and afterwards
the question is open again. The decisions are written into the workbook, as at a desk.
"""

import shutil
import tempfile
from pathlib import Path

import pandas as pd
from openpyxl import load_workbook

import assetmap
from assetmap.audit import faults

WEEKS = [f"2026-W{n}" for n in range(48, 54)] + ["2027-W01", "2027-W02"]
DECIDED = {  # what the meeting of a week said: the word behind a name, and about whom
    "2026-W48": {"Greet": ("gedaan",), "Vera": ("gedaan",), "Ton": ("niet meer", "Corrie")},
    "2026-W49": {"Wim": ("gedaan",), "Ton": ("doen",)},
}
TOLD = {  # what was filled in before a week: table, row, column and what
    "2026-W50": ("people", "p75", "until", "2026-12-20"),  # Pim moves to another town
    "2026-W51": ("activities", "a12", "except", "2026-12-15"),  # no walk on that Tuesday
}


def decide(path: Path, words: dict[str, tuple[str, ...]]) -> None:
    """Write behind the names in the workbook what was decided, and save it."""
    book = load_workbook(path)
    sheet = book["Besluiten"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for line in range(2, sheet.max_row + 1):
        said = words.get(sheet.cell(line, at["Voor"]).value, ())
        for head, word in zip(("Besluit", "Over wie"), said, strict=False):
            sheet.cell(line, at[head], word)
    book.save(path)


def fill_in(folder: Path, table: str, row: str, column: str, cell: str) -> None:
    """Change one cell of a table."""
    rows = pd.read_csv(folder / f"{table}.csv", dtype=str, keep_default_na=False, index_col=0)
    rows.loc[row, column] = cell
    rows.to_csv(folder / f"{table}.csv")


seen = {}
with tempfile.TemporaryDirectory() as desk:
    folder, out = Path(desk, "buurt"), Path(desk, "uit")
    shutil.copytree(Path(__file__).parents[1] / "buurthuis", folder)
    choices = folder / "team.toml"  # two weeks ahead is enough here, and quicker
    choices.write_text(choices.read_text("utf-8").replace("weeks = 5", "weeks = 2"), "utf-8")
    for need in assetmap.read(folder).needs:  # the team begins with what was asked before November
        if need.since and str(need.since) > "2026-11-02":
            fill_in(folder, "needs", need.need, "since", "2027-02-01")
    for week in WEEKS:
        if week in TOLD:
            fill_in(folder, *TOLD[week])
        made = seen[week] = assetmap.week.run(folder, week, out=out)
        assert faults(made.proposals) == []
        print(f"{week}: {len(made.kept.gaps)} questions without a plan.", end=" ")
        print("Stands from now on:", *(made.recorded.arranged or ["nothing new"]))
        for each in assetmap.explain.successions(made.proposals, language="en"):
            print("  ", each)
        decide(out / f"voorstellen-{week}.xlsx", DECIDED.get(week, {}))

helps = {
    need: [plan and plan.legs[-1].provider for plan in plans]
    for need in ("n2", "n19", "n26", "n44")
    for plans in [[made.proposals.plan_for(need) for made in seen.values()]]
}
print(*helps.items(), sep="\n")
walks = {week: made.proposals.plan_for("n44").occurrence for week, made in seen.items()}
assert "n19-help" in seen["2026-W49"].recorded.arranged  # Greet and Pim, until he goes
assert helps["n19"] == ["p75"] * 4 + [None] * 4
assert helps["n26"][0] == "p31"  # Ton would rather not, so Corrie is proposed no more
assert "p31" not in helps["n26"][1:]
assert helps["n2"][2:] == [None] * 6  # the garden is done
assert f"{walks['2026-W51']:%d-%m}" == "22-12"  # not on the 15th, and then it goes on
