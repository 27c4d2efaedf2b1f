"""The JSON Schema of the storyboard, for editors that complete and check while one types.

Made from the written model, so that both cannot drift apart. Pure: returns text, writes nothing.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from storyboard.vocabulary.table import Table, spellings

SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"


def document() -> dict[str, Any]:
    """Return the schema of a storyboard as plain data."""
    from storyboard.model.film import WrittenFilm

    schema = _tidy(WrittenFilm.model_json_schema(by_alias=True))
    schema["properties"]["scenes"] = {
        "description": schema["properties"]["scenes"]["description"],
        "anyOf": [schema["properties"]["scenes"], WrittenFilm.schema_of_scenes()],
    }
    _completed(schema["$defs"])
    return {"$schema": SCHEMA_ID, "title": "workprint storyboard, version 1", **schema, "allOf": [_own_styles_only()]}


def scene_document() -> dict[str, Any]:
    """Return the schema of a scene file as plain data."""
    from storyboard.model.scene import WrittenScene

    schema = _tidy(WrittenScene.model_json_schema(by_alias=True))
    _completed({**schema.get("$defs", {}), "WrittenScene": schema})
    return {"$schema": SCHEMA_ID, "title": "workprint scene, version 1", **schema}


def preset_document() -> dict[str, Any]:
    """Return the schema of a preset as plain data."""
    from storyboard.model.presets import WrittenPreset

    schema = _tidy(WrittenPreset.model_json_schema(by_alias=True))
    return {"$schema": SCHEMA_ID, "title": "workprint preset, version 1", **schema}


def text(of: Literal["film", "scene", "preset"] = "film") -> str:
    """Return a schema as JSON text, the same for the same version of the program."""
    made = {"film": document, "scene": scene_document, "preset": preset_document}[of]()
    return json.dumps(made, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _completed(definitions: dict[str, Any]) -> None:
    """Offer places and roles, which may also be free text, in both languages."""
    from storyboard.vocabulary.places import PLACES
    from storyboard.vocabulary.roles import ROLES

    for model, key, table in (("WrittenScene", "place", PLACES), ("WrittenCharacter", "role", ROLES)):
        if model in definitions:
            definitions[model]["properties"][key]["examples"] = offered(table)


def offered(table: Table) -> list[str]:
    """The words of a table that an editor offers: each canonical one, then what it is usually called in Russian."""
    russian = (spellings(table, word, "ru")[:1] for word in table.canonical)
    return list(dict.fromkeys((*table.canonical, *(word for one in russian for word in one))))


def _own_styles_only() -> dict[str, Any]:
    """A film that names no presets and writes no styles has only those that everybody has."""
    from storyboard.model.fields import OTHER_FORMS
    from storyboard.vocabulary.styles import STYLES

    bundled = {"style": {"anyOf": [{"enum": [*STYLES.canonical, *STYLES.aliases]}, {"pattern": OTHER_FORMS}]}}
    return {
        "if": {"not": {"anyOf": [{"required": ["presets"]}, {"required": ["styles"]}]}},
        "then": {"properties": {**bundled, "scenes": {"items": {"properties": bundled}}}},
    }


def _tidy(schema: Any) -> Any:
    """Take out what only serves Python: null alternatives, null defaults and titles made from field names."""
    if isinstance(schema, list):
        return [_tidy(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    tidy = {key: _tidy(value) for key, value in schema.items() if not (key == "default" and value is None)}
    if isinstance(tidy.get("title"), str):
        del tidy["title"]
    if "oneOf" in tidy:
        tidy["anyOf"] = tidy.pop("oneOf")
        tidy.pop("discriminator", None)
    choices = tidy.get("anyOf")
    if isinstance(choices, list):
        left = [choice for choice in choices if choice != {"type": "null"}]
        if len(left) == 1:
            del tidy["anyOf"]
            tidy = {**left[0], **tidy}
        else:
            tidy["anyOf"] = left
    return tidy
