"""Cartridges: questions, pages and links come over; everything else in them is named."""

import zipfile
from io import BytesIO

import pytest

from perennial.core.questions.builders import cartridge, packed, read, said
from perennial.core.questions.taken import Link

ASSESSMENT = "imsqti_xmlv1p2/imscc_xmlv1p3/assessment"
LINK = '<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3"><title>A link</title><url href="{}"/></webLink>'
PAGE = (
    "<html><head><title>Own title</title><style>p {color: red}</style></head><body><h1>Top</h1>"
    "<p>Sleep <b>matters</b>, a &lt; b.</p><h4>Deep</h4>"
    '<p><a href="https://example.org/x">one</a> <a href="http://example.org/y">two</a> <img src="brain.png?x=1" alt="A brain">'
    "<script>alert(1)</script></p><ul><li>first</li></ul></body></html>"
)


def bank(*items: str) -> str:
    inside = f'<assessment ident="a"><section ident="s">{"".join(items)}</section></assessment>'
    return f'<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">{inside}</questestinterop>'


def item(profile: str, response: str, processing: str = "", stem: str = "Stem") -> str:
    field = f"<qtimetadatafield><fieldlabel>cc_profile</fieldlabel><fieldentry>{profile}</fieldentry></qtimetadatafield>"
    return (
        f'<item ident="i-{profile}"><itemmetadata><qtimetadata>{field}</qtimetadata></itemmetadata><presentation><material>'
        f'<mattext texttype="text/html">&lt;p&gt;{stem}&lt;/p&gt;</mattext></material>{response}</presentation>'
        f"<resprocessing>{processing}</resprocessing>{FEEDBACK}</item>"
    )


FEEDBACK = '<itemfeedback ident="A_fb"><material><mattext>Yes</mattext></material></itemfeedback>'


def labels(*names: str) -> str:
    return "".join(f'<response_label ident="{n}"><material><mattext>{n}.</mattext></material></response_label>' for n in names)


def choice(many: str = "Single") -> str:
    return f'<response_lid ident="r" rcardinality="{many}"><render_choice>{labels("A", "B", "C")}</render_choice></response_lid>'


def when(condition: str, score: str = "100", shows: str = "") -> str:
    feedback = f'<displayfeedback linkrefid="{shows}"/>' if shows else ""
    marks = f'<setvar varname="SCORE" action="Set">{score}</setvar>'
    return f"<respcondition><conditionvar>{condition}</conditionvar>{marks}{feedback}</respcondition>"


def equal(value: str) -> str:
    return f'<varequal respident="r">{value}</varequal>'


TYPED = '<response_str ident="r"><render_fib/></response_str>'
NUMBER = '<response_str ident="r"><render_fib fibtype="Decimal"/></response_str>'


def test_the_questions_of_an_assessment_are_read() -> None:
    several = f"<and>{equal('A')}{equal('B')}<not>{equal('C')}</not></and>"
    matching = "".join(
        f'<response_lid ident="{n}"><material><mattext>{n}</mattext></material>'
        f"<render_choice>{labels('A', 'B', 'C')}</render_choice></response_lid>"
        for n in ("one", "two")
    )
    right = when('<varequal respident="one">B</varequal>', "50") + when('<varequal respident="two">A</varequal>', "50")
    xml = bank(
        item("cc.multiple_choice.v0p1", choice(), when(equal("A"), shows="A_fb") + when(equal("B"), "0")),
        item("cc.multiple_response.v0p1", choice("Multiple"), when(several)),
        item("numerical_question", NUMBER, when("<vargte respident='r'>3</vargte><varlte respident='r'>4</varlte>")),
        item("matching_question", matching, right),
        item("cc.essay.v0p1", TYPED),
        item("cc.fib.v0p1", TYPED, when(equal("sleep"))),
        item("calculated_question", NUMBER),
        item("text_only_question", ""),
    )
    taken = read(cartridge({"quiz/q.xml": xml}, {"quiz/q.xml": ASSESSMENT}))
    single, multiple, number, match, essay = taken.items
    assert ([o.correct for o in single.options], single.options[0].rationale) == ([True, False, False], "Yes")
    assert (multiple.kind, [option.correct for option in multiple.options]) == ("multiple", [True, True, False])
    assert number.numeric is not None
    assert (str(number.numeric.value), str(number.numeric.tolerance)) == ("3.5", "0.5")
    assert [(pair.left, pair.right) for pair in match.pairs] == [("one", "B."), ("two", "A."), ("", "C.")]
    assert essay.kind == "reflection"
    refused = said(taken, "refused")
    assert len(refused) == 3
    assert all("quiz/q.xml, question " in line for line in refused)


def test_pages_become_sections_in_the_order_of_the_outline_and_links_become_references() -> None:
    files = {
        "b.html": PAGE,
        "a.html": "<h2>First</h2><p>Words</p>",
        "l.xml": LINK.format("https://example.org/z"),
        "m.xml": LINK.format("javascript:x"),
    }
    types = {"b.html": "webcontent", "a.html": "webcontent", "l.xml": "imswl_xmlv1p3", "m.xml": "imswl_xmlv1p3"}
    taken = read(cartridge(files, types, {"a.html": "One", "b.html": "Two"}))
    assert [page.title for page in taken.pages] == ["One", "Two"]
    assert taken.pages[1].text == (
        "## Top\n\nSleep **matters**, a \\< b.\n\n### Deep\n\n"
        "[one](https://example.org/x) two (http://example.org/y) \\[A brain\\]\n\n- first\n"
    )
    assert taken.links == (Link("A link", "https://example.org/z"),)
    assert (taken.title, taken.format) == ("A cartridge", "package")
    assert said(taken) == [
        "b.html: shows <img> brain.png, which is not in the section",
        "b.html: holds <script>",
        "m.xml: links to 'javascript:x'",
    ]


def test_everything_else_is_named() -> None:
    files = {
        "d.xml": "<topic/>", "t.xml": "<tool/>", "s.txt": "x", "p.pdf": "%PDF", "drawing.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "bad.svg": "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'><script>y()</script></svg>", "loose.txt": "x", ".DS_Store": "x",
    }  # fmt: skip
    types = {
        "d.xml": "imsdt_xmlv1p3", "t.xml": "imsbasiclti_xmlv1p3", "s.txt": "associatedcontent/imscc_xmlv1p3/learning-application-resource",
        "p.pdf": "webcontent", "drawing.svg": "webcontent", "bad.svg": "webcontent", "gone.html": "webcontent",
    }  # fmt: skip
    assert said(read(cartridge(files, types))) == [
        "d.xml: is a topic for discussion",
        "t.xml: opens another program (LTI)",
        "s.txt: holds settings of the program that it comes from",
        "p.pdf: is a PDF file",
        "drawing.svg: is a SVG file",
        "bad.svg: is a picture with a program in it",
        "gone.html: is named in the manifest and is not there",
        "loose.txt: is in the package and not in its manifest",
    ]


def test_one_unreadable_file_does_not_take_the_others_along() -> None:
    files = {"good.xml": bank(item("cc.essay.v0p1", TYPED)), "bad.xml": "<questestinterop>"}
    taken = read(cartridge(files, dict.fromkeys(files, ASSESSMENT)))
    assert (len(taken.items), len(said(taken))) == (1, 1)
    assert "bad.xml, line 1: is not well-formed XML" in said(taken)[0]


@pytest.mark.parametrize("name", ["cmi5.xml", "tincan.xml"])
def test_packages_that_run_in_the_browser_come_later(name: str) -> None:
    assert "SCORM, cmi5" in said(read(packed({name: "<x/>"})))[0]


def test_an_empty_package_says_so_and_pages_have_their_lines() -> None:
    assert "holds no question" in said(read(cartridge({}, {})))[0]
    lines = read(cartridge({"a.html": "<p>Words</p>"}, {"a.html": "webcontent"}, {"a.html": "One"})).report.lines
    assert [(line.what, line.title, line.state) for line in lines] == [("becomes a section", "One", "taken")]


def test_scorm_comes_later_too() -> None:
    manifest = "<manifest><metadata><schema>ADL SCORM</schema></metadata><resources/></manifest>"
    assert "come later" in said(read(packed({"imsmanifest.xml": manifest})))[0]


DRAWING = """<questestinterop><assessment ident="a"><section ident="s"><selection_ordering><selection>
<sourcebank_ref>bank7</sourcebank_ref><selection_number>2</selection_number></selection></selection_ordering></section></assessment></questestinterop>"""
BANK = """<questestinterop><objectbank ident="bank7"><item ident="i"><presentation><material><mattext>Who?</mattext></material>
<response_lid ident="r"><render_choice><response_label ident="1"><material><mattext>a</mattext></material></response_label>
<response_label ident="2"><material><mattext>b</mattext></material></response_label></render_choice></response_lid></presentation>
<resprocessing><respcondition><conditionvar><varequal respident="r">1</varequal></conditionvar><setvar>100</setvar></respcondition>
</resprocessing></item></objectbank></questestinterop>"""


def test_questions_drawn_from_a_bank_are_named_and_refused_where_the_bank_is_not_there() -> None:
    alone = read(DRAWING + "\n", "q.xml")
    assert [line.what for line in alone.report.lines] == ["draws questions from the bank 'bank7', which is not among the files"]
    kind = "imsqti_xmlv1p2/imscc_xmlv1p3/assessment"
    both = read(cartridge({"quiz.xml": DRAWING, "non_cc_assessments/bank7.xml.qti": BANK}, {"quiz.xml": kind}), "c.imscc")
    assert [item.stem for item in both.items] == ["Who?"]
    assert said(both) == ["quiz.xml, line 2: draws questions from the bank 'bank7'"]


def test_an_entry_of_the_outline_that_leads_nowhere_is_named() -> None:
    data = cartridge({"page.html": "<p>Words</p>"}, {"page.html": "webcontent"}, {"page.html": "Page"})
    with zipfile.ZipFile(BytesIO(data)) as archive:
        manifest = archive.read("imsmanifest.xml").decode()
    broken = manifest.replace("</item></organization>", '<item identifierref="gone"><title>Lost quiz</title></item></item></organization>')
    taken = read(packed({"imsmanifest.xml": broken, "page.html": "<p>Words</p>"}), "c.imscc")
    assert said(taken) == ["imsmanifest.xml, line 6: 'Lost quiz' leads to nothing in the package"]
    assert [page.title for page in taken.pages] == ["Page"]


def test_words_that_an_answer_must_hold_are_a_key_and_no_essay() -> None:
    item = BANK[: BANK.index("<response_lid")] + '<response_str ident="r"><render_fib/></response_str></presentation>'
    item += '<resprocessing><respcondition><conditionvar><varsubstring respident="r">Freud</varsubstring></conditionvar>'
    taken = read(item + "<setvar>100</setvar></respcondition></resprocessing></item></objectbank></questestinterop>", "q.xml")
    assert (taken.items, "typing words ('Freud')" in taken.report.lines[0].what) == ((), True)


def test_an_end_that_does_not_belong_to_a_range_is_told() -> None:
    ends = '<vargt respident="r">2</vargt><varlte respident="r">4</varlte>'
    number = BANK[: BANK.index("<response_lid")] + '<response_num ident="r"><render_fib/></response_num></presentation>'
    number += f"<resprocessing><respcondition><conditionvar>{ends}</conditionvar><setvar>100</setvar></respcondition></resprocessing>"
    taken = read(f"{number}</item></objectbank></questestinterop>", "q.xml")
    assert [str(item.numeric.value) for item in taken.items if item.numeric] == ["3"]
    assert "2 itself was wrong in that program and is right here" in said(taken)[0]


def test_a_file_that_the_manifest_names_again_and_again_is_read_once() -> None:
    one = bank(item("cc.multiple_choice.v0p1", choice(), when(equal("A")) + when(equal("B"), "-1e30")))
    again = "".join(f'<resource identifier="r{n}" type="{ASSESSMENT}" href="a.xml"><file href="a.xml"/></resource>' for n in range(500))
    taken = read(packed({"imsmanifest.xml": f"<manifest><resources>{again}</resources></manifest>", "a.xml": one}), "x.zip")
    assert len(taken.items) == 1
    assert sum("named again in the manifest" in line.what for line in taken.report.lines) == 1
