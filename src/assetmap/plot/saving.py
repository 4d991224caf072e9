"""Writing a picture: the same facts give the same bytes."""

from __future__ import annotations

import io
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from assetmap.errors import UnusableInput
from assetmap.plot.area_map import MapFacts, draw_map
from assetmap.plot.canvas import drawing
from assetmap.plot.change import ChangeFacts, draw_change
from assetmap.plot.ego import EgoFacts, draw_ego
from assetmap.plot.flow import FlowFacts, draw_flow
from assetmap.plot.load import LoadFacts, draw_load
from assetmap.plot.network import NetworkFacts, draw_network
from assetmap.plot.offers import OfferFacts, draw_offers
from assetmap.plot.timelines import SignalFacts, draw_signals
from assetmap.plot.waiting import WaitingFacts, draw_waiting
from assetmap.privacy import Released
from assetmap.tables.output import put

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_picture", "picture_bytes", "write_picture"]

_PICTURES: MappingProxyType[type, Any] = MappingProxyType(
    {
        ChangeFacts: draw_change,
        EgoFacts: draw_ego,
        FlowFacts: draw_flow,
        LoadFacts: draw_load,
        MapFacts: draw_map,
        NetworkFacts: draw_network,
        OfferFacts: draw_offers,
        SignalFacts: draw_signals,
        WaitingFacts: draw_waiting,
    }
)
_ABOUT: MappingProxyType[str, dict[str, str | None]] = MappingProxyType(
    {
        "png": {"Software": None},
        "svg": {"Date": None, "Creator": None},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    }
)
"""What files say about themselves besides the title: no date and no version."""


def draw_picture(
    shown: Released[Any], *, ax: Axes | None = None, language: str | None = None
) -> Axes:
    """Draw any facts of this package, as the function for that picture does.

    Parameters
    ----------
    shown : Released
        What one of the functions that gather gave.
    ax : Axes, optional
        Where to draw. Default: a new figure.
    language : str, optional
        ``nl`` or ``en``. Default: the team's.

    Raises
    ------
    UnusableInput
        Facts of another sort.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Neighbourhood
    >>> from assetmap.plot import flow_facts
    >>> draw_picture(flow_facts(propose(Neighbourhood(), "2026-W48"))).get_title(loc="left")
    'Van talenten naar antwoorden: de vragen van week 48'
    """
    kind = type(getattr(shown, "value", None))
    if kind not in _PICTURES:
        raise UnusableInput(
            f"there is no picture of a {kind.__name__}; gather the facts of one with a function "
            "such as plot.network_facts"
        )
    axes: Axes = _PICTURES[kind](shown, ax=ax, language=language)
    return axes


def picture_bytes(
    shown: Released[Any], *, form: str = "svg", language: str | None = None, dots: int = 150
) -> bytes:
    """Return a picture as the bytes of a file: the same facts give the same bytes.

    Parameters
    ----------
    shown : Released
        What one of the functions that gather gave.
    form : {"svg", "png", "pdf"}, default "svg"
        Kind of file.
    language : str, optional
        ``nl`` or ``en``. Default: the team's.
    dots : int, default 150
        Dots per inch of a PNG.

    Returns
    -------
    bytes
        With the title of the picture in it, and no date.

    Raises
    ------
    UnusableInput
        Another kind of file, or facts of another sort.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Neighbourhood
    >>> from assetmap.plot import flow_facts
    >>> shown = flow_facts(propose(Neighbourhood(), "2026-W48"))
    >>> picture_bytes(shown)[:5], picture_bytes(shown) == picture_bytes(shown)
    (b'<?xml', True)
    """
    if form not in _ABOUT:
        raise UnusableInput(f"{form!r} is no kind of picture: use svg, png or pdf")
    with drawing():
        axes = draw_picture(shown, language=language)
        figure = axes.get_figure(root=True)
        assert figure is not None
        to = io.BytesIO()
        about = {"Title": axes.get_title(loc="left"), **_ABOUT[form]}
        figure.savefig(to, format=form, dpi=dots, metadata=about)
    return to.getvalue()


def write_picture(
    shown: Released[Any], path: str | PathLike[str], *, language: str | None = None
) -> None:
    """Write a picture to a file; its ending says which kind: ``.svg``, ``.png`` or ``.pdf``.

    Parameters
    ----------
    shown : Released
        What one of the functions that gather gave.
    path : path
        The file; what was there is replaced.
    language : str, optional
        ``nl`` or ``en``. Default: the team's.

    Raises
    ------
    UnusableInput
        Another ending, facts of another sort, or a place where nothing can be written.

    Examples
    --------
    >>> from assetmap.model import Neighbourhood
    >>> from assetmap.match import propose
    >>> from assetmap.plot import flow_facts
    >>> write_picture(flow_facts(propose(Neighbourhood(), "2026-W48")), "flow.bmp")
    Traceback (most recent call last):
        ...
    assetmap.errors.UnusableInput: 'bmp' is no kind of picture: use svg, png or pdf
    """
    target = Path(path)
    form = target.suffix.removeprefix(".").casefold()
    put({target: picture_bytes(shown, form=form, language=language)})
