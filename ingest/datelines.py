"""Where an outlet reports from: "BAGHDAD, Iraq (AP)", "Sofia, February 15 (BTA) --", "Paris AFP in English"."""

from ingest.scene import AREA_TYPES, Scene


def find_datelines(scene: Scene) -> None:
    """Read "BAGHDAD, Iraq (AP)", "Sofia, February 15 (BTA) --", "Paris AFP in English": an agency reports from there."""
    doc = scene.doc
    for index in scene.here:
        mention = scene.mentions[index]
        if mention.type not in {"media", "organization"} or mention.start_token > 14:
            continue
        end = mention.end_token
        after = doc[end].text if end < len(doc) else ""
        position = mention.start_token
        bracketed = position > 0 and doc[position - 1].text == "(" and after == ")"
        monitored = after == "in" and mention.type == "media"
        if not (
            bracketed or monitored or (after in {"--", "-", "\u2014", "\u2013"} and mention.type == "media")
        ):
            continue
        position -= bracketed
        while position and (
            doc[position - 1].like_num
            or doc[position - 1].ent_type_ == "DATE"
            or doc[position - 1].text in {",", "."}
        ):
            if scene.find_ending_at(position) is not None:
                break
            position -= 1
        _add_places_before(scene, index, position)


def _add_places_before(scene: Scene, outlet: int, position: int) -> None:
    place = scene.find_ending_at(position)
    while place is not None and scene.mentions[place].type in AREA_TYPES:
        scene.add(outlet, "located-in", "operates-in", place, scene.get_head(place), 0.7, "name:dateline")
        position = scene.mentions[place].start_token
        place = (
            scene.find_ending_at(position - 1) if position and scene.doc[position - 1].text == "," else None
        )
