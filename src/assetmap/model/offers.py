"""Records of what is offered and asked, and of what came of it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from assetmap.model.cells import (
    Amount,
    Choice,
    Count,
    Day,
    Moment,
    Number,
    Rule,
    Text,
    When,
    Words,
    YesNo,
)
from assetmap.model.record import Record, col
from assetmap.model.words import (
    Channel,
    DecisionWord,
    Leg,
    ReferralStatus,
    Reward,
    Role,
    Setting,
    Term,
)

__all__ = ["Arrangement", "Decision", "Need", "Referral", "Talent"]


class Talent(Record):
    """Something that a person, initiative, organisation or place offers."""

    table: ClassVar[str] = "talents"
    key: ClassVar[str | None] = "talent"

    talent: Text = col("Id of the talent.", default=...)
    owner: Text = col(
        "Who offers it.",
        default=...,
        refers_to=("people", "initiatives", "organisations", "places"),
        starter=True,
    )
    category: Text = col("What is offered.", default=..., starter=True)
    role: Annotated[Role, Choice] | None = col(
        "As neighbour, volunteer or professional; blank: neighbour for residents, "
        "professional for workers.",
        starter=True,
    )
    term: Annotated[Term, Choice] | None = col(
        "For once, for a short or a long time.", starter=True
    )
    per_week: Count | None = col(
        "How many plans a week.", unit="plans a week", starter=True, least=0
    )
    hours_week: Number | None = col("How many hours a week.", unit="hours a week", least=0)
    available: When | None = col("When; blank: the owner's own times.", starter=True)
    max_km: Number | None = col("How far they will go.", unit="km", starter=True, least=0)
    seats: Count | None = col("Passenger seats, for a ride.", unit="seats", starter=True, least=0)
    wheelchair: YesNo | None = col("The car can carry a wheelchair.")
    going_to: Text | None = col("Activity they attend anyway.", refers_to=("activities",))
    place: Text | None = col("Where it is given.", refers_to=("places",))
    languages: Words | None = col("Languages; blank: the owner's.")
    areas: Words | None = col("Areas where they will help.", refers_to=("areas",), soft=True)
    amount_eur: Amount | None = col("Money there is.", unit="EUR", least=0)
    conditions: Text | None = col("Conditions of the one who offers.")
    reward: Annotated[Reward, Choice] | None = col("What they get for it.")
    fee_eur: Amount | None = col("What it costs the one who asks.", unit="EUR", least=0)
    from_: Day | None = col("First day of the offer.")
    until: Day | None = col("Last day of the offer.")
    source: Text | None = col("Where we heard of it.")
    event: Text | None = col("The event where we heard of it.")
    description: Text | None = col("In the owner's own words.", personal=True, starter=True)


class Need(Record):
    """Something that a person or an initiative asks."""

    table: ClassVar[str] = "needs"
    key: ClassVar[str | None] = "need"

    need: Text = col("Id of the need.", default=...)
    owner: Text = col(
        "Who asks.",
        default=...,
        refers_to=("people", "initiatives", "organisations"),
        starter=True,
    )
    category: Text = col("What is asked.", default=..., starter=True)
    urgency: Count | None = col(
        "1 to 5, 5 most urgent; blank is read as 3.", starter=True, least=1, most=5
    )
    since: Day | None = col("First asked on.", starter=True)
    talked: YesNo | None = col(
        "Whether somebody talked it over with the asker; blank: first a conversation.",
        starter=True,
    )
    tried: Words | None = col("Steps of the ladder that were tried without result.")
    term: Annotated[Term, Choice] | None = col(
        "For once, for a short or a long time.", starter=True
    )
    hours: Number | None = col("How long it takes each time.", unit="hours", least=0, most=168)
    when: When | None = col("When it suits; blank: any time.", starter=True)
    rrule: Rule | None = col("How often it comes back.")
    wants: Words | None = col(
        "Activities or initiatives; then only those.",
        refers_to=("activities", "initiatives"),
        starter=True,
    )
    languages: Words | None = col("Languages; blank: the asker's.")
    language_hard: YesNo | None = col("A shared language is a must.")
    not_area: Words | None = col(
        "`yes`: nobody from the asker's own area; or the areas that nobody may come from."
    )
    not_known: YesNo | None = col("Nobody whom the asker knows.")
    sensitive: YesNo | None = col(
        "Only for professionals, or volunteers outside the asker's circle.", personal=True
    )
    max_km: Number | None = col("How far the asker will go.", unit="km", least=0)
    fee_max_eur: Amount | None = col("What it may cost.", unit="EUR", personal=True, least=0)
    amount_eur: Amount | None = col("Money that is asked.", unit="EUR", least=0)
    people_needed: Count | None = col("How many people; blank is read as 1.", least=1, most=1000)
    setting: Annotated[Setting, Choice] | None = col("In what company it suits.")
    context: Words | None = col(
        "Opt-in tags shared with others in the same situation.", personal=True
    )
    formal_route: Text | None = col("The formal provision for it.")
    formal_open: YesNo | None = col("Whether that provision is open to the asker.")
    worker: Text | None = col("The worker who holds the question.", refers_to=("people",))
    source: Text | None = col("Where we heard of it.")
    channel: Annotated[Channel, Choice] | None = col("How it was heard.")
    event: Text | None = col("The event where we heard of it.")
    review_on: Day | None = col("When it is talked over again.")
    closed_on: Day | None = col("Since when it is no longer open.")
    closed_because: Text | None = col("Why it was closed.", personal=True)


class Arrangement(Record):
    """One leg of a standing agreement that was confirmed."""

    table: ClassVar[str] = "arrangements"
    key: ClassVar[str | None] = "arrangement"

    arrangement: Text = col("Id of the arrangement.", default=...)
    need: Text = col("The need it meets.", default=..., refers_to=("needs",))
    leg: Annotated[Leg, Choice] = col("Which part of the plan.", default=...)
    provider: Text = col(
        "Who does it, as in the plan: for an activity or a place of nobody, that itself.",
        default=...,
        refers_to=("people", "initiatives", "organisations", "activities", "places"),
        after=("activities", "places"),
    )
    talent: Text | None = col("With which talent.", refers_to=("talents",))
    activity: Text | None = col("At which activity.", refers_to=("activities",))
    rrule: Rule | None = col("How often; blank: as often as the activity.")
    since: Day | None = col("First day.")
    until: Day | None = col("Last day; blank: until it is ended.")
    moment: Moment | None = col(
        "A date and time for which it was agreed: at another hour it does not stand."
    )


class Decision(Record):
    """What a person decided on a proposal."""

    table: ClassVar[str] = "decisions"

    plan: Text = col("Id of the plan.", default=...)
    need: Text = col("The need.", default=..., refers_to=("needs",))
    provider: Text | None = col(
        "Whom it is about, as in the plan; blank: the whole plan.",
        refers_to=("people", "initiatives", "organisations", "activities", "places"),
        after=("activities", "places"),
    )
    date: Day = col("When it was decided.", default=...)
    decision: Annotated[DecisionWord, Choice] = col("What was decided.", default=...)
    until: Day | None = col("Until when it holds.")
    moment: Moment | None = col(
        "The date and time that was agreed to; blank: any time of the plan's day."
    )
    remark: Text | None = col("In the decider's own words.", personal=True)


class Referral(Record):
    """One party passes a question to another; both directions are alike."""

    table: ClassVar[str] = "referrals"
    key: ClassVar[str | None] = "referral"

    referral: Text = col("Id of the referral.", default=...)
    need: Text | None = col("The question.", refers_to=("needs",))
    from_party: Text = col(
        "Who passes it on.", default=..., refers_to=("organisations", "initiatives", "people")
    )
    to_party: Text = col(
        "Who receives it.", default=..., refers_to=("organisations", "initiatives", "people")
    )
    initiator: Text | None = col(
        "Who asked for it.", refers_to=("organisations", "initiatives", "people")
    )
    date: Day | None = col("When.")
    status: Annotated[ReferralStatus, Choice] | None = col("What became of it.")
