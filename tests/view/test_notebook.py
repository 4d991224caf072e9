"""What stands in a notebook: the bar, and the week at a glance."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

import assetmap
from assetmap import UnknownName, view
from assetmap.match import Progress
from tests.view.hoods import NASTY, WEEK, hostile, street


class Kernel:
    """Stands for a running notebook: remembers what was drawn."""

    def __init__(self, kernel: bool = True) -> None:
        self.drawn: list[str] = []
        shell = SimpleNamespace(kernel=object()) if kernel else SimpleNamespace()
        self.get_ipython = lambda: shell
        self.display = SimpleNamespace(display=self._display)

    def _display(self, what: Any, *, display_id: bool) -> Kernel:
        assert display_id
        self.update(what)
        return self

    def update(self, what: Any) -> None:
        self.drawn.append(what._repr_html_())


def test_the_bar_moves_while_a_run_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is drawn once and then changed in place; the last it says is that all is done."""
    kernel = Kernel()
    monkeypatch.setitem(sys.modules, "IPython", kernel)
    bar = view.progress_bar("en")
    assetmap.propose(street(), WEEK, progress=bar)
    assert len(kernel.drawn) >= 2
    assert kernel.drawn[-1] == (
        '<label>Done <progress max="100" value="100">100%</progress></label>'
    )
    assert len(set(kernel.drawn)) == len(kernel.drawn)


def test_outside_a_notebook_the_bar_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither without IPython nor in its terminal is anything drawn."""
    terminal = Kernel(kernel=False)
    for module in (None, terminal):
        monkeypatch.setitem(sys.modules, "IPython", module)
        view.progress_bar()(Progress("solving", 0, 1))
    assert terminal.drawn == []
    assert repr(view.progress_bar()) == "<ProgressBar candidates: 0%>"


def test_proposals_show_the_week_without_names() -> None:
    """A line per plan with its reasons behind a click; who is who stays in the tables."""
    shown = assetmap.propose(street(), WEEK)._repr_html_()
    assert shown.startswith('<section lang="nl"><h4>2026-W48</h4><p><b>1 voorstel</b></p><details>')
    assert "<summary>n1: p1, boodschappen – p2," in shown
    assert "1 vraag zonder voorstel" in shown
    assert "Ans" not in shown


def test_the_week_of_one_person() -> None:
    """What somebody asks, gives or introduces to, under the names of the team."""
    proposals = assetmap.propose(street(), WEEK)
    for person in ("p1", "person:p2", "p3"):
        shown = view.at_a_glance(proposals, person)._repr_html_()
        assert "n1: Ans, boodschappen – Bo" in shown
        assert "Dina" not in shown
    mine = view.at_a_glance(proposals, "p4", language="en")._repr_html_()
    assert "1 question without a proposal" in mine
    assert "n1" not in mine
    assert "geen voorstellen" in view.at_a_glance(proposals, "p5").html
    with pytest.raises(UnknownName, match="there is no person 'p77'"):
        view.at_a_glance(proposals, "p77")


def test_hostile_names_stay_text_at_a_glance() -> None:
    """Nothing that somebody typed begins an element."""
    proposals = assetmap.propose(hostile(), WEEK)
    shown = view.at_a_glance(proposals).html + proposals._repr_html_()
    assert NASTY[:9] not in shown
    assert "<img" not in shown


def test_the_tab_key_shows_what_one_can_call() -> None:
    """Only the names that are meant for use, each with words of its own."""
    assert dir(view) == sorted(view.__all__)
    assert all(getattr(view, name).__doc__ for name in view.__all__)
    assert repr(view.at_a_glance(assetmap.propose(street(), WEEK))) == "<WeekView for team>"
