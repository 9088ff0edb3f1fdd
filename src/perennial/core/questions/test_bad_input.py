"""Files meant to harm, or broken: refused with the place, and nothing of them is taken."""

import struct
import time
import zipfile
from io import BytesIO

import pytest

from perennial.core.questions import take
from perennial.core.questions.builders import packed, read, said

ITEM = '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="a" title="{}"><itemBody/></assessmentItem>'
BOMB = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10 if n else "ha"}">' for n in range(10))


def refused(data: bytes | str, file: str = "x.zip") -> str:
    """The one line of a file that is refused whole."""
    taken = read(data, file)
    assert (taken.items, taken.pages, taken.links) == ((), (), ())
    assert len(taken.report.lines) == 1
    return said(taken, "refused")[0]


@pytest.mark.parametrize("path", ["../evil.xml", "a/../../evil.xml", "/etc/evil", "..\\evil.xml", "C:\\evil.xml"])
def test_no_path_leads_out_of_an_archive(path: str) -> None:
    assert "leads out of the archive" in refused(packed({path: "x", "items/a.xml": ITEM.format("t")}))


def test_a_bomb_is_never_unpacked() -> None:
    assert "a ZIP bomb" in refused(packed({"a.xml": b"0" * 30_000_000}))


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_packed_otherwise_is_never_unpacked(how: int) -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
        archive.writestr("a.xml", ITEM.format("t" * 200_000))
    assert "only plain ZIP" in refused(made.getvalue())


def test_an_entry_that_lies_about_its_size_is_refused() -> None:
    data = packed({"imsmanifest.xml": "<manifest>" + "x" * 5000 + "</manifest>"})
    at = data.rindex(b"PK\x01\x02")
    lying = data[: at + 24] + struct.pack("<I", 100) + data[at + 28 :]
    assert "imsmanifest.xml" in refused(lying)


def test_an_archive_whose_parts_point_nowhere_is_refused() -> None:
    data = packed({"imsmanifest.xml": "<manifest/>", "a.xml": "<x/>"})
    at = data.index(b"PK\x01\x02")
    assert "damaged" in refused(data[: at - 20] + data[at:])
    link = packed({"a": "x"})
    assert "not a whole ZIP" in refused(link.replace(b"PK\x01\x02", b"PK\x00\x00"))


def test_links_locked_and_cut_archives_are_refused() -> None:
    link = BytesIO()
    with zipfile.ZipFile(link, "w") as archive:
        entry = zipfile.ZipInfo("a.xml")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    assert "is a link" in refused(link.getvalue())
    assert "not a whole ZIP" in refused(packed({"a.xml": "x" * 5000})[:-30])
    locked = bytearray(packed({"a.xml": "x"}))
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    assert "password" in refused(bytes(locked))


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        f"<!DOCTYPE x [{BOMB}]>",
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1/e.dtd"> %p;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_a_file_are_never_read(doctype: str, encoding: str) -> None:
    data = f'<?xml version="1.0" encoding="{encoding}"?>\n{doctype}{ITEM.format("&e;")}'.encode(encoding)
    assert "line 2: carries a DOCTYPE with declarations of its own" in refused(data, "i.xml")


def test_a_doctype_that_only_names_a_file_is_left_out() -> None:
    taken = read(
        '<?xml version="1.0"?>\n<!DOCTYPE quiz SYSTEM "q.dtd">\n<quiz><question type="truefalse"><questiontext>A</questiontext>'
        "<answer fraction='100'>true</answer><answer>false</answer></question></quiz>"
    )
    assert len(taken.items) == 1
    assert "names a document type" in said(taken)[0]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00", "is not a text file"),
        ("<quiz><question></quiz>", "is not well-formed XML"),
        ("<svg/>", "begins with <svg>"),
        ("<a>" * 300 + "</a>" * 300, "is not well-formed XML"),
        ("Hello there", "is of no format that is known here"),
        (b"\xff\xfeA", "is not the UTF-16-LE that it says it is"),
    ],
)
def test_what_is_no_file_of_questions_is_refused(data: bytes | str, what: str) -> None:
    assert what in refused(data, "q")


@pytest.mark.parametrize("text", ["\\\\(", "[id:", "$$", "[", "<p ", "{", "::", "ANSWER: a ", "a\tb", "&a"])
@pytest.mark.parametrize("format", ["gift", "aiken", "csv"])
def test_no_text_takes_more_than_its_length(text: str, format: str) -> None:
    began = time.process_time()
    read(f"[markdown]{text * 40_000}{{T}}", format=format)
    assert time.process_time() - began < 5


def test_deep_and_long_texts_do_no_harm() -> None:
    deep = "<b>" * 20_000 + "x"
    taken = read(f"::a::[html]{deep} {{T}}\n\n::b::{'y' * 5000} {{T}}\n\n::c::z {{{' '.join(f'~a{n}' for n in range(50))}}}", format="gift")
    assert [line.partition(": ")[2] for line in said(taken, "refused")] == [
        "the question has 5,000 characters",
        "has more than 40 answers",
    ] or len(said(taken, "refused")) == 3


def test_encodings_are_read_or_guessed_and_said() -> None:
    text = "Où dort-il ? {=ici ~là}"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        taken = read(text.encode(encoding), format="gift")
        assert (taken.items[0].stem, said(taken)) == ("Où dort-il ?", [])
    guessed = read(text.encode("cp1252"), format="gift")
    assert guessed.items[0].stem == "Où dort-il ?"
    assert said(guessed) == ["questions.txt: says no encoding and is not UTF-8"]


def test_more_questions_than_anyone_looks_at_are_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(take, "MOST_QUESTIONS", 100)
    assert len(read("Same? {T}\n\n" * 100).items) == 100
    assert "holds more than 100 questions" in refused("Same? {T}\n\n" * 101, "bank.gift")


def test_questions_of_the_same_name_get_names_of_their_own() -> None:
    taken = read("::Same name::One? {T}\n\n::Same name::Two? {T}\n\n::same-name-2::Three? {T}\n\nFour? {T}\n\n::漢::Five? {F}")
    assert [item.id for item in taken.items] == ["same-name", "same-name-2", "same-name-2-2", "q004", "q005"]
