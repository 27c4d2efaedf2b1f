"""The one way in which a paid job is done: written down, asked for once, looked at, fetched, looked through, kept.

Killed anywhere and begun again, it never asks for a second job: it goes on with the first by its name, finds it at the
service, or stops and says so. Knows services by their contract only.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from projects import plugins
from projects.disk import disk_errors, open_folder
from projects.hosted.deal import Deal
from projects.hosted.discretion import hush
from projects.hosted.job import BuyRequest, Errand, Purchase, Service
from projects.hosted.ledger import Ledger
from projects.hosted.shelf import Kept, Shelf
from projects.steps import Json, Work
from storyboard.errors import RenderError


def make_bought(request: BuyRequest, work: Work, out: Path) -> Json:
    """Bring what was, or is now, bought to `out`; the facts hold service, model, job, cost and what was found in it.

    Raises errors of `projects.hosted.errors`, DiskError and InterruptedRender.
    """
    errand: Errand = work.errand
    service: Service = plugins.load(request.group, request.backend)().service()
    kept = bring(service, request.purchase, work, errand)
    shelf = Shelf(errand.project)
    path = shelf.path(kept)
    if path is None:
        raise RenderError("what was just bought is not on the shelf any more", "Run the same command again.")
    with disk_errors(out.name):
        shutil.copyfile(path, out)
    work.progress(1.0)
    cost = float(kept.cost) if kept.cost else None
    return {**kept.facts, "service": kept.service, "model": kept.model, "job": kept.job, "cost": cost}


def bring(service: Service, purchase: Purchase, work: Work, errand: Errand, ledger: Ledger | None = None) -> Kept:
    """What was bought: from the shelf, from a job that is open, or from a new one if a person has agreed to it."""
    hush()
    deal = Deal(service, purchase, work, errand, ledger or Ledger(), Shelf(errand.project))
    open_folder(deal.shelf.folder)
    # Only while it is asked for: whoever else wants the same then goes on with the same job.
    with deal.ledger.hold(purchase.key, work.cancelled):
        there = deal.shelf.find(purchase.key)
        if there is not None and deal.shelf.is_whole(there):
            deal.settle(there)
            return there
        entry = deal.taken(deal.standing(there))
    return deal.done(entry)
