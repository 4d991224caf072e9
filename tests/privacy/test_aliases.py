"""Pseudonyms: stable under one key, unlinkable under two, and without a trace of the id."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.privacy import aliases, pseudonyms

KEY, OTHER = b"k" * 32, b"o" * 32
IDS = st.sets(st.text(min_size=1, max_size=12), max_size=30)


@given(IDS, IDS)
def test_the_same_key_gives_the_same_whatever_else_is_there(one: set[str], more: set[str]) -> None:
    """A pseudonym depends on the id and the key alone."""
    some, all_of_them = pseudonyms(one, KEY), pseudonyms(one | more, KEY)
    assert some == {each: all_of_them[each] for each in one}


@given(IDS)
def test_two_ids_never_share_one_and_the_order_does_not_show(ids: set[str]) -> None:
    """All different, and in the order of the pseudonyms."""
    given_ = pseudonyms(ids, KEY)
    assert set(given_) == ids
    assert len(set(given_.values())) == len(ids)
    assert list(given_.values()) == sorted(given_.values())


def test_another_key_gives_others() -> None:
    """Two exports under different keys have no pseudonym in common."""
    ids = [f"p{i}" for i in range(500)]
    assert not set(pseudonyms(ids, KEY).values()) & set(pseudonyms(ids, OTHER).values())


def test_without_a_key_nothing_can_be_linked() -> None:
    """Each time a new random key, which nobody has."""
    assert pseudonyms(["p1"]) != pseudonyms(["p1"])


def test_the_kind_stays_and_the_id_does_not() -> None:
    """``person:`` may be seen; what follows is a code of small letters and digits."""
    (code,) = pseudonyms(["person:p1"], KEY).values()
    kind, _, rest = code.partition(":")
    assert kind == "person"
    assert len(rest) == 16
    assert rest.isalnum()
    assert rest == rest.lower()
    assert pseudonyms(["need:p1"], KEY)["need:p1"].partition(":")[2] != rest


def test_a_value_known_from_the_standard() -> None:
    """HMAC-SHA256 of RFC 4231, test case 1, is 'b0344c61d8db38535ca8…', in base 32."""
    key, text = b"\x0b" * 20, "Hi There"
    assert pseudonyms([text], key)[text] == "wa2eyyoy3m4fgxfi"


def test_pseudonyms_that_begin_alike_are_written_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the short codes would be the same, the long ones tell them apart."""
    monkeypatch.setattr(aliases, "_LENGTH", 1)
    ids = [f"p{i}" for i in range(60)]
    assert len(set(pseudonyms(ids, KEY).values())) == 60
    one_by_one = aliases.Pseudonymiser(KEY)
    assert len({one_by_one.person(each) for each in ids}) == 60


def test_one_by_one_is_the_same_as_all_at_once() -> None:
    """A bare id of a person and one that names its table have the same code."""
    alias = aliases.Pseudonymiser(KEY)
    whole = pseudonyms(["person:p1", "need:n1", "n1"], KEY)
    assert alias.person("person:p1") == whole["person:p1"]
    assert f"person:{alias.person('p1')}" == whole["person:p1"]
    assert alias.record("need:n1") == whole["need:n1"]
    assert alias.record("n1") == whole["n1"]


def test_a_key_that_can_be_guessed_is_refused() -> None:
    """A short key is no protection."""
    with pytest.raises(UnusableInput, match="at least 16"):
        pseudonyms(["p1"], b"secret")
