"""Write items as QTI 2.2 or 3.0, in a content package. What they have no place for is said by reading it back: see `write`."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from perennial.core.courses import Item
from perennial.core.questions.build import shortened
from perennial.core.questions.decode import UNWRITABLE
from perennial.core.questions.numbers import written
from perennial.core.questions.qti import ANSWER_LINE, TOOL
from perennial.core.questions.safe_xml import Element
from perennial.core.questions.write_gift import tags_of
from perennial.core.values.late import late

if TYPE_CHECKING:
    from lxml import etree
else:
    etree = late("lxml.etree")

INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
RESPONSE, FEEDBACK, SCORE, RATIONALE = "RESPONSE", "FEEDBACK", "SCORE", "rationale"
HTML = frozenset(["p", "br", "span", "div"])
KEYS = {
    "single": ("single", "identifier"), "true_false": ("single", "identifier"), "multiple": ("multiple", "identifier"),
    "matching": ("multiple", "directedPair"), "ordering": ("ordered", "identifier"), "numeric": ("single", "float"),
    "reflection": ("single", "string"),
}  # fmt: skip
MOMENT = (2020, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Version:
    """A version of QTI: its namespaces, where its schemas are published, and whether names are written with hyphens."""

    items: str
    schema: str
    packages: str
    package_schema: str
    says: tuple[str, str]
    resource: str
    hyphens: bool


VERSIONS = {
    "qti3": Version(
        items="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
        schema="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
        packages="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
        package_schema="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
        says=("QTI Package", "3.0.0"),
        resource="imsqti_item_xmlv3p0",
        hyphens=True,
    ),
    "qti22": Version(
        items="http://www.imsglobal.org/xsd/imsqti_v2p2",
        schema="http://www.imsglobal.org/xsd/qti/qtiv2p2/imsqti_v2p2.xsd",
        packages="http://www.imsglobal.org/xsd/imscp_v1p1",
        package_schema="http://www.imsglobal.org/xsd/qti/qtiv2p2/qtiv2p2_imscpv1p2_v1p0.xsd",
        says=("QTIv2.2 Package", "1.0.0"),
        resource="imsqti_item_xmlv2p2",
        hyphens=False,
    ),
}


def qti_of(items: Sequence[Item], version: Version) -> bytes:
    """A content package with a file for each item. The same items give the same bytes."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        _store(archive, "imsmanifest.xml", _manifest(items, version))
        for item in items:
            _store(archive, _path(item), item_of(item, version))
    return packed.getvalue()


def _store(archive: zipfile.ZipFile, path: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(path, MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)


def _path(item: Item) -> str:
    return f"items/{item.id}.xml"


def _manifest(items: Sequence[Item], version: Version) -> bytes:
    space = f"{{{version.packages}}}"
    root = etree.Element(f"{space}manifest", nsmap=_spaces(version.packages), identifier="questions")
    root.set(f"{{{INSTANCE}}}schemaLocation", f"{version.packages} {version.package_schema}")
    metadata = etree.SubElement(root, f"{space}metadata")
    for name, text in zip(("schema", "schemaversion"), version.says, strict=True):
        etree.SubElement(metadata, f"{space}{name}").text = text
    etree.SubElement(root, f"{space}organizations")
    resources = etree.SubElement(root, f"{space}resources")
    for item in items:
        resource = etree.SubElement(resources, f"{space}resource", identifier=f"r-{item.id}", type=version.resource, href=_path(item))
        etree.SubElement(resource, f"{space}file", href=_path(item))
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _spaces(own: str) -> dict[Any, str]:
    """The namespaces of a file; that of its own elements has no prefix."""
    return {None: own, "xsi": INSTANCE}


class _Writer:
    """Adds elements in the spelling of a version."""

    def __init__(self, version: Version) -> None:
        self.version = version

    def spelled(self, name: str) -> str:
        """A name, given with hyphens, as the version writes it."""
        if self.version.hyphens:
            return name
        head, *rest = name.split("-")
        return head + "".join(word.capitalize() for word in rest)

    def tag(self, name: str) -> str:
        """The tag of an element; HTML is called the same in both versions."""
        prefix = "qti-" if self.version.hyphens and name not in HTML else ""
        return f"{{{self.version.items}}}{prefix}{self.spelled(name)}"

    def add(self, parent: Element, name: str, text: str = "", **attributes: str) -> Element:
        """A new element; attributes are given with underscores for hyphens."""
        element = etree.SubElement(parent, self.tag(name))
        for key, value in attributes.items():
            element.set(self.spelled(key.replace("_", "-")), value)
        if text:
            element.text = UNWRITABLE.sub("", text)
        return element

    def paragraphs(self, parent: Element, text: str) -> None:
        """Text as paragraphs, with line ends inside them."""
        for paragraph in UNWRITABLE.sub("", text).split("\n\n"):
            self.lines(self.add(parent, "p"), paragraph)

    def lines(self, parent: Element, text: str) -> None:
        """Text with its line ends, straight inside an element."""
        first, *rest = UNWRITABLE.sub("", text).split("\n")
        parent.text = first
        for line in rest:
            self.add(parent, "br").tail = line


def item_of(item: Item, version: Version) -> bytes:
    """One item as a file, without indents: white space between words would be read as part of them."""
    write = _Writer(version)
    root = etree.Element(write.tag("assessment-item"), nsmap=_spaces(version.items))
    root.set(f"{{{INSTANCE}}}schemaLocation", f"{version.items} {version.schema}")
    labels = [*tags_of(item), *([f"unit:{item.numeric.unit}"] if item.numeric and item.numeric.unit else [])]
    about = {"identifier": f"_{item.id}" if item.id[:1].isdigit() else item.id, "title": shortened(item.stem, 80), "adaptive": "false"}
    about |= {"time-dependent": "false", "tool-name": TOOL, "tool-version": "1"} | ({"label": ";".join(labels)} if labels else {})
    for name, value in about.items():
        root.set(write.spelled(name), UNWRITABLE.sub("", value))
    _declare(write, root, item)
    body = write.add(root, "item-body")
    write.paragraphs(body, item.stem)
    INTERACTIONS[item.kind](write, body, item)
    _process(write, root, item)
    if item.rationale:
        said = write.add(root, "modal-feedback", outcome_identifier=FEEDBACK, identifier=RATIONALE, show_hide="show")
        write.paragraphs(write.add(said, "content-body") if version.hyphens else said, item.rationale)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _rights(item: Item) -> list[str]:
    """The right sides of a matching item, each once."""
    return list(dict.fromkeys(pair.right for pair in item.pairs))


def _key(item: Item) -> list[str]:
    """The identifiers or values that are right."""
    if item.kind == "matching":
        rights = _rights(item)
        return [f"L{place} R{rights.index(pair.right) + 1}" for place, pair in enumerate(item.pairs, 1) if pair.left]
    if item.kind == "ordering":
        return [f"S{sorted(item.steps).index(step) + 1}" for step in item.steps]
    if item.numeric:
        return [written(item.numeric.value)]
    return [f"A{place}" for place, option in enumerate(item.options, 1) if option.correct]


def _declare(write: _Writer, root: Element, item: Item) -> None:
    cardinality, base = KEYS[item.kind]
    response = write.add(root, "response-declaration", identifier=RESPONSE, cardinality=cardinality, base_type=base)
    if item.kind != "reflection":
        correct = write.add(response, "correct-response")
        for value in _key(item):
            write.add(correct, "value", value)
        score = write.add(root, "outcome-declaration", identifier=SCORE, cardinality="single", base_type="float")
        write.add(write.add(score, "default-value"), "value", "0")
    if _says(item):
        many = "multiple" if item.kind == "multiple" else "single"
        write.add(root, "outcome-declaration", identifier=FEEDBACK, cardinality=many, base_type="identifier")


def _says(item: Item) -> bool:
    return bool(item.rationale) or any(option.rationale for option in item.options)


def _choice(write: _Writer, body: Element, item: Item) -> None:
    several = item.kind == "multiple"
    asked = write.add(body, "choice-interaction", response_identifier=RESPONSE, shuffle="true", max_choices="0" if several else "1")
    for place, option in enumerate(item.options, 1):
        choice = write.add(asked, "simple-choice", identifier=f"A{place}")
        write.lines(choice, option.text)
        if option.rationale:
            said = write.add(choice, "feedback-inline", outcome_identifier=FEEDBACK, identifier=f"A{place}", show_hide="show")
            write.lines(said, option.rationale)


def _match(write: _Writer, body: Element, item: Item) -> None:
    lefts, rights = [(place, pair.left) for place, pair in enumerate(item.pairs, 1) if pair.left], _rights(item)
    asked = write.add(body, "match-interaction", response_identifier=RESPONSE, shuffle="true", max_associations=str(len(lefts)))
    side = write.add(asked, "simple-match-set")
    for place, left in lefts:
        write.lines(write.add(side, "simple-associable-choice", identifier=f"L{place}", match_max="1"), left)
    side = write.add(asked, "simple-match-set")
    for place, right in enumerate(rights, 1):
        write.lines(write.add(side, "simple-associable-choice", identifier=f"R{place}", match_max=str(len(lefts))), right)


def _order(write: _Writer, body: Element, item: Item) -> None:
    asked = write.add(body, "order-interaction", response_identifier=RESPONSE, shuffle="true")
    for place, step in enumerate(sorted(item.steps), 1):
        write.lines(write.add(asked, "simple-choice", identifier=f"S{place}"), step)


def _entry(write: _Writer, body: Element, item: Item) -> None:
    line = write.add(body, "p")
    line.set("class", ANSWER_LINE)
    field = write.add(line, "text-entry-interaction", response_identifier=RESPONSE, expected_length="12")
    field.tail = f" {item.numeric.unit}" if item.numeric and item.numeric.unit else None


def _words(write: _Writer, body: Element, _: Item) -> None:
    write.add(body, "extended-text-interaction", response_identifier=RESPONSE, expected_lines="5")


INTERACTIONS = {
    "single": _choice,
    "multiple": _choice,
    "true_false": _choice,
    "matching": _match,
    "ordering": _order,
    "numeric": _entry,
    "reflection": _words,
}


def _process(write: _Writer, root: Element, item: Item) -> None:
    """One mark for the whole right answer, and what is said afterwards."""
    if item.kind == "reflection" and not item.rationale:
        return
    processing = write.add(root, "response-processing")
    if item.kind != "reflection":
        condition = write.add(write.add(processing, "response-condition"), "response-if")
        compared = _compared(write, condition, item)
        write.add(compared, "variable", identifier=RESPONSE)
        write.add(compared, "correct", identifier=RESPONSE)
        write.add(write.add(condition, "set-outcome-value", identifier=SCORE), "base-value", "1", base_type="float")
    if item.rationale:
        write.add(write.add(processing, "set-outcome-value", identifier=FEEDBACK), "base-value", RATIONALE, base_type="identifier")
    elif _says(item):
        write.add(write.add(processing, "set-outcome-value", identifier=FEEDBACK), "variable", identifier=RESPONSE)


def _compared(write: _Writer, condition: Element, item: Item) -> Element:
    if item.numeric and item.numeric.tolerance:
        around = written(item.numeric.tolerance)
        return write.add(condition, "equal", tolerance_mode="absolute", tolerance=f"{around} {around}")
    return write.add(condition, "match")
