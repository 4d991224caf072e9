"""The category tree: its data, how it grows, and what answers what."""

from __future__ import annotations

import copy
import pickle
import runpy
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.categories import (
    Category,
    Distance,
    Domain,
    Tree,
    Where,
    answers_from_text,
    answers_text,
    shipped,
    stock,
)
from assetmap.categories.words import plain
from assetmap.errors import UnknownName, UnusableInput
from assetmap.texts import catalogue_keys

ROOT = Path(__file__).parents[1]
TREE = shipped()
SAFETY = tuple(name for name in TREE if TREE.is_safety(name))
IDS = st.sampled_from(TREE.ids)

PROMISED = """
    company meal ride shopping odd_job garden language computer forms homework visit listening pets
    sport walk creative coaching peer_contact carer_support child_care work_experience volunteering
    host cook space land money goods knowledge permission
    debt_help youth_work nursing social_work violence abuse neglect
"""

S49 = """
    energiecollectief, zorgcoöperatie, burenhulpcentrale, vervoersdienst, ontmoetingsproject,
    buurthuis, zwembad, leeszaal, maatjesproject, ruildienst, formulierenbrigade, klussendienst,
    vrijwillige ouderenadvisering, telefooncirkel, intergenerationele dienst, dagbesteding,
    speeltuinvereniging, scouting, Zonnebloem, eetcafé, wandelclub, moestuin, Buurtcamping,
    repaircafé, rommelmarkt, vrouwenmiddag, inloop, koffieochtend, muziekles, taalles, taalmaatje,
    huiswerkbegeleiding, kookavond, Helpende handen, Bakkie in de Wijk, burgerbegroting
"""


def test_the_ids_that_the_tables_promise_are_there() -> None:
    """Every id that tables.md names exists, at the top."""
    assert [name for name in PROMISED.split() if name not in TREE] == []
    assert {TREE[name].parent for name in PROMISED.split()} == {None}
    assert len(TREE) >= 110


@pytest.mark.parametrize("word", [word.strip() for word in S49.split(",")])
def test_s49_each_kind_of_initiative_has_a_category(word: str) -> None:
    """Each kind of initiative and activity from practice is found by its Dutch name."""
    assert TREE.find(word) is not None


def test_every_category_is_complete() -> None:
    """Every category has both labels and all its facts; parents, answers and parties exist."""
    labels = set(catalogue_keys("words", "nl"))
    for name in TREE:
        category = TREE[name]
        assert category.id == name == name.lower()
        assert category.name_nl
        assert category.name_en
        assert category.parent is None or category.parent in TREE
        assert isinstance(category.distance, Distance)
        assert isinstance(category.at, Where)
        assert category.domain is None or isinstance(category.domain, Domain)
        assert {type(x) for x in (category.reserved, category.safety, category.group_first)} == {
            bool
        }
        assert set(category.answers) <= set(TREE)
        assert all(1 <= degree <= 100 for degree in category.answers.values())
        assert {f"words.party.{party}" for party in category.parties} <= labels


def test_no_word_means_two_categories() -> None:
    """No label, synonym or id leads to more than one category, in either language."""
    meaning: dict[str, set[str]] = {}
    for name in TREE:
        for word in TREE[name].words:
            meaning.setdefault(plain(word), set()).add(name)
    assert {word: ids for word, ids in meaning.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_word_is_written_twice(lang: str) -> None:
    """Within a language a label or synonym stands in the data once."""
    words = [
        plain(word)
        for name in TREE
        for word in (
            getattr(TREE[name], f"name_{lang}"),
            *getattr(TREE[name], f"synonyms_{lang}"),
        )
    ]
    assert [word for word, times in Counter(words).items() if times > 1] == []


def test_words_that_we_do_not_use_are_absent() -> None:
    """No label says client, risk score, blacklist or early signal."""
    shown = " ".join(w for name in TREE for w in TREE[name].words).casefold()
    for word in ("cliënt", "client", "risicoscore", "zwarte lijst", "vroegsignaal"):
        assert word not in shown


def test_reserved_and_safety_categories() -> None:
    """What is for professionals is reserved with all below it; safety is reserved too (S29)."""
    for top in (
        "debt_help",
        "youth_work",
        "nursing",
        "social_work",
        "violence",
        "abuse",
        "neglect",
    ):
        for name in (top, *_below(TREE, top)):
            assert TREE[name].reserved
    assert set(SAFETY) == {
        name for top in ("violence", "abuse", "neglect") for name in (top, *_below(TREE, top))
    }
    assert not TREE["coaching_debts"].reserved
    assert not TREE["sport"].reserved


def test_the_two_tables_of_a_question() -> None:
    """Care and welfare lie indoors, the street is liveability, a garden may be both (S28)."""
    assert TREE["visit"].domain is Domain.INDOORS
    assert TREE["litter"].domain is Domain.LIVEABILITY
    assert TREE["garden"].domain is None


def test_whom_to_bring_together_for_homework() -> None:
    """Homework brings parents and school together, and so does what is finer (S9)."""
    assert TREE["homework"].parties == ("parents", "school")
    assert TREE["homework_support"].parties == ("parents", "school")


# What answers what


@pytest.mark.parametrize("offered", ["meal", "walk", "sport", "creative", "volunteering"])
def test_doing_something_together_answers_company(offered: str) -> None:
    """An activity of these five answers company, and so does everything finer."""
    degree = TREE.answer(offered, "company")
    assert 0 < degree < 100
    assert all(TREE.answer(name, "company") > 0 for name in _below(TREE, offered))


def test_groups_for_movement_and_meeting_come_first() -> None:
    """Garden, walk and sport answer healthy living and are marked group first (S19)."""
    for name in ("community_garden", "walking_club", "gym_class", "health_talk"):
        assert TREE[name].group_first
        assert TREE.answer(name, "health") > 0


def test_general_and_finer() -> None:
    """A general offer answers a finer need well, the other way round less, siblings not."""
    assert TREE.answer("pets", "dog_walking") == 80
    assert TREE.answer("dog_walking", "pets") == 60
    assert TREE.answer("creative", "music_lessons") == 64
    assert TREE.answer("music_lessons", "creative") == 36
    assert TREE.answer("dog_walking", "pet_sitting") == 0


def test_stated_degrees_reach_what_is_general_and_no_further() -> None:
    """Stated degrees go up with the steps, replace a step up, and reach no finer need."""
    tree = TREE.extend(
        [
            Category(id="a"),
            Category(id="a1", parent="a"),
            Category(id="b", answers={"a": 50}),
            Category(id="b1", parent="b", answers={"b": 90}),
            Category(id="b2", parent="b", answers={"a": 20}),
            Category(id="c", answers={"b": 50}),
        ]
    )
    assert [tree.answer(x, "a") for x in ("b", "b1", "b2", "c")] == [50, 50, 20, 0]
    assert [tree.answer(x, "a1") for x in ("b", "b1", "b2")] == [0, 0, 0]
    assert (tree.answer("b1", "b"), tree.answer("b1", "b2"), tree.answer("b2", "b")) == (90, 0, 60)
    assert (tree.answer("c", "b"), tree.answer("c", "b1")) == (50, 0)


def test_a_walk_is_company_but_no_flea_market() -> None:
    """Who asks for one particular thing gets nothing that merely is company too."""
    assert TREE.answer("walking_club", "company") > 0
    assert TREE.answer("music_lessons", "flea_market") == 0
    assert TREE.answer("board_member", "women_afternoon") == 0


def test_safety_and_unknown_answer_nothing() -> None:
    """No offer reaches a safety theme, nor the other way round, not even itself (S33)."""
    for name in (*SAFETY, "unheard_of", ""):
        assert TREE.answering(name) == ()
        assert all(TREE.answer(other, name) == 0 for other in (*TREE, name))
        assert all(TREE.answer(name, other) == 0 for other in TREE)


@given(offered=IDS, asked=IDS)
def test_a_degree_is_as_the_definition_says(offered: str, asked: str) -> None:
    """Every degree equals the one from the definition, and lies between 0 and 100."""
    degree = TREE.answer(offered, asked)
    assert degree == _by_definition(TREE, offered, asked)
    assert 0 <= degree <= 100
    assert (degree == 100) or offered != asked or TREE.is_safety(offered)


def test_all_degrees_are_as_the_definition_says() -> None:
    """The same, over everything that the tree says answers anything."""
    for asked in TREE:
        for offered, degree in TREE.answering(asked):
            assert degree == _by_definition(TREE, offered, asked) > 0


@given(asked=IDS)
def test_answering_lists_exactly_what_answers(asked: str) -> None:
    """The list holds every offer above zero, best first, then by id."""
    listed = TREE.answering(asked)
    assert dict(listed) == {o: TREE.answer(o, asked) for o in TREE if TREE.answer(o, asked)}
    assert list(listed) == sorted(listed, key=lambda pair: (-pair[1], pair[0]))


@st.composite
def forests(draw: st.DrawFn) -> tuple[Category, ...]:
    """Draw a few rows with parents and degrees among themselves, some about safety."""
    size = draw(st.integers(1, 9))
    parents = [draw(st.none() | st.integers(0, i - 1)) if i else None for i in range(size)]
    rows: list[Category] = []
    for i, parent in enumerate(parents):
        safety = draw(st.sampled_from([None, None, None, True, False]))
        above = None if parent is None else f"c{parent}"
        rows.append(Category(id=f"c{i}", parent=above, safety=safety))
    bare = TREE.extend(rows)
    own = [row.id for row in rows]
    for i, row in enumerate(rows):
        may = [
            x
            for x in own
            if x != row.id and row.id not in bare.ancestors(x) and x not in _unsafe(bare)
        ]
        if may and row.id not in _unsafe(bare):
            chosen = draw(st.dictionaries(st.sampled_from(may), st.integers(1, 100), max_size=3))
            rows[i] = Category(id=row.id, parent=row.parent, safety=row.safety, answers=chosen)
    return tuple(draw(st.permutations(rows)))


@given(rows=forests())
def test_any_tree_keeps_the_definition(rows: tuple[Category, ...]) -> None:
    """On drawn trees too: degrees by definition, safety apart, the order of rows no matter."""
    tree = TREE.extend(rows)
    assert tree == TREE.extend(sorted(rows, key=lambda row: row.id))
    own = [row.id for row in rows]
    for asked in own:
        assert dict(tree.answering(asked)).keys() <= set(own)
        for offered in own:
            assert tree.answer(offered, asked) == _by_definition(tree, offered, asked)


def _below(tree: Tree, name: str) -> list[str]:
    return [other for other in tree if name in tree.ancestors(other)]


def _unsafe(tree: Tree) -> set[str]:
    return {name for name in tree if tree.is_safety(name)}


def _by_definition(tree: Tree, offered: str, asked: str) -> int:
    """Compute a degree from the text of the page, in fractions, pair by pair."""
    line = {name: (name, *tree.ancestors(name)) for name in (offered, asked)}
    if any(tree.categories[name].safety for names in line.values() for name in names):
        return 0

    def steps(frm: str, to: str) -> Fraction:
        up, down = (frm, *tree.ancestors(frm)), (to, *tree.ancestors(to))
        if frm in down:
            return Fraction(80, 100) ** down.index(frm)
        return Fraction(60, 100) ** up.index(to) if to in up else Fraction(0)

    stated = dict(tree[offered].answers)
    ways = [Fraction(stated.get(asked, 0), 100)]
    if asked not in stated or asked not in line[offered]:
        ways.append(steps(offered, asked))
    ways += [
        Fraction(degree, 100) * steps(middle, asked)
        for middle, degree in stated.items()
        if middle not in line[offered] and asked in (middle, *tree.ancestors(middle))
    ]
    return int(max(ways) * 100 + Fraction(1, 2))


# The tree and its extension


def test_an_extension_leaves_the_tree_as_it_is() -> None:
    """A new tree holds the new rows, given in any order; the old one does not."""
    rows = [
        Category(id="blitz", parent="chess", synonyms_nl=("snelschaken",)),
        Category(id="chess", parent="games", name_nl="schaakclub", domain=Domain.LIVEABILITY),
    ]
    tree = TREE.extend(rows)
    assert "chess" not in TREE
    assert tree.ancestors("blitz") == ("chess", "games", "company")
    assert tree.children("chess") == ("blitz",)
    assert tree["blitz"].domain is Domain.LIVEABILITY
    assert tree["blitz"].group_first
    assert tree.label("chess", "en") == "schaakclub"
    assert tree.label("blitz", "nl") == "blitz"
    assert tree.find("Snel-schaken") == "blitz"
    assert tree.answer("blitz", "company") == 80
    assert TREE.extend([]) == TREE


def test_an_extension_may_state_otherwise() -> None:
    """A row's own facts go before its parent's; safety alone cannot be lifted."""
    tree = TREE.extend(
        [
            Category(id="x", parent="debt_help", reserved=False, at=Where.REMOTE),
            Category(id="y", parent="violence", safety=False, reserved=False),
        ]
    )
    assert tree["x"].reserved is False
    assert tree["x"].at is Where.REMOTE
    assert tree.is_safety("y")
    assert tree.answering("y") == ()


def test_a_safety_row_of_the_team_is_kept_apart() -> None:
    """A team's own safety theme, below a harmless category, is reached by nothing."""
    tree = TREE.extend([Category(id="feud", parent="nuisance", name_nl="vete", safety=True)])
    assert tree.is_safety("feud")
    assert tree.answer("nuisance", "feud") == 0
    assert tree.may_be_safety("al jaren een vete")


def test_all_that_is_wrong_is_said_at_once() -> None:
    """Unknown parents, circles, doubles and bad ids are listed together."""
    rows = [
        Category(id="meal"),
        Category(id="twice"),
        Category(id="twice"),
        Category(id="lost", parent="nowhere"),
        Category(id="a", parent="b"),
        Category(id="b", parent="a"),
        Category(id="self", parent="self"),
        Category(id="a|b"),
        Category(id=" "),
    ]
    with pytest.raises(UnusableInput) as caught:
        TREE.extend(rows)
    said = str(caught.value)
    for part in (
        "'meal': exists already",
        "'twice': stands there 2 times",
        "'lost': its parent 'nowhere' is not in the tree",
        "'a': is its own ancestor",
        "'b': is its own ancestor",
        "'self': is its own ancestor",
        "'a|b': an id is text without",
        "' ': an id is text without",
    ):
        assert part in said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Category(id="x", answers={"nowhere": 50}), "not in the tree"),
        (Category(id="x", answers={"meal": 0}), "allowed is 1 to 100"),
        (Category(id="x", answers={"meal": 101}), "allowed is 1 to 100"),
        (Category(id="x", answers={"x": 50}), "the same or finer"),
        (Category(id="x", answers={"violence": 50}), "a safety category answers nothing"),
        (Category(id="x", safety=True, answers={"meal": 5}), "a safety category answers nothing"),
        (Category(id="x", name_nl="Mishandeling"), "'Mishandeling' is also a word for 'abuse'"),
        (Category(id="incest"), "is also a word for 'sexual_abuse'"),
        (Category(id="x", safety=True, name_nl="inloop"), "is also a word for 'drop_in'"),
    ],
)
def test_rows_that_cannot_be(row: Category, said: str) -> None:
    """Degrees that cannot be, and words that belong to safety, are refused with the reason."""
    with pytest.raises(UnusableInput, match=said):
        TREE.extend([row])


def test_looking_up_what_is_not_there() -> None:
    """An unknown id is an error that names the nearest; `in` and `known` just say no."""
    with pytest.raises(UnknownName, match="did you mean 'shopping'"):
        TREE["shoping"]
    assert not TREE.known("shoping")
    assert "shoping" not in TREE
    with pytest.raises(UnusableInput, match="use 'nl' or 'en'"):
        TREE.label("meal", "fy")


def test_a_tree_can_be_copied_and_compared() -> None:
    """Trees are values: equal when they hold the same, and copies and pickles keep them so."""
    for other in (copy.deepcopy(TREE), pickle.loads(pickle.dumps(TREE))):
        assert other == TREE
        assert hash(other) == hash(TREE)
        assert other.answering("company") == TREE.answering("company")
    with pytest.raises(TypeError):
        TREE.categories["x"] = TREE["meal"]  # type: ignore[index]
    assert shipped() is TREE
    assert TREE.ids == tuple(sorted(TREE.ids)) == tuple(TREE)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("", {}),
        ("company:0.8 | meal", {"company": 80, "meal": 100}),
        ("company:0,85|meal:1", {"company": 85, "meal": 100}),
        (" meal : 0.05 |", {"meal": 5}),
    ],
)
def test_reading_degrees(text: str, answers: dict[str, int]) -> None:
    """Ids with a degree; without one it is 1; decimal comma or point."""
    assert answers_from_text(text) == answers


@pytest.mark.parametrize("text", ["a:0", "a:1.5", "a:0.001", "a:x", "a:-1", ":0.5", "a | a:0.5"])
def test_degrees_that_cannot_be_read(text: str) -> None:
    """Nothing is guessed from a degree that cannot be."""
    with pytest.raises(UnusableInput, match="answers"):
        answers_from_text(text)


@given(st.dictionaries(IDS, st.integers(1, 100), max_size=6))
def test_degrees_survive_being_written(answers: dict[str, int]) -> None:
    """Reading is the inverse of writing."""
    assert answers_from_text(answers_text(answers)) == answers


def test_an_id_stands_in_one_file(tmp_path: Path) -> None:
    """The shipped files cannot hold an id twice, nor a fact that does not exist."""
    (tmp_path / "a.toml").write_text("[meal]\n")
    (tmp_path / "b.toml").write_text("[meal]\n")
    (tmp_path / "notes.txt").write_text("not read")
    with pytest.raises(UnusableInput, match=r"'meal' is in a\.toml and in b\.toml"):
        list(stock._rows(tmp_path))
    (tmp_path / "b.toml").write_text("[ride]\ncolour = 'red'\n")
    with pytest.raises(TypeError, match="colour"):
        list(stock._rows(tmp_path))


def test_the_reference_page_shows_the_shipped_tree() -> None:
    """The page is what its script makes today; otherwise run docs/make_categories.py."""
    made = runpy.run_path(str(ROOT / "docs" / "make_categories.py"))
    assert made["PAGE"].read_text(encoding="utf-8") == made["page"](TREE)
