"""`workprint voices`: who can speak here, who could, and what each sounds like."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workprint.commandline import COMMANDS
from workprint.options import json_option
from workprint.streams import say, say_json
from workprint.tables import counted, show_table

if TYPE_CHECKING:
    from workprint.checkup import Offered
    from workprint.voice_samples import Sample


@click.command("voices", help=COMMANDS["voices"])
@click.option("--language", metavar="TAG", help="Only voices of this language, for example ru.")
@click.option("--engine", metavar="NAME", help="Only voices of this engine, for example kokoro.")
@click.option("--voice", "names", metavar="NAME", multiple=True, help="Only this voice; may be given several times.")
@click.option("--say", "text", metavar="TEXT", help="Let each of the voices say this into a file.")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("voices"),
    help="The folder of these files; left out, `voices` in the current folder.",
)
@json_option
def command(
    language: str | None, engine: str | None, names: tuple[str, ...], text: str | None, out: Path, as_json: bool
) -> None:
    """List the voices by the names that a storyboard uses, those that could be installed too, or let them speak."""
    from workprint.checkup import examine_voices

    offered, troubles = examine_voices()
    if language:
        offered = tuple(one for one in offered if one.speaks(language))
    if engine:
        offered = tuple(one for one in offered if one.info.engine == engine.casefold())
    if names:
        offered = _named(offered, names, language or "")
    if text is None:
        _list(offered, troubles, language, as_json=as_json)
    else:
        _speak(offered, text, language or "", out, bool(names), as_json=as_json)


def _named(offered: tuple[Offered, ...], names: tuple[str, ...], language: str) -> tuple[Offered, ...]:
    """The voices that these names mean, the one that a film would take of each; VoiceMissing for an unknown one."""
    from audio.casting.repertory import called

    infos = [one.info for one in offered]
    chosen: list[Offered] = []
    for name in names:
        meant = [offered[infos.index(info)] for info in called(infos, name, language)]
        chosen.append(next((one for one in meant if one.works), meant[0]))
    return tuple(dict.fromkeys(chosen))


def _list(
    offered: tuple[Offered, ...], troubles: tuple[tuple[str, str], ...], language: str | None, *, as_json: bool
) -> None:
    if as_json:
        say_json([one.as_json() for one in offered])
        return
    rows = [
        (
            one.info.name,
            one.info.language,
            one.info.gender,
            one.info.age,
            one.info.engine,
            "yes" if one.works else "no",
            one.info.licence,
            one.info.note,
        )
        for one in sorted(offered, key=lambda one: not one.works)
    ]
    if rows:
        show_table(("voice", "language", "gender", "age", "engine", "here", "licence", "note"), rows)
    if not any(one.works for one in offered):
        say(f"Nobody speaks '{language}' here." if language else "Nobody speaks here.")
    for what, fix in troubles:
        say(f"{what}\n    {fix}")


def _speak(offered: tuple[Offered, ...], text: str, language: str, out: Path, asked: bool, *, as_json: bool) -> None:
    """Make the samples; an error at the end where a voice that was asked for, or every voice, could not speak."""
    from audio.voice import VoiceMissing, VoiceRefusal
    from workprint.voice_samples import say_samples

    if not any(c.isalnum() for c in text):
        raise click.BadParameter("there is nothing to say in it", param_hint="--say")
    silent = next((one for one in offered if not one.works), None)
    if asked and silent is not None:
        raise VoiceMissing(f"the voice {silent.info.name} cannot speak here", silent.remedy)
    working = [one.info for one in offered if one.works]
    if not working:
        raise VoiceMissing("no voice can be heard here", "see `workprint voices` for what could be installed")
    made: list[Sample] = []
    for sample in say_samples(working, text, language, out):
        made.append(sample)
        told = f"{sample.seconds:.1f} s" if sample.path else "refused"
        say(f"[{len(made)}/{len(working)}] {sample.voice} ({sample.engine}): {told}", stderr=True)
    refused = [sample for sample in made if not sample.path]
    if (asked and refused) or len(refused) == len(made):
        if not as_json:
            _show(made)
        first = refused[0]
        raise VoiceRefusal(f"the voice {first.voice} did not speak: {first.refused}", first.remedy)
    if as_json:
        say_json([sample.as_json() for sample in made])
    else:
        _show(made)


def _show(made: list[Sample]) -> None:
    rows = [
        (sample.voice, sample.engine, f"{sample.seconds:.1f}", f"{sample.lufs:.1f}", sample.path, sample.licence)
        for sample in made
        if sample.path
    ]
    if rows:
        show_table(("voice", "engine", "seconds", "LUFS", "file", "licence"), rows, right=("seconds", "LUFS"))
    reasons: dict[str, list[str]] = {}
    for sample in made:
        if not sample.path:
            reasons.setdefault(f"{sample.refused}; {sample.remedy}", []).append(sample.voice)
    for reason, voices in reasons.items():
        say(f"{counted(len(voices), 'voice')} left out ({', '.join(voices)}): {reason}")
