"""Records of what was heard and seen, of doors, of hours, and the team's own categories."""

from __future__ import annotations

from typing import Annotated, ClassVar

from assetmap.model.cells import Choice, Count, Day, Number, Shares, Text, Words, YesNo
from assetmap.model.record import Record, col
from assetmap.model.words import Channel, ObservationKind, Purpose, Reached

__all__ = ["CategoryRow", "ContactDay", "Observation", "TeamHours", "Visit"]


class Observation(Record):
    """Something heard or seen; nobody is asked to write them all down."""

    table: ClassVar[str] = "observations"
    key: ClassVar[str | None] = "observation"

    observation: Text = col("Id of the observation.", default=...)
    date: Day = col("When.", default=...)
    kind: Annotated[ObservationKind, Choice] | None = col("What sort of thing.")
    category: Text = col("What about.", default=...)
    area: Text | None = col("Where.", refers_to=("areas",), soft=True)
    about: Text | None = col("About whom.", refers_to=("people",))
    speaker: Text | None = col("Who said it.", refers_to=("people",))
    household: Text | None = col("Household of the speaker.", personal=True)
    reporter: Text | None = col(
        "Who brought it in: a person, or a council or initiative as a whole.",
        refers_to=("people", "organisations", "initiatives"),
    )
    to: Text | None = col(
        "The party that can act.", refers_to=("initiatives", "organisations", "people")
    )
    target_group: Text | None = col("For which group, where no person is meant.")
    initiative: Text | None = col("About which initiative.", refers_to=("initiatives",))
    visit: Text | None = col("At which door.", refers_to=("visits",))
    channel: Annotated[Channel, Choice] | None = col("How it was heard.")
    note: Text | None = col("In a few words.", personal=True)
    review_on: Day | None = col("When it is looked at again.")


class Visit(Record):
    """One door of a door-to-door scan."""

    table: ClassVar[str] = "visits"
    key: ClassVar[str | None] = "visit"

    visit: Text = col("Id of the door.", default=...)
    date: Day = col("When.", default=...)
    area: Text = col("Where.", default=..., refers_to=("areas",), soft=True)
    street: Text | None = col("Street or staircase; no house number.")
    reached: Annotated[Reached, Choice] | None = col("Whether the door opened.")
    outcome: Text | None = col("What came of it.", personal=True)


class TeamHours(Record):
    """Hours per worker, week and purpose; never per conversation."""

    table: ClassVar[str] = "team_hours"

    week: Text = col("ISO week, such as 2026-W48.", default=...)
    worker: Text = col("Who.", default=..., refers_to=("people",))
    purpose: Annotated[Purpose, Choice] | None = col("What the hours went to.")
    hours: Number = col("How many.", default=..., unit="hours", least=0, most=168)


class ContactDay(Record):
    """Optional: how many contacts there were in a day."""

    table: ClassVar[str] = "contact_days"

    date: Day = col("Which day.", default=...)
    area: Text | None = col("Where.", refers_to=("areas",), soft=True)
    contacts: Count | None = col("How many.", least=0)


class CategoryRow(Record):
    """An extension of the shipped tree of categories."""

    table: ClassVar[str] = "categories"
    key: ClassVar[str | None] = "category"

    category: Text = col("Id of the category.", default=...)
    parent: Text | None = col("The more general one.")
    name_nl: Text | None = col("Dutch name.")
    name_en: Text | None = col("English name.")
    answers: Shares | None = col("Which needs it answers as well, and how well.")
    reserved: YesNo | None = col("For professionals only.")
    safety: YesNo | None = col("A safety theme: never matched, counted or shown.")
    distance: Text | None = col("matters, little or not.")
    at: Text | None = col("asker, provider, place or remote.")
    group_first: YesNo | None = col("An initiative comes before an unacquainted neighbour.")
    domain: Text | None = col("indoors or liveability.")
    parties: Words | None = col("Whom to bring together.")
