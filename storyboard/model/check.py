"""The written wishes about the check: what is not to be told, and in which language. Knows no rule."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema

from storyboard.codes import CODES
from storyboard.model.base import Written
from storyboard.model.checks import refuse

_GUEST = re.compile(r"[A-Z][A-Z0-9]{1,15}-[0-9]{1,4}")
"""Codes of rules that others bring: `ACME-7`."""


_DIGITS = str.maketrans("OОIL", "0011")
"""Letters, one of them Cyrillic, that are typed for digits."""


def doubt(text: object) -> str:
    """Check that a text is the code of a doubt; raises the error that becomes a diagnostic for anything else."""
    code = str(text).strip().upper()
    if _GUEST.fullmatch(code) or (code in CODES and code.startswith("W")):
        return code
    if code in CODES:
        raise refuse(f"{code} is an error, which cannot be switched off", "mend it; only doubts (W...) can be", "E172")
    # Codes mean nothing by their digits: only what was taken for a digit is guessed.
    near = code[:1] + code[1:].translate(_DIGITS)
    hint = f"did you mean {near}? " if near in CODES else ""
    raise refuse(f"'{str(text)[:40]}' is not the code of a doubt", f"{hint}codes look like W221", "E172")


def _tongue(text: object) -> str:
    word = str(text).strip().lower()
    if word in ("en", "english", "английский"):
        return "en"
    if word in ("ru", "russian", "русский"):
        return "ru"
    raise refuse(f"'{str(text)[:40]}' is not a language of the check", "write en or ru", "E135")


class WrittenCheck(Written):
    """What `check` is to leave unsaid, and in which language it speaks."""

    off: (
        list[
            Annotated[
                str,
                PlainValidator(doubt),
                WithJsonSchema({"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9]*-?[0-9]+$", "examples": ["W221"]}),
            ]
        ]
        | None
    ) = Field(None, max_length=200, description="Codes of doubts that are not told: [W221, W206]; errors always are.")
    language: Annotated[str, PlainValidator(_tongue), WithJsonSchema({"enum": ["en", "ru"]})] | None = Field(
        None, description="Language of what is told: en or ru; left out, the film's."
    )
