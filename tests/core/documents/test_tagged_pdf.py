"""The judge of our tags notices every fault that it is there for: one planted at a time in a good letter."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, parse_content_stream, unparse_content_stream

import letter_stories as stories
from brokerdesk.core.documents.renderer import LetterRenderer
from tagged_pdf import faults

Plant = Callable[[Pdf], None]


@pytest.fixture(scope="module")
def good(renderer: LetterRenderer) -> bytes:
    letter = stories.saying(
        *stories.links_and_languages().blocks, *stories.figures().blocks[:1], *stories.wide_cells().blocks
    )
    return renderer.render(letter)


def first(pdf: Pdf, kind: str) -> Any:
    return all_of(pdf, kind)[0]


def all_of(pdf: Pdf, kind: str) -> list[Any]:
    return [one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/S") == Name(f"/{kind}")]


def annotation(pdf: Pdf, kind: str) -> Any:
    found = (one for page in pdf.pages for one in page.obj.get("/Annots", []))
    return next(one for one in found if one.Subtype == Name(f"/{kind}"))


def fonts(pdf: Pdf) -> list[Any]:
    return list(pdf.pages[0].Resources.Font.values())


def without(owner: Callable[[Pdf], Any], name: str) -> Plant:
    def plant(pdf: Pdf) -> None:
        del owner(pdf)[name]

    return plant


def swapped_way_back(pdf: Pdf) -> None:
    row = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    row[0], row[-1] = row[-1], row[0]


def without_a_cell(pdf: Pdf) -> None:
    row = all_of(pdf, "TR")[-1]
    row.K = Array(list(row.K)[:-1])


def rewritten(change: Callable[[list[Any]], list[Any]]) -> Plant:
    def plant(pdf: Pdf) -> None:
        page = pdf.pages[0]
        code = [(list(one.operands), one.operator) for one in parse_content_stream(page)]
        page.obj.Contents = Stream(pdf, unparse_content_stream(change(code)))

    return plant


def beginning(code: list[Any], tag: str) -> int:
    return next(at for at, (held, op) in enumerate(code) if str(op) == "BDC" and str(held[0]) == tag)


def unwrapped_rule(code: list[Any]) -> list[Any]:
    begin = beginning(code, "/Artifact")
    end = next(at for at in range(begin, len(code)) if str(code[at][1]) == "EMC")
    return code[:begin] + code[begin + 1 : end] + code[end + 1 :]


def retagged(code: list[Any]) -> list[Any]:
    at = beginning(code, "/H1")
    code[at] = ([Name.P, code[at][0][1]], code[at][1])
    return code


def nested(code: list[Any]) -> list[Any]:
    at = next(at for at, (_, op) in enumerate(code) if str(op) == "EMC")
    return code[:at] + code[at + 1 :]


def without_a_meaning(pdf: Pdf) -> None:
    held = fonts(pdf)[0].ToUnicode
    held.write(re.sub(rb"<61> <0061>\n", b"<61> <0000>\n", held.read_bytes()))


def another_width(pdf: Pdf) -> None:
    widths = fonts(pdf)[0].Widths
    widths[ord("a")] = widths[ord("a")] + 7


def skipped_heading(pdf: Pdf) -> None:
    first(pdf, "H2").S = Name.H4


def odd_annotation(pdf: Pdf) -> None:
    annotation(pdf, "Link").Subtype = Name.Text


def base_font(pdf: Pdf) -> None:
    for font in fonts(pdf):
        del font.FontDescriptor.FontFile2


def orphaned(pdf: Pdf) -> None:
    first(pdf, "LI").P = first(pdf, "P")


def script(pdf: Pdf) -> None:
    pdf.Root.Names = pdf.make_indirect(Dictionary(JavaScript=Dictionary()))


def metadata_without_claim(pdf: Pdf) -> None:
    held: Object = pdf.Root.Metadata
    held.write(held.read_bytes().replace(b"pdfuaid:part", b"pdfuaid:past"))


PLANTED: dict[str, tuple[Plant, str]] = {
    "no mark": (without(lambda pdf: pdf.Root, "/MarkInfo"), "not marked"),
    "no language": (without(lambda pdf: pdf.Root, "/Lang"), "no language"),
    "no title shown": (without(lambda pdf: pdf.Root, "/ViewerPreferences"), "title is not shown"),
    "no output intent": (without(lambda pdf: pdf.Root, "/OutputIntents"), "no output intent"),
    "no claim": (metadata_without_claim, "pdfuaid"),
    "a script": (script, "/JavaScript"),
    "no alternative": (without(lambda pdf: first(pdf, "Figure"), "/Alt"), "Figure without words"),
    "no place of a figure": (without(lambda pdf: first(pdf, "Figure").A, "/BBox"), "without its place"),
    "no words of a form": (without(lambda pdf: first(pdf, "Form"), "/Alt"), "Form without words"),
    "no scope": (without(lambda pdf: first(pdf, "TH").A, "/Scope"), "TH without scope"),
    "no numbering": (without(lambda pdf: first(pdf, "L"), "/A"), "numbering"),
    "no spoken name": (without(lambda pdf: annotation(pdf, "Widget"), "/TU"), "to be spoken"),
    "no contents": (without(lambda pdf: annotation(pdf, "Link"), "/Contents"), "without contents"),
    "not printed": (without(lambda pdf: annotation(pdf, "Link"), "/F"), "not printed"),
    "no way back": (without(lambda pdf: annotation(pdf, "Widget"), "/StructParent"), "has no element"),
    "another annotation": (odd_annotation, "/Text on the page"),
    "no tab order": (without(lambda pdf: pdf.pages[0].obj, "/Tabs"), "tab order"),
    "a missing cell": (without_a_cell, "columns"),
    "a swapped way back": (swapped_way_back, "is unknown to its"),
    "another parent": (orphaned, "names another parent"),
    "a skipped heading": (skipped_heading, "after H1"),
    "an unmarked rule": (rewritten(unwrapped_rule), "paints unmarked"),
    "another tag": (rewritten(retagged), "is tagged"),
    "a mark inside another": (rewritten(nested), "inside"),
    "no meaning of a code": (without_a_meaning, "does not say what code 97 means"),
    "another width": (another_width, "another width"),
    "a font left out": (base_font, "not embedded"),
}


def test_a_good_letter_has_no_fault(good: bytes) -> None:
    assert faults(good) == []


@pytest.mark.parametrize("planted", PLANTED)
def test_each_planted_fault_is_found(good: bytes, planted: str) -> None:
    plant, said = PLANTED[planted]
    out = BytesIO()
    with Pdf.open(BytesIO(good)) as opened:
        plant(opened)
        opened.save(out)
    assert any(said in fault for fault in faults(out.getvalue()))
