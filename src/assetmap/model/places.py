"""Records of places, areas, parties, initiatives and what is done there."""

from __future__ import annotations

from typing import Annotated, ClassVar

from assetmap.model.cells import (
    Amount,
    Choice,
    Count,
    Day,
    Days,
    Moment,
    Number,
    Requirements,
    Rule,
    Text,
    When,
    Words,
    YesNo,
)
from assetmap.model.located import Located
from assetmap.model.record import Record, col
from assetmap.model.words import (
    AgreementKind,
    AgreementStatus,
    AreaScheme,
    Claim,
    InitiativeStatus,
    Purpose,
    Reward,
    Setting,
    Status,
    SupportNeeded,
)

__all__ = [
    "Activity",
    "Agreement",
    "Area",
    "Initiative",
    "Membership",
    "Organisation",
    "Place",
    "Responsibility",
]

_PARTIES = ("initiatives", "organisations", "people")


class Activity(Record):
    """A dated or recurring thing that one can join."""

    table: ClassVar[str] = "activities"
    key: ClassVar[str | None] = "activity"

    activity: Text = col("Id of the activity.", default=...)
    initiative: Text | None = col("Whose it is.", refers_to=("initiatives",))
    name: Text = col("What it is called.", default=..., starter=True)
    category: Text = col("What it is.", default=..., starter=True)
    place: Text | None = col("Where.", refers_to=("places",))
    area: Text | None = col(
        "In which area; blank: the place's.", refers_to=("areas",), soft=True, starter=True
    )
    start: Moment = col("First date and time, local.", default=..., starter=True)
    minutes: Count | None = col(
        "How long it lasts.", unit="minutes", starter=True, least=1, most=20160
    )
    rrule: Rule | None = col("How often it comes back.", starter=True)
    except_: Days | None = col("Dates on which it is not held.")
    until: Day | None = col("Last day.")
    capacity: Count | None = col(
        "Seats; blank: no limit known.", unit="seats", starter=True, least=0
    )
    fee_eur: Amount | None = col("What joining costs.", unit="EUR", starter=True, least=0)
    audience: Words | None = col("Only for these self-declared groups.")
    languages: Words | None = col("Languages spoken there.")
    setting: Annotated[Setting, Choice] | None = col("In what company.")
    requires: Requirements | None = col("Without these there are no seats.")
    status: Annotated[Status, Choice] | None = col("Planned, running or past.")


class Place(Located):
    """Where something can happen."""

    table: ClassVar[str] = "places"
    key: ClassVar[str | None] = "place"

    place: Text = col("Id of the place.", default=...)
    name: Text | None = col("What it is called.")
    area: Text | None = col("In which area.", refers_to=("areas",), soft=True)
    x: Count | None = col("RD New x.", unit="m")
    y: Count | None = col("RD New y.", unit="m")
    lat: Number | None = col("WGS84 latitude; stored as x and y.", unit="degree")
    lon: Number | None = col("WGS84 longitude; stored as x and y.", unit="degree")
    step_free: YesNo | None = col("Can be reached without steps.")
    quiet: YesNo | None = col("Is quiet.")
    owner: Text | None = col("Who owns it.", refers_to=_PARTIES)
    manager: Text | None = col("Who runs it.", refers_to=_PARTIES)
    space_for: Words | None = col("What it can lend itself to.")


class Area(Record):
    """A CBS area, a village, or one that the team drew."""

    table: ClassVar[str] = "areas"
    key: ClassVar[str | None] = "area"

    area: Text = col("Code of the area; text, leading zeros and all.", default=...)
    scheme: Annotated[AreaScheme, Choice] | None = col("Whose area it is.")
    year: Count | None = col("Year of the scheme.")
    name: Text | None = col("What it is called.")
    parent: Text | None = col("The larger area.", refers_to=("areas",), soft=True)
    population: Count | None = col("Inhabitants.", least=0)
    km2: Number | None = col("Size.", unit="km²", least=0)
    adjacent: Words | None = col("Areas beside it.", refers_to=("areas",), soft=True)


class Organisation(Record):
    """A team, association, church, school, corporation or municipality."""

    table: ClassVar[str] = "organisations"
    key: ClassVar[str | None] = "organisation"

    organisation: Text = col("Id of the organisation.", default=...)
    name: Text | None = col("What it is called.")
    kind: Text | None = col("What sort of organisation.")
    area: Text | None = col("Where it works.", refers_to=("areas",), soft=True)
    parent: Text | None = col("The organisation it is part of.", refers_to=("organisations",))


class Initiative(Record):
    """Something that residents run, or want to run."""

    table: ClassVar[str] = "initiatives"
    key: ClassVar[str | None] = "initiative"

    initiative: Text = col("Id of the initiative.", default=...)
    name: Text = col("What it is called.", default=...)
    kind: Text | None = col("What it is; a category.")
    place: Text | None = col("Where.", refers_to=("places",))
    area: Text | None = col("In which area.", refers_to=("areas",), soft=True)
    manager: Text | None = col("Who runs it.", refers_to=("people", "organisations", "initiatives"))
    host: Text | None = col("The body behind it.", refers_to=("organisations", "initiatives"))
    status: Annotated[InitiativeStatus, Choice] | None = col("Stage of its life.")
    status_since: Day | None = col("Since when.")
    accessible: YesNo | None = col("Open to people with a disability.")
    languages: Words | None = col("Languages spoken there.")
    support: Annotated[SupportNeeded, Choice] | None = col("How much support it can give.")
    found_on: Day | None = col("When the team heard of it.")
    visible: YesNo | None = col("Whether it may be shown to residents.")

    def can_support(self, needed: SupportNeeded | None) -> bool | None:
        """Tell whether it can give the support that somebody wants; None where it is not known.

        Examples
        --------
        >>> plot = Initiative(initiative="i1", name="Moestuin", support="some")
        >>> [plot.can_support(needed) for needed in SupportNeeded]
        [True, True, False]
        """
        if needed is SupportNeeded.NONE or self.support is SupportNeeded.MUCH:
            return True
        if needed is None or self.support is None:
            return None
        steps = list(SupportNeeded)
        return steps.index(needed) <= steps.index(self.support)


class Membership(Record):
    """Who belongs to what, as what."""

    table: ClassVar[str] = "memberships"

    member: Text = col(
        "A person or organisation.", default=..., refers_to=("people", "organisations")
    )
    party: Text = col(
        "An initiative or organisation.", default=..., refers_to=("initiatives", "organisations")
    )
    role: Text | None = col("As what.")
    reward: Annotated[Reward, Choice] | None = col("What they get for it.")
    hours_week: Number | None = col("Hours a week.", unit="hours a week", least=0)
    purpose: Annotated[Purpose, Choice] | None = col("What these hours are meant for.")
    hour_eur: Amount | None = col("Allowance for an hour.", unit="EUR an hour", least=0)
    since: Day | None = col("First day.")
    until: Day | None = col("Last day.")


class Responsibility(Record):
    """Who holds the keys when."""

    table: ClassVar[str] = "responsibilities"

    place: Text = col("Of which place.", default=..., refers_to=("places",))
    party: Text = col("Who.", default=..., refers_to=_PARTIES)
    when: When = col("In which hours of the week.", default=...)
    from_: Day | None = col("First day.")
    until: Day | None = col("Last day.")


class Agreement(Record):
    """A task, budget, challenge or contract between two parties."""

    table: ClassVar[str] = "agreements"
    key: ClassVar[str | None] = "agreement"

    agreement: Text = col("Id of the agreement.", default=...)
    kind: Annotated[AgreementKind, Choice] | None = col("What was agreed on.")
    from_party: Text = col("Who gives.", default=..., refers_to=_PARTIES)
    to_party: Text = col("Who receives.", default=..., refers_to=_PARTIES)
    about: Text | None = col("The task or subject.")
    claim: Annotated[Claim, Choice] | None = col("Why residents can do it.")
    amount_eur: Amount | None = col("Money.", unit="EUR", least=0)
    status: Annotated[AgreementStatus, Choice] | None = col("How far it has come.")
    since: Day | None = col("First day.")
    until: Day | None = col("Last day.")
