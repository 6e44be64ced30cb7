"""Evidence packs that left the desk: kept with their bytes, vouched for once their signature is checked."""

from __future__ import annotations

from dataclasses import replace

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.evidence_file import EvidenceFile
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.signing import Verdict
from brokerdesk.core.domain.sourcing import Round
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.award_file import fingerprint_of
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.evidence import EvidencePack
from brokerdesk.core.services.letters import sha256_of


def file_pack(desk: Desk, *, round_id: str, pack: EvidencePack, file_name: str) -> Outcome[EvidenceFile]:
    """Keep a finished pack and vouch for it; until the act it is no paper of this desk. Source: R080.

    Args:
        desk: the desk.
        round_id: whose evidence.
        pack: as it was drawn and signed.
        file_name: under which it was saved.
    """
    with desk.units.writing() as unit:
        for (left_over,) in unit.of(EvidenceFile).pick("id", round_id=round_id, is_filed=False):
            unit.of(EvidenceFile).remove(left_over)
        laid = EvidenceFile(
            id=desk.make_id(), round_id=round_id, package_id=unit.of(Round).get(round_id).package_id,
            reference=pack.letter.reference, file_name=file_name, sha256=pack.sha256, content=pack.pdf,
            made_at=desk.now(), made_by=desk.operator.name,
        )  # fmt: skip
        unit.of(EvidenceFile).add(laid)
        unit.commit()
    return keep_evidence_pack(desk, pack_id=laid.id, sha256=laid.sha256)


@act("evidence_packed", words="pack the evidence of a search", by=tuple(Role))
def keep_evidence_pack(work: Work, *, pack_id: str, sha256: str) -> EvidenceFile:
    """Vouch for a pack that lies in the desk, by its SHA-256. Source: docs/rules.md R080.

    Args:
        work: the act.
        pack_id: the pack.
        sha256: of the finished file, hex.

    Raises:
        RuleError: it is vouched for already, is another file, or carries no good signature of this desk.
    """
    held = work.of(EvidenceFile).get(pack_id)
    if held.is_filed:
        raise RuleError(f"The search evidence {held.reference} is in the register already.")
    _refuse_unsigned(work.desk, held, sha256)
    work.cite("R080")
    work.note(reference=work.of(Package).get(held.package_id).reference, file_name=held.file_name)
    return work.of(EvidenceFile).replace(replace(held, is_filed=True, made_at=work.at))


def _refuse_unsigned(desk: Desk, held: EvidenceFile, sha256: str) -> None:
    if sha256_of(held.content) != sha256:
        raise RuleError("The search evidence is not the file that was signed. Make it again.", rule="R080")
    verdict: Verdict = desk.checker.check(held.content)
    ours = {fingerprint_of(pem.encode()) for pem in desk.keys.known_certificates()}
    if not verdict.is_good or verdict.fingerprint not in ours:
        raise RuleError(
            f"The search evidence does not carry the signature that it should: {verdict.sentence} "
            "Make it again.",
            rule="R080",
        )
