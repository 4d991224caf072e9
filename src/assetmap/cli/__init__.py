"""The command line: read what was typed, call one function, show what comes back.

Results go to stdout or to ``--out``, messages to stderr. Exit codes: 0 fine, 1 finished with
something that needs attention, 2 unusable input or arguments, 3 a fault in assetmap itself.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what was typed, and leave with an exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        Default: what was typed after the program's name.

    Raises
    ------
    SystemExit
        Always; its code is the exit code.
    """
    from assetmap.cli.starting import run

    sys.exit(run(sys.argv[1:] if arguments is None else list(arguments)))
