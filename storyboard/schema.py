"""The JSON Schema of the storyboard, for editors that complete and check while one types.

Made from the written model, so that both cannot drift apart. Pure: returns text, writes nothing.
"""

from __future__ import annotations

import json
from typing import Any

SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"


def document() -> dict[str, Any]:
    """Return the schema of a storyboard as plain data."""
    from storyboard.model.film import WrittenFilm
    from storyboard.vocabulary.places import PLACES
    from storyboard.vocabulary.roles import ROLES

    schema = _tidy(WrittenFilm.model_json_schema(by_alias=True))
    schema["properties"]["scenes"] = {
        "description": schema["properties"]["scenes"]["description"],
        "anyOf": [schema["properties"]["scenes"], WrittenFilm.schema_of_scenes()],
    }
    definitions = schema["$defs"]
    definitions["WrittenScene"]["properties"]["place"]["examples"] = list(PLACES.canonical)
    person = definitions["WrittenCharacter"]["properties"]
    person["role"]["examples"] = list(ROLES.canonical)
    return {"$schema": SCHEMA_ID, "title": "workprint storyboard, version 1", **schema}


def text() -> str:
    """Return the schema as JSON text, the same for the same version of the program."""
    return json.dumps(document(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


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
