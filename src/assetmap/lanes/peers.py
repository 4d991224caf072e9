"""Several people in the same situation, by their own choice: they could be put in touch."""

from __future__ import annotations

import datetime as dt

from assetmap.lanes.card import Basis, Card, Lane, card_id
from assetmap.lanes.lines import Line, Word
from assetmap.lanes.parts import addressed, around, members_of, whoms
from assetmap.lanes.results import Lack, LaneResult, cannot_say, looked
from assetmap.lanes.scene import Scene
from assetmap.lanes.situations import Situation, situations
from assetmap.model import SignalSettings
from assetmap.texts import tag_name

__all__ = ["look"]

VERSION = "peers 1"
_PEERS = "peer_contact"


def look(scene: Scene, settings: SignalSettings) -> LaneResult:
    """Return a card for each situation that came up in several households lately.

    1. It came up when somebody asked something in the last `peers_days`, and chose to share the
       situation: in the `context` of the question, or as an experience on which they may be
       introduced (``tag:yes``). Nothing else counts; nobody is put in a group by us.
    2. With `households` or more of them, and three people or more who may all be introduced to
       each other, it proposes one group, in which everybody gives and receives.

    A sensitive question does not count, nor one that should stay outside the own circle.
    """
    chosen = any(need.context for need in scene.needs) or any(
        yes for person in scene.hood.people for _, yes in person.experiences or ()
    )
    if not chosen:
        return cannot_say(Lane.PEERS, Lack.NOT_ASKED)
    found, streams = situations(
        scene.hood,
        scene.asof,
        days=settings.peers_days,
        households=settings.households,
        network=scene.network(scene.asof),
    )
    return looked(Lane.PEERS, [_card(scene, settings, each) for each in found], streams=streams)


def _card(scene: Scene, settings: SignalSettings, found: Situation) -> Card:
    needs = tuple(f"need:{need}" for need in found.needs)
    others = tuple(node for node in found.group if node not in found.askers)
    evidence = (*needs, *others)
    names = tuple(whom.name for whom in whoms(scene, found.group) if whom.name is not None)
    area = found.areas[0] if len(found.areas) == 1 else None
    near = around(scene, _PEERS, area)
    near["nearby"] = tuple(each for each in near["nearby"] if each.owner not in found.group)
    return Card(
        card=card_id(Lane.PEERS, found.tag),
        lane=Lane.PEERS,
        what=Line.of(
            "lane_peers.what",
            tag=Word(tag_name(found.tag, "nl"), tag_name(found.tag, "en")),
            n=found.households,
            weeks=settings.peers_days // 7,
        ),
        first=scene.asof - dt.timedelta(days=settings.peers_days - 1),
        last=scene.asof,
        latest=found.latest,
        count=len(found.needs),
        people=len(found.group),
        households=found.households,
        basis=Basis(Line.of("lane_peers.rule", n=settings.households), VERSION),
        evidence=evidence,
        members=members_of(scene, evidence),
        sensitive=True,
        steps=(
            Line.of("lane_peers.group", n=len(found.group), names=names),
            Line.of("lane_peers.ask_each"),
            Line.of("lane_peers.each_gives"),
        ),
        others=(
            Line.of("lane_peers.not_the_same"),
            Line.of("lane_peers.perhaps_met"),
        ),
        **near,
        **addressed(scene, found.group),
    )
