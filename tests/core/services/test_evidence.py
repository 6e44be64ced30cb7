from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokerdesk import wiring
from brokerdesk.core.domain.award import AwardFacts, GateState, Route
from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.conflict import ConflictDeclaration
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.evidence_file import EvidenceFile
from brokerdesk.core.domain.framework_rules import FrameworkRules, PriceFormula
from brokerdesk.core.domain.letter import texts_of
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Package, PackageStatus
from brokerdesk.core.domain.plain import to_json
from brokerdesk.core.domain.round_snapshot import RoundSnapshot
from brokerdesk.core.domain.sourcing import Decline, Round
from brokerdesk.core.services import awards, evidence, evidence_files, letters, release, replays, reports
from brokerdesk.core.services.checks import check_desk
from brokerdesk.core.services.desk import Desk
from council_sample import BROKER, PROVIDERS, Council, make_council, record_choice, record_need
from sourcing_samples import HOME_CARE, NOW, a_need, a_round, an_offer

MANY = 10_000 if os.environ.get("BROKERDESK_LONG") else 200


@pytest.fixture(scope="module")
def council_model(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return make_council(tmp_path_factory.mktemp("model") / "desk")


@pytest.fixture
def desk(council_model: Council, tmp_path: Path) -> Iterator[Desk]:
    with council_model.copy_to(tmp_path / "council").open(BROKER) as opened:
        yield opened


@pytest.fixture
def package(desk: Desk) -> Package:
    package = record_need(desk)
    record_choice(desk, package)
    return package


def the_round(desk: Desk) -> Round:
    with desk.reading() as unit:
        (opened,) = unit.of(Round).find()
    return opened


def test_a_round_replays_to_the_same_list_and_scores(desk: Desk, package: Package) -> None:
    found = replays.replay_round(desk, the_round(desk).id)
    assert found.list_is_equal
    assert found.scores_are_equal is True
    assert found.holds


def test_a_snapshot_that_was_changed_does_not_replay(desk: Desk, package: Package) -> None:
    opened = the_round(desk)
    with desk.units.writing() as unit:
        kept = replays.last_snapshot(unit, opened.id)
        assert kept is not None
        unit.of(RoundSnapshot).replace(replace(kept, result=kept.result.replace("1", "2")))
        unit.commit()
    found = replays.replay_round(desk, opened.id)
    assert found.scores_are_equal is False
    assert "otherwise than they were kept" in found.sentences[1]


def test_weights_that_were_changed_after_the_choice_stop_the_award(desk: Desk, package: Package) -> None:
    opened, stated = the_round(desk), AwardFacts(Route.FRAMEWORK_S45, "The framework covers it.")

    def judged() -> GateState:
        return next(r.state for r in awards.gate(desk, package.id, stated) if r.title == "Weights unchanged")

    assert judged() is GateState.MET
    with desk.units.writing() as unit:
        other = {"price": Decimal(100), **{name: Decimal(0) for name in opened.weights if name != "price"}}
        unit.of(Round).replace(replace(opened, weights=other))
        unit.commit()
    assert judged() is GateState.NOT_MET


def look_at(desk: Desk, opened: Round, *strike: str) -> None:
    """The look at the free text that the pack would print: named words are struck, all others kept."""
    found = release.outgoing_evidence(desk, opened.id).release
    release.check_release(
        desk, package_id=opened.package_id, sha256=found.sha256, warnings_seen=bool(found.warnings),
        struck=tuple(mark.key for mark in found.marks if mark.words in strike), evidence_of=opened.id,
    )  # fmt: skip


def pack_of(desk: Desk) -> evidence.EvidencePack:
    opened = the_round(desk)
    look_at(desk, opened)
    return evidence.evidence_pack(desk, opened.id)


def test_the_pack_says_who_was_asked_what_each_said_and_why_this_one(desk: Desk, package: Package) -> None:
    pack = pack_of(desk)
    words = " ".join(desk.checker.read_text(pack.pdf).split())
    for _, name, *_ in PROVIDERS[:4]:
        assert name in words
    assert "offer of £843.50 a week" in words
    assert "declined, no capacity" in words
    assert "They can come early." in words
    assert "Every place, total and working comes out the same" in words
    with desk.reading() as unit:
        assert unit.register()[-1][0].hash in words.replace(" ", "")


def test_the_pack_never_says_who_the_person_is(desk: Desk, package: Package) -> None:
    words = desk.checker.read_text(pack_of(desk).pdf)
    for secret in ("Winifred", "Larkspur", package.need.postcode, str(package.need.nhs_number)):
        assert secret not in words


def with_free_text(desk: Desk, text: str) -> Round:
    """Providers and officers wrote the same words wherever they may write."""
    opened = the_round(desk)
    with desk.units.writing() as unit:
        for declined in unit.of(Decline).find(round_id=opened.id):
            unit.of(Decline).replace(replace(declined, note=text))
        for choice in unit.of(Choice).find(package_id=opened.package_id):
            unit.of(Choice).replace(replace(choice, reason=f"{text} They can come early."))
        for declared in unit.of(ConflictDeclaration).find(round_id=opened.id):
            told = replace(declared, has_interest=True, interest=text, mitigation=text)
            unit.of(ConflictDeclaration).replace(told)
        unit.commit()
    return opened


def test_no_pack_leaves_before_the_broker_looked_at_what_was_written(desk: Desk, package: Package) -> None:
    opened = with_free_text(desk, "Rang Zdzisława on 3 May.")
    with pytest.raises(RuleError, match="Nothing goes out yet") as refusal:
        evidence.evidence_pack(desk, opened.id)
    assert refusal.value.rule == "R125"
    look_at(desk, opened)
    assert evidence.evidence_pack(desk, opened.id).pdf.startswith(b"%PDF")
    with_free_text(desk, "Rang Brunhilde on 3 May.")
    with pytest.raises(RuleError, match="Nothing goes out yet"):
        evidence.evidence_pack(desk, opened.id)


def test_what_is_withheld_is_listed_with_its_ground_and_nothing_of_it_is_printed(
    desk: Desk, package: Package
) -> None:
    said = "Mrs Larkspur’s niece Zdzisława, 01632 960 961, rang from 14 Larch Lane."
    opened = with_free_text(desk, said)
    look_at(desk, opened, "Zdzisława")
    pack = evidence.evidence_pack(desk, opened.id)
    printed = desk.checker.read_text(pack.pdf)
    for secret in ("Larkspur", "Zdzisława", "960 961", "Larch"):
        assert secret not in printed
    words = " ".join(texts_of(pack.letter))
    assert "the person’s niece [struck out], [telephone removed], rang from [address removed]" in words
    for what in ("name", "telephone number", "address", "word with a capital, struck out by the broker"):
        assert f"{what} 2" in words
    assert "UK GDPR article 5(1)(c)" in words
    assert "They can come early." in words


def test_the_pack_is_signed_and_a_second_judge_says_so(desk: Desk, package: Package, tmp_path: Path) -> None:
    pack = pack_of(desk)
    (tmp_path / pack.file_name).write_bytes(pack.pdf)
    said = subprocess.run(
        ["pdfsig", "-nocert", pack.file_name], cwd=tmp_path, capture_output=True, text=True, check=False
    ).stdout
    assert "Signature is Valid" in said


def test_the_register_notes_which_pack_left_the_desk(desk: Desk, package: Package) -> None:
    opened = the_round(desk)
    pack = pack_of(desk)
    evidence_files.file_pack(desk, round_id=opened.id, pack=pack, file_name=pack.file_name)
    with desk.reading() as unit:
        entry, details = unit.register()[-1]
    assert entry.act == "evidence_packed"
    assert pack.sha256 in str(details)


def test_the_desk_knows_its_own_evidence_pack_and_keeps_what_left_it(desk: Desk, package: Package) -> None:
    pack = pack_of(desk)
    unknown = letters.verify_letter(wiring.letter_checker(), desk, pack.pdf)
    assert not unknown.is_good
    evidence_files.file_pack(desk, round_id=the_round(desk).id, pack=pack, file_name=pack.file_name)
    known = letters.verify_letter(wiring.letter_checker(), desk, pack.pdf)
    assert known.is_good
    reference = f"{package.reference}-R1"
    assert known.verdict.sentence == (
        f"Signed and unchanged. This is search evidence {reference} as this desk issued it."
    )
    (held,) = [line for line in check_desk(desk) if line.name == "evidence"]
    assert held.sentence == "All 1 packs of search evidence are as the register says."
    with desk.units.writing() as unit:
        (filed,) = unit.of(EvidenceFile).find()
        unit.of(EvidenceFile).replace(replace(filed, content=b"%PDF another"))
        unit.commit()
    (held,) = [line for line in check_desk(desk) if line.name == "evidence"]
    assert f"The search evidence {reference} is not the pack that was signed on" in held.sentence


def test_nobody_puts_a_pack_into_the_register_that_never_was_or_that_nobody_here_signed(
    desk: Desk, package: Package
) -> None:
    with pytest.raises(RuleError, match="There is no evidence file"):
        evidence_files.keep_evidence_pack(desk, pack_id="never-was", sha256="0" * 64)
    forged = b"%PDF-1.7 nobody signed this"
    sha256 = hashlib.sha256(forged).hexdigest()
    pack = replace(pack_of(desk), pdf=forged, sha256=sha256)
    with pytest.raises(RuleError, match="does not carry the signature that it should"):
        evidence_files.file_pack(desk, round_id=the_round(desk).id, pack=pack, file_name="forged.pdf")
    assert letters.known_file(desk, sha256) == {}


def test_the_reports_of_what_rounds_teach_read_the_desk(desk: Desk, package: Package) -> None:
    today = desk.today()
    refused = reports.report_named(desk, "refusals", today, today)
    assert sum(int(str(row[5])) for row in refused.rows) == 2
    providers = reports.report_named(desk, "providers", today, today)
    assert [row[2] for row in providers.rows] == [1, 1, 1, 1]
    (waits,) = reports.report_named(desk, "waiting", today, today).rows
    assert waits[-1] == 1
    assert waits[1] == PackageStatus.APPROVING.value


PRICES = st.lists(st.integers(1_000, 4_000), min_size=1, max_size=6)


@given(
    prices=PRICES,
    points=st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=6, max_size=6),
    formula=st.sampled_from(PriceFormula),
    weight=st.integers(0, 100),
)
@settings(max_examples=MANY, deadline=None)
def test_every_kept_comparison_comes_out_the_same_from_its_texts(
    prices: list[int], points: list[int | None], formula: PriceFormula, weight: int
) -> None:
    weights = {"price": Decimal(weight), "quality": Decimal(100 - weight)}
    opened = a_round(weights=weights, rules=FrameworkRules(price_formula=formula))
    package = Package("p", "KVB-0001", a_need(), PackageStatus.CHOOSING, "f", NOW, "o")
    offers = tuple(
        an_offer(
            f"1-{number}", id=f"offer-{number}", rate=Money(pence), scored_price=Decimal(pence) / 100,
            quality=None if mark is None else Decimal(mark),
        )
        for number, (pence, mark) in enumerate(zip(prices, points, strict=False))
    )  # fmt: skip
    inputs = {
        "round": to_json(opened), "package": to_json(package), "offers": to_json(offers),
        "lot": to_json(HOME_CARE),
    }  # fmt: skip
    result = replays.result_of(opened, package, offers, HOME_CARE)
    assert replays.replay_scores(RoundSnapshot("s", opened.id, "p", NOW, inputs, result))
