"""What differs per team: one frozen object, read from ``team.toml``."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, field_validator

from assetmap.model.signal_settings import SignalSettings
from assetmap.model.words import Rung

__all__ = ["Distances", "FitWeights", "Level", "Policy", "PrivacyThresholds", "SolverLimits"]

_SETTINGS = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Level(StrEnum):
    """The levels of what is best; a higher one is never traded for a lower one."""

    MET = "met"
    LADDER = "ladder"
    CONTINUITY = "continuity"
    FIT = "fit"
    LOAD = "load"
    ORDER = "order"


class Distances(BaseModel):
    """Distances where the data are silent, and how far is still near.

    All in metres.
    """

    model_config = _SETTINGS

    same_area_m: int = Field(400, ge=0, description="Between two people of one area.")
    adjacent_m: int = Field(1200, ge=0, description="Between two areas side by side.")
    by_map: bool = Field(
        False, description="Between areas: in a straight line from middle to middle of the map."
    )
    neighbour_m: int = Field(
        800, ge=0, description="Within this, somebody from another area is a neighbour too."
    )
    default_max_m: int = Field(5000, ge=0, description="How far somebody goes who has not said it.")
    detour_m: int = Field(
        3000, ge=0, description="How much further one car may drive to take several people."
    )


class FitWeights(BaseModel):
    """What makes one plan fit better than another, inside the level `fit`."""

    model_config = _SETTINGS

    tie: int = Field(40, ge=0, description="They know each other; times the strength, 1 to 3.")
    common: int = Field(30, ge=0, description="They have an acquaintance in common.")
    going_anyway: int = Field(30, ge=0, description="The driver is going there anyway.")
    category: int = Field(30, ge=0, description="The offer is just what was asked.")
    distance: int = Field(20, ge=0, description="Near, where the category says that it matters.")
    language: int = Field(10, ge=0, description="They share a language.")
    setting: int = Field(10, ge=0, description="In the company that was wished for.")
    motive: int = Field(10, ge=0, description="The offer serves the giver's own motive or need.")
    sooner: int = Field(1, ge=0, description="A week sooner.")


class PrivacyThresholds(BaseModel):
    """How small a group may be outside the team, and how long things are kept inside it."""

    model_config = _SETTINGS

    minimum: int = Field(5, ge=3, description="Smallest count that leaves the team.")
    minimum_sensitive: int = Field(10, ge=5, description="The same for sensitive themes.")
    base: int = Field(5, ge=1, description="Counts are rounded to multiples of this.")
    minimum_households: int = Field(
        3, ge=1, description="Smallest number of households behind a count that leaves the team."
    )
    dominance_percent: int = Field(
        50, ge=1, le=100, description="One household may give at most this part of a count."
    )
    p_percent: int = Field(
        10,
        ge=0,
        le=100,
        description="Nobody behind a count may know another's part of it to within this.",
    )
    keep_closed_days: int = Field(
        365, ge=0, description="A closed question is kept so many days after it was closed."
    )
    keep_ended_days: int = Field(
        730, ge=0, description="What ended, a decision or an earlier run is kept so many days."
    )
    keep_observations_days: int = Field(
        365, ge=0, description="Who an observation is about is kept so many days."
    )
    keep_people_days: int = Field(
        365, ge=0, description="Somebody of whom nothing is open any more is kept so many days."
    )


class SolverLimits(BaseModel):
    """How long a run may think."""

    model_config = _SETTINGS

    time_limit: float = Field(60.0, gt=0, description="Emergency exit, in seconds.")
    work_limit: float | None = Field(None, gt=0, description="Limit in the solver's own work.")
    options_per_need: int = Field(
        60, ge=1, description="At most so many plans are weighed for one need and occurrence."
    )


def _default_waiting() -> dict[Rung, int]:
    return {
        Rung.OWN_NETWORK: 7,
        Rung.NEIGHBOUR: 7,
        Rung.INITIATIVE: 7,
        Rung.VOLUNTEER: 14,
    }


class Policy(BaseModel):
    """The choices of one team; every field can be set in ``team.toml``.

    Examples
    --------
    >>> Policy().horizon_weeks
    5
    >>> Policy(waiting_days={"volunteer": 21}).waiting_days["neighbour"]
    7
    """

    model_config = _SETTINGS

    language: str = Field("nl", pattern="^(nl|en)$", description="Language of what people read.")
    zone: str = Field("Europe/Amsterdam", description="Time zone of all wall-clock times.")
    horizon_weeks: int = Field(5, ge=1, le=26, description="How far a run looks ahead, in weeks.")
    waiting_days: dict[Rung, int] = Field(
        default_factory=_default_waiting,
        description="How many days each step of the ladder is waited for before the next opens.",
    )
    levels: tuple[Level, ...] = Field(
        (Level.MET, Level.LADDER, Level.CONTINUITY, Level.FIT, Level.LOAD, Level.ORDER),
        description="What is best, most important first; met comes first and order last.",
    )
    reserved: tuple[str, ...] = Field((), description="Categories for professionals, in addition.")
    not_reserved: tuple[str, ...] = Field(
        (), description="Categories that this team does not keep for professionals."
    )
    training_required: tuple[str, ...] = Field(
        (), description="Categories for which a resident needs a training before they count."
    )
    minors: bool = Field(False, description="Whether people under age may be proposed.")
    minor_categories: tuple[str, ...] = Field(
        (), description="The categories in which people under age may be proposed."
    )
    hours_hard: bool = Field(True, description="Whether hours a week are a limit or a warning.")
    purposes_apart: bool = Field(
        True, description="Whether hours meant for one purpose are kept for it."
    )
    default_per_week: int = Field(
        1, ge=0, description="Plans a week of somebody who has not said how many."
    )
    split_long: bool = Field(
        True, description="Whether a long question may be shared by people who help for short."
    )
    split_hours: bool = Field(
        True, description="Whether people may come one after another for one question."
    )
    declined_days: int = Field(
        182, ge=0, description="So many days a refused proposal is not made again."
    )
    not_now_days: int = Field(28, ge=0, description="The same after 'not now'.")
    ending_soon_days: int = Field(
        35, ge=0, description="From so many days before somebody stops, a successor is looked for."
    )
    ride_margin_minutes: int = Field(
        15, ge=1, description="Time a driver needs before the start and after the end."
    )
    help_hours: float = Field(1.0, gt=0, description="How long a need takes that does not say it.")
    activity_minutes: int = Field(
        120, ge=1, description="How long an activity lasts that does not say it."
    )
    sheets: bool = Field(
        True,
        description="Whether a week writes a sheet for each helper and each initiative.",
    )
    distances: Distances = Field(default_factory=Distances, description="Distances.")
    fit: FitWeights = Field(default_factory=FitWeights, description="Weights inside `fit`.")
    privacy: PrivacyThresholds = Field(
        default_factory=PrivacyThresholds, description="Privacy thresholds."
    )
    solver: SolverLimits = Field(default_factory=SolverLimits, description="Solver limits.")
    signals: SignalSettings = Field(
        default_factory=SignalSettings, description="What becomes a signal."
    )

    @field_validator("levels")
    @classmethod
    def _levels_whole(cls, levels: tuple[Level, ...]) -> tuple[Level, ...]:
        if sorted(levels) != sorted(Level):
            raise ValueError("every level must be named once")
        if levels[0] is not Level.MET or levels[-1] is not Level.ORDER:
            raise ValueError("met must come first and order last")
        return levels

    @field_validator("waiting_days")
    @classmethod
    def _days_whole(cls, days: dict[Rung, int]) -> dict[Rung, int]:
        if any(n < 0 for n in days.values()):
            raise ValueError("waiting days cannot be negative")
        return {**_default_waiting(), **days}
