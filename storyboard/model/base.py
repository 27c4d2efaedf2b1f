"""What all written models share: unknown keys are refused, and bare text may stand for a mapping.

Knows no key of a storyboard.
"""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema


class Written(BaseModel):
    """A mapping that a person types; nothing is filled in, an absent key is None or empty."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, protected_namespaces=(), defer_build=True)

    shorthand: ClassVar[str] = ""
    """The key that a bare text stands for, or ""."""

    @model_validator(mode="before")
    @classmethod
    def _expand_shorthand(cls, data: Any) -> Any:
        """Take a bare text as a mapping with one key."""
        if cls.shorthand and isinstance(data, (str, int, float)) and not isinstance(data, bool):
            return {cls.shorthand: data}
        return data

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Offer the bare text beside the mapping."""
        schema = handler(core_schema)
        if not cls.shorthand:
            return schema
        resolved = handler.resolve_ref_schema(schema)
        text = dict(resolved["properties"][cls.shorthand])
        described: dict[str, Any] = {key: resolved.pop(key) for key in ("title", "description") if key in resolved}
        mapping = dict(resolved)
        resolved.clear()
        resolved.update(described)
        resolved["anyOf"] = [text, mapping]
        return schema
