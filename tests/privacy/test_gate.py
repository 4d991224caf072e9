"""The one gate: what each audience gets of each class, and that there is no other way out."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.errors import PrivacyError, UnusableInput
from assetmap.model import Person, PrivacyThresholds
from assetmap.privacy import (
    ACCESS,
    Audience,
    CountTable,
    Discloses,
    Released,
    Withheld,
    gate,
    notices,
    protect,
    pseudonyms,
    release,
    require,
)
from assetmap.schedule import Window, parse_windows

KEY = b"a key of the tests"


@dataclass(frozen=True)
class Leg:
    """One leg of a plan, for those whom it is about."""

    readers: Annotated[tuple[str, ...], Discloses.READERS]
    called: Annotated[str | None, Discloses.CALLED]
    need: Annotated[str | None, Discloses.RECORD]
    area: Annotated[str | None, Discloses.AREA]
    on: Annotated[dt.date, Discloses.OPEN]


@dataclass(frozen=True)
class Week:
    """A page of a week, with a field of every class but the owner's."""

    title: Annotated[str, Discloses.OPEN]
    asker: Annotated[str | None, Discloses.PERSON]
    remark: Annotated[str | None, Discloses.TEAM]
    met: Annotated[int | None, Discloses.COUNT]
    heavy: Annotated[int | None, Discloses.SENSITIVE_COUNT]
    legs: tuple[Leg, ...] = ()
    names: Mapping[Annotated[str, Discloses.PERSON], Annotated[str, Discloses.CALLED]] = field(
        default_factory=dict
    )
    why: Annotated[tuple[str, ...], Discloses.TEAM] = ()
    times: Annotated[tuple[Window, ...], Discloses.OPEN] = ()
    table: Annotated[CountTable | None, Discloses.COUNT] = None
    best: Leg | None = None
    people: frozenset[Annotated[str, Discloses.PERSON]] = frozenset()


DAY = dt.date(2026, 11, 27)
MINE = Leg(("person:p1", "p2"), "Ans", "n1", "north", DAY)
THEIRS = Leg(("p3",), "Bo", "n2", "south", DAY)
TABLE = CountTable.of({("north", "meal"): 2, ("south", "meal"): 11})
WEEK = Week(
    title="week 48",
    asker="p1",
    remark="belt liever 's avonds",
    met=3,
    heavy=7,
    legs=(MINE, THEIRS),
    names={"p1": "Ans", "p2": "Bo"},
    why=("kent haar", "woont dichtbij"),
    times=parse_windows("Mon 18:00-22:00"),
    table=TABLE,
    best=THEIRS,
    people=frozenset({"p1", "p3"}),
)


def test_the_team_gets_everything_as_it_is() -> None:
    """Inside the team nothing is changed and nothing is left out."""
    out = release(WEEK, Audience.TEAM)
    assert out.value == WEEK
    assert (out.audience, dict(out.left_out)) == (Audience.TEAM, {})


@pytest.mark.parametrize("audience", [Audience.RESIDENTS, Audience.COUNCIL])
def test_residents_and_council_get_nothing_about_persons(audience: Audience) -> None:
    """No person, name, reason or area of a person; counts only as far as they are large."""
    out = release(WEEK, audience)
    bare = Leg((), None, None, None, DAY)
    assert out.value == Week(
        title="week 48",
        asker=None,
        remark=None,
        met=None,
        heavy=None,
        legs=(bare, bare),
        times=WEEK.times,
        table=protect(TABLE),
        best=bare,
    )
    assert dict(out.left_out) == {
        Withheld.PERSON: 1 + 3 + 1 + 2 + 2,
        Withheld.RECORD: 3,
        Withheld.CALLED: 3 + 2,
        Withheld.TEAM_ONLY: 1 + 2,
        Withheld.AREA: 3,
        Withheld.SMALL_COUNT: 2 + protect(TABLE).hidden,
    }


def test_a_helper_gets_the_own_plans_with_the_names_in_them() -> None:
    """Called names only inside an item that names the reader; items of others not at all."""
    out = release(WEEK, Audience.HELPER, reader="person:p2")
    assert out.value.legs == (dataclasses.replace(MINE, readers=()),)
    assert out.value.best is None
    assert out.value.names == {}
    assert (out.value.asker, out.value.remark, out.value.why) == (None, None, ())
    assert out.left_out[Withheld.NOT_FOR_READER] == 2


@dataclass(frozen=True)
class Plan:
    """A plan for its parties, with legs for those in them."""

    readers: Annotated[tuple[str, ...], Discloses.READERS]
    remark: Annotated[str | None, Discloses.CALLED]
    legs: tuple[Leg, ...]


def test_an_item_inside_an_own_item_is_judged_by_its_own_readers() -> None:
    """Who is in a plan does not see the legs that are about others."""
    out = release(Plan(("p1",), "Ans", (MINE, THEIRS)), Audience.HELPER, reader="p1")
    assert out.value == Plan((), "Ans", (dataclasses.replace(MINE, readers=()),))


def test_an_initiative_gets_its_own_items_with_the_names_in_them() -> None:
    """Called names of what names it as reader; no record, no area, nothing of others."""
    leg = dataclasses.replace(MINE, readers=("initiative:i1",))
    out = release(
        dataclasses.replace(WEEK, legs=(leg, THEIRS)), Audience.INITIATIVE, reader="initiative:i1"
    )
    assert out.value.legs == (Leg((), "Ans", None, None, DAY),)
    assert (out.value.asker, out.value.remark, out.value.met) == (None, None, None)
    assert (out.value.names, out.value.why, out.value.best) == ({}, (), None)


@dataclass(frozen=True)
class Evening:
    """A date of an initiative, for those who run it."""

    readers: Annotated[tuple[str, ...], Discloses.READERS]
    coming: Annotated[int | None, Discloses.COUNT]
    worried: Annotated[int | None, Discloses.SENSITIVE_COUNT]
    wheelchair: Annotated[bool | None, Discloses.TRAIT]


@dataclass(frozen=True)
class Evenings:
    """A week of an initiative, with a count about nobody in particular."""

    asked: Annotated[int | None, Discloses.COUNT]
    evenings: tuple[Evening, ...]


def test_an_initiative_counts_who_comes_to_its_own() -> None:
    """Few people too, at its own dates; a sensitive count and any other stay protected."""
    own = Evening(("initiative:i1",), 2, 12, True)
    week = Evenings(4, (own, dataclasses.replace(own, readers=("initiative:i2",))))
    out = release(week, Audience.INITIATIVE, reader="initiative:i1")
    assert out.value == Evenings(None, (Evening((), 2, 10, True),))
    (mine,) = release(
        dataclasses.replace(week, evenings=(dataclasses.replace(own, readers=("p1",)),)),
        Audience.HELPER,
        reader="p1",
    ).value.evenings
    assert mine == Evening((), None, 10, True)


@pytest.mark.parametrize("audience", [Audience.HELPER, Audience.INITIATIVE])
def test_what_is_for_one_needs_to_know_for_whom(audience: Audience) -> None:
    """Without a reader nobody's own plans can be found."""
    with pytest.raises(UnusableInput, match="reader"):
        release(WEEK, audience)


def test_an_item_of_others_is_refused_when_it_is_all_there_is() -> None:
    """A whole result about others is not turned into an empty one."""
    with pytest.raises(PrivacyError, match="not for this reader"):
        release(THEIRS, Audience.HELPER, reader="p1")


def test_research_gets_pseudonyms_that_fit_together() -> None:
    """The same person has the same pseudonym everywhere in the result, and names are gone."""
    out = release(WEEK, Audience.RESEARCH, key=KEY).value
    code = pseudonyms([f"person:p{i}" for i in range(4)], KEY)
    bare = {each: given_.removeprefix("person:") for each, given_ in code.items()}
    assert out.asker == bare["person:p1"]
    assert out.people == {bare["person:p1"], bare["person:p3"]}
    assert out.best is not None
    assert out.best.readers == (bare["person:p3"],)
    assert out.best.need == pseudonyms(["n2"], KEY)["n2"]
    assert (out.best.area, out.best.called) == ("south", None)
    mine = next(leg for leg in out.legs if leg.area == "north")
    assert set(mine.readers) == {code["person:p1"], bare["person:p2"]}
    assert (out.names, out.remark, out.why) == ({}, None, ())


def test_the_order_of_items_does_not_tell_the_order_of_ids() -> None:
    """With pseudonyms, items, ids and keys come in the order of their pseudonyms."""
    legs = tuple(Leg((f"p{i}",), None, None, None, DAY) for i in range(30))
    readers = tuple(f"p{i}" for i in range(30))
    week = dataclasses.replace(WEEK, legs=legs, best=dataclasses.replace(MINE, readers=readers))
    out = release(week, Audience.RESEARCH, key=KEY).value
    assert [leg.readers for leg in out.legs] == sorted(leg.readers for leg in out.legs)
    assert out.best is not None
    assert list(out.best.readers) == sorted(out.best.readers)
    assert len(set(out.best.readers)) == 30


@dataclass(frozen=True)
class Register:
    """Ids as elements and as keys."""

    ids: tuple[Annotated[str, Discloses.PERSON], ...]
    by_id: Mapping[Annotated[str, Discloses.PERSON], Annotated[str, Discloses.OPEN]]
    chain: Annotated[tuple[str, ...] | None, Discloses.PERSON] = None


def test_elements_and_keys_are_pseudonyms_in_an_order_of_their_own() -> None:
    """Also where the ids stand in the tuple or mapping itself."""
    ids = tuple(f"p{i}" for i in range(20))
    out = release(Register(ids, dict.fromkeys(ids, "x"), ids), Audience.RESEARCH, key=KEY).value
    assert list(out.ids) == sorted(out.ids)
    assert list(out.by_id) == sorted(out.by_id) == list(out.ids)
    assert out.chain == out.ids
    assert not set(out.ids) & set(ids)


def test_what_may_be_none_becomes_none_when_all_of_it_is_left_out() -> None:
    """An empty tuple would say that there were none."""
    out = release(Register(("p1",), {"p1": "x"}, ("p1",)), Audience.COUNCIL).value
    assert out == Register((), {}, None)


def test_without_a_key_two_releases_cannot_be_linked() -> None:
    """Each call throws its own key away; within one result the pseudonyms fit."""
    one, other = (release(WEEK, Audience.RESEARCH).value for _ in range(2))
    assert one.asker != other.asker
    assert one.asker in one.people


def test_thresholds_are_those_of_the_team() -> None:
    """A team may set its own minimum and base."""
    limits = PrivacyThresholds(minimum=3, minimum_sensitive=7, base=1)
    out = release(WEEK, Audience.COUNCIL, thresholds=limits).value
    assert (out.met, out.heavy) == (3, 7)
    assert out.table == protect(TABLE, thresholds=limits)


def test_the_table_of_access_covers_every_class_and_audience() -> None:
    """No combination is left to chance; outside the team no class but OPEN is kept as it is."""
    assert set(ACCESS) == set(Discloses)
    for discloses, row in ACCESS.items():
        assert set(row) == set(Audience)
        for audience in {Audience.RESIDENTS, Audience.COUNCIL, Audience.INITIATIVE}:
            kept = row[audience].value == "keep"
            assert kept == (discloses is Discloses.OPEN)


# --- what is refused --------------------------------------------------------------------------


@dataclass(frozen=True)
class Bare:
    name: str


@dataclass(frozen=True)
class Number:
    many: int


@dataclass(frozen=True)
class BareInside:
    inside: tuple[Bare, ...]


@dataclass(frozen=True)
class TwoClasses:
    who: Annotated[str | None, Discloses.PERSON, Discloses.OPEN]


@dataclass(frozen=True)
class OtherMark:
    who: Annotated[str | None, "a remark"]


@dataclass(frozen=True)
class CannotBeBlank:
    who: Annotated[str, Discloses.PERSON]


@dataclass(frozen=True)
class ItemCannotBeBlank:
    leg: Leg


@dataclass(frozen=True)
class ListOfNames:
    names: list[Annotated[str, Discloses.CALLED]]


@dataclass(frozen=True)
class Anything:
    what: Any


@dataclass(frozen=True)
class OneOfTwo:
    what: Annotated[str, Discloses.OPEN] | Annotated[int, Discloses.OPEN]


@dataclass(frozen=True)
class CountsInARow:
    per_area: Annotated[tuple[int, ...], Discloses.COUNT]


@dataclass(frozen=True)
class OwnerWithoutReader:
    record: Annotated[str, Discloses.OWNER]


@dataclass(frozen=True)
class SaysItTwice:
    leg: Annotated[Leg | None, Discloses.OPEN]


@dataclass(frozen=True)
class MadeLater:
    who: Annotated[str | None, Discloses.PERSON] = field(init=False, default=None)


@dataclass
class NotFrozen:
    title: Annotated[str, Discloses.OPEN]


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (Bare("Ans"), "Bare.name does not say what it discloses"),
        (Number(3), "Number.many does not say"),
        (BareInside((Bare("Ans"),)), "Bare.name does not say"),
        (BareInside(()), "Bare.name does not say"),
        (TwoClasses("Ans"), "TwoClasses.who .* more than once"),
        (OtherMark("Ans"), "OtherMark.who does not say"),
        (CannotBeBlank("Ans"), "CannotBeBlank.who .* must allow None"),
        (ItemCannotBeBlank(MINE), "ItemCannotBeBlank.leg .* must allow None"),
        (ListOfNames(["Ans"]), "ListOfNames.names does not say"),
        (Anything("Ans"), "Anything.what does not say"),
        (OneOfTwo("Ans"), "OneOfTwo.what does not say"),
        (CountsInARow((3,)), "CountsInARow.per_area holds several counts"),
        (OwnerWithoutReader("n1"), "OwnerWithoutReader .* no field that says who reads it"),
        (SaysItTwice(MINE), "SaysItTwice.leg holds an item that says itself"),
        (MadeLater(), "MadeLater.who .* when the item is made"),
        (NotFrozen("x"), "NotFrozen .* not a frozen dataclass"),
        (Person(person="p1", called="Ans"), "a Person cannot be released"),
        ({"name": "Ans"}, "a dict cannot be released"),
        (Week, "a type cannot be released"),
        (None, "a NoneType cannot be released"),
    ],
)
@pytest.mark.parametrize("audience", [Audience.TEAM, Audience.RESIDENTS])
def test_what_does_not_say_what_it_discloses_is_refused(
    value: object, says: str, audience: Audience
) -> None:
    """For the team too, so that it is found before anything leaves; never with the value."""
    with pytest.raises(PrivacyError, match=says) as caught:
        release(value, audience)
    assert "Ans" not in str(caught.value)


def test_annotations_that_cannot_be_read_are_refused() -> None:
    """A name that is only there for type checking is told, not passed over."""

    @dataclass(frozen=True)
    class Local:
        leg: Unknown  # noqa: F821

    with pytest.raises(PrivacyError, match="need Unknown, which must be imported"):
        release(Local(None), Audience.TEAM)


@dataclass(frozen=True)
class Open:
    what: Annotated[Any, Discloses.OPEN]


@dataclass(frozen=True)
class Counted:
    number: Annotated[Any | None, Discloses.COUNT] = None
    person: Annotated[Any | None, Discloses.PERSON] = None
    legs: tuple[Leg, ...] = ()
    names: Mapping[Annotated[str, Discloses.OPEN], Annotated[str, Discloses.OPEN]] = field(
        default_factory=dict
    )
    leg: Leg | None = None


@pytest.mark.parametrize(
    "smuggled",
    [Person(person="p1", called="Ans"), MINE, (MINE,), {"p1": MINE}, object(), [1], {1: [2]}],
)
def test_a_value_that_carries_more_than_its_field_says_is_refused(smuggled: object) -> None:
    """A record or an item with classes of its own cannot travel inside an open field."""
    with pytest.raises(PrivacyError, match=r"Open\.what holds a"):
        release(Open(smuggled), Audience.TEAM)


@pytest.mark.parametrize("plain", ["x", 3, 2.5, None, DAY, Audience.TEAM, ("a", 1), {"a": ("b",)}])
def test_plain_values_pass_an_open_field(plain: object) -> None:
    """Words, numbers, dates, enums, and tuples and mappings of them."""
    assert release(Open(plain), Audience.COUNCIL).value.what == plain


@pytest.mark.parametrize(
    ("facts", "audience", "says"),
    [
        ({"number": "drie"}, Audience.COUNCIL, "number holds a count that is not"),
        ({"number": 2.5}, Audience.COUNCIL, "number holds a count that is not"),
        ({"number": True}, Audience.COUNCIL, "number holds a count that is not"),
        ({"person": 7}, Audience.RESEARCH, "person holds an id that is not text"),
        ({"legs": [MINE]}, Audience.TEAM, "legs holds something else"),
        ({"legs": ("Ans",)}, Audience.TEAM, "legs holds something else"),
        ({"names": ("Ans",)}, Audience.TEAM, "names holds something else"),
        ({"leg": Bare("Ans")}, Audience.TEAM, "leg holds something else"),
    ],
)
def test_a_value_of_another_kind_than_its_field_is_refused(
    facts: dict[str, object], audience: Audience, says: str
) -> None:
    """What cannot be treated as its class says does not go out untreated."""
    with pytest.raises(PrivacyError, match=f"Counted.{says}") as caught:
        release(Counted(**facts), audience)
    assert "Ans" not in str(caught.value)


@dataclass(frozen=True)
class FinerLeg(Leg):
    """A kind of leg with one field more, which says nothing."""

    phone: str = "06"


def test_a_finer_kind_is_judged_by_its_own_fields() -> None:
    """A subclass in a field of its base cannot bring unannotated fields along."""
    with pytest.raises(PrivacyError, match=r"FinerLeg\.phone does not say"):
        release(
            dataclasses.replace(WEEK, legs=(FinerLeg((), None, None, None, DAY),)), Audience.TEAM
        )


def test_an_unknown_audience_is_refused() -> None:
    """There is one list of audiences."""
    with pytest.raises(ValueError, match="press"):
        release(WEEK, "press")


# --- nothing else makes a Released ------------------------------------------------------------


def test_a_released_cannot_be_made_elsewhere() -> None:
    """Not by calling it, not by copying the recipe of one, not by unpickling."""
    with pytest.raises(PrivacyError, match=r"only assetmap\.privacy\.release"):
        Released(WEEK, Audience.RESIDENTS, {}, seal=object())
    with pytest.raises(PrivacyError, match="pickled"):
        pickle.dumps(release(WEEK, Audience.TEAM))


@pytest.mark.parametrize("name", ["value", "_value", "audience", "other"])
def test_a_released_cannot_be_changed(name: str) -> None:
    """Neither the value nor the audience can be swapped afterwards."""
    out = release(WEEK, Audience.TEAM)
    with pytest.raises(PrivacyError, match="cannot be changed"):
        setattr(out, name, WEEK)
    with pytest.raises(PrivacyError, match="cannot be changed"):
        delattr(out, name)
    with pytest.raises(TypeError):
        out.left_out[Withheld.PERSON] = 0


def test_a_copy_of_a_released_is_itself() -> None:
    """It is frozen, so there is nothing to copy."""
    out = release(WEEK, Audience.TEAM)
    assert copy.copy(out) is out
    assert copy.deepcopy(out) is out


def test_a_released_shows_nothing_of_its_value() -> None:
    """A log line with one in it holds no name."""
    assert repr(release(WEEK, Audience.TEAM)) == "<Released Week for team>"


def test_the_input_stays_as_it_is() -> None:
    """Releasing makes a changed copy."""
    before = copy.deepcopy(dataclasses.asdict(MINE))
    release(WEEK, Audience.COUNCIL)
    assert dataclasses.asdict(MINE) == before
    assert WEEK.legs == (MINE, THEIRS)


# --- what writers call ------------------------------------------------------------------------


def test_a_writer_gets_the_value_for_its_own_audiences() -> None:
    """One audience or several are served."""
    out = release(WEEK, Audience.COUNCIL)
    assert require(out, Audience.RESIDENTS, Audience.COUNCIL) is out.value


@pytest.mark.parametrize("audiences", [(Audience.RESIDENTS,), ()])
def test_a_writer_refuses_what_was_released_for_others(audiences: tuple[Audience, ...]) -> None:
    """A page for residents cannot be made of what is for the team."""
    with pytest.raises(PrivacyError, match="released for team, but this is for"):
        require(release(WEEK, Audience.TEAM), *audiences)


def test_a_writer_refuses_what_was_not_released() -> None:
    """Also something that looks like it."""

    class Looks:
        value = WEEK
        audience = Audience.TEAM

    for bare in (WEEK, Looks()):
        with pytest.raises(PrivacyError, match="was not released"):
            require(bare, Audience.TEAM)


# --- everything at once -----------------------------------------------------------------------

SECRET = st.sampled_from(["Zwaantje", "Quirijn", "Wubbo"])


@given(
    st.lists(st.tuples(SECRET, SECRET), max_size=4),
    st.dictionaries(SECRET, SECRET, max_size=3),
    SECRET,
    st.sampled_from([a for a in Audience if a is not Audience.TEAM]),
)
def test_no_secret_is_anywhere_in_what_leaves(
    legs: list[tuple[str, str]], names: dict[str, str], remark: str, audience: Audience
) -> None:
    """Whatever is in the fields about persons, the text of the result does not hold it."""
    week = dataclasses.replace(
        WEEK,
        asker=remark,
        remark=remark,
        legs=tuple(Leg((one,), other, one, None, DAY) for one, other in legs),
        names=names,
        why=(remark,),
        best=None,
        people=frozenset(names),
    )
    text = repr(release(week, audience, reader="somebody", key=KEY).value)
    assert not any(secret in text for secret in ("Zwaantje", "Quirijn", "Wubbo"))


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("audience", list(Audience))
def test_what_is_written_says_who_it_is_for_and_what_is_left_out(
    audience: Audience, lang: str
) -> None:
    """First the audience, then a sentence per reason, and no numbers of what was left out."""
    out = release(WEEK, audience, reader="p1")
    told = notices(out, lang)
    assert len(told) == len(set(told)) == 1 + len(out.left_out)
    assert not any(sign.isdigit() for sentence in told for sign in sentence)


def test_every_reason_has_its_class() -> None:
    """Each class that is ever dropped has a reason to give."""
    dropped = {d for d, row in ACCESS.items() if {"drop", "own"} & {a.value for a in row.values()}}
    assert dropped - {Discloses.OWNER} == set(gate._REASONS)
