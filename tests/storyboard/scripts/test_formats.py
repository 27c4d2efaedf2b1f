"""What each format of scripts holds, and what becomes of the odd, the broken and the hostile."""

from __future__ import annotations

import contextlib
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.errors import Severity, UnreadableError
from storyboard.film import Film, Fixed
from storyboard.load import read
from storyboard.scripts.adaptation import Adapted
from storyboard.scripts.importing import FORMATS, LARGEST, decoded, import_script
from storyboard.writer import storyboard_text


def imported(text: str | bytes, name: str = "a.fountain", **wishes: Any) -> tuple[Adapted, Film]:
    """The storyboard of a script, and its film without mistakes."""
    adapted = import_script(text.encode() if isinstance(text, str) else text, name, **wishes)
    reading = read(storyboard_text(adapted.document), "storyboard.yaml")
    assert [str(one) for one in reading.diagnostics if one.severity is Severity.ERROR] == []
    assert reading.film is not None
    return adapted, reading.film


def test_a_fountain_script_has_many_kinds_of_parts() -> None:
    """Forced parts, notes, omissions, lyrics, centred text, sections, dual dialogue, brackets behind names."""
    text = """\
Title: Parts
Author: N. N.

# Act one

= What happens

.THE VOID - NIGHT

!INT. is no heading here

/* not
this */

@McCloud (V.O.)
(sadly)
I am _not_ **here**.
(beat)
~ La la.

TOM ^
At once!

> The centre <

[[think about it]]

> SMASH CUT TO:

EXT. FIELD - CONTINUOUS

A THUNDER rolls. Tom runs.

> IRIS OUT.
"""
    adapted, film = imported(text)
    lines = [(line.by.name, line.text, line.emotion, bool(line.pause)) for s in film.scenes for line in s.lines]
    assert lines == [
        ("McCloud", "I am not here.", "sad", True),
        ("McCloud", "La la.", "neutral", False),
        ("Tom", "At once!", "neutral", False),
    ]
    assert any(scene.text == "The centre" for scene in film.scenes)
    assert any("INT. is no heading here" in scene.prompt for scene in film.scenes)
    field = next(scene for scene in film.scenes if scene.heading.startswith("EXT. FIELD"))
    assert (field.place, field.time) == ("meadow", "night")
    assert [sound.effect for sound in field.sounds if not sound.suggested] == ["thunder"]
    assert not any(part.character.name == "McCloud" for scene in film.scenes for part in scene.cast)
    assert {remark.text for remark in adapted.remarks} >= {"Act one", "What happens", "think about it"}


def test_russian_fountain_is_read() -> None:
    """Headings, cues, continued cues, pauses and transitions in Russian."""
    text = (
        "ИНТ. КУХНЯ - НОЧЬ\n\nАНЯ пьёт чай.\n\nАНЯ\n(грустно)\nПора.\n\nПауза.\n\nАНЯ (ПРОД.)\nИду.\n\n"
        "> ЗАТЕМНЕНИЕ\n\nНАТ. ЛЕС. УТРО\n\nТихо.\n"
    )
    _, film = imported(text)
    assert [(scene.place, scene.time) for scene in film.scenes] == [("kitchen", "night"), ("forest", "morning")]
    assert [(line.text, line.emotion, bool(line.pause)) for line in film.scenes[0].lines] == [
        ("Пора.", "sad", True),
        ("Иду.", "sad", False),
    ] or [line.text for line in film.scenes[0].lines] == ["Пора.", "Иду."]
    assert film.scenes[0].transition.kind == "fade"
    assert film.language == "ru"


def test_final_draft_runs_of_text_are_joined() -> None:
    """A paragraph in several runs is one text; centred paragraphs are titles, unknown ones are told and kept."""
    text = """<?xml version="1.0" encoding="UTF-8"?>
<FinalDraft><Content>
<Paragraph Type="Scene Heading"><Text>INT. OFFICE - DAY</Text></Paragraph>
<Paragraph Type="Action"><Text>A man </Text><Text Style="Bold">sits</Text><Text> down.</Text></Paragraph>
<Paragraph Type="Character"><Text>JOE (O.S.)</Text></Paragraph>
<Paragraph Type="Parenthetical"><Text>(angry)</Text></Paragraph>
<Paragraph Type="Dialogue"><Text>Out &amp; </Text><Text>away!</Text></Paragraph>
<Paragraph Type="Weird"><Text>Hm.</Text></Paragraph>
<Paragraph Type="Action" Alignment="Center"><Text>THE END</Text></Paragraph>
</Content><TitlePage><Content><Paragraph><Text>My Film</Text></Paragraph><Paragraph><Text>by</Text></Paragraph>
<Paragraph><Text>Jo Doe</Text></Paragraph></Content></TitlePage></FinalDraft>"""
    adapted, film = imported(text, "a.fdx")
    assert film.scenes[0].prompt == "A man sits down."
    assert [(line.text, line.emotion) for s in film.scenes for line in s.lines] == [("Out & away!", "angry")]
    assert film.scenes[-1].text == "THE END"
    assert (film.title, film.author) == ("My Film", "Jo Doe")
    assert [remark.text for remark in adapted.remarks] == ["Hm."]


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><FinalDraft>&x;</FinalDraft>',
        '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><FinalDraft/>',
        "<?xml version='1.0'?><FinalDraft><Content>",
        "<?xml version='1.0'?>" + "<a>" * 500 + "</a>" * 500,
    ],
)
def test_hostile_final_draft_files_are_refused(text: str) -> None:
    """Document types, entities, broken and endlessly nested files are refused with a remedy."""
    with pytest.raises(UnreadableError) as told:
        import_script(text.encode(), "a.fdx")
    assert told.value.hint


def test_a_table_becomes_scenes() -> None:
    """Columns in English or Russian, any delimiter; what is not known is told with its line."""
    text = (
        "Сцена;План;Камера;Описание;Кто говорит;Реплика;Длительность;Звук;Переход;Бюджет\n"
        "1;крупный план;наезд;Аня у окна;Аня;Пора.;3,5;дождь, флюгер;наплыв;100\n"
        "2;общий план;верчение;Лес ночью;;;4;;;\n"
    )
    adapted, film = imported(text, "a.csv")
    one, two = film.scenes
    assert (one.shot, one.camera) == ("close-up", "dolly in")
    assert [(line.by.name, line.text) for line in one.lines] == [("Аня", "Пора.")]
    assert one.length == Fixed(7 / 2)  # type: ignore[arg-type]
    assert [sound.effect for sound in one.sounds if not sound.suggested] == ["rain"]
    assert one.transition.kind == "crossfade"
    assert two.camera == "static"
    assert {(remark.line, remark.text) for remark in adapted.remarks} == {
        (1, "Бюджет"),
        (2, "флюгер"),
        (3, "верчение"),
    }


def test_a_table_without_anything_to_show_is_refused() -> None:
    """A table of numbers is no shot list, and the columns that would make it one are named."""
    with pytest.raises(UnreadableError, match="no column") as told:
        import_script(b"a,b\n1,2\n", "a.csv")
    assert "description" in told.value.hint
    with pytest.raises(UnreadableError, match="no shots"):
        import_script(b"scene,prompt\n,\n", "a.csv")


def test_a_json_shot_list_may_be_nested_or_flat() -> None:
    """Shots inherit the place of the scene that they lie in; a flat list works as well."""
    text = '{"title":"T","scenes":[{"location":"forest","shots":[{"description":"A fox."},{"description":"Two."}]}]}'
    _, film = imported(text, "a.json")
    assert [(scene.place, scene.prompt) for scene in film.scenes] == [("forest", "A fox."), ("forest", "Two.")]
    assert imported('[{"dialogue":"ADA: Hello."}]', "b.json")[1].scenes[0].lines[0].by.name == "Ada"
    for broken in ("{", "[]", '{"a":1}', "[" * 3000):
        with pytest.raises(UnreadableError):
            import_script(broken.encode(), "c.json")


def test_subtitles_keep_their_times() -> None:
    """Cues near one another are one scene, silences pauses, a long silence another scene; names and sounds are read."""
    text = (
        "1\n00:00:01,000 --> 00:00:02,500\nANNA: <i>Hello.</i>\n\n2\n00:00:03,000 --> 00:00:04,000\nWho is it?\n\n"
        "3\n00:00:04,500 --> 00:00:05,000\n[thunder]\n\n4\n00:00:10,000 --> 00:00:12,000\nThe end.\n"
    )
    _, film = imported(text, "a.srt")
    first, second = film.scenes
    assert [(line.by.name, line.text) for line in first.lines] == [("Anna", "Hello."), ("", "Who is it?")]
    assert first.lines[0].pause > 1
    assert first.length == Fixed(Fraction("9.65"))
    assert second.length == Fixed(Fraction("2.85"))
    with pytest.raises(UnreadableError):
        import_script(b"no subtitles", "a.srt")


def test_plain_dialogue_is_read() -> None:
    """`NAME: words` and a name on its own line, with stage directions in brackets."""
    text = "ANNA: Hello. (Laughs.)\nBEN: Who?\n\nANNA\nMe. (beat) Only me.\n\n(They leave.)\n"
    _, film = imported(text, "a.txt")
    lines = [(line.by.name, line.text) for scene in film.scenes for line in scene.lines]
    assert lines == [("Anna", "Hello."), ("Ben", "Who?"), ("Anna", "Me."), ("Anna", "Only me.")]
    assert any(line.pause for scene in film.scenes for line in scene.lines)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_old_encodings_are_read_and_told(encoding: str) -> None:
    """A Russian text in any usual encoding arrives whole; a guess is told."""
    text = "Аня. Я не знаю, что он сказал, и мне всё равно.\nБорис. А я знаю, и не скажу на этот раз.\n"
    adapted, film = imported(text.encode(encoding), "a.txt", kind="play")
    assert next(line.text for scene in film.scenes for line in scene.lines).startswith("Я не знаю")
    assert bool([one for one in adapted.remarks if "UTF-8" in one.why]) == (encoding in ("cp1251", "koi8-r"))


def test_signs_that_hide_are_left_out() -> None:
    """Control characters and marks that turn text around do not reach the storyboard; that is told."""
    text, remarks = decoded("INT. A\u202eB - DAY\x00".encode())
    assert text == "INT. AB - DAY"
    assert remarks


def test_names_that_are_taken_or_mean_something_get_ids_of_their_own() -> None:
    """Ids are unique, no reserved words, and no names that are not files everywhere."""
    cues = ["NUL", "NARRATOR", "A.B.", "A B", "A-B", "!!!A"]
    text = "INT. CON - DAY\n\nx\n\n" + "\n\n".join(
        f"{'@' if not cue[0].isalpha() else ''}{cue}\nHello there." for cue in cues
    )
    _, film = imported(f"{text}\n\nEXT. CON\n\ny\n")
    ids = [scene.id for scene in film.scenes] + [person.id for person in film.characters]
    assert len(set(ids)) == len(ids)
    assert any(line.by.id == "narrator" for scene in film.scenes for line in scene.lines)


def test_too_large_and_empty_files_are_refused() -> None:
    """Neither is a script."""
    with pytest.raises(UnreadableError, match="bytes"):
        import_script(b"x" * (LARGEST + 1), "a.txt")
    with pytest.raises(UnreadableError, match="empty"):
        import_script(b" \n", "a.txt")


@given(st.text(max_size=400), st.sampled_from(FORMATS))
@settings(max_examples=150, deadline=None)
def test_any_text_is_a_film_or_a_refusal(text: str, kind: Any) -> None:
    """Whatever a file holds, it becomes a storyboard without mistakes or is refused in words."""
    with contextlib.suppress(UnreadableError):
        imported(text, "a.txt", kind=kind)


def test_subtitles_out_of_order_keep_their_lines() -> None:
    """An empty cue that stands out of order is remarked with the line that it is written on."""
    text = "1\n00:00:10,000 --> 00:00:11,000\nSecond.\n\n2\n00:00:01,000 --> 00:00:02,000\n<i></i>\n"
    adapted, _ = imported(text, "a.srt")
    assert [one.line for one in adapted.remarks if one.why == "an empty cue"] == [6]


def test_a_play_may_begin_with_its_title_by_name() -> None:
    """`Title:` is nobody's line; a speaker in capitals speaks even once; a beat in brackets is a silence."""
    text = (
        "Title: The Pier\nAuthor: N. N.\n\nA pier at dusk.\n\n"
        "ANNA. (laughing) You came.\nMAX. (after a beat) I said so.\n\nA gull cries over the water and is gone again.\n"
    )
    document = import_script(text.encode(), "pier.txt").document
    assert (document["title"], document["author"]) == ("The Pier", "N. N.")
    assert [person["name"] for person in document["characters"].values()] == ["Anna", "Max"]
    lines = document["scenes"][0]["lines"]
    assert lines[0] == {"by": "anna", "say": "You came.", "emotion": "happy", "pause": "1s"}
    assert lines[1] == {"by": "max", "say": "I said so."}


def test_two_speakers_of_one_subtitle_have_a_line_each() -> None:
    """Lines that begin with a dash are different people's; a line that goes on belongs to the one before."""
    text = "1\n00:00:01,000 --> 00:00:03,000\n- I said\nI would.\n– You always do.\n"
    (scene,) = import_script(text.encode(), "a.srt").document["scenes"]
    assert scene["lines"] == ["I said I would.", "You always do."]


@pytest.mark.parametrize(
    ("manner", "emotion"),
    [("sobbing", "sad"), ("в волнении", "afraid"), ("кричит", "angry"), ("with a smile", "happy"), ("sarcastic", "")],
)
def test_ways_of_speaking_become_the_nearest_feeling(manner: str, emotion: str) -> None:
    """What stands in brackets is a feeling where it means one; else it is told with its line."""
    text = f"INT. ROOM - DAY\n\nAnn sits.\n\nANN\n({manner})\nHello there.\n"
    adapted = import_script(text.encode(), "a.fountain")
    (scene,) = adapted.document["scenes"]
    (line,) = scene["lines"]
    assert (line.get("emotion", "") if isinstance(line, dict) else "") == emotion
    assert bool(adapted.remarks) == (not emotion)


def test_a_shot_list_in_prose_tells_size_move_and_people() -> None:
    """Size and move are taken from the description where no column has them; looks stand with the characters alone."""
    shots = (
        '[{"description": "Wide shot of a pier, handheld camera. Detective Mira Chen (adult woman, grey coat, short'
        ' hair) sits on a bench."}]'
    )
    document = import_script(shots.encode(), "a.json").document
    (scene,) = document["scenes"]
    assert (scene["shot"], scene["camera"]) == ("wide", "handheld")
    assert scene["cast"] == [{"who": "mira-chen", "action": "sit"}]
    assert "grey coat" not in scene["prompt"]
    assert document["characters"]["mira-chen"]["role"] == "detective"
    assert "grey coat" in document["characters"]["mira-chen"]["looks"]


def test_a_name_in_another_case_has_it_done() -> None:
    """«Дуняша подаёт Лопахину квас»: only who is named in the first case does something."""
    text = "ИНТ. КОМНАТА - УТРО\n\nДуняша входит, подаёт Лопахину квас.\n\nЛОПАХИН\nСпасибо.\n\nДУНЯША\nСлушаю.\n"
    (scene,) = import_script(text.encode(), "a.fountain").document["scenes"]
    doing = {part["who"]: part.get("action") for part in scene["cast"]}
    assert doing == {"дуняша": "enter", "лопахин": "talk"}
