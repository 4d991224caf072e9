"""Records about people: who there is, who knows whom, and how people are protected."""

from __future__ import annotations

from typing import Annotated, ClassVar

from assetmap.model.cells import (
    Choice,
    Coarse,
    Count,
    Day,
    Marks,
    Number,
    Text,
    Trainings,
    When,
    Words,
    YesNo,
)
from assetmap.model.located import Located
from assetmap.model.record import Record, col
from assetmap.model.words import (
    PersonKind,
    SafeguardReason,
    Share,
    SupportNeeded,
    TieKind,
)

__all__ = ["Contact", "Person", "Safeguard", "Tie"]


class Person(Located):
    """One person, whatever part they play: everybody can ask as well as offer."""

    table: ClassVar[str] = "people"
    key: ClassVar[str | None] = "person"

    person: Text = col("Id of the person; not a name.", default=..., starter=True)
    called: Text | None = col(
        "Roepnaam, for the team's own prints only.", personal=True, starter=True
    )
    kind: Annotated[PersonKind, Choice] | None = col(
        "Resident or worker; blank is read as resident.", starter=True
    )
    area: Text | None = col("Where they live.", refers_to=("areas",), soft=True, starter=True)
    x: Coarse | None = col("RD New x, rounded to 100 m.", unit="m", personal=True)
    y: Coarse | None = col("RD New y, rounded to 100 m.", unit="m", personal=True)
    lat: Number | None = col("WGS84 latitude; stored as x and y.", unit="degree", personal=True)
    lon: Number | None = col("WGS84 longitude; stored as x and y.", unit="degree", personal=True)
    household: Text | None = col("A word shared by those who live together.", personal=True)
    born: Count | None = col(
        "Decade of birth, such as 1950.", unit="year", personal=True, least=1890, most=2200
    )
    minor: YesNo | None = col(
        "Whether the person is under age; blank: protected if `born` leaves room for it.",
        personal=True,
    )
    languages: Words | None = col("Languages they speak, as BCP 47 tags.", starter=True)
    walks_m: Count | None = col(
        "How far they can walk; blank: no limit known.",
        unit="m",
        personal=True,
        starter=True,
        least=0,
    )
    wheelchair: YesNo | None = col("Uses a wheelchair.", personal=True)
    needs_buddy: YesNo | None = col("Wants somebody to come along.", personal=True)
    support_needed: Annotated[SupportNeeded, Choice] | None = col(
        "Support they want in order to take part.", personal=True
    )
    available: When | None = col(
        "When they have time; blank: time unknown.", personal=True, starter=True
    )
    share: Annotated[Share, Choice] | None = col(
        "Whether they may be proposed to others; blank: known to the team only.", starter=True
    )
    ground: Text | None = col("What the sharing rests on, such as consent.")
    review_on: Day | None = col("When sharing is talked over again.")
    groups: Words | None = col("Self-declared groups, only for audiences that ask.", personal=True)
    experiences: Marks | None = col(
        "Self-declared experiences; `tag:yes` may be introduced on it.", personal=True
    )
    motive: Text | None = col("Why they like to take part.", personal=True)
    trainings: Trainings | None = col("Trainings with their dates, `topic:2026-03-01`.")
    ties_asked_on: Day | None = col("When they were asked whom they know; blank: not asked.")
    worker: Text | None = col("The worker who knows them.", refers_to=("people",))
    function: Text | None = col("Function of a worker.")
    team: Text | None = col("Team of a worker.")
    from_: Day | None = col("First day in this part.")
    until: Day | None = col("Last day in this part.")

    @property
    def is_worker(self) -> bool:
        """Whether this is a worker; a blank kind is read as resident."""
        return self.kind is PersonKind.WORKER


class Tie(Record):
    """Who knows whom, as one person reported it; conflicting reports are kept."""

    table: ClassVar[str] = "ties"

    a: Text = col(
        "One of the two; the carer, where the kind is carer.", default=..., refers_to=("people",)
    )
    b: Text = col("The other.", default=..., refers_to=("people",))
    kind: Annotated[TieKind, Choice] | None = col("How they know each other.", personal=True)
    strength: Count | None = col("1 (a little) to 3 (well).", personal=True, least=1, most=3)
    since: Day | None = col("First day.")
    until: Day | None = col("Last day; blank: still so.")
    reported_by: Text | None = col("Who told it.", refers_to=("people",))
    introduced_by: Text | None = col("Who introduced them.", refers_to=("people",))
    event: Text | None = col("The event where they met.")


class Safeguard(Record):
    """A scoped and dated protection; a separate file, for the team only."""

    table: ClassVar[str] = "safeguards"
    key: ClassVar[str | None] = "safeguard"
    only_id: ClassVar[bool] = True

    safeguard: Text = col("Id of the safeguard.", default=...)
    person: Text = col("Who is kept apart.", default=..., refers_to=("people",))
    at: Text = col(
        "From which initiative, activity or person.",
        default=...,
        refers_to=("initiatives", "activities", "people"),
    )
    from_: Day = col("First day.", default=...)
    until: Day | None = col("Last day; blank: until it is ended.")
    review_on: Day = col("When it is looked at again.", default=...)
    reason: Annotated[SafeguardReason, Choice] | None = col(
        "Why; never shown outside the team.", personal=True
    )


class Contact(Record):
    """How to reach somebody: always a file of its own, read only to print for the worker."""

    table: ClassVar[str] = "contacts"
    key: ClassVar[str | None] = "person"
    only_id: ClassVar[bool] = True

    person: Text = col("Whose.", default=..., refers_to=("people",))
    name: Text | None = col("Full name.", personal=True)
    phone: Text | None = col("Telephone.", personal=True)
    email: Text | None = col("E-mail.", personal=True)
    address: Text | None = col("Address.", personal=True)
    prefers: Text | None = col(
        "How they like to be reached: phone, paper, email, app.", personal=True
    )
