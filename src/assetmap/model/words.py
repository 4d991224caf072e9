"""The closed word lists of the tables, each as an enum."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "RUNGS",
    "AgreementKind",
    "AgreementStatus",
    "AreaScheme",
    "Channel",
    "Claim",
    "DecisionWord",
    "InitiativeStatus",
    "Lane",
    "Leg",
    "ObservationKind",
    "PersonKind",
    "Purpose",
    "Reached",
    "ReferralStatus",
    "Reward",
    "Role",
    "Rung",
    "SafeguardReason",
    "Setting",
    "Share",
    "Status",
    "SupportNeeded",
    "Term",
    "TieKind",
]


class PersonKind(StrEnum):
    """What part somebody plays in the neighbourhood's records; never a judgement."""

    RESIDENT = "resident"
    WORKER = "worker"


class SupportNeeded(StrEnum):
    """How much support somebody wants in order to take part."""

    NONE = "none"
    SOME = "some"
    MUCH = "much"


class Share(StrEnum):
    """Who may see that this person can be proposed to somebody."""

    YES = "yes"
    """May be proposed to anybody."""
    TEAM = "team"
    """Known to the own worker and that worker's team only."""
    NO = "no"
    """Not proposed to anybody."""


class Role(StrEnum):
    """In which capacity a talent is given (the ladder works on this, not on diplomas)."""

    NEIGHBOUR = "neighbour"
    VOLUNTEER = "volunteer"
    PROFESSIONAL = "professional"


class Term(StrEnum):
    """For how long something is asked or offered."""

    ONCE = "once"
    SHORT = "short"
    LONG = "long"


class Reward(StrEnum):
    """What somebody gets for what they give."""

    NONE = "none"
    ALLOWANCE = "allowance"
    EMPLOYED = "employed"
    HIRED = "hired"


class Setting(StrEnum):
    """In what company something happens."""

    ONE_TO_ONE = "one_to_one"
    SMALL_GROUP = "small_group"
    GROUP = "group"
    QUIET = "quiet"


class Status(StrEnum):
    """Whether an activity is still to come, going on, or over."""

    PLANNED = "planned"
    RUNNING = "running"
    PAST = "past"


class TieKind(StrEnum):
    """How two people know each other."""

    FAMILY = "family"
    HOUSEHOLD = "household"
    FRIEND = "friend"
    NEIGHBOUR = "neighbour"
    ACQUAINTANCE = "acquaintance"
    CARER = "carer"
    COLLEAGUE = "colleague"
    INTRODUCED = "introduced"
    WORKER = "worker"


class AreaScheme(StrEnum):
    """Whose area it is."""

    CBS = "cbs"
    VILLAGE = "village"
    OWN = "own"


class InitiativeStatus(StrEnum):
    """The stages in the life of an initiative."""

    IDEA = "idea"
    STARTING = "starting"
    RUNNING = "running"
    INDEPENDENT = "independent"
    ENDED = "ended"


class Lane(StrEnum):
    """The ways of looking for a signal, one after another."""

    VISIT = "visit"
    """A complaint about somebody who asked nothing: their worker has coffee with them."""
    AGREEMENT = "agreement"
    """As many households as the team agreed on, within as many days, ask the same."""
    UNUSUAL = "unusual"
    """More is asked than is usual for this theme here."""
    GROWTH = "growth"
    """What is asked creeps up."""
    PLACE = "place"
    """One corner of the neighbourhood, for a short time."""
    PEERS = "peers"
    """Several people in the same situation, who might be put in touch."""
    BACKLOG = "backlog"
    """Questions wait longer, the list grows."""
    STRUCTURE = "structure"
    """Something hangs on one person, or ends soon."""
    ALONE = "alone"
    """People with hardly a tie; to their own worker only."""
    NOT_HEARD = "not_heard"
    """Streets, groups and channels that were not reached, or went quiet."""
    GAPS = "gaps"
    """Asked and not offered, offered and not asked, areas without a place to meet."""
    BALANCE = "balance"
    """Fewer hours for the community than was agreed."""


class AgreementKind(StrEnum):
    """What two parties agreed on."""

    TASK = "task"
    BUDGET = "budget"
    CHALLENGE = "challenge"
    CONTRACT = "contract"
    REFERRAL_AGREEMENT = "referral_agreement"


class AgreementStatus(StrEnum):
    """How far an agreement, or a challenge to a task, has come."""

    PROPOSED = "proposed"
    NEGOTIATING = "negotiating"
    AGREED = "agreed"
    RUNNING = "running"
    REFUSED = "refused"
    ENDED = "ended"


class Claim(StrEnum):
    """Why residents say that they can do a task (right to challenge)."""

    BETTER = "better"
    EFFICIENT = "efficient"
    CHEAPER = "cheaper"


class DecisionWord(StrEnum):
    """What a person decided on a proposal."""

    DO = "do"
    DONE = "done"
    NOT_NOW = "not_now"
    NO_MORE = "no_more"
    OTHER = "other"


class SafeguardReason(StrEnum):
    """Why two parties are kept apart for a while."""

    THREAT = "threat"
    HARM = "harm"
    CONFLICT = "conflict"
    REQUEST = "request"


class ReferralStatus(StrEnum):
    """What became of a question that was passed on."""

    OPEN = "open"
    TAKEN = "taken"
    RETURNED = "returned"
    DONE = "done"


class ObservationKind(StrEnum):
    """What sort of thing was heard or seen."""

    NEED = "need"
    TALENT = "talent"
    IDEA = "idea"
    CONCERN = "concern"
    COMPLAINT = "complaint"


class Channel(StrEnum):
    """Where something was heard."""

    DROP_IN = "drop_in"
    DOORSTEP = "doorstep"
    STREET = "street"
    PHONE = "phone"
    APP = "app"
    PARTNER = "partner"
    MEETING = "meeting"
    PAPER = "paper"
    EMAIL = "email"
    CHURCH = "church"
    OFFICE_HOUR = "office_hour"


class Reached(StrEnum):
    """Whether a door opened."""

    YES = "yes"
    NO = "no"


class Purpose(StrEnum):
    """What a worker's hours went to."""

    CASES = "cases"
    COMMUNITY = "community"
    OTHER = "other"


class Leg(StrEnum):
    """The kinds of part that a plan can have."""

    ACTIVITY = "activity"
    RIDE_OUT = "ride_out"
    RIDE_BACK = "ride_back"
    HELP = "help"
    GROUP = "group"
    PLACE = "place"
    MONEY = "money"
    CONTACT = "contact"


class Rung(StrEnum):
    """The steps of the ladder, lowest first."""

    OWN_NETWORK = "own_network"
    NEIGHBOUR = "neighbour"
    INITIATIVE = "initiative"
    VOLUNTEER = "volunteer"
    PROFESSIONAL = "professional"

    @property
    def step(self) -> int:
        """Place on the ladder, counted from 0 (own network) to 4 (professional)."""
        return RUNGS.index(self)


RUNGS: tuple[Rung, ...] = tuple(Rung)
"""The ladder from own network up to professional."""
