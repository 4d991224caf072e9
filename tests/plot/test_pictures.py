"""What holds for every picture: whom it is for, in two languages, in grey, and the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

import assetmap
from assetmap import plot
from assetmap.errors import PrivacyError, UnusableInput
from assetmap.model import Neighbourhood
from assetmap.privacy import Audience, Released
from tests.plot.conftest import DAY, WEEK, Facts, gatherers, texts_of, with_gid

PICTURES = ("network", "map", "offers", "waiting", "flow", "load", "change", "signals")
AUDIENCES = ("team", "research", "residents", "council")
DRAW = {
    "network": plot.draw_network,
    "map": plot.draw_map,
    "offers": plot.draw_offers,
    "waiting": plot.draw_waiting,
    "flow": plot.draw_flow,
    "load": plot.draw_load,
    "change": plot.draw_change,
    "signals": plot.draw_signals,
    "ego": plot.draw_ego,
}


@pytest.mark.parametrize("what", PICTURES)
def test_a_picture_is_drawn_on_the_axes_that_are_given(
    what: str, gather: Mapping[str, Facts]
) -> None:
    """Axes in, the same axes out; without them a new sheet of its own."""
    shown = gather[what]("team")
    axes = Figure().add_subplot()
    assert DRAW[what](shown, ax=axes) is axes
    assert DRAW[what](shown).get_figure() is not axes.get_figure()
    assert plot.draw_picture(shown).get_title(loc="left") == axes.get_title(loc="left")


@pytest.mark.parametrize("what", PICTURES)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_name_and_no_id_of_a_person_is_drawn_for_others(
    what: str, audience: str, gather: Mapping[str, Facts], linden: Neighbourhood
) -> None:
    """Only the network for the team has called names; nowhere else is a name or an id."""
    words = {
        word for text in texts_of(plot.draw_picture(gather[what](audience)))
        for word in text.replace("\n", " ").split(" ")
    }  # fmt: skip
    called = {row.called for row in linden.people if row.called}
    assert not words & {f"person:{row.person}" for row in linden.people}
    assert bool(words & called) is (what == "network" and audience == "team")


@pytest.mark.parametrize("what", PICTURES)
def test_what_is_drawn_was_released_for_whoever_sees_it(
    what: str, gather: Mapping[str, Facts]
) -> None:
    """Bare facts, and facts for one helper, are no picture; the caption says whom it is for."""
    with pytest.raises(PrivacyError):
        DRAW[what](gather[what]("team").value)
    with pytest.raises(PrivacyError, match="this picture is for"):
        gather[what]("helper")
    with pytest.raises(UnusableInput, match="there is no audience 'everybody'"):
        gather[what]("everybody")
    caption = with_gid(plot.draw_picture(gather[what]("council"), language="en"), "caption")
    assert "For the council." in caption[0].get_text().replace("\n", " ")


@pytest.mark.parametrize("what", PICTURES)
def test_texts_are_in_the_language_that_is_asked(what: str, gather: Mapping[str, Facts]) -> None:
    """Dutch is the team's; English has other words throughout, and the same marks."""
    dutch, english = (
        plot.draw_picture(gather[what]("team"), language=lang) for lang in (None, "en")
    )
    assert dutch.get_title(loc="left") != english.get_title(loc="left")
    assert len(dutch.get_children()) == len(english.get_children())
    names = {each.get_text() for each in with_gid(dutch, "places")}
    long = {text for text in texts_of(dutch) if len(text.split()) > 4} - names
    same = long & set(texts_of(english))
    assert not same


@pytest.mark.parametrize("what", PICTURES)
def test_an_empty_neighbourhood_says_so(what: str) -> None:
    """Nothing is drawn but a sentence, in either language."""
    runs = [assetmap.propose(Neighbourhood(), week) for week in ("2026-W47", WEEK)]
    shown = gatherers(Neighbourhood(), (runs[0], runs[1]))[what]("team")
    for lang in ("nl", "en"):
        ax = plot.draw_picture(shown, language=lang)
        assert len(with_gid(ax, "empty")) == 1
        assert not ax.patches
        assert not ax.collections
        assert not ax.lines


def rendered(ax: Any) -> np.ndarray[Any, Any]:
    """Return the brightness of each dot of a picture, without its texts."""
    import matplotlib.text

    for each in ax.figure.findobj(matplotlib.text.Text):
        each.set_visible(False)
    ax.figure.set_dpi(50)
    ax.figure.canvas.draw()
    colours = np.asarray(ax.figure.canvas.buffer_rgba())[..., :3]
    return np.asarray(colours @ np.array([0.2126, 0.7152, 0.0722]))


@pytest.mark.parametrize("what", PICTURES)
def test_the_drawing_without_texts_is_there_in_grey(what: str, gather: Mapping[str, Facts]) -> None:
    """Without colour and texts there are dark lines, and as much empty room as is fitting."""
    grey = rendered(plot.draw_picture(gather[what]("team")))
    assert grey.min() < 90
    assert 0.002 < (grey < 250).mean() < 0.75
    assert (grey > 250).mean() > 0.2


@pytest.mark.parametrize("what", PICTURES)
def test_a_legend_tells_apart_without_colour(what: str, gather: Mapping[str, Facts]) -> None:
    """No two things in a legend have the same mark, hatch, pattern and brightness."""
    legend = plot.draw_picture(gather[what]("team")).get_legend()
    if legend is None:
        assert what in {"flow", "signals"}, "these have their names at the blocks and rows"
        return
    looks = [_look(handle) for handle in legend.legend_handles]
    assert len(set(looks)) == len(looks)
    for at, one in enumerate(looks):
        for other in looks[:at]:
            assert one[:3] != other[:3] or abs(one[3] - other[3]) >= 60


def _look(handle: Any) -> tuple[str, str, str, int]:
    """Return the mark, hatch, pattern and rounded brightness of something in a legend."""
    from matplotlib.colors import to_rgb

    mark = str(handle.get_paths()[0].vertices.round(3).tolist()) if hasattr(
        handle, "get_paths") else ""  # fmt: skip
    hatch = str(handle.get_hatch() or "") if hasattr(handle, "get_hatch") else ""
    pattern = str(handle.get_linestyle()) if not mark else ""
    colour = handle.get_facecolor() if hasattr(handle, "get_facecolor") else handle.get_color()
    first = colour[0] if np.ndim(colour) == 2 else colour
    red, green, blue = to_rgb(first)
    return mark, hatch, pattern, round(255 * (0.2126 * red + 0.7152 * green + 0.0722 * blue))


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
@pytest.mark.parametrize("what", ["network", "flow"])
def test_the_same_facts_give_the_same_bytes(
    what: str, form: str, gather: Mapping[str, Facts]
) -> None:
    """Drawn twice, with other settings of the program around it; no date in the file."""
    first = plot.picture_bytes(gather[what]("team"), form=form)
    with mpl.rc_context({"font.size": 20, "svg.hashsalt": "other", "figure.facecolor": "red"}):
        again = plot.picture_bytes(gather[what]("team"), form=form)
        assert mpl.rcParams["font.size"] == 20
    assert first == again
    assert b"CreationDate" not in first
    assert b"dc:date" not in first


def test_a_picture_is_written_whole_and_for_its_owner(
    tmp_path: Path, gather: Mapping[str, Facts]
) -> None:
    """The ending says which kind; the title is in the file."""
    target = tmp_path / "out" / "flow.svg"
    plot.write_picture(gather["flow"]("team"), target, language="en")
    text = target.read_text(encoding="utf-8")
    assert "From talents to answers: the questions of week 48" in text
    assert target.stat().st_mode & 0o077 == 0


def test_no_kind_of_picture_and_no_facts_of_one_are_refused(
    tmp_path: Path, gather: Mapping[str, Facts]
) -> None:
    """Another ending, and something else that was released; nothing is written."""
    with pytest.raises(UnusableInput, match="'bmp' is no kind of picture"):
        plot.write_picture(gather["flow"]("team"), tmp_path / "flow.bmp")
    other: Released[Any] = assetmap.report.gather(assetmap.propose(Neighbourhood(), WEEK))
    with pytest.raises(UnusableInput, match="no picture of a WeekFacts"):
        plot.draw_picture(other)
    assert list(tmp_path.iterdir()) == []


def test_no_window_and_no_shared_figure_is_used(gather: Mapping[str, Facts]) -> None:
    """Drawing leaves nothing behind that a program would have to close."""
    import matplotlib.pyplot as plt

    before = plt.get_fignums()
    plot.draw_picture(gather["load"]("team"))
    assert plt.get_fignums() == before


def test_ego_pictures_are_for_the_team_alone(linden: Neighbourhood) -> None:
    """There is no other audience, and the caption says that it holds names."""
    shown = plot.ego_facts(linden, "p65", asof=DAY)
    assert shown.audience is Audience.TEAM
    caption = with_gid(plot.draw_ego(shown, language="en"), "caption")[0].get_text()
    assert "It holds names" in caption.replace("\n", " ")
