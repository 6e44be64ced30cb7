"""The second schema: sourcing the way councils do it, and the whole set of paper.

Not released yet, so a table may still be changed here; one function a room keeps changes apart.
"""

from __future__ import annotations

from alembic import op

from brokerdesk.core.store.migrations.columns import binary, count, flag, text, whole

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what the first schema does not have."""
    _framework_rules()
    _signing()
    _conflicts()
    _capacity()
    _routes()
    _approval_levels()
    _choices()
    _offer_forms()
    _evaluation()
    _what_goes_out()
    _evidence()
    _letters()
    _keys()


def _keys() -> None:
    op.add_column("officer", text("opening_point", filled=""))
    op.add_column("officer", text("recovered_at", blank=True))


def _signing() -> None:
    op.add_column("filed_letter", text("time_stamp", filled="not time-stamped"))
    op.add_column("filed_letter", text("agreement", filled="needs no answer"))
    op.create_table(
        "letter_revision", count("order", key=True), text("id", unique=True), text("package_id"),
        text("letter_id"), text("kind"), text("file_name"), text("sha256"), binary("content"),
        text("made_at"), text("made_by"), text("signer"), text("fingerprint"), text("signed_at", blank=True),
        flag("is_filed"), whole("version"),
    )
    _index("letter_revision", "package_id", "letter_id")
    op.create_table(
        "revoked_certificate", count("order", key=True), text("id", unique=True), text("fingerprint"),
        text("subject"), text("reason"), text("revoked_at"), text("revoked_by"), whole("version"),
    )
    op.create_table(
        "revocation_list", count("order", key=True), text("id", unique=True), text("issuer"),
        text("issuer_key"), text("file_sha256"), text("dated_at"), text("next_at", blank=True),
        text("serials"), text("imported_at"), text("imported_by"), whole("version"),
    )


def _framework_rules() -> None:
    op.add_column("framework", text("rules", filled="{}"))
    op.add_column("round", text("rules", filled="{}"))
    op.add_column("round", whole("rung", filled="0"))
    op.add_column("invitation", whole("rung", filled="0"))
    op.add_column("round", text("rate_kind", filled="standard"))
    op.add_column("round", text("ground", filled=""))
    op.add_column("round", text("opened_because", filled=""))
    op.add_column("invitation", text("skip", blank=True))
    op.add_column("invitation", text("skip_why", filled=""))
    op.add_column("invitation", text("off_rank", filled=""))
    op.add_column("rate_line", text("kind", filled="standard"))
    op.add_column("award", text("off_rank", filled=""))
    op.add_column("suspension", text("ground", filled=""))
    op.add_column("suspension", text("told_on", blank=True))


def _conflicts() -> None:
    op.create_table(
        "conflict_declaration", count("order", key=True), text("id", unique=True), text("package_id"),
        text("round_id"), text("officer_id"), text("officer_name"), text("part"), flag("has_interest"),
        text("interest"), text("mitigation"), text("made_at"), flag("is_current"), text("settled_by"),
        whole("version"),
    )
    _index("conflict_declaration", "package_id", "round_id", "officer_id")


def _capacity() -> None:
    op.create_table(
        "reservation", count("order", key=True), text("id", unique=True), text("package_id"),
        text("offer_id"), text("location_id"), text("lot"), text("amount"), text("unit"),
        text("until", blank=True), text("status"), text("made_at"), text("ended_at", blank=True),
        whole("version"),
    )
    _index("reservation", "package_id", "offer_id", "location_id")


def _routes() -> None:
    op.create_table(
        "route_decision", count("order", key=True), text("id", unique=True), text("package_id"),
        text("route"), text("way"), text("steps"), text("ground"), text("explanation"), text("value"),
        text("decided_at"), text("officer_id"), flag("is_current"), whole("version"),
    )
    _index("route_decision", "package_id", "officer_id")
    op.create_table(
        "notice_due", count("order", key=True), text("id", unique=True), text("package_id"),
        text("award_id"), text("code"), text("due_on", blank=True), flag("is_before_signing"), text("why"),
        text("rule"), text("section"), text("made_at"), text("done_on", blank=True), text("reference"),
        text("standstill_ends_on", blank=True), text("dropped_why"), text("location_id"), whole("version"),
    )
    _index("notice_due", "package_id", "award_id", "reference", "location_id")
    op.create_table(
        "claim", count("order", key=True), text("id", unique=True), text("package_id"),
        text("notified_on"), text("by"), text("about"), text("made_at"), text("settled_on", blank=True),
        text("outcome"), whole("version"),
    )
    _index("claim", "package_id")
    op.create_table(
        "gate_override", count("order", key=True), text("id", unique=True), text("package_id"),
        text("location_id"), text("rule"), text("allowed_by"), text("post"), text("reason"),
        text("given_on"), text("made_at"), text("officer_id"), whole("version"),
    )
    _index("gate_override", "package_id", "location_id", "officer_id")


def _choices() -> None:
    op.add_column("choice", text("record", blank=True))
    op.add_column("choice", binary("signature", filled=""))
    op.add_column("offer", flag("is_outside", filled="0"))
    op.create_table(
        "option_refusal", count("order", key=True), text("id", unique=True), text("package_id"),
        text("round_id"), text("offer_id"), text("location_id"), text("provider"), text("code"),
        text("words"), text("by"), text("refused_on"), text("made_at"), text("officer_id"), whole("version"),
    )
    _index("option_refusal", "package_id", "round_id", "offer_id", "location_id", "officer_id")
    op.create_table(
        "refused_preference", count("order", key=True), text("id", unique=True), text("package_id"),
        text("location_id"), text("provider"), text("conditions"), text("reasons"), text("instead"),
        text("refused_on"), text("refused_by"), text("made_at"), text("officer_id"), flag("is_current"),
        whole("version"),
    )
    _index("refused_preference", "package_id", "location_id", "officer_id")


def _offer_forms() -> None:
    op.add_column("offer", text("terms", filled="{}"))
    op.add_column("offer", text("admitted_because", filled=""))
    op.add_column("offer", text("nights", blank=True))
    op.add_column("offer", text("withdrawn_at", blank=True))
    op.add_column("offer", text("withdrawn_because", filled=""))
    op.create_table(
        "returned_file", count("order", key=True), text("id", unique=True), text("round_id"),
        text("invitation_id"), text("package_id"), text("provider"), text("file_name"), text("came_in"),
        binary("content"), text("sha256"), text("received_at"), flag("is_late"), text("holding"),
        text("state"), text("answer_id"), text("problems"), whole("version"),
    )
    _index("returned_file", "round_id", "invitation_id", "package_id", "answer_id")
    op.create_table(
        "seal", count("order", key=True), text("id", unique=True), text("round_id"), text("package_id"),
        text("made_at"), text("public_key"), text("private_box"), text("shares"),
        text("opened_at", blank=True), text("opened_by"), whole("version"),
    )
    _index("seal", "round_id", "package_id")


def _evaluation() -> None:
    op.add_column("round", flag("declares_interests", filled="0"))
    op.add_column("offer", flag("is_disregarded", filled="0"))
    op.create_table(
        "quality_score", count("order", key=True), text("id", unique=True), text("package_id"),
        text("round_id"), text("offer_id"), text("criterion"), text("points"), text("reason"),
        text("officer_id"), text("officer_name"), text("made_at"), flag("is_current"), whole("version"),
    )
    _index("quality_score", "package_id", "round_id", "offer_id", "officer_id")
    op.create_table(
        "agreed_score", count("order", key=True), text("id", unique=True), text("package_id"),
        text("round_id"), text("offer_id"), text("criterion"), text("points"), text("reason"),
        text("officer_id"), text("officer_name"), text("made_at"), flag("is_current"), whole("version"),
    )
    _index("agreed_score", "package_id", "round_id", "offer_id", "officer_id")
    op.create_table(
        "price_query", count("order", key=True), text("id", unique=True), text("package_id"),
        text("round_id"), text("offer_id"), text("location_id"), text("provider"), whole("hourly"),
        whole("floor"), text("floor_name"), text("question"), text("notified_on"), text("answer_by"),
        text("answered_on", blank=True), text("answer"), text("outcome"), text("reason"),
        text("asked_at"), text("asked_by"), text("decided_at", blank=True), text("decided_by"),
        whole("version"),
    )
    _index("price_query", "package_id", "round_id", "offer_id", "location_id")


def _what_goes_out() -> None:
    op.create_table(
        "release_check", count("order", key=True), text("id", unique=True), text("package_id"),
        text("sha256"), text("struck"), whole("kept"), flag("warnings_seen"), text("checked_at"),
        text("officer_id"), whole("version"),
    )
    _index("release_check", "package_id", "officer_id")
    op.create_table(
        "requirement_edition", count("order", key=True), text("id", unique=True), text("round_id"),
        text("package_id"), whole("number"), text("need"), text("struck"), text("reason"),
        text("differences"), text("made_at"), text("officer_id"), whole("version"),
    )
    _index("requirement_edition", "round_id", "package_id", "officer_id")
    op.create_table(
        "clarification", count("order", key=True), text("id", unique=True), text("round_id"),
        text("package_id"), whole("number"), text("question"), text("answer"), text("made_at"),
        text("officer_id"), whole("version"),
    )
    _index("clarification", "round_id", "package_id", "officer_id")
    op.add_column("offer", flag("is_superseded", filled="0"))
    op.add_column("round", text("withdrawn_reason", filled=""))


def _approval_levels() -> None:
    op.add_column("approval", whole("level", filled="0"))
    op.add_column("approval", flag("is_retrospective", filled="0"))
    op.create_table(
        "approval_scheme", count("order", key=True), text("id", unique=True), whole("edition"),
        text("from_on"), text("basis"), text("levels"), text("source"), text("made_at"), text("officer_id"),
        whole("version"),
    )
    _index("approval_scheme", "officer_id")
    op.create_table(
        "post_holder", count("order", key=True), text("id", unique=True), text("post"), text("officer_name"),
        text("officer_id"), text("from_on"), text("to_on", blank=True), text("stands_in_for"),
        text("reason"), whole("version"),
    )
    _index("post_holder", "officer_id")
    op.create_table(
        "approval_signature", count("order", key=True), text("id", unique=True), text("package_id"),
        text("choice_id"), whole("level"), text("post"), text("approver_name"), text("approver_id"),
        text("stands_in_for"), text("decided_on"), whole("annual_cost"), text("consulted"), text("comment"),
        text("recorded_by"), text("evidence"), text("made_at"), flag("is_current"), whole("version"),
    )
    _index("approval_signature", "package_id", "choice_id", "approver_id")
    op.create_table(
        "panel_record", count("order", key=True), text("id", unique=True), text("package_id"),
        text("choice_id"), text("held_on"), text("members"), flag("is_safe"), flag("is_effective"),
        flag("is_affordable"), flag("is_legal"), text("conditions"), text("minutes"), text("made_at"),
        text("officer_id"), flag("is_current"), whole("version"),
    )
    _index("panel_record", "package_id", "choice_id", "officer_id")
    op.create_table(
        "executive_decision", count("order", key=True), text("id", unique=True), text("package_id"),
        text("choice_id"), text("decision_maker"), text("decided_on"), text("published_on"), flag("is_key"),
        flag("is_subject_to_call_in"), text("call_in_deadline_on", blank=True), text("in_force_on"),
        flag("is_exempt"), text("exempt_reason"), text("reference"), text("made_at"), text("officer_id"),
        text("called_in_on", blank=True), text("upheld_on", blank=True), flag("is_current"), whole("version"),
    )
    _index("executive_decision", "package_id", "choice_id", "officer_id", "reference")


def _evidence() -> None:
    op.create_table(
        "round_snapshot", count("order", key=True), text("id", unique=True), text("round_id"),
        text("package_id"), text("taken_at"), text("inputs"), text("result"), whole("version"),
    )
    _index("round_snapshot", "round_id", "package_id")
    op.create_table(
        "evidence_file", count("order", key=True), text("id", unique=True), text("round_id"),
        text("package_id"), text("reference"), text("file_name"), text("sha256"), binary("content"),
        text("made_at"), text("made_by"), flag("is_filed"), whole("version"),
    )
    _index("evidence_file", "round_id", "package_id", "reference")


def _letters() -> None:
    op.add_column("filed_letter", whole("letter_version", filled="1"))
    op.add_column("filed_letter", text("corrects", filled=""))
    op.add_column("filed_letter", text("superseded_by", filled=""))
    op.add_column("filed_letter", text("correction", filled=""))
    op.add_column("filed_letter", whole("template_edition", filled="0"))
    op.create_table(
        "letter_form", count("order", key=True), text("id", unique=True), text("letter_id"),
        text("package_id"), text("kind"), text("sha256"), text("made_at"), binary("data"), whole("version"),
    )
    _index("letter_form", "letter_id", "package_id")
    op.create_table(
        "letter_template", count("order", key=True), text("id", unique=True), text("kind"), whole("edition"),
        text("from_on"), text("paragraphs"), text("note"), text("made_at"), text("made_by"),
        whole("version"),
    )
    op.create_table(
        "letterhead", count("order", key=True), text("id", unique=True), whole("edition"), text("from_on"),
        text("team"), text("address"), text("phone"), text("email"), text("complaints"), text("accent"),
        text("crest"), text("crest_alt"), text("made_at"), text("made_by"), text("emergency"),
        text("invoices_to"), whole("version"),
    )
    op.create_table(
        "agreement_details", count("order", key=True), text("id", unique=True), text("package_id"),
        text("purchase_order"), text("cost_centre"), text("subjective_code"), text("out_of_hours"),
        text("made_at"), text("officer_id"), flag("is_current"), whole("version"),
    )
    _index("agreement_details", "package_id", "officer_id")


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])
