"""The commands: each reads its arguments, calls one function and shows what comes back."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from assetmap.cli.choices import Exchange, Form, Listing, Picture, Seen, Served
from assetmap.cli.screen import Screen
from assetmap.texts import Language, say

__all__ = ["app"]

app = typer.Typer(
    help="cli.help.app",
    epilog="cli.help.codes",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

Lang = Annotated[Language | None, typer.Option("--lang", help="cli.help.lang")]
AsJson = Annotated[bool, typer.Option("--json", help="cli.help.json")]
Seed = Annotated[int, typer.Option(help="cli.help.seed", min=0)]
TimeLimit = Annotated[float | None, typer.Option(help="cli.help.time-limit", min=0.1)]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(version("assetmap"))
        raise typer.Exit


@app.callback()
def _program(
    show_version: Annotated[
        bool,
        typer.Option("--version", help="cli.help.version", is_eager=True, callback=_version),
    ] = False,
) -> None:
    """Hold the commands together."""


@app.command(help="cli.help.demo", epilog="cli.help.demo-example")
def demo(
    out: Annotated[Path, typer.Option(help="cli.help.demo-out")] = Path("demo-out"),
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Show the week of the bundled neighbourhood."""
    from assetmap.cli.running import Order, bundled, run

    screen = Screen(lang or Language.NL, as_json)
    screen.show(say("cli.demo.invented", screen.lang))
    code = run(Order(bundled(), week="2026-W48", out=out, lang=screen.lang, as_json=as_json))
    screen.show(say("cli.demo.next", screen.lang))
    raise typer.Exit(code)


@app.command(help="cli.help.new", epilog="cli.help.new-example")
def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="cli.help.new-folder")],
    full: Annotated[bool, typer.Option("--full", help="cli.help.new-full")] = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Write the starter workbook."""
    from assetmap.cli.beginning import begin

    raise typer.Exit(begin(folder, Screen(lang or Language.NL, as_json), full=full))


@app.command(help="cli.help.check", epilog="cli.help.check-example")
def check(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="cli.help.check-folder")],
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """List what is wrong in the tables."""
    from assetmap.cli.checking import examine

    raise typer.Exit(examine(folder, lang=lang, as_json=as_json))


@app.command(help="cli.help.match", epilog="cli.help.match-example")
def match(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="cli.help.match-folder")],
    week: Annotated[str | None, typer.Option(help="cli.help.week")] = None,
    out: Annotated[Path | None, typer.Option(help="cli.help.out")] = None,
    time_limit: TimeLimit = None,
    seed: Seed = 0,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Propose a week."""
    from assetmap.cli.running import Order, run

    raise typer.Exit(run(Order(folder, week, out, time_limit, seed, lang, as_json)))


@app.command(help="cli.help.whole-week", epilog="cli.help.whole-week-example")
def week(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="cli.help.match-folder")],
    week: Annotated[str | None, typer.Option(help="cli.help.week")] = None,
    out: Annotated[Path | None, typer.Option(help="cli.help.week-out")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="cli.help.dry-run")] = False,
    no_sheets: Annotated[bool, typer.Option("--no-sheets", help="cli.help.no-sheets")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="cli.help.quick")] = False,
    time_limit: TimeLimit = None,
    seed: Seed = 0,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Take in what was decided, and propose the next week."""
    from assetmap.cli.whole_week import WeekOrder, live_through

    order = WeekOrder(folder, week, out, dry_run, time_limit, seed, lang, as_json, no_sheets, quick)
    raise typer.Exit(live_through(order))


@app.command(help="cli.help.history", epilog="cli.help.history-example")
def history(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="cli.help.history-folder")],
    compare: Annotated[tuple[int, int] | None, typer.Option(help="cli.help.compare")] = None,
    form: Annotated[Listing | None, typer.Option("--format", help="cli.help.listing")] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """List earlier runs, or compare two."""
    from assetmap.cli.earlier_runs import look_back
    from assetmap.cli.running import team_language

    screen = Screen(lang or team_language(folder), as_json or form is Listing.JSON)
    raise typer.Exit(look_back(folder, screen, pair=compare, as_csv=form is Listing.CSV))


@app.command(help="cli.help.graph", epilog="cli.help.graph-example")
def graph(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="cli.help.match-folder")],
    out: Annotated[Path | None, typer.Option(help="cli.help.graph-out")] = None,
    form: Annotated[list[Form] | None, typer.Option("--format", help="cli.help.format")] = None,
    audience: Annotated[Served, typer.Option(help="cli.help.audience")] = Served.RESEARCH,
    people: Annotated[bool, typer.Option("--people", help="cli.help.people")] = False,
    measures: Annotated[bool, typer.Option("--measures", help="cli.help.measures")] = False,
    own_ids: Annotated[bool, typer.Option("--own-ids", help="cli.help.own-ids")] = False,
    key: Annotated[Path | None, typer.Option(help="cli.help.key")] = None,
    asof: Annotated[str | None, typer.Option(help="cli.help.asof")] = None,
    seed: Seed = 0,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Show who knows whom, and write the network for somebody."""
    from assetmap.cli.network_asked import NetworkOrder, network

    forms = tuple(dict.fromkeys(form or ()))
    share = (audience, people, measures, own_ids)
    raise typer.Exit(
        network(NetworkOrder(folder, out, forms, *share, key, asof, seed, lang, as_json))
    )


@app.command(help="cli.help.signals", epilog="cli.help.signals-example")
def signals(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="cli.help.match-folder")],
    asof: Annotated[str | None, typer.Option(help="cli.help.signals-asof")] = None,
    out: Annotated[Path | None, typer.Option(help="cli.help.signals-out")] = None,
    earlier: Annotated[Path | None, typer.Option(help="cli.help.earlier")] = None,
    worker: Annotated[str | None, typer.Option(help="cli.help.worker")] = None,
    audience: Annotated[Served, typer.Option(help="cli.help.signals-audience")] = Served.TEAM,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Show the signals for the meeting of a day."""
    from assetmap.cli.signals_asked import SignalsOrder, list_signals

    order = SignalsOrder(folder, asof, out, earlier, worker, audience, lang, as_json)
    raise typer.Exit(list_signals(order))


@app.command(help="cli.help.plot", epilog="cli.help.plot-example")
def plot(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="cli.help.match-folder")],
    what: Annotated[Picture, typer.Option(help="cli.help.what")],
    out: Annotated[Path, typer.Option(help="cli.help.plot-out")],
    audience: Annotated[Served, typer.Option(help="cli.help.plot-audience")] = Served.TEAM,
    week: Annotated[str | None, typer.Option(help="cli.help.week")] = None,
    since: Annotated[str | None, typer.Option(help="cli.help.since")] = None,
    person: Annotated[str | None, typer.Option(help="cli.help.person")] = None,
    places: Annotated[Path | None, typer.Option(help="cli.help.places")] = None,
    seed: Seed = 0,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Draw a picture of the neighbourhood."""
    from assetmap.cli.drawing import PictureOrder, draw

    asked = (what, out, audience, week, since, person, places)
    raise typer.Exit(draw(PictureOrder(folder, *asked, seed, lang, as_json)))


@app.command(help="cli.help.view", epilog="cli.help.view-example")
def view(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="cli.help.match-folder")],
    out: Annotated[Path | None, typer.Option(help="cli.help.view-out")] = None,
    audience: Annotated[Seen, typer.Option(help="cli.help.view-audience")] = Seen.TEAM,
    week: Annotated[str | None, typer.Option(help="cli.help.view-week")] = None,
    before: Annotated[list[str] | None, typer.Option(help="cli.help.before")] = None,
    seed: Seed = 0,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Write the map of a neighbourhood as one page."""
    from assetmap.cli.viewing import ViewOrder, view_page

    earlier = tuple(before or ())
    raise typer.Exit(
        view_page(ViewOrder(folder, out, audience, week, earlier, seed, lang, as_json))
    )


@app.command(help="cli.help.report", epilog="cli.help.report-example")
def report(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="cli.help.match-folder")],
    out: Annotated[Path, typer.Option(help="cli.help.report-out")],
    first: Annotated[str, typer.Option("--from", help="cli.help.report-from")],
    last: Annotated[str, typer.Option("--until", help="cli.help.report-until")],
    tables: Annotated[Path | None, typer.Option(help="cli.help.report-tables")] = None,
    before: Annotated[Path | None, typer.Option(help="cli.help.report-before")] = None,
    week: Annotated[str | None, typer.Option(help="cli.help.report-week")] = None,
    drawn: Annotated[Path | None, typer.Option("--map", help="cli.help.report-map")] = None,
    reader: Annotated[str | None, typer.Option("--for", help="cli.help.report-for")] = None,
    results: Annotated[Path | None, typer.Option(help="cli.help.report-results")] = None,
    draft: Annotated[bool, typer.Option("--draft", help="cli.help.report-draft")] = False,
    seed: Seed = 0,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Write the report for a council."""
    from assetmap.cli.reporting import ReportOrder, report_page

    asked = (first, last, tables, before, week)
    more = (drawn, reader, results, draft)
    raise typer.Exit(report_page(ReportOrder(folder, out, *asked, seed, lang, as_json, *more)))


@app.command(help="cli.help.contacts", epilog="cli.help.contacts-example")
def contacts(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="cli.help.match-folder")],
    out: Annotated[Path, typer.Option(help="cli.help.contacts-out")],
    week: Annotated[str | None, typer.Option(help="cli.help.week")] = None,
    worker: Annotated[str | None, typer.Option(help="cli.help.contacts-worker")] = None,
    seed: Seed = 0,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Write whom to call, and for whom to print."""
    from assetmap.cli.contacting import ContactOrder, contact_page

    raise typer.Exit(contact_page(ContactOrder(folder, out, week, worker, seed, lang, as_json)))


@app.command(help="cli.help.export", epilog="cli.help.export-example")
def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="cli.help.match-folder")],
    out: Annotated[Path, typer.Option(help="cli.help.export-out")],
    form: Annotated[
        Exchange, typer.Option("--format", help="cli.help.export-format")
    ] = Exchange.HSDS,
    source: Annotated[str, typer.Option(help="cli.help.export-source")] = "",
    asof: Annotated[str | None, typer.Option(help="cli.help.export-asof")] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Write what there is to do for a social map, or as a calendar."""
    from assetmap.cli.exchanging import ExportOrder, give_out

    raise typer.Exit(give_out(ExportOrder(folder, out, form, source, asof, lang, as_json)))


@app.command("import", help="cli.help.import", epilog="cli.help.import-example")
def take(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="cli.help.import-folder")],
    file: Annotated[Path, typer.Option("--from", help="cli.help.import-from")],
    category: Annotated[str | None, typer.Option(help="cli.help.import-category")] = None,
    since: Annotated[str | None, typer.Option(help="cli.help.import-since")] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Read a social map or a calendar into tables of their own."""
    from assetmap.cli.exchanging import ImportOrder, take_in

    order = ImportOrder(folder, file, category, since)
    raise typer.Exit(take_in(order, Screen(lang or Language.NL, as_json)))
