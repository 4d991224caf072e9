"""JSON documents: plain values, odd shapes, and damage."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.tables import check, read


def _document(folder: Path, text: str) -> Path:
    path = folder / "b.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_plain_values_are_understood(tmp_path: Path) -> None:
    """Numbers, yes and no, null and lists; Dutch names as well."""
    path = _document(
        tmp_path,
        '{"people": [{"person": 12, "minor": false, "languages": ["nl", "Turks"], "area": null}],'
        ' "Talenten": [{"Wie": "12", "Wat": "vervoer", "Hoe ver (km)": 3.5}]}',
    )
    hood = read(path)
    person = hood.people[0]
    assert (person.person, person.minor, person.languages, person.area) == (
        "12",
        False,
        ("nl", "tr"),
        None,
    )
    assert (hood.talents[0].owner, hood.talents[0].max_km) == ("12", 3.5)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "document-damaged"),
        ('{"people": [', "document-damaged"),
        ("[]", "document-shape"),
        ("null", "document-shape"),
        ("3", "document-shape"),
        ('{"people": {}}', "document-table-shape"),
        ('{"people": [3]}', "document-table-shape"),
        ('{"people": [{"person": {"a": 1}}]}', "document-table-shape"),
        ('{"people": [{"person": "p1", "person": "p2"}]}', "document-double-name"),
        ('{"people": [{"born": NaN}]}', "document-shape"),
        ('{"people": [{"born": 1' + "0" * 5000 + "}]}", "not-a-number"),
        ("[" * 100_000, "document-too-deep"),
        ('{"contacts": [{"person": "p1"}]}', "contacts-inside"),
    ],
)
def test_documents_that_cannot_be_used(text: str, code: str, tmp_path: Path) -> None:
    """Each is one problem in place of an exception."""
    assert [p.code for p in check(_document(tmp_path, text))] == [code]


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["people", "Mensen", "person", "called", "born", "x"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


@given(value=_json)
def test_no_shape_makes_an_exception(
    value: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Any JSON at all is read or refused."""
    import json

    path = _document(tmp_path_factory.mktemp("json"), json.dumps(value))
    found = check(path)
    assert all(p.message for p in found)
