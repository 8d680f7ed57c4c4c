"""What somebody denies, and what one source tells as done and another as denied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.digest.model import DenialLine, Section
from newsledger.digest.reading import anchor_of, merged, plain
from newsledger.digest.sections.spots import Spots, place, section, strongest

if TYPE_CHECKING:
    from collections.abc import Hashable

    from newsledger.digest.reading import Reading
    from newsledger.records.day import DenialRow

LIMIT = 8


def denial_lines(reading: Reading) -> Section[DenialLine]:
    """Give what is denied: first where somebody tells it as done, then where somebody says who denies it."""
    spots = Spots(reading)
    lines = merged((_line(spots, row) for row in reading.view.denials), key=_same)
    return section(strongest(lines), LIMIT)


def _line(spots: Spots, row: DenialRow) -> DenialLine:
    both = (row.spot, row.claim)
    actors, acting = spots.proven(row.actors, *both)
    recipients, suffering = spots.proven(row.recipients, *both)
    denier, denying = spots.proven((row.denied_by,), row.spot)
    claimant, claiming = spots.proven((row.claimed_by,), row.claim)
    denial = spots.reading.passage(row.spot)
    claim = spots.reading.passage(row.claim) if row.claim else None
    return DenialLine(
        anchor=anchor_of("n", row.kind, *place(row.spot), *place(row.claim)),
        passages=(denial, claim) if claim else (denial,),
        proofs=(*acting, *suffering, *denying, *claiming),
        sources=spots.sources(*both),
        weight=(row.kind == "contradiction") + bool(claim) / 2 + bool(denier) / 4,
        kind=row.kind,
        type=row.type,
        mode=row.mode,
        actors=actors,
        recipients=recipients,
        denied_by=denier[0] if denier else None,
        denial=denial,
        claim=claim,
        claimed_by=claimant[0] if claimant else None,
    )


def _same(line: DenialLine) -> Hashable:
    claim = plain(line.claim.text) if line.claim else None
    return line.kind, line.type, line.mode, line.actors, line.recipients, plain(line.denial.text), claim
