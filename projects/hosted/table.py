"""What is written about hosted services: their models, limits and prices, as data with dates.

The models of the written table; nothing here speaks to a service. Read by `catalogue`.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _day(value: object) -> object:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _exact(value: object) -> object:
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


Day = Annotated[dt.date, BeforeValidator(_day)]
Dollars = Annotated[Decimal, BeforeValidator(_exact), Field(ge=0)]


class Price(_Entry):
    """What something costs."""

    per: Literal["second", "clip", "character", "minute"]
    """Of what a unit is counted: `second`, `clip`, `character` or `minute`."""
    usd: dict[str, Dollars]
    """US dollars for a unit, by resolution where that matters, `""` else."""
    silent: dict[str, Dollars] = {}
    """The same without sound, where that costs less."""
    picture: Dollars = Decimal(0)
    """What each picture that is sent costs besides."""
    as_of: Day
    """The day on which that was so, as `2026-11-01`; after ninety days a price counts as old."""
    source: str
    """Who says so."""


class Quota(_Entry):
    """So much of something in each day or month, for the whole account or for one model."""

    scope: Literal["account", "model"] = "account"
    """Of a service: for the `account`, or for each `model` by itself."""
    limit: Dollars
    """How much."""
    unit: Literal["clips", "seconds", "credits", "usd"] = "clips"
    """Of what: `clips`, `seconds`, `credits` or `usd`."""
    period: Literal["day", "month"] = "month"
    """In each `day` or `month`."""


class Span(_Entry):
    """Every whole number of seconds from one to another."""

    least: float = Field(gt=0)
    most: float = Field(gt=0)
    step: float = Field(default=1.0, gt=0)


class Model(_Entry):
    """One model of a service: what a scene may ask of it, what it costs, and whether it is still there."""

    title: str = ""
    """What people call it."""
    id: str = ""
    """The service's own name of it; "" is the entry's."""
    media: Literal["video", "speech", "music", "effects"] = "video"
    """What it makes: `video`, `speech`, `music` or `effects`."""
    aliases: tuple[str, ...] = ()
    """Other names by which it is found."""
    modes: tuple[Literal["text", "image"], ...] = ("text",)
    """What a clip may begin with: `text` (words alone), `image` (a picture)."""
    seconds: tuple[float, ...] | Span = ()
    """The lengths that can be asked for: a list, or `{least: 2, most: 10}`."""
    sizes: dict[str, dict[str, tuple[int, int]]] = {}
    """Resolution (`720p`) -> shape (`16:9`) -> pixels."""
    framed_sizes: dict[str, dict[str, tuple[int, int]]] = {}
    """The same for clips that begin with a picture, where it differs."""
    follows: bool = False
    """Whether a clip that begins with a picture has that picture's shape, whatever is asked."""
    first: bool = False
    """Whether it takes a picture at the start."""
    last: bool = False
    """Whether it takes one at the end, beside one at the start."""
    middle: int = 0
    """How many pictures may stand between the first and the last."""
    references: int = 0
    """How many pictures of characters it looks at."""
    references_beside: Literal["anything", "words", "frames"] = "anything"
    """What pictures of characters may stand beside: anything, words alone, or only pictures that are frames."""
    pictures: int = 0
    """How many pictures may be sent together; 0 is no limit besides those of each kind."""
    audio: Literal["none", "toggle", "always"] = "none"
    """Sound with the pictures: `none`, `toggle` (where the author wants it) or `always`."""
    seed: bool = False
    """Whether it takes a seed."""
    negative: bool = False
    """Whether it reads what must be left out."""
    prompt: int = 0
    """Characters of a prompt, in UTF-16 units; 0 is not known."""
    rate: int = 24
    """Frames a second of what comes."""
    settings: dict[str, Literal["text", "number", "switch"]] = {}
    """Further settings of the service that an author may write under `model:`."""
    words: dict[str, str] = {}
    """How the service wants to be told, where its models differ; only its own adapter reads it."""
    price: Price | None = None
    """See below; without one, nothing is bought unless a person says so."""
    quotas: tuple[Quota, ...] = ()
    """See below."""
    retired_on: Day | None = None
    """From this day on it is not there any more."""
    successor: str = ""
    """What is taken in its place then: `model`, or `service/model`."""
    note: str = ""
    """What else people should know."""


class ServiceEntry(_Entry):
    """One service: where its key is looked for, where its jobs can be seen, and what it offers."""

    title: str
    """What people call it."""
    keys: tuple[str, ...] = ()
    """Environment variables of its key, the first one that is set wins; `ID:SECRET` means both, joined by a colon."""
    key_optional: bool = False
    """Whether it may also be open to everybody who can reach it."""
    extra: str = ""
    """The extra of this distribution that brings its library."""
    url: str = ""
    """Where it listens, where that is not what its library knows."""
    console: str = ""
    """Where a person can see the jobs of the account."""
    account: str = "default"
    """What the account is called in ledgers; keys of one account may change."""
    charges_failures: bool = True
    """Whether a job that failed may have cost something; the cautious answer unless its makers say otherwise."""
    credit: Dollars = Decimal(0)
    """What one of its credits costs, where it counts in credits."""
    look_every: float = Field(default=5.0, gt=0)
    """Seconds between two looks at a job."""
    default: str = ""
    """The model that is meant where none is named."""
    quotas: tuple[Quota, ...] = ()
    """See below."""
    models: dict[str, Model] = {}
    """Its models by name."""


class Name(_Entry):
    """A name that people know from elsewhere, and what makes its clips now."""

    service: str
    """Whose clips are meant now."""
    model: str = ""
    """Which of its models, "" for the usual one."""
    retired_on: Day | None = None
    """When what the name meant was given up."""
    note: str = ""
    """What else people should know."""


class Table(_Entry):
    """The whole table."""

    services: dict[str, ServiceEntry] = {}
    names: dict[str, Name] = {}
