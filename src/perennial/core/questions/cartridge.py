"""Read packages: Common Cartridge 1.0 to 1.3, QTI content packages, and plain archives of question files."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote

from perennial.core.questions.found import Aside, Found, Unreadable
from perennial.core.questions.pages import page_of
from perennial.core.questions.qti import read_qti
from perennial.core.questions.qti1 import read_qti1
from perennial.core.questions.safe_xml import Element, child, name_of, parsed, text_of, within
from perennial.core.questions.taken import Link, Page
from perennial.core.questions.unpack import Archive

MANIFEST = "imsmanifest.xml"
LATER = "Packages that run in the browser (SCORM, cmi5) and learning records (xAPI) come later"
LATER_MEND = "Export the questions as QTI, Moodle XML or GIFT, or the pages as a Common Cartridge."
OF_THE_SYSTEM = (MANIFEST, ".ds_store", "thumbs.db", "desktop.ini")
CANVAS_BANKS = "non_cc_assessments/"
AGAIN = "is named again in the manifest"
MEDIA = "Upload it under Media in the draft."
NOT_HAD = {
    "imsdt": ("is a topic for discussion", "Put its words into a section as a question to think about."),
    "imsbasiclti": ("opens another program (LTI)", "Link to it from a section, if it is open to all."),
    "imslti": ("opens another program (LTI)", "Link to it from a section, if it is open to all."),
    "assignment": ("is an assignment to hand in", "Make it a reflection, which is not handed in."),
    "imsapip": ("is an accessibility profile", "Nothing here reads it."),
}
LEFT_OUT = {
    "learning-application-resource": "holds settings of the program that it comes from",
    "resourcemetadata": "describes other files",
    "imsqti_rptemplate": "is a program that marks answers",
    "imsqti_outcomes": "says how a whole test is scored",
    "imsqti_test": "is the order and the timing of a test",
    "css": "is a style sheet",
    "controlfile": "is a schema",
    "extendedrubric": "is a table for marking",
    "imsqti_stimulus": "is a text beside items",
}


@dataclass
class Package:
    """What a package gives, gathered file by file."""

    title: str = ""
    pages: list[Page] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    found: list[Found | Aside] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    banks: frozenset[str] = frozenset()

    def is_new(self, path: str) -> bool:
        """Whether the file was not taken before; it counts as taken from now on. A manifest may name one a thousand times."""
        new = path not in self.taken
        self.taken.add(path)
        return new


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource of a manifest: its type in small letters, its main file, all its files, the title that the outline gives it."""

    identifier: str
    type: str
    href: str
    files: tuple[str, ...]
    title: str


def read_package(data: bytes, where: str) -> Package:
    """All that a package holds. Raises Unreadable for one that may not be opened, or is of a kind that comes later."""
    archive = Archive(data, where)
    manifests = sorted((path for path in archive if PurePosixPath(path).name.lower() == MANIFEST), key=lambda path: path.count("/"))
    _refuse_later(archive, where)
    package = Package(banks=_banks(archive))
    if not manifests:
        _loose(archive, where, package)
        return package
    base = manifests[0][: -len(MANIFEST)]
    root, asides = parsed(archive[manifests[0]], manifests[0])
    package.found += asides
    _refuse_scorm(root, where)
    package.title = _title(root)
    read: set[str] = set()
    package.found += _dangling(root, manifests[0])
    for resource in _resources(root):
        _take(archive, base, resource, package, read)
    _take_rest(archive, base, package, read)
    return package


def _refuse_later(archive: Archive, where: str) -> None:
    names = {PurePosixPath(path).name.lower() for path in archive}
    if names & {"cmi5.xml", "tincan.xml"}:
        raise Unreadable(where, LATER, LATER_MEND)
    if "course.toml" in names and MANIFEST not in names:
        raise Unreadable(where, "is a course folder of ours", "Take it in under Bring in a course folder.")


def _refuse_scorm(root: Element, where: str) -> None:
    schema = " ".join(text_of(one) for one in within(root, "schema")).lower()
    if "scorm" in schema or any("scormtype" in str(key).lower() for one in within(root, "resource") for key in one.attrib):
        raise Unreadable(where, LATER, LATER_MEND)


def _title(root: Element) -> str:
    metadata = child(root, "metadata")
    for one in within(metadata, "title") if metadata is not None else ():
        words = " ".join(text_of(one).split())
        if words:
            return words[:90]
    return ""


def _resources(root: Element) -> Iterator[Resource]:
    """The resources in the order of the outline, then those that it does not name."""
    titles = {one.get("identifierref") or "": " ".join(text_of(child(one, "title")).split()) for one in within(root, "item")}
    order = {identifier: place for place, identifier in enumerate(titles)}
    resources = within(root, "resource")
    for one in sorted(resources, key=lambda one: order.get(one.get("identifier") or "", len(order))):
        files = tuple(_path(each.get("href") or "") for each in within(one, "file"))
        href = _path(one.get("href") or "") or next(iter(files), "")
        identifier = one.get("identifier") or ""
        yield Resource(identifier, (one.get("type") or "").lower(), href, files, titles.get(identifier, ""))


def _dangling(root: Element, manifest: str) -> Iterator[Aside]:
    """Entries of the outline that lead to no resource."""
    there = {one.get("identifier") for one in within(root, "resource")}
    for one in within(root, "item"):
        if one.get("identifierref") and one.get("identifierref") not in there:
            title = " ".join(text_of(child(one, "title")).split()) or one.get("identifierref") or ""
            yield Aside(
                f"{manifest}, line {one.sourceline}", f"'{title[:60]}' leads to nothing in the package", "Export the package again."
            )


def _path(href: str) -> str:
    return str(PurePosixPath(unquote(href.partition("?")[0]).replace("\\", "/"))) if href else ""


def _take(archive: Archive, base: str, resource: Resource, package: Package, read: set[str]) -> None:
    """Take what one resource holds; every resource gets at least one line or one question."""
    href = f"{base}{resource.href}"
    read.update(f"{base}{file}" for file in (*resource.files, resource.href))
    kind = resource.type
    if not resource.href or href not in archive:
        name = resource.href or resource.title or resource.identifier
        what, mend = _not_had(kind) or ("is named in the manifest and is not there", "Export the package again.")
        package.found.append(Aside(name[:120], what, mend))
    elif "imsqti_item" in kind:
        _take_questions(archive, href, package, read_qti)
    elif "imsqti_xmlv1p" in kind:
        fuller = f"{base}{CANVAS_BANKS}{resource.identifier}.xml.qti"
        read.add(fuller)
        _take_questions(archive, fuller if fuller in archive else href, package, _with_banks(package.banks))
    elif kind.startswith("imswl"):
        _link(archive, href, resource, package)
    else:
        _take_other(archive, base, resource, package, read)


def _not_had(kind: str) -> tuple[str, str] | None:
    return next((said for start, said in NOT_HAD.items() if kind.startswith(start)), None)


def _take_other(archive: Archive, base: str, resource: Resource, package: Package, read: set[str]) -> None:
    """Pages, media, and what there is no place for."""
    href, kind = f"{base}{resource.href}", resource.type
    not_had = _not_had(kind)
    left_out = next((what for part, what in LEFT_OUT.items() if part in kind), "")
    name = f"{href}{f' ({resource.title})' if resource.title else ''}"
    if not_had:
        package.found.append(Aside(name, *not_had))
    elif left_out:
        mend = "The questions themselves were read." if "qti" in kind else "It was left out."
        package.found.append(Aside(name, left_out, mend, "changed"))
        read.difference_update(f"{base}{file}" for file in resource.files if file.startswith(CANVAS_BANKS))
    else:
        for file in dict.fromkeys((resource.href, *resource.files)):
            _file(archive, f"{base}{file}", resource.title if file == resource.href else "", package)


def _take_rest(archive: Archive, base: str, package: Package, read: set[str]) -> None:
    """Question banks of Canvas that stand beside the manifest, and files that it does not name."""
    for path in archive:
        if path in read or PurePosixPath(path).name.lower() in OF_THE_SYSTEM or path.startswith("__MACOSX/"):
            continue
        if path.startswith(f"{base}{CANVAS_BANKS}") and path.endswith(".qti"):
            package.found += _questions(archive, path, _with_banks(package.banks))
        else:
            package.found.append(Aside(path[:120], "is in the package and not in its manifest", "It was left out.", "changed"))


def _take_questions(archive: Archive, path: str, package: Package, reader: Callable[[bytes, str], Iterator[Found | Aside]]) -> None:
    if package.is_new(path):
        package.found += _questions(archive, path, reader)
    else:
        package.found.append(Aside(path[:120], AGAIN, "It was read once.", "changed"))


def _questions(archive: Archive, path: str, reader: Callable[[bytes, str], Iterator[Found | Aside]]) -> list[Found | Aside]:
    """The questions of one file, all or none: where it cannot be read, that is said instead."""
    try:
        return list(reader(archive[path], path))
    except Unreadable as fault:
        return [Aside(fault.where, fault.what, fault.mend)]


def _banks(archive: Archive) -> frozenset[str]:
    """The banks in the package: Canvas names their files by them."""
    return frozenset(PurePosixPath(path).name.partition(".")[0] for path in archive if path.endswith((".xml.qti", ".xml")))


def _with_banks(banks: frozenset[str]) -> Callable[[bytes, str], Iterator[Found | Aside]]:
    """The reader of QTI 1.2, told of the banks in the package."""
    return lambda data, path: read_qti1(data, path, banks)


def _link(archive: Archive, href: str, resource: Resource, package: Package) -> None:
    if not package.is_new(href):
        package.found.append(Aside(href[:120], AGAIN, "It was read once.", "changed"))
        return
    try:
        root, _ = parsed(archive[href], href)
    except Unreadable as fault:
        package.found.append(Aside(fault.where, fault.what, fault.mend))
        return
    address = next((one.get("href") or "" for one in within(root, "url")), "").strip()
    title = resource.title or " ".join(text_of(child(root, "title")).split())
    if not address.startswith(("https://", "http://")) or any(sign.isspace() for sign in address):
        package.found.append(
            Aside(href, f"links to '{address[:60]}'", "Only addresses of the web are taken; add it as a reference by hand.")
        )
    else:
        package.links.append(Link(title[:300] or address, address))


def _file(archive: Archive, path: str, title: str, package: Package) -> None:
    """A page becomes a section; other files are named."""
    if path not in archive:
        package.found.append(Aside(path[:120], "is named in the manifest and is not there", "Export the package again."))
        return
    suffix = PurePosixPath(path).suffix.lower()
    if not package.is_new(path):
        package.found.append(Aside(path[:120], AGAIN, "It was read once.", "changed"))
        return
    try:
        if suffix in {".html", ".htm", ".xhtml"}:
            page, asides = page_of(archive[path], path, title)
            package.pages += [page] if page else []
            package.found += asides
        elif suffix == ".svg" and _active(archive[path], path):
            package.found.append(Aside(path, "is a picture with a program in it", "Such a picture is never taken; save it as PNG."))
        else:
            package.found.append(Aside(path[:120], f"is a {suffix.lstrip('.').upper()[:12]} file" if suffix else "is a file", MEDIA))
    except Unreadable as fault:
        package.found.append(Aside(fault.where, fault.what, fault.mend))


def _active(data: bytes, path: str) -> bool:
    """Whether an SVG holds anything but a drawing; one that cannot be read counts as such."""
    try:
        root, _ = parsed(data, path)
    except Unreadable:
        return True
    for element in root.iter():
        if name_of(element).lower() in {"script", "foreignobject", "iframe", "handler", "set", "animate"}:
            return True
        if any(str(key).lower().startswith("on") or "javascript:" in str(value).lower() for key, value in element.attrib.items()):
            return True
    return False


def _loose(archive: Archive, where: str, package: Package) -> None:
    """An archive without a manifest: the question files in it, each by its content."""
    for path in sorted(archive):
        if PurePosixPath(path).suffix.lower() != ".xml":
            package.found.append(Aside(path[:120], "is in an archive without a manifest", "Only QTI files are read from such an archive."))
            continue
        package.found += _questions(archive, path, _either)
    if not any(isinstance(one, Found) for one in package.found):
        raise Unreadable(where, "has no imsmanifest.xml and no QTI items", "Choose a content package, a cartridge or a question file.")


def _either(data: bytes, path: str) -> Iterator[Found | Aside]:
    root, _ = parsed(data, path)
    return read_qti1(data, path) if name_of(root) == "questestinterop" else read_qti(data, path)
