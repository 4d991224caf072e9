"""The record of a run, ``run.json``: from what, with which choices, and how good it is proven."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from assetmap.match import Proposals
from assetmap.privacy import Audience, Discloses, Released, release, require
from assetmap.tables.settings import SETTINGS_FILE
from assetmap.tables.sources import beside, is_table_file, workbook_in
from assetmap.tables.vocabulary import table_called

__all__ = ["RunRecord", "input_hashes", "record", "record_json"]

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What was done; the same input gives the same record.

    Attributes
    ----------
    week : str
        ISO week of the run.
    inputs : Mapping[str, str]
        SHA-256 of each file that was read.
    policy : Mapping
        Every choice of the team, also those left as they come.
    versions : Mapping[str, str]
        Of Python, assetmap and the libraries that solve.
    seed : int
        Seed of the search.
    method, status, stopped, considered : str
        As in the certificate.
    cut : int
        Candidates that were not weighed because there were too many.
    objective, bound, gap : Mapping[str, int or None]
        By level, the most important first.
    more_needs : int or None
        So many needs more could be met at most, by plans that are as good on the first level.
    plans, unmet : int or None
        How many plans, and how many open needs without one.
    no_longer_possible : tuple of str
        Plans that somebody decided on and that are no longer possible.
    left_out : tuple of str
        What was not worked out, to be ready sooner: remedies, shortages, reserves.
    """

    week: Annotated[str, Discloses.OPEN]
    inputs: Annotated[Facts, Discloses.OPEN]
    policy: Annotated[Facts, Discloses.OPEN]
    versions: Annotated[Facts, Discloses.OPEN]
    seed: Annotated[int, Discloses.OPEN]
    method: Annotated[str, Discloses.OPEN]
    status: Annotated[str, Discloses.OPEN]
    stopped: Annotated[str, Discloses.OPEN]
    considered: Annotated[str, Discloses.OPEN]
    cut: Annotated[int, Discloses.OPEN]
    objective: Annotated[Facts, Discloses.OPEN]
    bound: Annotated[Facts, Discloses.OPEN]
    gap: Annotated[Facts, Discloses.OPEN]
    more_needs: Annotated[int | None, Discloses.COUNT]
    plans: Annotated[int | None, Discloses.COUNT]
    unmet: Annotated[int | None, Discloses.COUNT]
    no_longer_possible: Annotated[tuple[str, ...], Discloses.RECORD]
    left_out: Annotated[tuple[str, ...], Discloses.OPEN]


def record(
    proposals: Proposals,
    inputs: Mapping[str, str],
    *,
    audience: Audience = Audience.TEAM,
    left_out: tuple[str, ...] = (),
) -> Released[RunRecord]:
    """Return the record of a run.

    Parameters
    ----------
    proposals : Proposals
        The run.
    inputs : Mapping[str, str]
        What :func:`input_hashes` returns for the tables that were read.
    audience : Audience, default Audience.TEAM
        Who is going to read it.
    left_out : tuple of str, optional
        What was not worked out.

    Examples
    --------
    >>> from assetmap.model import Neighbourhood
    >>> from assetmap.match import propose
    >>> record(propose(Neighbourhood(), "2026-W48"), {}).value.status
    'optimal'
    """
    proof = proposals.certificate
    made = RunRecord(
        week=str(proposals.week),
        inputs=dict(inputs),
        policy=proposals.policy.model_dump(),
        versions={"python": platform.python_version(), **proof.versions},
        seed=proof.seed,
        method=proof.method,
        status=proof.status.value,
        stopped=proof.stopped.value,
        considered=proof.considered,
        cut=proof.cut,
        objective=dict(proof.objective),
        bound=dict(proof.bound),
        gap=dict(proof.gap),
        more_needs=proof.more_needs,
        plans=len(proposals.items),
        unmet=len(proposals.gaps),
        no_longer_possible=proof.notes,
        left_out=left_out,
    )
    return release(made, audience, thresholds=proposals.policy.privacy)


def record_json(released: Released[RunRecord]) -> str:
    """Return the record as the text of ``run.json``; no times in it, so it can be compared.

    Parameters
    ----------
    released : Released
        What :func:`record` returns.

    Examples
    --------
    >>> from assetmap.model import Neighbourhood
    >>> from assetmap.match import propose
    >>> made = record(propose(Neighbourhood(), "2026-W48"), {"people.csv": "1f…"})
    >>> print(record_json(made)[:24])
    {
     "week": "2026-W48",
    """
    value = require(released, Audience.TEAM, Audience.RESEARCH)
    document = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def input_hashes(path: str | PathLike[str]) -> Mapping[str, str]:
    """Return the SHA-256 of every file that reading a neighbourhood uses, by name.

    Parameters
    ----------
    path : path
        What :func:`assetmap.tables.read` takes. Contact data is not read, so not in it.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "mensen.csv").write_text("Roepnaam")
    ...     {name: text[:8] for name, text in input_hashes(folder).items()}
    {'mensen.csv': '9a7b5021'}
    """
    files = sorted(_files(Path(path)))
    return MappingProxyType({f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in files})


def _files(path: Path) -> set[Path]:
    if path.is_dir():
        tables = {file for file in path.iterdir() if is_table_file(file) and _is_read(file)}
        own = {path / SETTINGS_FILE}
        return {file for file in tables | own | set(workbook_in(path)) if file.is_file()}
    named = beside(path, SETTINGS_FILE)
    settings = named if named.exists() else path.with_name(SETTINGS_FILE)
    return {file for file in (path, settings, beside(path, "safeguards.csv")) if file.is_file()}


def _is_read(file: Path) -> bool:
    return table_called(file.stem) not in {None, "contacts"}
