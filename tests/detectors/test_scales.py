"""Questionnaires: each scored as its source says, and told of groups only."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.detectors import scales
from assetmap.errors import UnusableInput

NAN = float("nan")
SETTINGS = settings(max_examples=50, deadline=None)
EMOTIONAL, SOCIAL = {2, 3, 5, 6, 9, 10}, {1, 4, 7, 8, 11}


@SETTINGS
@given(st.lists(st.sampled_from([1, 2, 3, None]), min_size=11, max_size=11))
def test_eleven_statements(answers: list[int | None]) -> None:
    """Answer by answer, as the manual counts; one missing at most for a total."""
    found = scales.de_jong_gierveld(answers)
    lonely = {
        number: (answer >= 2 if number in EMOTIONAL else answer <= 2)
        for number, answer in enumerate(answers, 1)
        if answer is not None
    }
    total = sum(lonely.values()) if len(lonely) >= 10 else NAN
    assert float(found.total) == pytest.approx(total, nan_ok=True)
    for name, numbers in (("emotional", EMOTIONAL), ("social", SOCIAL)):
        part = sum(lonely[n] for n in numbers) if numbers <= set(lonely) else NAN
        assert float(found.parts[name]) == pytest.approx(part, nan_ok=True)


@SETTINGS
@given(st.lists(st.sampled_from([1, 2, 3, None]), min_size=6, max_size=6))
def test_the_short_form_is_six_of_the_eleven(answers: list[int | None]) -> None:
    """In the printed order, or by number, the same; each counted as in the long form."""
    numbers = (3, 4, 7, 9, 8, 10)
    by_place = scales.de_jong_gierveld(answers)
    by_number = scales.de_jong_gierveld(dict(zip(numbers, answers, strict=True)))
    points = [
        NAN if a is None else float(a >= 2 if n in EMOTIONAL else a <= 2)
        for n, a in zip(numbers, answers, strict=True)
    ]
    total = np.nansum(points) if np.isnan(points).sum() <= 1 else NAN
    assert float(by_place.total) == pytest.approx(total, nan_ok=True)
    assert float(by_number.total) == pytest.approx(total, nan_ok=True)
    for part in ("emotional", "social"):
        np.testing.assert_array_equal(by_place.parts[part], by_number.parts[part])


def test_the_middle_answer_always_counts() -> None:
    """More or less, everywhere: as lonely as can be."""
    assert float(scales.de_jong_gierveld([2] * 6).total) == 6
    assert float(scales.de_jong_gierveld([2] * 11).total) == 11
    assert float(scales.de_jong_gierveld([3] * 6, answers=5).total) == 6
    assert float(scales.de_jong_gierveld(["more or less"] * 6, answers=5).total) == 6


def test_words_and_five_answers() -> None:
    """Words in two languages, three answers or five."""
    lonely = ["ja", "nee", "Nee", "JA", "nee", "ja"]
    assert float(scales.de_jong_gierveld(lonely).total) == 6
    content = ["no!", "yes!", "yes", "no", "ja!", "nee!"]
    assert float(scales.de_jong_gierveld(content, answers=5).total) == 0
    assert float(scales.de_jong_gierveld([5, 1, 2, 4, 1, 4], answers=5).total) == 6


def group(total: int, times: int) -> list[list[int]]:
    """Rows of the short form with this total."""
    lonely, content = [3, 1, 1, 3, 1, 3], [1, 3, 3, 1, 3, 1]
    return [lonely[:total] + content[total:]] * times


def test_levels_of_a_group() -> None:
    """0 and 1 not, 2 to 4 moderately, 5 and 6 strongly; nothing of fewer than ten."""
    rows = [row for total in range(7) for row in group(total, 2)]
    found = scales.de_jong_gierveld(rows)
    assert found.total.tolist() == [t for t in range(7) for _ in range(2)]
    assert found.shares() == {
        "not lonely": 4 / 14,
        "moderately lonely": 6 / 14,
        "strongly lonely": 4 / 14,
    }
    assert scales.de_jong_gierveld(rows[:9]).shares() is None
    assert scales.de_jong_gierveld(rows[:9]).shares(minimum=9) is not None
    assert scales.de_jong_gierveld([*rows[:9], [None] * 6]).shares() is None
    assert found.valid == 14


def test_sources_differ_on_parts() -> None:
    """A part of 1 is lonely by the manual, moderately so by Statistics Netherlands."""
    rows = group(1, 10)
    manual = scales.de_jong_gierveld(rows).shares("emotional")
    cbs = scales.de_jong_gierveld(rows, norm="de_jong_gierveld_6_cbs").shares("emotional")
    assert manual == {"not lonely": 0, "lonely": 1}
    assert cbs == {"not lonely": 0, "moderately lonely": 1, "strongly lonely": 0}
    long = [[1, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1]] * 5 + [[1, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1]] * 5
    rivm = scales.de_jong_gierveld(long, norm="de_jong_gierveld_11_rivm").shares("emotional")
    vzinfo = scales.de_jong_gierveld(long, norm="de_jong_gierveld_11_vzinfo").shares("emotional")
    assert rivm == {"not lonely": 0.5, "lonely": 0.5}
    assert vzinfo == {"not lonely": 1, "lonely": 0}


def test_levels_of_eleven() -> None:
    """Each edge: 2 and 3, 8 and 9, 10 and 11."""
    lonely = [1, 3, 3, 1, 3, 3, 1, 1, 3, 3, 1]
    content = [3, 1, 1, 3, 1, 1, 3, 3, 1, 1, 3]
    rows = [lonely[:total] + content[total:] for total in (2, 3, 8, 9, 10, 11)]
    assert scales.de_jong_gierveld(rows).shares(minimum=1) == {
        "not lonely": pytest.approx(1 / 6),
        "moderately lonely": pytest.approx(2 / 6),
        "strongly lonely": pytest.approx(2 / 6),
        "very strongly lonely": pytest.approx(1 / 6),
    }


def test_three_questions() -> None:
    """A sum of 3 to 9; 6 and more is more lonely; all three needed."""
    found = scales.ucla([[1, 1, 1], [2, 2, 1], [2, 2, 2], [3, 3, 3], [3, 3, None]])
    np.testing.assert_array_equal(found.total, [3, 5, 6, 9, NAN])
    assert found.shares(minimum=1) == {"less lonely": 0.5, "more lonely": 0.5}


def test_ties_of_family_and_friends() -> None:
    """A sum of 0 to 30; below 12, and below 6 in a part, are few."""
    found = scales.lubben([[2, 2, 1, 2, 2, 2], [2, 2, 2, 2, 2, 2], [5] * 6, [None, *[5] * 5]])
    np.testing.assert_array_equal(found.total, [11, 12, 30, NAN])
    assert found.shares(minimum=1) == {
        "few ties": pytest.approx(1 / 3),
        "enough ties": pytest.approx(2 / 3),
    }
    np.testing.assert_array_equal(found.parts["family"], [5, 6, 15, NAN])
    assert found.shares("friends", minimum=1) == {"few ties": 0, "enough ties": 1}


def test_pressure_of_caring() -> None:
    """Nine statements without a norm, fifteen with 9, thirteen with 7."""
    assert float(scales.ediz(["nee!", "nee", "min of meer", "ja", "ja!", 1, 1, 1, 1]).total) == 3
    with pytest.raises(UnusableInput, match="no norm for this"):
        scales.ediz([[3] * 9] * 12).shares()
    plus = scales.ediz_plus([[1] * 8 + [0] * 7, [1] * 9 + [0] * 6])
    assert plus.shares(minimum=2) == {"not overburdened": 0.5, "overburdened": 0.5}
    strain = scales.caregiver_strain([["yes"] * 6 + ["no"] * 7, ["ja"] * 7 + ["nee"] * 6])
    assert strain.total.tolist() == [6, 7]
    assert strain.shares(minimum=2) == {"less strain": 0.5, "high strain": 0.5}


def test_a_conversation_has_no_total() -> None:
    """The spider web is refused, with the reason."""
    with pytest.raises(UnusableInput, match="tool for a conversation, not a measure"):
        scales.positive_health([8, 7, 6, 5, 4, 3])


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: scales.de_jong_gierveld([1, 2, 3]), "3 columns; allowed: 6 or 11"),
        (lambda: scales.de_jong_gierveld([1, 2, 3, 1, 2, 4]), "item 6 is not one of 1 to 3"),
        (lambda: scales.de_jong_gierveld([1, 2, 3, 1, 2, 0]), "item 6 is not one of 1 to 3"),
        (lambda: scales.de_jong_gierveld([1, 2, 3, 1, 2.5, 1]), "item 5 is not one of"),
        (lambda: scales.de_jong_gierveld(["often"] * 6), "or of 'no', 'nee'"),
        (lambda: scales.de_jong_gierveld([1] * 6, answers=4), "answers is 4; allowed: 3 or 5"),
        (lambda: scales.de_jong_gierveld([1] * 6, norm="own"), "norm is 'own'; allowed: de_jong"),
        (lambda: scales.de_jong_gierveld({1: 2, 3: 2}), "statements 3, 4, 7, 8, 9, 10, or 1 to 11"),
        (lambda: scales.ucla([[1, 2], [1, 2]]), "3 columns"),
        (lambda: scales.ucla([[1, 2, 3], [1, 2]]), "rows of one length"),
        (lambda: scales.lubben([[[1] * 6]]), "allowed: 6 columns"),
        (lambda: scales.lubben([1] * 6).shares("neighbours"), "no part 'neighbours'"),
    ],
)
def test_impossible_answers(call: object, told: str) -> None:
    """Answers and forms that cannot be are refused without repeating the answer."""
    with pytest.raises(UnusableInput, match=told):
        call()  # type: ignore[operator]


def test_each_norm_has_a_source_and_a_year() -> None:
    """Levels rise, and somebody said so."""
    for norm in scales.NORMS.values():
        assert norm.source
        assert 1980 < norm.year < 2030
        for cuts in (norm.levels, norm.parts):
            lows = [low for low, _ in cuts]
            assert lows == sorted(set(lows))
