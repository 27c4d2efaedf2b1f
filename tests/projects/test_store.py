"""The content-addressed store."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from projects.lifetimes import own_mark
from projects.receipt import Order
from projects.store import Store
from storyboard.errors import DiskError, RenderError

PRINT = "ab" * 32


def _order(fingerprint: str = PRINT, suffix: str = ".txt") -> Order:
    return Order(fingerprint, "take:a", "take", "scenes.make:make", {"text": "привет"}, suffix=suffix)


def _put(store: Store, order: Order, text: str = "hello") -> Path:
    with store.workbench(order.name) as folder:
        made = folder / "out"
        made.write_text(text)
        return store.put(order, made, {"frames": 3}, 1.5).path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / "store")


def test_put_and_get(store: Store) -> None:
    """What was put is there with its facts and a receipt; what was not is not."""
    _put(store, _order())
    artifact = store.get(PRINT)
    assert artifact is not None
    assert artifact.path.read_text() == "hello"
    assert artifact.path.name == f"{PRINT}.txt"
    assert artifact.facts == {"frames": 3}
    receipt = store.receipt(PRINT)
    assert receipt is not None
    assert (receipt.order, receipt.size, receipt.seconds) == (_order(), 5, 1.5)
    assert store.get("cd" * 32) is None
    assert store.verify(PRINT)


def test_what_was_read_before_is_looked_at_again(store: Store) -> None:
    """A receipt that was replaced is read anew, and an artifact that is gone, or has another size, is not there."""
    path = _put(store, _order())
    receipt = path.with_name(f"{PRINT}.receipt.json")
    assert store.get(PRINT) == store.get(PRINT)
    receipt.write_bytes(receipt.read_bytes().replace(b'"frames": 3', b'"frames": 4'))
    again = store.get(PRINT)
    assert again is not None
    assert again.facts == {"frames": 4}
    path.write_text("longer")
    assert store.get(PRINT) is None
    path.unlink()
    assert store.get(PRINT) is None


def test_workbench_is_cleared_away(store: Store) -> None:
    """Nothing is left in tmp after a step, even one that failed."""

    def stumble() -> None:
        with store.workbench("x") as folder:
            (folder / "half").write_text("x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stumble()
    assert list((store.root / "tmp").iterdir()) == []


@pytest.mark.parametrize("damage", ["truncate", "remove", "no receipt", "torn receipt", "wrong receipt"])
def test_damage_is_seen_as_missing(store: Store, damage: str) -> None:
    """An artifact that is not whole counts as not there, and putting it again mends it."""
    path = _put(store, _order())
    receipt = path.with_name(f"{PRINT}.receipt.json")
    if damage == "truncate":
        path.write_text("hell")
    elif damage == "remove":
        path.unlink()
    elif damage == "no receipt":
        receipt.unlink()
    elif damage == "torn receipt":
        receipt.write_bytes(receipt.read_bytes()[:50])
    else:
        receipt.write_text(receipt.read_text().replace(PRINT, "cd" * 32))
    assert store.get(PRINT) is None
    _put(store, _order())
    assert store.has(PRINT)


def test_same_size_damage_is_found_by_verify(store: Store) -> None:
    """A flipped byte is found by reading the whole file."""
    path = _put(store, _order())
    path.write_text("jello")
    assert store.has(PRINT)
    assert not store.verify(PRINT)


def test_json_artifact_does_not_meet_its_receipt(store: Store) -> None:
    """An artifact that is itself JSON has its own file."""
    path = _put(store, _order(suffix=".json"), "{}")
    artifact = store.get(PRINT)
    assert artifact is not None
    assert (artifact.path, path.read_text()) == (path, "{}")


@pytest.mark.parametrize(
    ("fingerprint", "suffix"), [("../x", ""), (PRINT, "/../x"), (PRINT, ".receipt.json"), ("", "")]
)
def test_hostile_names_are_refused(store: Store, fingerprint: str, suffix: str) -> None:
    """Neither a fingerprint nor a suffix can lead out of the store or onto a receipt."""
    with pytest.raises(RenderError):
        _put(store, _order(fingerprint, suffix))


def test_receipt_of_a_newer_version_is_read(store: Store) -> None:
    """A field that this version does not know is passed over."""
    path = _put(store, _order())
    receipt = path.with_name(f"{PRINT}.receipt.json")
    value = json.loads(receipt.read_text())
    value["mood"] = value["order"]["mood"] = "blue"
    receipt.write_text(json.dumps(value))
    assert store.has(PRINT)


def test_prune_keeps_what_it_is_told(store: Store) -> None:
    """Only what is not kept goes; the freed bytes are told."""
    _put(store, _order())
    _put(store, _order("cd" * 32))
    (store.root / "objects" / "ab" / "stray").write_text("1234")
    before = store.size()
    freed = store.prune({PRINT})
    assert store.has(PRINT)
    assert not store.has("cd" * 32)
    assert store.size() == before - freed
    assert freed > 5
    assert [receipt.order.fingerprint for receipt in store.receipts()] == [PRINT]


def test_discard_throws_away_only_what_it_names(store: Store) -> None:
    """Named artifacts go with their receipts; unknown names do no harm."""
    _put(store, _order())
    _put(store, _order("cd" * 32))
    assert store.discard([PRINT, "ee" * 32]) > 5
    assert not store.has(PRINT)
    assert store.has("cd" * 32)
    assert list((store.root / "objects" / "ab").iterdir()) == []


def test_discard_counts_what_is_named_twice_once(store: Store) -> None:
    """Two steps may have made the same thing: naming it twice removes it once."""
    _put(store, _order())
    _put(store, _order("cd" * 32))
    once = store.discard([PRINT])
    assert store.discard(["cd" * 32, "cd" * 32]) == once > 0
    assert not store.has("cd" * 32)


def test_sweep_spares_the_living(store: Store) -> None:
    """Leavings of a dead process are swept, those of this one and of another machine are not."""
    gone = subprocess.run(
        [sys.executable, "-c", "from projects.lifetimes import own_mark; print(own_mark())"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    for name in (f"{gone}-x", f"{own_mark()}-x", "0000beef-1-1-x"):
        (store.root / "tmp" / name).mkdir(parents=True)
    assert store.sweep() == 1
    assert sorted(path.name for path in (store.root / "tmp").iterdir()) == sorted([f"{own_mark()}-x", "0000beef-1-1-x"])


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_full_disk_is_told_and_leaves_nothing_half(store: Store, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """A disk that is full or may not be written gives a DiskError, and no artifact that passes for whole."""

    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    with store.workbench("warm-up"):
        pass
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(DiskError) as caught:
        _put(store, _order())
    assert caught.value.hint
    monkeypatch.undo()
    assert store.get(PRINT) is None


def test_receipt_is_written_last(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure after the data was moved leaves no artifact, even where an older receipt was."""
    _put(store, _order())

    def fail(*_: object, **__: object) -> None:
        raise DiskError("full")

    monkeypatch.setattr("projects.store.replace_json", fail)
    with pytest.raises(DiskError):
        _put(store, _order(), "other text")
    monkeypatch.undo()
    assert store.get(PRINT) is None


def test_untouched_artifacts_are_not_read_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sealed artifact is trusted without reading it."""
    _put(store, _order())
    monkeypatch.setattr("projects.store.digest_file", lambda path: pytest.fail("it was read"))
    assert store.altered([PRINT]) == set()


def test_edited_artifacts_are_found(store: Store) -> None:
    """One byte changed at once after storing, or a file gone, is seen; the others are not blamed."""
    path, other = _put(store, _order()), "cd" * 32
    _put(store, _order(other))
    path.write_text("hallo")
    assert store.altered([PRINT, other, "ef" * 32]) == {PRINT, "ef" * 32}
    path.unlink()
    assert store.altered([PRINT]) == {PRINT}


def test_copied_projects_are_read_once(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """New times of change cost one reading, whose result is kept; a later edit is still found."""
    path = _put(store, _order())
    copy = Store(tmp_path / "copy")
    shutil.copytree(store.root, copy.root, copy_function=shutil.copyfile)
    assert copy.altered([PRINT]) == set()
    with monkeypatch.context() as patch:
        patch.setattr("projects.store.digest_file", lambda path: pytest.fail("it was read"))
        assert copy.altered([PRINT]) == set()
    (copy.root / path.relative_to(store.root)).write_text("hallo")
    assert copy.altered([PRINT]) == {PRINT}


def test_receipts_without_a_seal_stay_valid(store: Store) -> None:
    """What an older version stored is there, and is read once before it is trusted."""
    path = _put(store, _order())
    receipt = path.with_name(f"{PRINT}.receipt.json")
    told = json.loads(receipt.read_bytes())
    del told["seal"]
    receipt.write_text(json.dumps(told))
    assert store.has(PRINT)
    assert store.altered([PRINT]) == set()
    assert PRINT in json.loads((store.root / "seals.json").read_bytes())


@pytest.mark.parametrize("memory", ["", "[]", "{", '{"x": 1}'])
def test_a_damaged_memory_of_seals_is_only_slower(store: Store, memory: str) -> None:
    """A torn or strange memory is passed over and written anew."""
    path = _put(store, _order())
    os.utime(path, ns=(5, 5))
    (store.root / "seals.json").write_text(memory)
    assert store.altered([PRINT]) == set()
    assert list(json.loads((store.root / "seals.json").read_bytes())) == [PRINT]
