"""Files that go with a set of changes: both are there in the end, or neither."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import assetmap
from assetmap import Proposals
from assetmap.errors import UnusableInput
from assetmap.history import History, trial
from tests.golden.hoods import WEEK, evening

OLD = {"a.csv": b"old a", "b.csv": b"old b"}
NEW = {"a.csv": b"new a", "b.csv": b"new b", "c.csv": b"new c"}
Replace = Callable[[Path, Path], Path]


@pytest.fixture(scope="module")
def proposals() -> Proposals:
    return assetmap.propose(evening(), WEEK)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with two files and an empty history."""
    for name, raw in OLD.items():
        (tmp_path / name).write_bytes(raw)
    with History(tmp_path / "h.sqlite"):
        pass
    return tmp_path


def _kept(place: Path, proposals: Proposals) -> None:
    with History(place / "h.sqlite") as store, store.changing():
        store.keep(proposals)
        store.put({place / name: raw for name, raw in NEW.items()}, gone=[place / "gone.csv"])


def _files(place: Path) -> dict[str, bytes]:
    return {f.name: f.read_bytes() for f in place.iterdir() if not f.name.startswith("h.sqlite")}


def _runs(place: Path) -> int:
    with History(place / "h.sqlite") as store:
        return len(store.runs())


def _refusing(wrong: BaseException, when: Callable[[Path, Path], bool]) -> Replace:
    """Return what moves a file, and raises for some."""
    replace = Path.replace

    def moved(source: Path, target: Path) -> Path:
        if when(source, target):
            raise wrong
        return replace(source, target)

    return moved


def test_changes_and_files_are_there_together(place: Path, proposals: Proposals) -> None:
    """Files are moved when the changes are made, and not before."""
    (place / "gone.csv").write_bytes(b"")
    with History(place / "h.sqlite") as store, store.changing():
        store.keep(proposals)
        store.put({place / name: raw for name, raw in NEW.items()}, gone=[place / "gone.csv"])
        assert (place / "a.csv").read_bytes() == b"old a"
        assert (place / "gone.csv").exists()
    assert _files(place) == NEW
    assert _runs(place) == 1


def test_a_file_that_is_open_elsewhere_stops_all_of_it(
    place: Path, proposals: Proposals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows does: nothing may be moved onto a file that another program has open."""
    (place / "gone.csv").write_bytes(b"x")
    held = _refusing(PermissionError(13, "in use"), lambda _, at: at.name == "b.csv")
    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(UnusableInput, match=r"b\.csv cannot be written\. Close it in other pro"):
        _kept(place, proposals)
    monkeypatch.undo()
    assert _files(place) == {**OLD, "gone.csv": b"x"}
    assert _runs(place) == 0


def test_one_that_is_opened_at_the_last_moment(
    place: Path, proposals: Proposals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The changes are made by then: the files are as they were, until the store is opened again."""
    (place / "gone.csv").write_bytes(b"x")
    late = _refusing(
        PermissionError(13, "in use"),
        lambda new, at: at.name == "b.csv" and new.suffix == ".assetmap-new",
    )
    monkeypatch.setattr(Path, "replace", late)
    with pytest.raises(UnusableInput, match=r"b\.csv cannot be written"):
        _kept(place, proposals)
    seen = {name: raw for name, raw in _files(place).items() if not name.startswith(".")}
    assert seen == {**OLD, "gone.csv": b"x"}
    with pytest.raises(UnusableInput, match=r"stopped halfway, and b\.csv cannot be put in its pl"):
        History(place / "h.sqlite")
    monkeypatch.undo()
    assert _runs(place) == 1
    assert _files(place) == NEW


def test_what_is_taken_away_comes_back_when_that_fails(
    place: Path, proposals: Proposals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file in its place and one that cannot go: both are as they were."""
    (place / "gone.csv").write_bytes(b"x")
    late = _refusing(
        PermissionError(13, "in use"), lambda at, aside: at.name == "gone.csv" and at != aside
    )
    monkeypatch.setattr(Path, "replace", late)
    with pytest.raises(UnusableInput), History(place / "h.sqlite") as store:
        store.put({place / "a.csv": b"new a"}, gone=[place / "gone.csv"])
    monkeypatch.undo()
    seen = {name: raw for name, raw in _files(place).items() if not name.startswith(".")}
    assert seen == {**OLD, "gone.csv": b"x"}
    with History(place / "h.sqlite"):
        assert _files(place) == {**OLD, "a.csv": b"new a"}


def _stopped(place: Path, proposals: Proposals, patch: pytest.MonkeyPatch) -> None:
    """Stop a program after its changes were made and one of three files was moved."""
    stop = _refusing(
        KeyboardInterrupt(), lambda new, at: at.name == "b.csv" and new.suffix == ".assetmap-new"
    )
    patch.setattr(Path, "replace", stop)
    patch.setattr("assetmap.tables.output.Placing._back", lambda _: None)
    with pytest.raises(KeyboardInterrupt):
        _kept(place, proposals)
    patch.undo()


def test_who_opens_the_store_puts_the_rest_in_place(
    place: Path, proposals: Proposals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program stopped between two moves: the next one finishes, and leaves nothing behind."""
    (place / "gone.csv").write_bytes(b"x")
    _stopped(place, proposals, monkeypatch)
    assert (place / "b.csv").read_bytes() == b"old b"
    assert _runs(place) == 1
    assert _files(place) == NEW


def test_a_trial_leaves_them_where_they_are(
    place: Path, proposals: Proposals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy of the store is to look at: it moves nothing."""
    _stopped(place, proposals, monkeypatch)
    before = _files(place)
    with trial(place / "h.sqlite") as store:
        assert len(store.runs()) == 1
    assert _files(place) == before


def test_what_somebody_changed_since_stays(
    place: Path, proposals: Proposals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody's work is written over by a program that was stopped."""
    _stopped(place, proposals, monkeypatch)
    (place / "a.csv").write_bytes(b"typed in a")
    (place / "b.csv").write_bytes(b"typed in b")
    assert _runs(place) == 1
    assert _files(place) == {**NEW, "a.csv": b"typed in a", "b.csv": b"typed in b"}


def test_what_was_left_over_is_taken_away(place: Path, proposals: Proposals) -> None:
    """Also in a folder below; files of somebody's own stay, whatever they are called."""
    (place / "below").mkdir()
    left = [place / ".a.csv.12345678.assetmap-new", place / "below" / ".b.x.assetmap-old"]
    own = [place / ".a.csv.12345678.new", place / "b.assetmap-new"]
    for path in (*left, *own, place / "gone.csv"):
        path.write_bytes(b"x")
    _kept(place, proposals)
    assert not any(path.exists() for path in left)
    assert all(path.exists() for path in own)


def test_files_of_another_program_that_are_on_their_way_are_left_to_it(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It made its own changes just before ours were moved, and put ours in place with that."""
    with History(place / "h.sqlite") as one, History(place / "h.sqlite") as other:
        patient = one._patient

        @contextmanager
        def after_the_other() -> Iterator[None]:
            other.put({place / "b.csv": NEW["b.csv"]}, gone=[place / "gone.csv"])
            with patient():
                yield

        monkeypatch.setattr(other, "_place", lambda: None)
        monkeypatch.setattr(one, "_patient", after_the_other)
        (place / "gone.csv").write_bytes(b"x")
        one.put({place / "a.csv": NEW["a.csv"]})
        seen = {name: raw for name, raw in _files(place).items() if not name.startswith(".")}
        assert seen == {"a.csv": b"new a", "b.csv": b"old b", "gone.csv": b"x"}
    with History(place / "h.sqlite"):
        pass
    assert _files(place) == {"a.csv": b"new a", "b.csv": b"new b"}
