"""What a run gives: facts to show, files to write and a document for a machine."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from assetmap.match import Proposals
from assetmap.privacy import Audience, Released
from assetmap.report import WeekFacts, gather, week_html
from assetmap.report.record import record, record_json
from assetmap.report.results import cells_of, result_files, results
from assetmap.texts import Language

__all__ = ["Outcome", "make"]


@dataclass(frozen=True)
class Outcome:
    """What came of a run, released for the team.

    Attributes
    ----------
    facts : Released
        What page and terminal show.
    files : Mapping[str, bytes]
        What there is to write, by name.
    document : Mapping
        The same tables and record for a machine.
    """

    facts: Released[WeekFacts]
    files: Mapping[str, bytes]
    document: Mapping[str, Any]


def make(
    proposals: Proposals, inputs: Mapping[str, str], lang: Language, *, remedies: bool = False
) -> Outcome:
    """Release what a run gives, and render it.

    Parameters
    ----------
    proposals : Proposals
        The run.
    inputs : Mapping[str, str]
        Hashes of what was read.
    lang : Language
        Language of the page.
    remedies : bool, default False
        Whether remedies are worked out for the needs without a plan.
    """
    facts = gather(proposals, Audience.TEAM)
    tables, proof = results(proposals, remedies=remedies), record(proposals, inputs)
    text = record_json(proof)
    files = {
        "week.html": week_html(facts, lang).encode(),
        **result_files(tables),
        "run.json": text.encode(),
    }
    document = {
        "week": str(proposals.week),
        "plans": [dataclasses.asdict(row) for row in tables.value.plans],
        "unmet": [dataclasses.asdict(row) for row in tables.value.unmet],
        "shortages": [cells_of(row) for row in tables.value.shortages or ()],
        "record": json.loads(text),
    }
    return Outcome(facts, MappingProxyType(files), MappingProxyType(document))
