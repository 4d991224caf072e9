"""What becomes a signal: the section ``[signals]`` of a team's settings."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from assetmap.model.words import Lane

__all__ = ["SignalSettings"]


class SignalSettings(BaseModel):
    """What a team agreed on about signals; every field can be set under ``[signals]``.

    Examples
    --------
    >>> SignalSettings().households, SignalSettings().window_days
    (3, 21)
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    budget: int = Field(
        5, ge=0, le=50, description="So many cards a meeting at most; agreements stand apart."
    )
    off: tuple[Lane, ...] = Field((), description="Lanes that this team does not use.")
    window_days: int = Field(
        21, ge=1, le=182, description="So many days are looked at together, to the day itself."
    )
    households: int = Field(
        3, ge=2, le=100, description="So many households that ask the same make an agreement."
    )
    common_times_a_year: float = Field(
        12.0,
        gt=0,
        description="Where chance alone would make an agreement more often, none is made of it.",
    )
    baseline_weeks: int = Field(
        26, ge=3, le=260, description="With so many weeks before it a window is compared."
    )
    people: int = Field(
        3, ge=1, le=100, description="Fewer people than this are never unusual, nor a slow growth."
    )
    alpha: float = Field(
        0.05, gt=0, lt=1, description="How often chance may make one theme look unusual."
    )
    false_share: float = Field(
        0.2, gt=0, lt=1, description="At most this share of such cards is chance, on average."
    )
    growth_ratio: float = Field(
        1.5, gt=1, le=10, description="So many times the usual is looked for as slow growth."
    )
    growth_limit: float = Field(
        5.0, gt=0, le=20, description="How much evidence of growth makes a signal, as a logarithm."
    )
    visit_days: int = Field(
        91, ge=1, le=365, description="So many days a complaint asks for a visit."
    )
    remember_days: int = Field(
        182, ge=1, le=3650, description="So many days a card is remembered after a meeting."
    )
    look_back_days: int = Field(
        42, ge=1, le=365, description="So many days after a card is picked up it is looked back on."
    )
    fewest: int = Field(
        10, ge=5, le=1000, description="Groups and streets smaller than this are not compared."
    )
    few_ties: int = Field(
        1, ge=0, le=5, description="With at most so many ties somebody is nearly alone."
    )
    less_alone_days: int = Field(
        56, ge=1, le=365, description="Over so many days it is looked who got more ties."
    )
    cut_off_share: float = Field(
        1 / 3, gt=0, lt=1, description="A group leans on who keeps this part of it together."
    )
    group_people: int = Field(
        5, ge=3, le=100, description="A group of fewer people than this always leans on somebody."
    )
    still_days: int = Field(
        365, ge=1, le=3650, description="After so many days without anybody new it is told."
    )
    scan_days: int = Field(
        365, ge=1, le=3650, description="A door-to-door scan is told for so many days."
    )
    heard_days: int = Field(
        182, ge=1, le=3650, description="Who said something within so many days was heard."
    )
    quiet_days: int = Field(
        42, ge=7, le=365, description="A channel is quiet when little came for so many days."
    )
    list_weeks: int = Field(
        8, ge=4, le=52, description="Over so many weeks the list of open questions is followed."
    )
    waits_weeks: int = Field(
        13, ge=4, le=104, description="Questions of so many weeks are compared with those before."
    )
    community_share: float | None = Field(
        None,
        gt=0,
        le=1,
        description="Part of the hours for cases and community that is meant for the community; "
        "without it, what the memberships of the team say.",
    )
    hours_weeks: int = Field(
        4, ge=3, le=26, description="So many weeks of hours are looked at together."
    )
    peers_days: int = Field(
        56, ge=7, le=365, description="A situation that comes up within so many days is shared."
    )
    place_days: int = Field(14, ge=7, le=91, description="In one corner, for at most so many days.")
    place_areas: int = Field(
        4, ge=1, le=12, description="A corner is at most so many areas beside each other."
    )
    replicates: int = Field(
        999, ge=99, le=99_999, description="So often chance is imitated, to compare with."
    )
