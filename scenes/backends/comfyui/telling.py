"""What a ComfyUI server says of a job, in words for the author: a slot it does not like, a node that failed, a film.

Pure; speaks to nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from projects.hosted.errors import BadRequest, VendorFailed
from projects.hosted.replies import shortened
from scenes.backends.comfyui.slots import Slots

_FILMS = frozenset({".mp4", ".webm", ".mkv", ".mov", ".m4v", ".avi", ".gif"})
_LONGEST = 160
_MOST_TOLD = 3
AGAIN = "Run the same command again: the job is asked for anew."
_MEMORY = ("outofmemory", "allocation on device", "not enough memory")


def refused(answer: Mapping[str, Any], slots: Slots) -> BadRequest:
    """Why a workflow was not put into the queue, by slot where a slot is meant."""
    told: list[str] = []
    nodes = answer.get("node_errors")
    for node, found in nodes.items() if isinstance(nodes, dict) else ():
        if not isinstance(found, dict):
            continue
        kind = str(found.get("class_type", ""))
        for one in found.get("errors") or ():
            name = str((one.get("extra_info") or {}).get("input_name", ""))
            slot = slots.slot_at(str(node), name)
            where = f"`{slot}` (node {node}, {kind}, input {name})" if slot else f"node {node} ({kind})"
            told.append(f"{where}: {_short(one.get('message'))}: {_short(one.get('details'))}")
    if told:
        more = f"; and {len(told) - _MOST_TOLD} more" if len(told) > _MOST_TOLD else ""
        return BadRequest(
            f"ComfyUI does not take the workflow: {'; '.join(told[:_MOST_TOLD])}{more}",
            "Change the workflow or its map of slots, or put onto the server what it lacks.",
        )
    error = answer.get("error")
    said = f"{error.get('message', '')} {error.get('details', '')}" if isinstance(error, dict) else str(error)
    return BadRequest(
        f"ComfyUI does not take the workflow: {_short(said)}",
        "Look whether the server has every node and model of it: open it there and run it once by hand.",
    )


def made(record: Mapping[str, Any], output: str) -> tuple[str, str, str]:
    """Name, folder and kind of the one film that the last node has saved; raises VendorFailed for what went wrong."""
    status = record.get("status")
    if isinstance(status, dict) and status.get("status_str") != "success":
        raise failed(status)
    outputs = record.get("outputs")
    saved = outputs.get(output) if isinstance(outputs, dict) else None
    lists = [value for value in saved.values() if isinstance(value, list)] if isinstance(saved, dict) else []
    files = [one for value in lists for one in value if isinstance(one, dict) and one.get("filename")]
    films = [one for one in files if PurePosixPath(str(one["filename"])).suffix.lower() in _FILMS]
    if len(films) == 1:
        one = films[0]
        return str(one["filename"]), str(one.get("subfolder", "")), str(one.get("type", "output"))
    what = f"{len(films)} films" if films else f"{len(files)} pictures and no film" if files else "nothing"
    raise VendorFailed(
        f"node {output} of the workflow has saved {what}",
        "End the workflow in one `Save Video` or `Video Combine`, and name that node under `output:`.",
        retryable=False,
    )


def failed(status: Mapping[str, Any]) -> VendorFailed:
    """Why a job came to nothing: the failed node's own words, or that somebody stopped it."""
    for entry in status.get("messages") or ():
        if not isinstance(entry, list) or len(entry) != 2 or not isinstance(entry[1], dict):
            continue
        kind, told = entry
        if kind == "execution_interrupted":
            where = f"at node {told.get('node_id', '?')}"
            return VendorFailed(f"somebody stopped the job at the server, {where}", AGAIN)
        if kind == "execution_error":
            where = f"node {told.get('node_id', '?')} ({told.get('node_type', '')})"
            said = _short(told.get("exception_message"))
            problem = f"{told.get('exception_type', '')} {said}".casefold().replace(" ", "")
            if any(word.replace(" ", "") in problem for word in _MEMORY):
                hint = "Ask for less: lower `pixels:`, or `most:` of `frames:`, in the map of slots."
            else:
                hint = "Open the workflow at the server and run it once by hand; then change it, or the scene."
            return VendorFailed(f"{where} of the workflow failed: {said}", hint, retryable=False)
    return VendorFailed("the server says that the workflow failed, and not why", AGAIN)


def _short(said: object) -> str:
    line = shortened(str(said or ""))
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
