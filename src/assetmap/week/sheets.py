"""The sheets of a week: one for everybody who does something, and one print of all of them."""

from __future__ import annotations

import hmac
import json
from pathlib import Path

from assetmap.match import Proposals
from assetmap.model import RECORDS, Neighbourhood
from assetmap.report.handing import (
    LISTING,
    gather_sheets,
    sheet_calendar,
    sheet_files_in,
    sheet_folder,
    sheet_html,
    sheet_stem,
    sheets_html,
    sheets_json,
)
from assetmap.texts import unusable

__all__ = ["KEY", "no_longer", "sheet_files"]

KEY = "sheets.key"
"""Name of the file with the key of the codes, beside the results of all weeks."""
_LENGTH = 32
_PURPOSE = b"assetmap: the key of the sheets"


def sheet_files(
    proposals: Proposals, *, place: Path, lang: str, wanted: bool | None = None
) -> dict[str, bytes]:
    """Return the files of the sheets of a week by name; none where nobody does anything.

    Whether they are wanted is as the team has it, unless it is said.

    The key of the codes is made with the first sheets, from all that the tables hold then, and kept
    from then on, so that a calendar knows an event again. So the same tables give the same files in
    an empty folder too, and whoever has neither key nor tables cannot tell from a code whose it is.
    """
    if not (proposals.policy.sheets if wanted is None else wanted):
        return {}
    key = _key(place, proposals.hood)
    made = gather_sheets(proposals, key=key, lang=lang)
    if not made.sheets:
        return {}
    found: dict[str, bytes] = {
        f"{sheet_stem('all', lang)}.html": sheets_html(
            made.listed, made.sheets, lang=lang
        ).encode(),
        LISTING: sheets_json(made.listed).encode(),
    }
    for line, sheet in zip(made.listed.value.lines, made.sheets, strict=True):
        found[f"{line.file}.html"] = sheet_html(sheet, lang).encode()
        dates = sheet_calendar(sheet, reader=line.reader or "", key=key, lang=lang)
        if dates is not None:
            found[f"{line.file}.ics"] = dates
    folder = sheet_folder(str(proposals.week), lang)
    return {KEY: key, **{f"{folder}/{name}": content for name, content in found.items()}}


def no_longer(place: Path, week: str, files: dict[str, bytes]) -> tuple[Path, ...]:
    """Return the sheets that an earlier run of the same week wrote and this one does not."""
    kept = {place / name for name in files}
    return tuple(path for path in sheet_files_in(place, week) if path not in kept)


def _key(place: Path, hood: Neighbourhood) -> bytes:
    file = place / KEY
    if not file.exists():
        return _made_from(hood)
    try:
        key = file.read_bytes()
    except OSError as wrong:
        raise unusable("trouble.key-not-read", name=KEY) from wrong
    if len(key) < _LENGTH:
        raise unusable("trouble.key-not-whole", name=KEY)
    return key


def _made_from(hood: Neighbourhood) -> bytes:
    """Return a key that only whoever has all tables can make; the order of rows is no matter.

    It is not made from the hashes in the record of a run, which others may get to see.
    """
    rows = (
        json.dumps([table, row.cells()], sort_keys=True, ensure_ascii=False, default=str)
        for table in RECORDS
        for row in hood.table(table)
    )
    return hmac.digest(_PURPOSE, "\n".join(sorted(rows)).encode(), "sha256")
