"""Headings that the tables have no place for, also where no file is read."""

from __future__ import annotations

import pandas as pd
import pytest

from assetmap.errors import DataProblems
from assetmap.model import Neighbourhood, Row, gathered
from assetmap.model.refusals import refused

HEADINGS = {
    "never": ("Nationaliteit", "nationality", "Geloof", "religion", "diagnose", "BSN", "Herkomst"),
    "contacts": ("Adres", "e-mail", "Telefoonnummer", "surname", "postcode"),
}
ALL = [(text, reason) for reason, texts in HEADINGS.items() for text in texts]


@pytest.mark.parametrize(("text", "reason"), ALL)
def test_rows_and_frames_are_held_to_the_same_as_files(text: str, reason: str) -> None:
    """Rows and DataFrames with such a column are refused, and its cells are never repeated."""
    cells = {"person": "p1", text: "geheim-woord"}
    for made in (
        lambda: Neighbourhood.from_rows({"people": [Row(2, cells)]}),
        lambda: Neighbourhood.from_frames({"people": pd.DataFrame([cells])}),
    ):
        with pytest.raises(DataProblems) as raised:
            made()
        (found,) = raised.value.problems
        assert (found.code, found.table, found.column) == (
            f"refused-heading-{reason}",
            "people",
            text,
        )
        assert "geheim-woord" not in repr(raised.value.problems) + str(raised.value)


def test_what_stands_below_is_not_even_kept() -> None:
    """The columns are gone before anything else is looked at."""
    result = gathered({"people": [Row(2, {"person": "p1", "religie": "x", "schoenmaat": "38"})]})
    assert result.extra == {"people": {"p1": {"schoenmaat": "38"}}}


@pytest.mark.parametrize("text", ["team", "Roepnaam", "schoenmaat", "kleur", "opmerkingen", "taal"])
def test_ordinary_headings_are_not_refused(text: str) -> None:
    """A word that merely looks a little like it is no reason."""
    assert refused("people", text) is None


def test_addresses_of_places_are_no_secret() -> None:
    """What reaches a person belongs in contacts; an organisation may have an address."""
    assert refused("people", "adres") == "contacts"
    assert refused("organisations", "adres") is None
    assert refused("organisations", "religie") == "never"
