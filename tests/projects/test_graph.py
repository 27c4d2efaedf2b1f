"""The graph of steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from projects.digests import Digests
from projects.graph import Graph, GraphError
from projects.steps import Step


def _step(name: str, *sources: str, **more: object) -> Step:
    return Step(name, "k", "scenes.x:y", {"name": name}, inputs={s: s for s in sources}, **more)  # type: ignore[arg-type]


def test_inputs_come_first() -> None:
    """Whatever the order in which steps are given, each comes after its inputs."""
    graph = Graph([_step("c", "a", "b"), _step("b", "a"), _step("a")])
    assert graph.names() == ("a", "b", "c")


def test_mistakes_are_named() -> None:
    """Two steps of one name, an unknown input, a circle and an unknown step are refused by name."""
    with pytest.raises(GraphError, match="two steps have the name 'a'"):
        Graph([_step("a"), _step("a")])
    with pytest.raises(GraphError, match="step 'a' takes its x from 'x'"):
        Graph([_step("a", "x")])
    with pytest.raises(GraphError, match="circle"):
        Graph([_step("a", "b"), _step("b", "a")])
    with pytest.raises(GraphError) as caught:
        Graph([_step("take:chasm")])["take:chsm"]
    assert "take:chasm" in caught.value.hint


def test_upstream_is_only_what_the_targets_need() -> None:
    """The restricted graph holds the targets and their makers."""
    graph = Graph([_step("a"), _step("b", "a"), _step("c"), _step("d", "b")])
    assert graph.upstream(["b"]).names() == ("a", "b")


def test_downstream_is_all_that_hangs_on_the_sources() -> None:
    """What is spoilt by a step is the step itself and whatever is made from it, near or far."""
    graph = Graph([_step("a"), _step("b", "a"), _step("c"), _step("d", "b", "c"), _step("e", "c")])
    assert graph.downstream(["a"]) == {"a", "b", "d"}
    assert graph.downstream([]) == set()


def test_a_change_runs_down_the_graph(tmp_path: Path) -> None:
    """A changed file changes the fingerprints of its step and of those that use it, and of no other."""
    picture = tmp_path / "a.png"
    picture.write_text("one")
    graph = Graph([_step("a", files={"picture": picture}), _step("b", "a"), _step("c")])
    before = graph.fingerprints(Digests())
    picture.write_text("two")
    after = graph.fingerprints(Digests())
    assert [name for name in before if before[name] != after[name]] == ["a", "b"]


def test_an_unreadable_file_leaves_its_users_without_fingerprint(tmp_path: Path) -> None:
    """A file that is not there is told for its step and for all that need it."""
    graph = Graph([_step("a", files={"picture": tmp_path / "gone.png"}), _step("b", "a"), _step("c")])
    orders = graph.orders(Digests())
    assert set(orders.known) == {"c"}
    assert set(orders.unreadable) == {"a", "b"}
    assert "gone.png" in orders.unreadable["b"]


def test_reason_of_an_unreadable_file_carries_its_remedy(tmp_path: Path) -> None:
    """What mends the file is told with what is wrong with it."""
    reason = Graph([_step("a", files={"picture": tmp_path})]).orders(Digests()).unreadable["a"]
    assert reason == f"{tmp_path.name} is not a file (Name a picture, sound or clip.)"


def test_orders_found_before_are_kept(tmp_path: Path) -> None:
    """A step that was asked before is not asked again, nor are its files read; a new one is."""
    picture = tmp_path / "a.png"
    picture.write_text("one")
    first = Graph([_step("a", files={"picture": picture}), _step("b", "a")])
    before = first.orders(Digests())
    picture.unlink()
    after = Graph([*first, _step("c", "b")]).orders(Digests(), before)
    assert [after.known[name] is before.known[name] for name in ("a", "b")] == [True, True]
    assert after.known["c"].inputs == {"b": before.known["b"].fingerprint}


def test_orders_of_other_steps_are_not_mistaken() -> None:
    """A step of the same name that asks for something else, and whatever is made from it, gets an order of its own."""
    a, b, c = _step("a"), _step("b", "a"), _step("c")
    before = Graph([a, b, c]).orders(Digests())
    louder = Graph([_step("a", identity="louder"), b, c])
    after = louder.orders(Digests(), before)
    assert after.known == louder.orders(Digests()).known
    assert after.known["b"] != before.known["b"]
    assert after.known["c"] is before.known["c"]
