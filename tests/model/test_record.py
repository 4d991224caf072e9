"""Every record: frozen, described, without room for what the tables do not know."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from assetmap.model import RECORDS, Activity, Contact, Person, Safeguard, Talent, columns
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
    with pytest.raises(ValidationError):
        person.area = "north"  # type: ignore[misc]
    with pytest.raises(ValidationError) as raised:
        Person(person="p1", nationality="geheim")  # type: ignore[call-arg]
    assert "geheim" not in str(raised.value)


def test_blank_is_unknown() -> None:
    """An empty text or list is None, so that a cell and a record mean the same."""
    person = Person(person=" p1 ", area="  ", languages=(), called="\x00")
    assert person == Person(person="p1")
    with pytest.raises(ValidationError):
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
    with pytest.raises(ValidationError):
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
    with pytest.raises(ValidationError):
        Talent(talent="t1", owner="p1", category="x", seats=-1)
