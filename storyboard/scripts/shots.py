"""Shot lists: tables (CSV, TSV) and JSON, one row or one object a shot, with headings in English or Russian.

A shot becomes a scene. Columns and keys that are not known are told; so is every value that the vocabulary lacks.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from storyboard.errors import UnreadableError
from storyboard.scripts.adaptation import Adapted, part
from storyboard.scripts.headings import read_heading, told_by
from storyboard.scripts.names import Actor, fold, free, named_in, slug, spoken_name
from storyboard.scripts.phrasing import LONGEST_TEXT, emotion_of, manner_of, parted, sentences, transition_of, unquoted
from storyboard.scripts.script import Remark
from storyboard.time import duration, spell
from storyboard.vocabulary.cameras import CAMERAS
from storyboard.vocabulary.effects import EFFECTS
from storyboard.vocabulary.roles import ROLES
from storyboard.vocabulary.shots import SHOTS
from storyboard.vocabulary.table import Table, find, spot
from storyboard.vocabulary.times import TIMES

CODE = "E104"
MOST_ROWS = 2000

KEYS = {
    "id": "id,name,shot name,slug,код,имя",
    "scene": "scene,scene number,scene num,sc,сцена,номер сцены",
    "number": "shot,shot id,shot number,shot num,shot no,number,no,#,кадр,номер,номер кадра,№",
    "heading": "heading,slugline,scene heading,заголовок",
    "place": "place,location,set,setting,место,локация,объект,место действия",
    "time": "time,time of day,day/night,время,время суток,режим",
    "shot": "size,shot size,framing,shot type,type,план,крупность,тип плана",
    "camera": "camera,camera move,movement,camera movement,move,angle,камера,движение камеры,движение",
    "prompt": "prompt,description,action,visual,what we see,shot description,first frame,image prompt,picture,content"
    ",описание,действие,содержание,изображение,картинка,что видим,кадр описание",
    "motion": "video prompt,motion,motion prompt,animation,движение в кадре,видео",
    "who": "character,characters,cast,who,subject,speaker,персонаж,персонажи,герой,герои,кто,кто говорит",
    "lines": "dialogue,dialog,line,lines,voice over,voiceover,vo,narration,speech,text,audio,say"
    ",реплика,реплики,диалог,текст,закадровый текст,речь,слова",
    "emotion": "emotion,mood,feeling,эмоция,настроение,чувство",
    "length": "duration,length,seconds,sec,time (s),duration (s),длительность,длина,хронометраж,секунды,сек",
    "sounds": "sound,sounds,sfx,effects,sound effects,звук,звуки,шумы,эффекты",
    "transition": "transition,cut,переход,склейка",
    "negative": "negative,negative prompt,негатив",
}
"""What each key of a scene may be called at the head of a column, separated by commas."""

_NAMES = {fold(name): key for key, names in KEYS.items() for name in names.split(",")}
_PORTRAIT = re.compile(r"((?:[A-ZА-ЯЁ][\w'’-]+ ){0,3}[A-ZА-ЯЁ][\w'’-]+) \(([^()]{12,400})\)")
_SPOKEN = re.compile(
    r"^\s*(?P<who>[A-ZА-ЯЁ][\w .'’-]{0,40}?)\s*(?:\((?P<manner>[^()]*)\))?\s*:\s*(?P<say>\S.*)$", re.DOTALL
)
_SECONDS = re.compile(r"^\s*(\d+(?:[.,]\d+)?)\s*(?:s|sec|secs|seconds|с|сек|секунд\w*)?\.?\s*$", re.IGNORECASE)


def read_table(text: str) -> tuple[list[tuple[int, dict[str, str]]], list[Remark]]:
    """The rows of a table by key, with their lines; raises UnreadableError where it has no column that is known."""
    sample = text[:8192]
    try:
        dialect: Any = csv.Sniffer().sniff(sample, delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel_tab if "\t" in sample else csv.excel
    table = csv.reader(io.StringIO(text), dialect)
    try:
        heads = next(table, [])
        keys, remarks = _columns(heads)
        rows = [
            (table.line_num, {key: cell.strip() for key, cell in zip(keys, row, strict=False) if key and cell.strip()})
            for row in table
        ]
    except csv.Error as problem:
        raise UnreadableError(
            f"line {table.line_num} is no row of a table: {problem}", "save it as CSV", CODE
        ) from problem
    told = [row for row in rows if row[1]]
    if not told:
        raise UnreadableError("the table holds no shots", "write a row for each shot below the heads", CODE)
    return told, remarks


def _columns(heads: Sequence[str]) -> tuple[list[str], list[Remark]]:
    keys = [_NAMES.get(fold(head.replace("_", " ").strip(" *:")), "") for head in heads]
    unknown = [head for head, key in zip(heads, keys, strict=True) if head.strip() and not key]
    remarks = [Remark(1, head, "a column that is not known; its cells were left out") for head in unknown]
    if not {"prompt", "lines", "motion", "heading"} & set(keys):
        raise UnreadableError(
            "no column says what is seen or said",
            "head the columns: scene, place, time, shot, camera, description, character, dialogue, duration, sound",
            CODE,
        )
    return keys, remarks


def read_objects(text: str) -> tuple[str, list[tuple[int, dict[str, str]]], list[Remark]]:
    """The title and the shots of a JSON shot list; a shot knows the keys of what it lies in."""
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise UnreadableError("the file is not well-formed JSON", "save it anew", CODE) from problem
    remarks: dict[str, None] = {}
    rows = list(_shots(value, {}, remarks, 0))
    if not rows:
        raise UnreadableError(
            "the file holds no shots", "a shot list is a list of objects with a description or a line each", CODE
        )
    title = next((str(value[key]) for key in ("title", "name") if isinstance(value, dict) and value.get(key)), "")
    told = [Remark(0, key, "a key that is not known; its values were left out") for key in remarks]
    return title, [(0, row) for row in rows], told


def _shots(value: Any, around: Mapping[str, str], remarks: dict[str, None], depth: int) -> Iterator[dict[str, str]]:
    if depth > 12:
        return
    if isinstance(value, list):
        for one in value:
            yield from _shots(one, around, remarks, depth + 1)
        return
    if not isinstance(value, dict):
        return
    own = dict(around)
    inner: list[Any] = []
    for name, item in value.items():
        key = _NAMES.get(fold(str(name).replace("_", " ")), "")
        if isinstance(item, list | dict) and not (isinstance(item, list) and all(isinstance(x, str) for x in item)):
            inner.append(item)
        elif key and item is not None:
            own[key] = "; ".join(item) if isinstance(item, list) else str(item).strip()
        elif item not in (None, "") and depth:
            remarks[str(name)] = None
    below = [
        row for item in inner for row in _shots(item, {k: v for k, v in own.items() if k in _KEPT}, remarks, depth + 1)
    ]
    yield from below
    if not below and {"prompt", "lines", "motion"} & own.keys():
        yield own


_KEPT = frozenset({"scene", "place", "time", "heading"})
"""What a shot inherits from the scene that it lies in."""


def adapt_shots(rows: Iterable[tuple[int, Mapping[str, str]]], remarks: Iterable[Remark], *, title: str) -> Adapted:
    """The storyboard of a shot list."""
    told = list(remarks)
    listed = list(rows)
    if len(listed) > MOST_ROWS:
        told.append(Remark(0, "", f"only the first {MOST_ROWS} of {len(listed)} shots were taken"))
    listed = _placed(listed[:MOST_ROWS])
    people = _people(listed)
    taken: set[str] = set()
    scenes = [_scene(line, row, people, taken, told) for line, row in listed]
    text = " ".join(value for _, row in listed for value in row.values())
    cyrillic = len(re.findall("[а-яё]", text, re.IGNORECASE)) > len(re.findall("[a-z]", text, re.IGNORECASE))
    if scenes and not str(scenes[-1].get("transition", "fade")).startswith("fade"):
        told.append(Remark(0, str(scenes[-1].pop("transition")), "no scene follows; the film ends with a cut"))
    document: dict[str, Any] = {
        "workprint": 1,
        "title": title[:200] or "Untitled",
        "language": "ru" if cyrillic else "en",
    }
    if people:
        document["characters"] = {
            one.id: {
                key: value for key, value in (("name", one.name), ("role", one.role), ("looks", one.looks)) if value
            }
            for one in people
        }
    return Adapted({**document, "scenes": scenes}, tuple(told))


def _placed(rows: Sequence[tuple[int, Mapping[str, str]]]) -> list[tuple[int, Mapping[str, str]]]:
    """The shots, where no place is written in that of their scene: what the first of its shots tells."""
    known: dict[str, str] = {}
    for _, row in rows:
        told = told_by(f"{row.get('prompt', '')} {row.get('motion', '')}").place
        if row.get("scene") and told and not (row.get("place") or row.get("heading")):
            known.setdefault(row["scene"], told)
    return [
        (line, row)
        if row.get("place") or row.get("heading") or row.get("scene", "") not in known
        else (line, {**row, "place": known[row["scene"]]})
        for line, row in rows
    ]


def _people(rows: Sequence[tuple[int, Mapping[str, str]]]) -> list[Actor]:
    """Everybody who is named in a column of characters, speaks, or is described in brackets behind a name."""
    found: dict[str, tuple[str, str, str]] = {}
    for _, row in rows:
        for name, about in _PORTRAIT.findall(" ".join((row.get("prompt", ""), row.get("motion", "")))):
            # The title before a name says more than "adult man" in the brackets behind it.
            if role := spot(ROLES, name) or spot(ROLES, about):
                bare = _untitled(name)
                found.setdefault(fold(bare), (bare, about, role))
        for name in re.split(r"\s*[,;/&\n]\s*", row.get("who", "")):
            if name and fold(name) not in ("narrator", "рассказчик", "диктор") and len(name) <= 60:
                found.setdefault(fold(name), (name, "", spot(ROLES, name) or ""))
        for said in _speeches(row.get("lines", "")):
            spoken = _SPOKEN.match(said)
            if spoken and fold(spoken["who"]) not in ("narrator", "vo", "v.o.", "рассказчик", "диктор"):
                found.setdefault(fold(spoken["who"]), (spoken["who"], "", spot(ROLES, spoken["who"]) or ""))
    taken = {"narrator"}
    return [
        Actor(free(slug(name) or "person", taken), spoken_name(name), role, about[:190])
        for name, about, role in found.values()
    ]


def _untitled(name: str) -> str:
    """A name without the role before it: `Detective Mira Chen` is Mira Chen."""
    words = name.split()
    while len(words) > 1 and (spot(ROLES, words[0]) or words[0].lower() in ("witness", "свидетель")):
        words.pop(0)
    return " ".join(words)


def _speeches(text: str) -> list[str]:
    return [
        part.strip() for part in re.split(r"\n+|(?<=[.!?…])\s+(?=[A-ZА-ЯЁ][\w .'’-]{0,30}:\s)", text) if part.strip()
    ]


def _scene(
    line: int, row: Mapping[str, str], people: Sequence[Actor], taken: set[str], told: list[Remark]
) -> dict[str, Any]:
    """One shot as a scene."""
    heading = read_heading(row.get("heading") or row.get("place", ""))
    prose = " ".join(row.get(key, "") for key in ("prompt", "motion"))
    named = "-".join(filter(None, (row.get("scene", ""), row.get("number", ""))))
    prefix = "scene-" if named and row.get("scene") and not row.get("id") else ""
    lines = list(_lines(row, people))
    speaking = {str(line.get("by", "")) for line in lines if isinstance(line, dict)}
    seen = named_in(f"{unquoted(prose)} {row.get('who', '')}", people)
    scene: dict[str, Any] = {
        "id": free(slug(row.get("id", "")) or slug(f"{prefix}{named}") or slug(heading.location) or "shot", taken),
        "heading": row.get("heading", "")[:200],
        "place": heading.place or (row.get("place", "")[:200]),
        "time": _word(TIMES, row.get("time", ""), line, told) or heading.time,
        "length": _seconds(row.get("length", ""), line, told),
        "shot": _word(SHOTS, row.get("shot", ""), line, told) or _framed(row),
        "camera": _word(CAMERAS, row.get("camera", ""), line, told) or spot(CAMERAS, prose) or "",
        "prompt": _without_looks(row.get("prompt") or row.get("motion", ""), people)[:LONGEST_TEXT],
        "negative": row.get("negative", "")[:LONGEST_TEXT],
        "cast": [part(one, [prose], speaks=one.id in speaking) for one in seen[:5]],
        "moments": {"middle": row["motion"][:LONGEST_TEXT]} if row.get("motion") and row.get("prompt") else {},
        "lines": lines,
        "sounds": _sounds(row.get("sounds", ""), line, told),
    }
    if row.get("transition"):
        way, known = transition_of(row["transition"])
        scene["transition"] = way if known and not way.startswith("from") else ""
        if not known:
            told.append(Remark(line, row["transition"], "not known as a transition; a cut stands there"))
    if not (scene["prompt"] or lines):
        scene["prompt"] = heading.location or scene["id"]
    return {key: value for key, value in scene.items() if value}


def _framed(row: Mapping[str, str]) -> str:
    """How much is seen by the words with which a shot's description begins, "" where they do not say."""
    begins = (sentences(row.get(key, ""))[:1] for key in ("prompt", "motion"))
    return next((known for first in begins if first and (known := spot(SHOTS, first[0]))), "")


def _without_looks(prose: str, people: Sequence[Actor]) -> str:
    """A description without the looks in brackets behind the names, which stand with the characters."""
    for one in people:
        prose = prose.replace(f" ({one.looks})", "") if one.looks else prose
    return prose


def _lines(row: Mapping[str, str], people: Sequence[Actor]) -> Iterator[str | dict[str, Any]]:
    known = {fold(one.name): one for one in people}
    only = known.get(fold(row.get("who", "")))
    for said in _speeches(row.get("lines", "")):
        spoken = _SPOKEN.match(said)
        person = known.get(fold(spoken["who"])) if spoken else only
        feeling = manner_of((spoken["manner"] or "") if spoken else "") or emotion_of(row.get("emotion", ""))
        for words in parted((spoken["say"] if spoken else said).strip('"«»“” ')):
            if any(map(str.isalnum, words)):
                line = {"by": person.id if person else "", "say": words, "emotion": feeling if person else ""}
                yield {key: value for key, value in line.items() if value} if person else words


def _word(table: Table, written: str, line: int, told: list[Remark]) -> str:
    """The canonical word of a cell, "" with a remark where the vocabulary lacks it."""
    known = (find(table, written) or spot(table, written) or "") if written else ""
    if written and not known:
        told.append(Remark(line, written, f"not known as a {table.name}"))
    return known


def _seconds(written: str, line: int, told: list[Remark]) -> str:
    if not written:
        return ""
    number = _SECONDS.match(written)
    try:
        seconds = duration(f"{number[1].replace(',', '.')}s" if number else written)
        return spell(seconds) if seconds > 0 else ""
    except UnreadableError as problem:
        told.append(Remark(line, written, f"not read as a length: {problem.message}"))
        return ""


def _sounds(written: str, line: int, told: list[Remark]) -> list[dict[str, str]]:
    found: dict[str, None] = {}
    for named in filter(None, re.split(r"\s*[,;\n]\s*", written)):
        effect = find(EFFECTS, named) or spot(EFFECTS, named)
        if effect:
            found[effect] = None
        else:
            told.append(Remark(line, named, "no sound that can be made without a file"))
    return [{"effect": effect} for effect in found]
