"""The catalogues of every section, the sentences made from them, and how things are written."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from assetmap import texts
from assetmap.errors import UnknownName, UnusableInput
from assetmap.model import words
from assetmap.plans import PlanStatus
from assetmap.privacy import Audience
from assetmap.texts import (
    Language,
    catalogue,
    catalogue_keys,
    clock,
    count,
    day,
    language,
    listing,
    metres,
    moment,
    money,
    number,
    say,
    sections,
    sentence_forms,
    weekday,
    windows_text,
)

PACKAGE = Path(__file__).parents[1] / "src" / "assetmap"
CATALOGUES = PACKAGE / "texts"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
LANGUAGES = st.sampled_from(list(Language))

REASONS = """
    first_conversation needs_worker waiting_for_rung next_occurrence no_talent too_far no_time
    no_shared_language no_capacity no_hours no_ride_out no_ride_back not_accessible fee_over_budget
    audience term group_too_small activity_incomplete taken_by_more_urgent ended not_possible_here
    several
"""
WORDS = {
    "answer": "yes no unknown none",
    "rung": "own_network neighbour initiative volunteer professional",
    "leg": "activity ride_out ride_back help group place money contact",
    "status": "proposed standing pinned",
    "role": "neighbour volunteer professional",
    "kind": "resident worker",
    "term": "once short long",
    "setting": "one_to_one small_group group quiet",
    "reward": "none allowance employed hired",
    "decision": "do done not_now no_more other",
    "shortage": "seat place hours talent",
    "tie": "family household friend neighbour acquaintance carer colleague introduced worker",
    "channel": "drop_in doorstep street phone app partner meeting paper email church office_hour",
    "observation": "need talent idea concern complaint",
    "audience": "team helper initiative residents council research",
}
CLOSED = {"words", "reasons"}
"""Sections that hold one text for each word of a closed list: used by name, tested below."""


# Every section that is there


def _everything(lang: str) -> dict[str, dict[str, str]]:
    return {
        key: dict(sentence_forms(key, lang))
        for section in sections()
        for key in catalogue_keys(section, lang)
    }


DUTCH, ENGLISH = _everything("nl"), _everything("en")


def test_both_languages_have_the_same_sections_and_keys() -> None:
    """Nothing is missing in one of the languages."""
    files = {lang: {p.name for p in (CATALOGUES / lang).iterdir()} for lang in ("nl", "en")}
    assert files["nl"] == files["en"] == {f"{section}.toml" for section in sections()}
    assert sorted(DUTCH.keys() ^ ENGLISH.keys()) == []


def test_both_languages_have_the_same_placeholders() -> None:
    """A sentence takes the same facts in each language, whichever form it has."""
    different = {
        key: (_facts(DUTCH[key]), _facts(ENGLISH[key]))
        for key in DUTCH.keys() & ENGLISH.keys()
        if _facts(DUTCH[key]) != _facts(ENGLISH[key])
    }
    assert different == {}


def _facts(forms: dict[str, str]) -> set[str]:
    plural = {"n"} if len(forms) > 1 else set()
    return plural.union(*(PLACEHOLDER.findall(text) for text in forms.values()))


@pytest.mark.parametrize(("lang", "found"), [("nl", DUTCH), ("en", ENGLISH)])
def test_every_text_is_whole(lang: str, found: dict[str, dict[str, str]]) -> None:
    """No text is empty, has stray spaces, or lacks a plural form of its language."""
    needed = set(Locale.parse(lang).plural_form.tags) | {"other"}
    for key, forms in found.items():
        assert set(forms) in ({"other"}, needed), key
        for text in forms.values():
            assert text == text.strip() != "", key
            assert "  " not in text, key
            assert text.count("{") == len(PLACEHOLDER.findall(text)) == text.count("}"), key


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (DUTCH, ("cliënt", "risicoscore", "zwarte lijst", "vroegsignaal")),
        (ENGLISH, ("client", "risk score", "blacklist", "early warning")),
    ],
    ids=["nl", "en"],
)
def test_words_that_we_do_not_use(found: dict[str, dict[str, str]], words: tuple[str, ...]) -> None:
    """No text speaks of clients, risk scores, blacklists or legal signals."""
    for key, forms in found.items():
        for text in forms.values():
            assert not any(word in text.casefold() for word in words), key


def test_no_two_keys_of_a_file_differ_by_capitals_only() -> None:
    """Keys are lower case, with `_` or `-`."""
    assert [key for key in DUTCH if not re.fullmatch(r"[a-z0-9_.-]+", key)] == []


# What the code asks for


@cache
def _nodes() -> tuple[tuple[Path, ast.AST], ...]:
    """Every node of every module, with its file."""
    return tuple(
        (path, node)
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )


def _patterns(node: ast.AST) -> Iterator[str]:
    """Yield what a text in the code may be, as patterns of keys."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            re.escape(part.value)
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
            else ".+"
            for part in node.values
        )
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        for left in _patterns(node.left):
            yield f"{left}.+"


def _asked() -> set[str]:
    """Patterns of all texts in the code and the templates that begin with a section's name."""
    begins = tuple(re.escape(f"{section}.") for section in sections())
    found = {
        pattern
        for _, node in _nodes()
        for pattern in _patterns(node)
        if pattern.startswith(begins) and len(pattern) < 200
    }
    for path in PACKAGE.rglob("*"):
        if path.suffix in {".html", ".jinja", ".j2", ".js", ".md"}:
            text = path.read_text(encoding="utf-8")
            found |= {re.escape(key) for key in re.findall(r"['\"]([a-z_]+\.[\w.-]+)['\"]", text)}
    return found


def test_no_text_is_left_that_nothing_uses() -> None:
    """Every key is asked for somewhere: by name, or by a name that is put together."""
    asked = [re.compile(pattern) for pattern in _asked()]
    unused = [
        key
        for key in DUTCH
        if key.partition(".")[0] not in CLOSED
        and not any(pattern.fullmatch(key) for pattern in asked)
    ]
    assert unused == []


def _said() -> Iterator[tuple[str, ast.Call]]:
    for path, node in _nodes():
        if isinstance(node, ast.Call) and node.args:
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            called = node.func.id if isinstance(node.func, ast.Name) else called
            if called in {"say", "unusable"}:
                yield f"{path.name}:{node.lineno}", node


def test_every_key_that_the_code_says_exists() -> None:
    """A key written in a call of `say` or `unusable` is there; one put together can be."""
    missing = [
        (place, pattern)
        for place, call in _said()
        for pattern in _patterns(call.args[0])
        if not any(re.fullmatch(pattern, key) for key in DUTCH)
    ]
    assert missing == []


def test_every_sentence_gets_the_facts_it_needs() -> None:
    """A call of `say` with a key written out gives every fact that the sentence takes."""
    lacking = []
    for place, call in _said():
        key = call.args[0]
        given_facts = {keyword.arg for keyword in call.keywords}
        if isinstance(key, ast.Constant) and None not in given_facts:
            needed = _facts(DUTCH.get(str(key.value), {}))
            if not needed <= given_facts:
                lacking.append((place, key.value, sorted(needed - given_facts)))
    assert lacking == []


# The sections that everybody uses


@pytest.mark.parametrize("group", WORDS)
@pytest.mark.parametrize("lang", list(Language))
def test_every_choice_has_a_word(group: str, lang: Language) -> None:
    """Each choice of tables.md has one label, and no two choices the same."""
    keys = {key for key in catalogue_keys("words", lang) if key.startswith(f"words.{group}.")}
    assert keys == {f"words.{group}.{choice}" for choice in WORDS[group].split()}
    assert len({say(key, lang) for key in keys}) == len(keys)


ENUMS: dict[str, type[StrEnum]] = {
    "rung": words.Rung,
    "leg": words.Leg,
    "role": words.Role,
    "kind": words.PersonKind,
    "term": words.Term,
    "setting": words.Setting,
    "reward": words.Reward,
    "decision": words.DecisionWord,
    "tie": words.TieKind,
    "channel": words.Channel,
    "observation": words.ObservationKind,
    "status": PlanStatus,
    "audience": Audience,
}


@pytest.mark.parametrize("group", ENUMS)
def test_the_choices_with_a_word_are_those_of_the_tables(group: str) -> None:
    """A choice that is added to the tables gets a word too."""
    assert set(WORDS[group].split()) == {choice.value for choice in ENUMS[group]}


@pytest.mark.parametrize("lang", list(Language))
def test_every_reason_has_an_explanation_and_a_remedy(lang: Language) -> None:
    """Each reason code has one sentence, and one on what helps now; no code more."""
    codes = REASONS.split()
    cars = [f"{code}_wheelchair" for code in ("no_ride_out", "no_ride_back", "not_accessible")]
    told = [*codes, *cars, "ended_activity", "several_stopped", "group_too_small_alike"]
    expected = {f"reasons.{code}{end}" for code in told for end in ("", "_remedy")}
    assert set(catalogue_keys("reasons", lang)) == expected
    for key in expected:
        said = say(key, lang)
        assert said[0].isupper()
        assert said.endswith((".", "?"))
        assert len(said.split()) <= 25
    assert len({say(key, lang) for key in expected}) == len(expected)


HINTS = "veilig maatregel weiger wil privacy delen afstand safe measure refuse wish share apart"


def test_not_possible_here_never_says_which() -> None:
    """The neutral reason does not hint at sharing, safeguards, wishes or refusals."""
    for found in (DUTCH, ENGLISH):
        for end in ("", "_remedy"):
            said = found[f"reasons.not_possible_here{end}"]["other"].casefold().split()
            assert set(said) & set(HINTS.split()) == set()


# Saying


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add a section `try` to the files."""
    found: dict[str, Mapping[str, str]] = {}
    source = """
        going = "{who} gaat mee naar {what}."
        seats = { one = "{n} plaats voor {who}", other = "{n} plaatsen voor {who}" }
        [deep.er]
        word = "woord"
        other = "anders"
    """
    catalogue._flatten("try", tomllib.loads(source), found)
    real = catalogue._section

    def with_try(lang: Language, section: str) -> Mapping[str, Mapping[str, str]]:
        return found if section == "try" else real(lang, section)

    monkeypatch.setattr(catalogue, "_section", with_try)


@pytest.mark.usefixtures("small")
def test_facts_are_filled_in() -> None:
    """Every placeholder gets its fact; facts that are not used do no harm."""
    assert say("try.going", "nl", who="Anna", what="het eetcafé", key=1, lang=2) == (
        "Anna gaat mee naar het eetcafé."
    )
    assert say("try.deep.er.word", "nl") == "woord"
    assert say("try.deep.er.other", "nl") == "anders"


@pytest.mark.usefixtures("small")
@given(who=st.text(), what=st.text(alphabet="{}who_.[]0!:%\\g<1>"))
def test_a_fact_stays_plain_text(who: str, what: str) -> None:
    """Whatever a fact holds, it goes in as it is."""
    assert say("try.going", "nl", who=who, what=what) == f"{who} gaat mee naar {what}."


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "0 plaatsen"),
        (1, "1 plaats"),
        ("1", "1 plaats"),
        (2, "2 plaatsen"),
        (1200, "1.200 plaatsen"),
        (1.0, "1 plaats"),
        (Decimal("1.5"), "1,5 plaatsen"),
    ],
)
def test_the_fact_n_chooses_between_one_and_more(n: object, said: str) -> None:
    """The form follows the plural rules, also when the number comes as text."""
    assert say("try.seats", "nl", n=n, who="Bo") == f"{said} voor Bo"


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (2026, "2026"),
        (2.5, "2,5"),
        (Decimal("1234.50"), "1.234,5"),
        (True, "ja"),
        ([True, False], "ja en nee"),
        (date(2026, 11, 27), "vrijdag 27 november"),
        (datetime(2026, 11, 27, 18, 5), "vrijdag 27 november om 18.05 uur"),
        (["Anna", "Bo", "Cem"], "Anna, Bo en Cem"),
        (Language.NL, "nl"),
    ],
)
def test_facts_of_other_kinds_are_written_as_the_language_does(fact: object, said: str) -> None:
    """Numbers, days, moments and lists need no preparing."""
    assert say("try.going", "nl", who="x", what=fact) == f"x gaat mee naar {said}."


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("key", "facts", "said"),
    [
        ("try.going", {"who": "secret"}, "'try.going' needs the fact 'what'; given: who"),
        ("try.going", {"who": "x", "what": None}, "needs the fact 'what'"),
        ("try.seats", {"who": "x"}, "needs the fact 'n'"),
        ("try.seats", {"who": "x", "n": "many"}, "needs a number as the fact 'n'"),
        ("try.seats", {"who": "x", "n": True}, "needs a number as the fact 'n'"),
        ("try.seats", {"who": "x", "n": float("nan")}, "needs a number as the fact 'n'"),
        ("try.going", {"who": "x", "what": object()}, "cannot write the fact 'what', a object"),
        ("try.going", {"who": "x", "what": [None]}, "cannot write the fact 'what', a list"),
    ],
)
def test_there_is_never_half_a_sentence(key: str, facts: dict[str, object], said: str) -> None:
    """A fact that is missing or has no plain form is named, its value is not."""
    with pytest.raises(UnusableInput, match=said) as caught:
        say(key, "nl", **facts)
    assert "secret" not in str(caught.value)


def test_a_missing_sentence_is_named_with_the_nearest() -> None:
    """Unknown keys and sections are errors that help."""
    with pytest.raises(UnknownName, match=r"did you mean 'words\.rung\.neighbour'"):
        say("words.rung.neighbor", "nl")
    with pytest.raises(UnknownName, match=r"no section 'nowhere'.*words"):
        say("nowhere.x", "en")
    with pytest.raises(UnknownName):
        say("words", "en")


@pytest.mark.parametrize("source", ["a = 3", "a = ''", "a = 'b {C}'", "a = '{x!r}'", "a = '}'"])
def test_a_wrong_catalogue_is_refused(source: str) -> None:
    """Numbers, empty texts and stray braces are found when a section is read."""
    with pytest.raises(UnusableInput, match=r"'try\.a' in the catalogue"):
        catalogue._flatten("try", tomllib.loads(source), {})


def test_a_section_is_read_once_and_cannot_be_changed() -> None:
    """The same forms come back, and they are read-only."""
    forms = sentence_forms("words.answer.yes", "nl")
    assert forms is sentence_forms("words.answer.yes", "NL-nl")
    with pytest.raises(TypeError):
        forms["other"] = "nee"  # type: ignore[index]


@pytest.mark.parametrize("text", ["nl", "NL", " nl-NL ", "nl_BE", Language.NL])
def test_a_language_is_known_by_its_code(text: str) -> None:
    """Capitals and a region do not matter."""
    assert language(text) is Language.NL


@pytest.mark.parametrize("text", ["", "fy", "dutch", "english"])
def test_another_language_is_refused(text: str) -> None:
    """The error names the languages there are."""
    with pytest.raises(UnusableInput, match="use 'nl' or 'en'"):
        language(text)


# How things are written


@pytest.mark.parametrize(
    ("items", "dutch", "english"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a en b", "a and b"),
        (("a", "b", "c"), "a, b en c", "a, b and c"),
        (["{0}", "b", "{1}"], "{0}, b en {1}", "{0}, b and {1}"),
    ],
)
def test_listing(items: list[str], dutch: str, english: str) -> None:
    """Items are joined as people say them, and stay as they are."""
    assert listing(items, "nl") == dutch
    assert listing(iter(items), "en") == english


def test_days_and_moments() -> None:
    """Weekday, day and month in full; the time as each language writes it."""
    when = datetime(2026, 3, 1, 9, 5)
    assert day(when, "nl") == "zondag 1 maart"
    assert day(when.date(), "en") == "Sunday 1 March"
    assert moment(when, "nl") == "zondag 1 maart om 9.05 uur"
    assert moment(when, "en") == "Sunday 1 March at 09:05"
    assert moment(when, "nl", year=True) == "zondag 1 maart 2026 om 9.05 uur"
    assert clock(1440, "nl") == "24.00"


@pytest.mark.parametrize(
    ("m", "dutch", "english"),
    [
        (0, "0 meter", "0 metres"),
        (1, "1 meter", "1 metre"),
        (299.6, "300 meter", "300 metres"),
        (999.4, "999 meter", "999 metres"),
        (999.5, "1 kilometer", "1 kilometre"),
        (1249, "1,2 kilometer", "1.2 kilometres"),
        (1250, "1,3 kilometer", "1.3 kilometres"),
        (12345678, "12.345,7 kilometer", "12,345.7 kilometres"),
    ],
)
def test_metres(m: float, dutch: str, english: str) -> None:
    """Metres below a kilometre, then tenths of kilometres."""
    assert metres(m, "nl") == dutch
    assert metres(m, "en") == english


@pytest.mark.parametrize("m", [-1, float("nan"), float("inf")])
def test_what_is_no_distance(m: float) -> None:
    """Less than nothing, and nothing known, cannot be written as a distance."""
    with pytest.raises(UnusableInput):
        metres(m, "nl")


def test_money_numbers_and_counts() -> None:
    """Money has its cents, rounded half up; numbers at most two decimals (S44: 7.00 euros)."""
    assert money(7, "nl") == "7,00 euro"
    assert money(Decimal("1234.505"), "nl") == "1.234,51 euro"
    assert money(Decimal("1234.505"), "en") == "€1,234.51"
    assert money(Decimal("-0.001"), "nl") == "0,00 euro"
    assert number(0.125, "nl") == "0,13"
    assert number(-0.001, "en") == "0"
    assert count(46000, "nl") == "46.000"
    with pytest.raises(UnusableInput):
        number(float("inf"), "nl")


DAY = 24 * 60


@pytest.mark.parametrize(
    ("windows", "dutch", "english"),
    [
        ([], "op geen enkel moment", "at no time"),
        ([(0, 7 * DAY)], "altijd", "always"),
        ([(1080, 1320)], "maandag van 18.00 tot 22.00 uur", "Monday from 18:00 to 22:00"),
        ([(0, DAY)], "maandag de hele dag", "Monday all day"),
        ([(1080, DAY)], "maandag van 18.00 tot 24.00 uur", "Monday from 18:00 to 24:00"),
        (
            [(4860, 5040), (1080, 1320)],
            "maandag van 18.00 tot 22.00 uur en donderdag van 9.00 tot 12.00 uur",
            "Monday from 18:00 to 22:00 and Thursday from 09:00 to 12:00",
        ),
        (
            [(d * DAY + 540, d * DAY + 720) for d in (0, 1, 2, 4)] + [(5 * DAY, 6 * DAY)],
            "maandag tot en met woensdag en vrijdag van 9.00 tot 12.00 uur; zaterdag de hele dag",
            "Monday to Wednesday and Friday from 09:00 to 12:00; Saturday all day",
        ),
        (
            [(d * DAY + 540, d * DAY + 720) for d in range(7)],
            "elke dag van 9.00 tot 12.00 uur",
            "every day from 09:00 to 12:00",
        ),
        (
            [(4 * DAY + 1080, 6 * DAY + 1200)],
            "van vrijdag 18.00 uur tot zondag 20.00 uur",
            "from Friday 18:00 to Sunday 20:00",
        ),
        (
            [(6 * DAY + 1320, 7 * DAY + 120)],
            "van zondag 22.00 uur tot maandag 2.00 uur",
            "from Sunday 22:00 to Monday 02:00",
        ),
    ],
)
def test_windows(windows: list[tuple[int, int]], dutch: str, english: str) -> None:
    """Windows of the week in words, the same times together."""
    assert windows_text(windows, "nl") == dutch
    assert windows_text(reversed(windows), "en") == english


@pytest.mark.parametrize("window", [(-1, 5), (5, 5), (7 * DAY, 7 * DAY + 1), (0, 7 * DAY + 1)])
def test_windows_outside_a_week(window: tuple[int, int]) -> None:
    """A window that cannot be is refused."""
    with pytest.raises(UnusableInput, match="not in a week"):
        windows_text([window], "nl")


@given(
    starts=st.lists(st.integers(0, 7 * DAY - 1), min_size=1, max_size=8),
    minutes=st.integers(1, 3 * DAY),
    lang=LANGUAGES,
)
def test_windows_never_fail_and_never_lack_a_day(
    starts: list[int], minutes: int, lang: Language
) -> None:
    """Any windows can be said; a day named alone is one on which a window begins or ends."""
    pairs = [(start, start + minutes) for start in starts]
    said = windows_text(pairs, lang)
    assert said == windows_text(sorted(pairs, reverse=True), lang)
    assert "{" not in said
    begins = {weekday(start // DAY, lang) for start in starts}
    ends = {weekday((start + minutes) // DAY, lang) for start in starts}
    named = {weekday(i, lang) for i in range(7) if weekday(i, lang) in said}
    assert named <= begins | ends


@given(m=st.floats(0, 1e7), lang=LANGUAGES)
def test_numbers_read_back(m: float, lang: Language) -> None:
    """What is written for a distance says the distance, to half of its last digit."""
    digits, unit = metres(m, lang).split(" ")
    plain = digits.translate(str.maketrans(",.", ".,")) if lang is Language.NL else digits
    size = 1000 if unit.startswith("k") else 1
    assert abs(float(plain.replace(",", "")) * size - m) <= (50.001 if size > 1 else 0.501)


def test_the_public_list_is_sorted() -> None:
    """What the package offers is listed once, in order."""
    assert list(texts.__all__) == sorted(texts.__all__)
    assert not set(string.punctuation) & set("".join(texts.__all__)) - {"_"}
