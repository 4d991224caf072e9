"""Every record: frozen, described, without room for what the tables do not know."""

from __future__ import annotations

import copy
import pickle
import traceback
from collections.abc import Callable

import pytest

from assetmap.errors import DataProblems, UnusableInput
from assetmap.model import (
    RECORDS,
    Activity,
    Contact,
    Need,
    Person,
    Safeguard,
    Talent,
    columns,
)
from assetmap.model.record import attribute_of, plain_type


@pytest.mark.parametrize("record", [*RECORDS.values(), Contact], ids=lambda r: r.table)
def test_every_column_is_described(record: type) -> None:
    """A sentence that ends in a full stop, and known tables where it refers to some."""
    for column in columns(record):
        assert column.description.endswith(".")
        assert set(column.refers_to) <= set(RECORDS)
    if record.key is not None:
        assert columns(record)[0].name == record.key


def test_a_record_cannot_be_changed_and_knows_no_other_fields() -> None:
    """Frozen, closed, and silent about values in its errors."""
    person = Person(person="p1")
    with pytest.raises(UnusableInput, match="replace"):
        person.area = "north"  # type: ignore[misc]
    with pytest.raises(DataProblems) as raised:
        Person(person="p1", nationality="geheim")  # type: ignore[call-arg]
    assert "geheim" not in str(raised.value)
    (found,) = raised.value.problems
    assert (found.code, found.column) == ("no-such-column", "nationality")


def test_blank_is_unknown() -> None:
    """An empty text or list is None, so that a cell and a record mean the same."""
    person = Person(person=" p1 ", area="  ", languages=(), called="\x00")
    assert person == Person(person="p1")
    with pytest.raises(DataProblems):
        Person(person=" ")


def test_words_of_python_have_their_column_name() -> None:
    """``from_`` and ``except_`` are the columns ``from`` and ``except``."""
    talent = Talent.model_validate(
        {"talent": "t1", "owner": "p1", "category": "x", "from": "1-2-2026"}
    )
    assert talent == Talent(talent="t1", owner="p1", category="x", from_="2026-02-01")
    assert talent.cells()["from"] == "2026-02-01"
    assert talent.value("from") == talent.from_
    assert attribute_of("except") == "except_"


def test_a_changed_copy_is_checked() -> None:
    """Replacing goes through the same door as making."""
    person = Person(person="p1", walks_m=200)
    assert person.replace(walks_m="1 200").walks_m == 1200
    assert person.walks_m == 200
    with pytest.raises(DataProblems):
        person.replace(walks_m=-1)


def test_plain_types() -> None:
    """The type of a column, through what describes it."""
    assert plain_type(Person, "walks_m") is int
    assert plain_type(Safeguard, "from").__name__ == "date"
    assert plain_type(Activity, "start").__name__ == "datetime"
    assert plain_type(Person, "languages") is None


def test_the_html_of_a_record_is_escaped() -> None:
    """What somebody typed cannot become markup."""
    assert "<b>" not in Person(person="p1", called="<b>")._repr_html_()


def test_numbers_have_their_bounds() -> None:
    """Urgency 1 to 5, nothing below nought."""
    with pytest.raises(DataProblems):
        Talent(talent="t1", owner="p1", category="x", seats=-1)


SECRET = "Geheim-Jansen-0612"


@pytest.mark.parametrize(
    "make",
    [
        lambda: Person(person="p1", walks_m=SECRET, minor=SECRET, support_needed=SECRET),
        lambda: Person(person="p1", **{SECRET[:6]: SECRET, "x": SECRET}),
        lambda: Person.model_validate({"person": "p1", "available": SECRET, "born": 10**9}),
        lambda: Person.model_validate_json(f'{{"person": "p1", "minor": "{SECRET}"}}'),
        lambda: Person.model_validate_json(SECRET),
        lambda: Person.model_validate(SECRET),
        lambda: Person(person="p1").replace(lat=SECRET),
        lambda: Contact(person="p1", name=SECRET, phone=[SECRET], house=SECRET),
        lambda: Need(need="n1", owner="p1", category="meal", sensitive=SECRET),
    ],
)
def test_what_is_wrong_holds_nothing_of_what_stood_there(make: Callable[[], object]) -> None:
    """Not as text, not in its problems, and not in an error behind it; with a place and a code."""
    with pytest.raises(DataProblems) as raised:
        make()
    error = raised.value
    assert isinstance(error, ValueError)
    assert not hasattr(error, "errors")
    assert error.__cause__ is None
    assert error.__context__ is None
    told = [str(error), repr(error), *map(repr, error.args), *map(repr, error.problems)]
    told += traceback.format_exception_only(error)
    assert not [text for text in told if SECRET in text or "pydantic" in text]
    assert all(p.table in {"people", "contacts", "needs"} for p in error.problems)


def test_as_text_a_record_shows_nothing_personal() -> None:
    """Ids and what is said about a part in the neighbourhood; the rest is three dots, or blank."""
    person = Person(person="p1", area="north", called=SECRET, born=1950, groups=SECRET)
    for shown in (repr(person), str(person), f"{[person]}"):
        assert SECRET not in shown
        assert "1950" not in shown
        assert "called=…" in shown
        assert "area='north'" in shown
        assert "walks_m=None" in shown
    html = person._repr_html_()
    assert "<th scope='row'>called</th><td>…</td>" in html
    assert SECRET not in html
    assert "walks_m" not in html


@pytest.mark.parametrize("record", [*RECORDS.values(), Contact], ids=lambda r: r.table)
def test_no_personal_column_is_shown(record: type) -> None:
    """Whatever the table: what is personal is hidden by what describes it."""
    personal = {attribute_of(c.name) for c in columns(record) if c.personal}
    row = record.model_construct(**dict.fromkeys(record.model_fields, SECRET))
    shown = {name for name, value in row.__repr_args__() if value == SECRET}
    assert not shown & (personal - {record.key})


def test_contacts_and_safeguards_show_their_id_only() -> None:
    """How to reach somebody, and who is kept from whom, is never in a log or a notebook."""
    contact = Contact(person="p1", name=SECRET, phone="0612", address=SECRET)
    apart = Safeguard(
        safeguard="s1", person="p7", at="p8", from_="2026-01-01", review_on="2026-02-01"
    )
    assert repr(contact) == "Contact(person='p1')"
    assert repr(apart) == "Safeguard(safeguard='s1')"
    for html in (contact._repr_html_(), apart._repr_html_()):
        assert SECRET not in html
        assert "0612" not in html
        assert "p7" not in html
        assert "p8" not in html


def test_a_record_can_be_copied_and_kept() -> None:
    """Copies and pickles are equal and hold everything, shown or not."""
    person = Person(person="p1", called=SECRET)
    for again in (copy.deepcopy(person), pickle.loads(pickle.dumps(person)), person.model_copy()):
        assert again == person
        assert again.called == SECRET
    assert person.model_copy(update={"area": "north"}).area == "north"
    assert Person.model_validate(person.model_dump()) == person
