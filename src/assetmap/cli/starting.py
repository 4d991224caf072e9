"""Starting a command: the language of the help, and an end without a traceback."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption

from assetmap.cli.rights_commands import app
from assetmap.errors import UnusableInput
from assetmap.texts import Language, language, say

__all__ = ["help_language", "run", "spoken"]

FAULT = 3


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console may not know every letter
    lang = help_language(arguments, os.environ)
    command = spoken(lang)
    try:
        command(args=list(arguments), prog_name="assetmap")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else FAULT
    except Exception as fault:  # noqa: BLE001 - a fault of our own is told, never its values
        typer.echo(say("cli.fault", lang, kind=type(fault).__name__, place=_place(fault)), err=True)
        return FAULT
    return 0


def _place(fault: Exception) -> str:
    """Return file and line of a fault: enough to find it, and nothing that somebody filled in."""
    frame = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def help_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the language of the help: what was asked, else what the machine speaks.

    Parameters
    ----------
    arguments : sequence of str
        What was typed.
    environment : Mapping[str, str]
        Environment variables.

    Examples
    --------
    >>> help_language(["match", "--lang", "nl", "--help"], {}).value
    'nl'
    >>> help_language(["--help"], {"LANG": "nl_NL.UTF-8"}).value
    'nl'
    >>> help_language(["--help"], {}).value
    'en'
    """
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    machine = next(filter(None, names), "")
    asked = [after for word, after in pairwise(arguments) if word == "--lang"]
    asked += [word.partition("=")[2] for word in arguments if word.startswith("--lang=")]
    for text in (*asked, machine.partition(".")[0]):
        try:
            return language(text)
        except UnusableInput:
            continue
    return Language.EN


def spoken(lang: Language) -> TyperGroup:
    """Return the commands with their help in a language.

    In the code a help text is its key in the catalogue; here the text takes its place.
    """
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    for command in (group, *group.commands.values()):
        command.help = _text(command.help, lang)
        command.epilog = _text(command.epilog, lang)
        own = command.get_help_option(typer.Context(command))
        if own is not None:
            own.help = say("cli.help.help", lang)
        for parameter in command.params:
            if isinstance(parameter, TyperOption | TyperArgument):
                parameter.help = _text(parameter.help, lang)
    return group


def _text(key: str | None, lang: Language) -> str | None:
    return say(key, lang) if key is not None and key.startswith("cli.") else key
