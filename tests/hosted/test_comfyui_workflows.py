"""What a scene asks of a ComfyUI workflow: the author's two files, read as data, and what their slots allow."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from projects.digests import digest_file
from projects.hosted.catalogue import model_of, resolve
from projects.weights import Setting
from scenes.backend import ClipRequest, Refusal
from scenes.backends.comfyui import ComfyUi
from scenes.backends.comfyui.measures import length_of, size_of
from scenes.backends.comfyui.slots import Slots, read_slots
from scenes.backends.comfyui.workflow import LARGEST, read_workflow
from tests.docs.fences import HOUSE, fences
from tests.hosted.asked import asked
from tests.hosted.comfyui_takes import FILES, requested, written
from tests.hosted.conftest import Shop
from tests.hosted.fakes.comfyui import SLOTS, WORKFLOW

WORDS = "output: 5\nprompt: 6.value\n"
"""A map for words alone."""
Refused = Callable[..., Refusal]


@pytest.fixture(autouse=True)
def _address(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens there."""
    monkeypatch.setenv("COMFYUI_URL", "http://127.0.0.1:9")
    monkeypatch.delenv("COMFYUI_API_KEY", raising=False)


@pytest.fixture
def refusal(tmp_path: Path) -> Refused:
    """Why a scene is refused with a workflow and a map."""

    def run(
        slots: str = SLOTS, workflow: Mapping[str, Any] = WORKFLOW, request: Callable[[Path], ClipRequest] = requested
    ) -> Refusal:
        written(tmp_path, workflow, slots)
        with pytest.raises(Refusal) as told:
            ComfyUi().wish(request(tmp_path))
        return told.value

    return run


def with_input(node: str, name: str, value: Any) -> dict[str, Any]:
    """The workflow with another value at one place."""
    old = WORKFLOW[node]
    return {**WORKFLOW, node: {**old, "inputs": {**old["inputs"], name: value}}}


def test_which_files_a_scene_means() -> None:
    """The map lies beside the workflow unless the scene says where; a scene without a workflow means none."""
    backend = ComfyUi()
    assert backend.material((("workflow", "workflows/wan.json"),)) == ["workflows/wan.json", "workflows/wan.slots.yaml"]
    own = (("workflow", "a.json"), ("slots", "b.yaml"), ("name", "workflow"))
    assert backend.material(own) == ["a.json", "b.yaml"]
    assert backend.material(()) == backend.material((("workflow", 3),)) == []


def test_a_scene_without_a_workflow_is_refused() -> None:
    """The remedy shows how to name one."""
    with pytest.raises(Refusal) as told:
        ComfyUi().wish(asked({}))
    assert "workflows/NAME.slots.yaml" in told.value.hint


def test_values_by_slot(tmp_path: Path) -> None:
    """Prompt, seed, measures and the author's own settings, in the film's own numbers where the map has none."""
    written(tmp_path)
    wish = ComfyUi().wish(
        requested(tmp_path, {"method": "area"}, negative="rain", seed=(1 << 32) + 5, size=(1280, 720))
    )
    assert wish.extra == {
        "method": "area",
        "output": "5",
        "prompt": "a wood at dawn",
        "negative": "rain",
        "seed": 5,
        "width": 320,
        "height": 176,
        "frames": 9,
        "fps": 8,
    }
    assert (wish.seconds, wish.pictures) == (1.125, {"first": "0.png"})
    assert wish.notes == ("the workflow still makes 320x176; 2 % of the picture is cut off for the canvas",)


def test_a_purchase_holds_both_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed workflow or map is another purchase; another server is not, for it would make the same."""
    backend, files = ComfyUi(), written(tmp_path)
    request = requested(tmp_path)
    bought = backend.purchase(request, digest_file)
    assert bought.files == {place: digest_file(files[name]) for place, name in FILES.items()}
    assert backend.pictures(request) == {place: files[name] for place, name in FILES.items()}
    assert (bought.model, bought.body["frames"]) == ("workflow", 9)
    monkeypatch.setenv("COMFYUI_URL", "https://comfy.example")
    assert backend.purchase(request, digest_file).key == bought.key
    keys = {bought.key}
    for workflow, slots in ((with_input("3", "crop", "disabled"), SLOTS), (WORKFLOW, f"{SLOTS}# more\n")):
        written(tmp_path, workflow, slots)
        keys.add(backend.purchase(request, digest_file).key)
    assert len(keys) == 3


def test_words_alone(tmp_path: Path) -> None:
    """What has no place is not sent, and all of it is told."""
    written(tmp_path, slots=WORDS)
    wish = ComfyUi().wish(requested(tmp_path, at=(), references=1, negative="rain"))
    assert wish.extra == {"output": "5", "prompt": "a wood at dawn"}
    assert (wish.width, wish.height, wish.seconds) == (320, 180, 1.0)
    told = "; ".join(wish.notes)
    for word in ("no reference pictures", "left out", "a seed", "a length", "width and height"):
        assert word in told


def test_pictures_alone(tmp_path: Path) -> None:
    """A workflow without a place for the prompt says so."""
    written(tmp_path, slots="output: 5\nfirst: 1.image\n")
    assert any("no place for the prompt" in note for note in ComfyUi().wish(requested(tmp_path)).notes)


def test_one_value_at_several_places(tmp_path: Path) -> None:
    """Two samplers get the same seed, and two pictures of characters their own places."""
    workflow = {**WORKFLOW, "9": WORKFLOW["7"], "10": WORKFLOW["1"], "11": WORKFLOW["1"]}
    slots = f"{WORDS}seed: [7.noise_seed, 9.noise_seed]\nreferences: [10.image, 11.image]\n"
    written(tmp_path, workflow, slots)
    request = requested(tmp_path, at=(), references=2)
    assert ComfyUi().wish(request).references == ("hero-0.png", "hero-1.png")
    map_of = read_slots(tmp_path / FILES["slots"])
    places = {slot: [str(place) for place in found] for slot, found in map_of.targets.items()}
    assert places["seed"] == ["7.noise_seed", "9.noise_seed"]
    assert (places["reference-1"], places["reference-2"]) == (["10.image"], ["11.image"])


def test_nodes_of_a_group_have_colons_in_their_names(tmp_path: Path) -> None:
    """`12:3` is a node like any other."""
    written(tmp_path, {**WORKFLOW, "12:3": WORKFLOW["6"]}, "output: 5\nprompt: 12:3.value\n")
    assert ComfyUi().wish(requested(tmp_path, at=())).extra["prompt"] == "a wood at dawn"


@pytest.mark.parametrize(
    ("line", "seconds", "rate", "frames", "comes"),
    [
        ("frames: 2.amount\nrate: 8", 1.3, "8", 11, "1.375"),
        ("frames: {at: 2.amount, every: 4, plus: 1}\nrate: 16", 2, "16", 33, "2.0625"),
        ("frames: {at: 2.amount, every: 8, plus: 1, least: 25}\nrate: 24", 0.5, "24", 25, "1.0416"),
        ("frames: {at: 2.amount, every: 4, plus: 1, most: 81}\nrate: 16", 5.1, "16", 81, "5.0625"),
        ("frames: 2.amount\nrate: 24000/1001", 1, "24000/1001", 24, "1.001"),
        ("frames: 2.amount\nfps: 4.fps", 1, "24", 24, "1"),
    ],
)
def test_frames(tmp_path: Path, line: str, seconds: float, rate: str, frames: int, comes: str) -> None:
    """The fewest that a workflow makes and that last long enough; a tenth of a second may be missing."""
    written(tmp_path, slots=f"{WORDS}{line}\n")
    request = requested(tmp_path, at=(), seconds=seconds)
    length = length_of(read_slots(tmp_path / FILES["slots"]), request)
    assert (length.frames, length.rate) == (frames, Fraction(rate))
    assert float(length.seconds) == pytest.approx(float(comes), abs=1e-4)
    plan = ComfyUi().quantise(request)
    assert (plan.frames, plan.rate) == (frames, Fraction(rate))
    assert plan.keep <= plan.frames


@pytest.mark.parametrize(("line", "told"), [("4.fps", 2), ("{at: 4.fps, every: 0.5}", 1.5)])
def test_seconds(tmp_path: Path, line: str, told: float) -> None:
    """Whole seconds unless the map says otherwise."""
    written(tmp_path, slots=f"{WORDS}seconds: {line}\n")
    assert ComfyUi().wish(requested(tmp_path, at=(), seconds=1.3)).extra["seconds"] == told


def test_more_seconds_than_the_scene_needs(tmp_path: Path) -> None:
    """An author may ask for a longer clip."""
    written(tmp_path)
    assert ComfyUi().wish(requested(tmp_path, {"seconds": 3})).extra["frames"] == 25


@pytest.mark.parametrize(
    ("limits", "canvas", "size"),
    [
        ("", (1920, 1080), (1920, 1088)),
        ("pixels: 399360", (1920, 1080), (832, 464)),
        ("pixels: 399360", (1080, 1920), (464, 832)),
        ("pixels: 399360", (1080, 1080), (624, 624)),
        ("pixels: 2000000", (640, 360), (640, 368)),
    ],
)
def test_sizes(tmp_path: Path, limits: str, canvas: tuple[int, int], size: tuple[int, int]) -> None:
    """The canvas's shape in whole blocks, in no more pixels than allowed, and never larger than it is shown."""
    written(tmp_path, slots=f"{WORDS}width: 3.width\nheight: 3.height\n{limits}\n")
    assert size_of(read_slots(tmp_path / FILES["slots"]), requested(tmp_path, at=(), size=canvas)) == size


def test_a_side_s_own_limits(tmp_path: Path) -> None:
    """The smaller side keeps the shape; what is cut off all the same is told."""
    side = "{at: 3.width, every: 8, most: 512}"
    written(tmp_path, slots=f"{WORDS}width: {side}\nheight: {{at: 3.height, every: 8, most: 512}}\n")
    wish = ComfyUi().wish(requested(tmp_path, at=(), size=(1920, 1080)))
    assert (wish.width, wish.height) == (512, 288)
    written(tmp_path, slots=f"{WORDS}width: {side}\nheight: {{at: 3.height, every: 512, least: 512}}\n")
    wish = ComfyUi().wish(requested(tmp_path, at=(), size=(1920, 1080)))
    assert any("512x512" in note and "cut off" in note for note in wish.notes)


def test_the_workflow_s_own_negative_words_stay(tmp_path: Path) -> None:
    """Where the film leaves nothing out, the author's own text stands."""
    written(tmp_path)
    assert "negative" not in ComfyUi().wish(requested(tmp_path)).extra


def test_it_costs_nothing(tmp_path: Path, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The price is 0 and never old; a server on another machine may be one that is rented, and that is told."""
    written(tmp_path)
    price = ComfyUi().price(requested(tmp_path))
    assert (price.money, price.is_old) == (Decimal(0), False)
    assert ComfyUi().estimate(requested(tmp_path), ComfyUi().quantise(requested(tmp_path))).money == 0
    monkeypatch.setenv("COMFYUI_URL", "https://comfy.example")
    assert any("rented by the hour" in note for note in ComfyUi().wish(requested(tmp_path)).notes)


def test_the_name_that_people_know() -> None:
    """`rundiffusion` leads to a workflow at a server, and says that it is rented."""
    found = resolve("rundiffusion")
    assert found is not None
    assert (found.service, found.name) == ("comfyui", "workflow")
    assert "rented by the hour" in found.notes[0]
    assert model_of("comfyui").model.price is None


def test_sound_is_the_author_s_word() -> None:
    """Nobody sees in a workflow whether it makes sound."""
    backend = ComfyUi()
    assert not backend.heard((("workflow", "a.json"),))
    assert backend.heard((("workflow", "a.json"), ("audio", True)))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"at": ()}, "begins with a picture"),
        ({"at": (0, 1)}, "takes no picture at 1 of the clip"),
        ({"at": (0, 0.5)}, "takes no picture at 0.5"),
        ({"seconds": 20}, "lasts 20.00 s, and its workflow makes at most 15.12 s"),
        ({"prompt": " "}, "no prompt"),
        ({"model": {"steps": 20}}, "has no setting 'steps'"),
        ({"model": {"method": 3}}, "the setting 'method' of the workflow still is 3"),
        ({"model": {"resolution": "720p"}}, "has no resolution '720p'"),
    ],
)
def test_what_a_scene_cannot_ask(refusal: Refused, changes: dict[str, Any], told: str) -> None:
    """It is refused before anything is sent, with a remedy."""
    problem = refusal(request=lambda folder: requested(folder, **changes))
    assert told in problem.message
    assert problem.hint


def test_a_last_picture_and_characters_that_are_missing(refusal: Refused) -> None:
    """What a workflow has a place for must be there: a file of the author's own server would be taken otherwise."""
    workflow = {**WORKFLOW, "9": WORKFLOW["1"]}
    assert "ends with a picture" in refusal(f"{SLOTS}last: 9.image\n", workflow).message
    told = refusal(f"{SLOTS}references: [9.image]\n", workflow).message
    assert "wants 1 reference pictures, and the characters of scene 'wood' have 0" in told


def test_a_first_picture_without_a_place(refusal: Refused) -> None:
    """It is refused rather than left out."""
    assert "takes no picture at 0 of the clip" in refusal(WORDS).message


@pytest.mark.parametrize(
    ("slots", "told"),
    [
        ("", "the file is empty"),
        ("- a\n", "no map of slots"),
        ("output: [5\n", "still.slots.yaml:"),
        ("output: !!python/object:os.system 5\n", "is not allowed"),
        ("prompt: 6.value\n", "output: Field required"),
        ("output: 5\n", "neither `prompt` nor `first`"),
        (f"{WORDS}promt: 6.value\n", "still.slots.yaml:3: promt: Extra inputs"),
        ("output: 5\nprompt: value\n", "'value' is no place: write NODE.INPUT"),
        ("output: 5\nprompt: 6\n", "is no place"),
        ("output: 5\nprompt: {at: 6.value}\n", "is no place"),
        (f"{WORDS}last: 1.image\n", "`last` has a place, and `first` has none"),
        (f"{WORDS}width: 3.width\n", "`width` and `height` go together"),
        (f"{WORDS}pixels: 1000\n", "`pixels` limits"),
        (f"{WORDS}frames: 2.amount\n", "say at which `rate`"),
        (f"{WORDS}frames: {{at: 2.amount, every: 0}}\nrate: 8\n", "greater than 0"),
        (f"{WORDS}frames: {{at: 2.amount, most: 1.0e400}}\nrate: 8\n", "frames.most"),
        (f"{WORDS}rate: 1/0\n", "is no rate"),
        (f"{WORDS}rate: 1e999999999\n", "is no rate"),
        (f"{WORDS}rate: 0\n", "greater than 0"),
        (f"{WORDS}rate: true\n", "is no rate"),
        (f"{WORDS}negative: 6.value\n", "6.value is the place of two slots"),
        (f"{WORDS}settings: {{seed: 7.noise_seed}}\n", "the setting 'seed' is called like something else"),
        (f"{WORDS}settings: {{audio: 7.noise_seed}}\n", "the setting 'audio' is called like something else"),
        ("output: 50\nprompt: 6.value\n", "has no node '50' for `output`"),
        ("output: 5\nprompt: 60.value\n", "has no node '60' for `prompt`"),
        ("output: 5\nprompt: 6.text\n", "has no input 'text' for `prompt`"),
        (f"{WORDS}seed: 8.value\n", "`seed` is a number, and 8.value of still.json holds 'ugly'"),
        ("output: 5\nprompt: 7.noise_seed\n", "`prompt` is a text"),
        (f"{WORDS}settings: {{film: 5.video}}\n", "`film` stands at 5.video, which other nodes decide"),
    ],
)
def test_a_map_that_does_not_fit(refusal: Refused, slots: str, told: str) -> None:
    """Every mistake of the author's is told with the file, and nothing of the file is trusted."""
    problem = refusal(slots)
    assert told in problem.message
    assert problem.hint


@pytest.mark.parametrize("kind", ["SaveImage", "PreviewImage", "SaveAnimatedWEBP"])
def test_a_workflow_that_ends_in_pictures(refusal: Refused, kind: str) -> None:
    """It is told before the server works for nothing."""
    workflow = {**WORKFLOW, "5": {"class_type": kind, "inputs": {"images": ["3", 0]}}}
    assert f"node 5 of still.json ({kind}) saves no film" in refusal(WORDS, workflow).message


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is no workflow"),
        (b"{", "is no workflow"),
        (b"\xff\xfe{}", "not plain JSON in UTF-8"),
        (b"[]", "no workflow of 1 to"),
        (b"{}", "no workflow of 1 to"),
        (b'{"nodes": [], "links": []}', "workflow of the editor"),
        (b'{"6": {"inputs": {}}}', "has no `class_type`"),
        (b'{"6": {"class_type": "A"}}', "has no `inputs`"),
        (b'{"6": 3}', "is no node"),
        (b'{"6": {"class_type": "A", "inputs": {"a": NaN}}}', "not plain JSON"),
        (b'{"6": {"class_type": "A", "inputs": {"a": 1e999}}}', "a number without an end"),
        (b'{"6": {"class_type": "A", "inputs": {"a": ' + b"9" * 5000 + b"}}}", "not plain JSON"),
        (b'{"6": {"class_type": "A", "inputs": {"a": ' + b"[" * 60 + b"]" * 60 + b"}}}", "more than 40 deep"),
        (b"[" * 200_000, "is no workflow"),
        (b" " * (LARGEST + 1), "larger than 4 MiB"),
        (json.dumps({str(number): 1 for number in range(6000)}).encode(), "no workflow of 1 to 5000"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_hostile_workflow(tmp_path: Path, data: bytes, told: str) -> None:
    """Whatever stands in the file, it is read within bounds or refused in words."""
    path = tmp_path / "odd.json"
    path.write_bytes(data)
    with pytest.raises(Refusal, match=r"odd\.json") as problem:
        read_workflow(path)
    assert told in problem.value.message


def test_a_file_that_changes_is_read_anew(tmp_path: Path) -> None:
    """What was read once is remembered only as long as nobody touches the file."""
    written(tmp_path)
    assert ComfyUi().wish(requested(tmp_path)).extra["output"] == "5"
    written(tmp_path, {**WORKFLOW, "55": WORKFLOW["5"]}, SLOTS.replace("output: 5", "output: 55"))
    assert ComfyUi().wish(requested(tmp_path)).extra["output"] == "55"


def test_files_that_are_not_at_hand(tmp_path: Path) -> None:
    """A request whose files were not brought is refused and not guessed at."""
    written(tmp_path)
    with pytest.raises(Refusal, match=r"'workflows/still\.json' is not at hand"):
        ComfyUi().wish(replace(requested(tmp_path), files={}))


def test_settings_of_every_kind(tmp_path: Path) -> None:
    """Text, number and switch, by what the workflow holds there."""
    workflow = with_input("3", "antialias", value=True)
    slots = f"{WORDS}settings: {{method: 3.upscale_method, fps: 4.fps, smooth: 3.antialias}}\n".replace(
        "fps: ", "pace: "
    )
    written(tmp_path, workflow, slots)
    said: dict[str, Setting] = {"method": "area", "pace": 12.5, "smooth": False}
    extra = ComfyUi().wish(requested(tmp_path, said, at=())).extra
    assert {name: extra[name] for name in said} == said


def test_the_guide_s_example(tmp_path: Path) -> None:
    """The workflow and the map that the page shows go together, and its scene can be asked for."""
    for fence in fences(HOUSE / "docs" / "how-to" / "comfyui.md"):
        if "file" in fence.options:
            (tmp_path / fence.options["file"]).parent.mkdir(exist_ok=True)
            (tmp_path / fence.options["file"]).write_text(fence.text, encoding="utf-8")
    wish = ComfyUi().wish(requested(tmp_path, {"method": "lanczos"}, seconds=4, size=(1920, 1080)))
    assert wish.extra == {"method": "lanczos", "output": "5", "width": 832, "height": 464, "frames": 65, "fps": 16}


def test_every_slot_is_in_the_guide() -> None:
    """What an author may write in a map is explained."""
    page = (HOUSE / "docs" / "how-to" / "comfyui.md").read_text(encoding="utf-8")
    assert [name for name in Slots.model_fields if f"`{name}`" not in page] == []
