"""The commands about one person, and about what is kept too long; beside the others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assetmap.cli.commands import AsJson, Lang, app

__all__ = ["app"]

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="cli.help.match-folder")]
Whom = Annotated[str, typer.Option(metavar="ID", help="cli.rights.help-person")]
Results = Annotated[Path | None, typer.Option("--out", help="cli.rights.help-out")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="cli.rights.help-dry-run")]
Yes = Annotated[bool, typer.Option("--yes", help="cli.rights.help-yes")]


@app.command(help="cli.rights.help-forget", epilog="cli.rights.forget-example")
def forget(
    folder: Folder,
    person: Whom,
    out: Results = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Take somebody out of everything."""
    from assetmap.cli.rights_asked import RightsOrder, forget_person

    order = RightsOrder(folder, out, yes and not dry_run, lang, as_json)
    raise typer.Exit(forget_person(order, person))


@app.command(help="cli.rights.help-retention", epilog="cli.rights.retention-example")
def retention(
    folder: Folder,
    out: Results = None,
    asof: Annotated[str | None, typer.Option(help="cli.rights.help-asof")] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """List what is kept too long, and take it out."""
    from assetmap.cli.rights_asked import RightsOrder, keep_no_longer

    order = RightsOrder(folder, out, yes and not dry_run, lang, as_json)
    raise typer.Exit(keep_no_longer(order, asof))


@app.command("export-person", help="cli.rights.help-export", epilog="cli.rights.export-example")
def export_person(
    folder: Folder,
    person: Whom,
    out: Annotated[Path | None, typer.Option(help="cli.rights.help-file")] = None,
    results: Annotated[Path | None, typer.Option(help="cli.rights.help-results")] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Write everything about one person, for that person."""
    from assetmap.cli.rights_asked import RightsOrder, show_person

    order = RightsOrder(folder, results, False, lang, as_json)
    raise typer.Exit(show_person(order, person, file=out))
