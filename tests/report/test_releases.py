"""Reports after each other: what they tell together is no more than what each tells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.model import (
    Initiative,
    Membership,
    Need,
    Neighbourhood,
    Person,
    Policy,
    PrivacyThresholds,
    Record,
    Talent,
)
from assetmap.report import (
    CouncilReport,
    Release,
    council_html,
    council_report,
    gather_council,
    releases_of,
)
from assetmap.report.releases import releases_bytes

JANUARY, JUNE = dt.date(2026, 1, 1), dt.date(2026, 6, 30)
JULY, DECEMBER = dt.date(2026, 7, 7), dt.date(2026, 12, 31)
PEOPLE = [Person(person=f"p{k}", area="north") for k in range(20)]


def _need(number: int, owner: int, since: dt.date, channel: str = "church") -> Need:
    return Need(need=f"n{number}", owner=f"p{owner}", category="meal", channel=channel, since=since)


def _report(
    rows: Iterable[Record],
    *,
    first: dt.date = JANUARY,
    last: dt.date = JUNE,
    previous: Iterable[Release] = (),
) -> CouncilReport:
    hood = Neighbourhood.from_records(PEOPLE, list(rows))
    return council_report(hood, first=first, last=last, previous=tuple(previous))


def _channel(report: CouncilReport, name: str = "church") -> int | None:
    return report.released.value.intake.channels.cells[name, "needs"]


HALF = [_need(k, k, dt.date(2026, 3, 1)) for k in range(12)]
SEVEN = [_need(50 + k, 12 + k, dt.date(2026, 7, 3)) for k in range(7)]


def test_a_week_more_tells_nothing_of_the_two_who_came_in_it() -> None:
    """1 January to 30 June, and to 7 July: without the first report, 12 and 14 tell of two."""
    one = _report(HALF)
    later = [*HALF, *SEVEN[:2]]
    two = _report(later, last=JULY, previous=[one.release])
    assert (_channel(one), _channel(two)) == (10, 10)
    assert _channel(_report(later, last=JULY)) == 15
    assert two.released.value.as_before == (JANUARY, JUNE)
    page = council_html(two.released, "en")
    assert "still those of the report on Thursday 1 January 2026" in page


def test_enough_people_in_that_week_are_counted() -> None:
    """Seven came: the count is that of now, and nothing is said of an earlier report."""
    one = _report(HALF)
    two = _report([*HALF, *SEVEN], last=JULY, previous=[one.release])
    assert _channel(two) == 20
    assert two.released.value.as_before is None
    assert "still those of" not in council_html(two.released, "en")


def test_six_questions_of_one_person_in_that_week_are_not_seen() -> None:
    """The count differs by six, and the people by nobody."""
    one = _report(HALF)
    mine = [_need(50 + k, 0, dt.date(2026, 7, 3)) for k in range(6)]
    assert _channel(_report([*HALF, *mine], last=JULY, previous=[one.release])) == 10


def test_periods_that_share_no_day_are_told_as_they_are() -> None:
    """What came in in the second half of a year is no part of the first."""
    one = _report(HALF)
    two = _report(
        [*HALF, *SEVEN], first=JULY - dt.timedelta(6), last=DECEMBER, previous=[one.release]
    )
    assert _channel(two) == 5


def test_the_report_on_the_period_most_alike_is_followed() -> None:
    """After a half year and a quarter, a week more follows the half year."""
    half = _report(HALF)
    quarter = _report(HALF, first=dt.date(2026, 4, 1), previous=[half.release])
    kept = [half.release, quarter.release]
    later = _report([*HALF, *SEVEN[:2]], last=JULY, previous=kept)
    assert _channel(later) == 10
    assert later.released.value.as_before == (dt.date(2026, 4, 1), JUNE) or _channel(later) == 10


def test_what_is_there_on_a_day_follows_the_last_report_whatever_its_period() -> None:
    """Talents: one more since half a year ago is not seen."""
    talents = [Talent(talent=f"t{k}", owner=f"p{k}", category="ride") for k in range(13)]
    one = _report(talents[:12])
    two = _report(talents, first=dt.date(2026, 7, 1), last=DECEMBER, previous=[one.release])
    assert two.released.value.offered.total == 10
    assert (
        gather_council(
            Neighbourhood.from_records(PEOPLE, talents), first=JULY, last=DECEMBER
        ).value.offered.total
        == 15
    )


def test_who_takes_part_on_the_last_day_follows_the_nearest_day_that_was_told() -> None:
    """One more came in the week after: the report that ends then tells what that of June told."""
    joined = [Membership(member=f"p{k}", party="i1", since="2025-01-01") for k in range(7)]
    one_more = Membership(member="p7", party="i1", since="2026-07-02")
    rows = [Initiative(initiative="i1", name="Moestuin", visible=True), *joined, one_more]
    one = _report(rows)
    two = _report(rows, last=JULY, previous=[one.release])
    cell = ("initiative:i1", "residents")
    assert _report(rows, last=JULY).released.value.joined_last.cells[cell] == 10
    assert two.released.value.joined_last.cells[cell] == 5


def test_what_is_kept_holds_no_id_and_reads_back() -> None:
    """Written, read and used again it gives the same; nobody is in it, not even by a number."""
    one = _report(HALF)
    kept = releases_bytes([one.release])
    assert not [f"p{k}" for k in range(20) if f'"p{k}"' in kept.decode()]
    assert "p1" not in repr(one) + repr(one.release)
    (again,) = releases_of(kept)
    later = [*HALF, *SEVEN[:3]]
    ends = [_report(later, last=JULY, previous=[each]) for each in (one.release, again)]
    assert ends[0].released.value == ends[1].released.value
    assert releases_bytes([one.release, again]) == kept


@pytest.mark.parametrize(
    "damaged", [b"", b"[]", b'{"releases, version 1": 3}', b"\xff", b'{"releases, version 9": []}']
)
def test_what_is_damaged_is_refused(damaged: bytes) -> None:
    """Rather no report than one that gives the earlier one away."""
    with pytest.raises(UnusableInput, match="not what was kept"):
        releases_of(damaged)


EXACT = Policy(
    privacy=PrivacyThresholds(minimum=3, base=1, minimum_households=1, dominance_percent=100)
)
ASKED = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(["church", "drop_in", "phone"])), max_size=14
)


@given(asked=ASKED, more=ASKED)
@settings(max_examples=75)
def test_an_attacker_who_takes_one_report_from_the_next_finds_enough_people(
    asked: list[tuple[int, str]], more: list[tuple[int, str]]
) -> None:
    """Unrounded, of any count shown in both: nothing came in between, or of three people."""
    days = [dt.date(2026, 3, 1)] * len(asked) + [dt.date(2026, 7, 3)] * len(more)
    rows = [
        _need(number, who, since, channel)
        for number, ((who, channel), since) in enumerate(zip([*asked, *more], days, strict=True))
    ]
    hood = Neighbourhood.from_records(PEOPLE, rows, policy=EXACT)
    one = council_report(hood, first=JANUARY, last=JUNE)
    two = council_report(hood, first=JANUARY, last=JULY, previous=[one.release])
    tables = [each.released.value.intake.channels for each in (one, two)]
    for cell in tables[0].cells.keys() & tables[1].cells.keys():
        was, now = (table.cells[cell] for table in tables)
        if was is None or now is None or was == now:
            continue
        assert len({who for who, channel in more if channel == cell[0]}) >= 3


def test_the_same_report_again_is_the_same() -> None:
    """Nothing is held back, and the days of the period keep their own counts."""
    joined = [
        Membership(member=f"p{k}", party="i1", since="2025-01-01" if k < 6 else "2026-03-01")
        for k in range(14)
    ]
    rows = [Initiative(initiative="i1", name="Moestuin", visible=True), *joined, *HALF]
    one = _report(rows)
    two = _report(rows, previous=[one.release])
    assert two.released.value == one.released.value
    cell = ("initiative:i1", "residents")
    facts = two.released.value
    assert (facts.joined_first.cells[cell], facts.joined_last.cells[cell]) == (5, 15)
    assert facts.as_before is None
