"""Office documents: read to the last entry, refused for what they could do, written anew without their makers."""

import io
import stat
import struct
import zipfile

import pytest

from endocsea.support.guard import packages, refused
from endocsea.support.guard.kinds import Kind
from endocsea.support.guard.packages import cleaned
from tests.support.guard.files import (
    LOCAL,
    MAINS,
    OOXML,
    PACKAGE,
    PNG,
    SCHEMAS,
    XML,
    odf,
    odf_parts,
    ooxml,
    ooxml_parts,
    relations,
    zipped,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64
WORD_RELATIONS = "word/_rels/document.xml.rels"
MICROSOFT = "http://schemas.microsoft.com/office"
THUMBNAIL = f"{SCHEMAS}/relationships/metadata/thumbnail"
SETTINGS_RELATIONS = "word/_rels/settings.xml.rels"


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {entry.filename: package.read(entry) for entry in package.infolist()}


def odf_with(body):
    return odf(body=body)


def related(*relation, part=WORD_RELATIONS):
    """A document with one relation more: of a kind, to a target, and perhaps external."""
    return ooxml(**{part: relations(relation)})


def outside(kind, target, part=WORD_RELATIONS):
    return related(kind, target, "External", part=part)


def drawn(svg, name="word/media/a.svg"):
    return ooxml(**{name: f'<svg xmlns="http://www.w3.org/2000/svg"{svg}'})


def calculated(formula):
    return ooxml("xlsx", **{"xl/worksheets/sheet1.xml": f"<s><f>{formula}</f></s>"})


def calculated_in_odf(formula):
    return odf("spreadsheet", body=f"<table:table-cell table:formula='of:={formula}'/>")


# Macros, in each of the ways in which they come.

MACROS = {
    "a VBA project": ooxml(**{"word/vbaProject.bin": OLE}),
    "a VBA project of another name": related(f"{MICROSOFT}/2006/relationships/vbaProject", "x.bin"),
    "a VBA project declared": ooxml(types=[("word/x.bin", "application/vnd.ms-office.vbaProject")]),
    "a DOCM": ooxml(main_type="application/vnd.ms-word.document.macroEnabled.main+xml"),
    "a DOTM": ooxml(main_type="application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    "an XLSM": ooxml("xlsx", main_type="application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
    "an XLSB": ooxml("xlsx", main_type="application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
    "a PPTM": ooxml("pptx", main_type="application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"),
    "a macro sheet": ooxml("xlsx", **{"xl/macrosheets/sheet1.xml": "<x/>"}),
    "a macro sheet declared": ooxml("xlsx", types=[("xl/s.xml", "application/vnd.ms-excel.intlmacrosheet+xml")]),
    "ActiveX": ooxml(**{"word/activeX/activeX1.xml": "<x/>"}),
    "an ActiveX control": related("control", "controls/x.xml"),
    "a bar with buttons": ooxml(root=[(f"{MICROSOFT}/2007/relationships/ui/extensibility", "ui/x.xml")]),
    "an OpenDocument Basic module": odf(**{"Basic/Standard/Module1.xml": "<x/>"}),
    "an OpenDocument script": odf(**{"Scripts/python/x.py": "print()"}),
    "an OpenDocument dialog": odf(**{"Dialogs/Standard/d.xml": "<x/>"}),
    "an OpenDocument module in an object": odf(**{"Object 1/Basic/Standard/Module1.xml": "<x/>"}),
    "an office:script": odf_with("<office:script/>"),
    "an event": odf_with("<script:event-listener script:language='ooo:script'/>"),
    "a button that runs": odf_with("<text:execute-macro/>"),
    "a slide that executes": odf_with("<presentation:event-listener presentation:action='execute'/>"),
    "a link to a macro": odf_with("<text:a xlink:href='vnd.sun.star.script:x?language=Basic'/>"),
    "a link to JavaScript": odf_with("<text:a xlink:href='javascript:alert(1)'/>"),
    "a picture to a macro": odf_with("<draw:image xlink:href='macro:x'/>"),
    "an SVG with a script inside": drawn('><script/></svg>'),
    "an SVG with an event inside": odf(**{"Pictures/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" onload="a()"/>'}),
    "an SVG with a page inside": drawn('><foreignObject/></svg>', "word/media/a.png"),
}  # fmt: skip

EMBEDDED = {
    "an OLE object": ooxml(**{"word/embeddings/oleObject1.bin": OLE}),
    "an OLE object elsewhere": ooxml(**{"word/media/image1.png": OLE}),
    "a workbook in a chart": ooxml("pptx", **{"ppt/embeddings/Microsoft_Excel_Sheet.xlsx": ooxml("xlsx")}),
    "a workbook elsewhere": ooxml(**{"word/media/image1.jpeg": ooxml("xlsx")}),
    "a relation to an object": related("oleObject", "x.bin"),
    "a relation to a package": related("package", "x.bin"),
    "an object declared": ooxml(types=[("word/x.bin", f"{OOXML}.oleObject")]),
    "a web page taken in": related("aFChunk", "x.html"),
    "an executable": ooxml(**{"word/media/image1.emf": b"MZ\x90\0\3\0"}),
    "an archive": ooxml(**{"customXml/item1.xml": b"Rar!\x1a\x07\0"}),
    "an archive among the fonts": ooxml(**{"word/fonts/font1.odttf": b"PK\x03\x04\0\0"}),
    "a video": ooxml("pptx", **{"ppt/media/media1.mp4": b"\0\0\0\x18ftypmp42"}),
    "a sound": ooxml("pptx", **{"ppt/media/media1.wav": b"RIFF\1\0\0\0WAVEfmt "}),
    "a video declared": ooxml("pptx", types=[("ppt/media/x.bin", "video/mp4")]),
    "a relation to a video": ooxml("pptx", **{"ppt/slides/_rels/slide1.xml.rels": relations(("video", "x.bin"))}),
    "bytes of no kind": ooxml(**{"word/theme/theme1.bin": b"\1\2\3\4"}),
    "a text": ooxml(**{"word/notes.txt": "Call me"}),
    "an OpenDocument OLE object": odf(**{"Object 1": OLE}),
    "an OpenDocument object declared": odf_with("<draw:object-ole/>"),
    "an OpenDocument plug-in": odf_with("<draw:plugin/>"),
    "an OpenDocument applet": odf_with("<draw:applet/>"),
    "an OpenDocument video": odf(**{"Media/a.mp4": b"\0\0\0\x18ftypmp42"}),
}  # fmt: skip

FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{0}</w:instrText></w:r>'
    '<w:r><w:instrText>{1}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
NESTED = FIELD.format("PAGE ", "").replace(
    '<w:r><w:fldChar w:fldCharType="end"/>', FIELD.format("DDE", " x")[5:-6] + "<w:r>"
)
REACHING = {
    "a template from elsewhere": outside("attachedTemplate", "https://example.org/x.dotm", SETTINGS_RELATIONS),
    "a template of a disk": outside("attachedTemplate", LOCAL + "C:/x.dotm", SETTINGS_RELATIONS),
    "a picture from elsewhere": outside("image", "https://example.org/x.png"),
    "a link to a file": outside("hyperlink", LOCAL + "C:/x.exe"),
    "a link to a share": outside("hyperlink", "\\\\example.org\\x"),
    "a link to JavaScript": outside("hyperlink", "javascript:a()"),
    "a frame": ooxml(**{"word/_rels/webSettings.xml.rels": relations(("frame", "x.htm"))}),
    "another workbook": ooxml("xlsx", **{"xl/externalLinks/externalLink1.xml": "<x/>"}),
    "another workbook declared": ooxml("xlsx", types=[("xl/x.xml", f"{OOXML}.spreadsheetml.externalLink+xml")]),
    "a database": ooxml("xlsx", **{"xl/_rels/workbook.xml.rels": relations(("connections", "connections.xml"))}),
    "an add-in": ooxml(**{"word/webextensions/taskpanes.xml": "<x/>"}),
    "a DDE field": ooxml(body=FIELD.format(" DDEAUTO c:\\\\x", " y")),
    "a DDE field in pieces": ooxml(body=FIELD.format(" DD", "E c:\\\\x")),
    "a DDE field after another": ooxml(body=FIELD.format("PAGE", "") + FIELD.format("D", "DEAUTO x")),
    "a DDE field in another": ooxml(body=NESTED),
    "a simple DDE field": ooxml(body='<w:fldSimple w:instr=" DDEAUTO x"/>'),
    "a field with a picture": ooxml(body=FIELD.format('INCLUDEPICTURE "https://example.org/', 'x.png"')),
    "a formula that fetches": calculated('_xlfn.WEBSERVICE("https://example.org")'),
    "a formula that calls": calculated("CALL(\"x\",\"y\")"),
    "a formula of DDE": calculated("cmd|'/C calc'!A0"),
    "a name that runs": ooxml("xlsx", **{"xl/x.xml": "<s><definedName>EXEC(\"x\")</definedName></s>"}),
    "an OpenDocument picture from elsewhere": odf_with("<draw:image xlink:href='https://example.org/x.png'/>"),
    "an OpenDocument picture of a disk": odf_with("<draw:image xlink:href='../x.png'/>"),
    "an OpenDocument link to a file": odf_with(f"<text:a xlink:href='{LOCAL}x'/>"),
    "an OpenDocument section from elsewhere": odf_with("<text:section-source xlink:href='smb://x/y.odt'/>"),
    "an OpenDocument frame": odf_with("<draw:floating-frame/>"),
    "OpenDocument DDE": odf_with("<text:dde-connection-decl/>"),
    "an OpenDocument formula of DDE": calculated_in_odf("DDE(&quot;a&quot;)"),
    "an OpenDocument formula that fetches": calculated_in_odf("WEBSERVICE(&quot;a&quot;)"),
    "an OpenDocument table from elsewhere": odf("spreadsheet", body="<table:table-source xlink:href='https://example.org/x'/>"),
    "an SVG from elsewhere": drawn('><image href="https://example.org/x"/></svg>'),
}  # fmt: skip

SIGNED = {
    "an OOXML signature": ooxml(**{"_xmlsignatures/sig1.xml": "<x/>"}),
    "an OOXML signature related": ooxml(root=[(f"{SCHEMAS}/relationships/digital-signature/origin", "x")]),
    "an OpenDocument signature": odf(**{"META-INF/documentsignatures.xml": "<x/>"}),
    "an OpenDocument signature of macros": odf(**{"META-INF/macrosignatures.xml": "<x/>"}),
}  # fmt: skip

UNKNOWN = {
    "a template": ooxml(main_type=f"{OOXML}.wordprocessingml.template.main+xml"),
    "a drawing": odf("graphics"),
    "an OpenDocument template": odf("text-template"),
    "two documents in one": ooxml(types=[MAINS["xlsx"]]),
    "a document of no kind": ooxml(main_type="text/xml"),
}
ARCHIVES = {
    "a plain archive": zipped({"a.txt": "Law", "b.txt": "Law"}),
    "an archive of pictures": zipped({"a.png": PNG}),
    "a Java archive": zipped(
        {"META-INF/MANIFEST.MF": "Manifest-Version: 1.0", "A.class": b"\xca\xfe\xba\xbe"}
    ),
    "an e-book": zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": "<x/>"}),
    "a list of kinds and nothing else": zipped({"[Content_Types].xml": "<x/>"}),
}
ENTITIES = f'{XML}<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
DAMAGED = {
    "half a package": ooxml()[:-200],
    "a part that is no XML": ooxml(**{"word/styles.xml": "<w:styles>"}),
    "a web page among the parts": ooxml(**{"word/styles.xml": "<html><br></html>"}),
    "a document type": ooxml(**{"word/styles.xml": ENTITIES}),
    "a document type in the list": ooxml(**{"[Content_Types].xml": ENTITIES}),
    "an entity from elsewhere": odf(**{"styles.xml": f'<!DOCTYPE x SYSTEM "{LOCAL}etc/passwd"><x/>'}),
    "a path that climbs": ooxml(**{"../x.xml": "<x/>"}),
    "a path that climbs inside": ooxml(**{"word/../../x.xml": "<x/>"}),
    "a path of a disk": ooxml(**{"C:/x.xml": "<x/>"}),
    "an absolute path": ooxml(**{"/x.xml": "<x/>"}),
    "a path with backslashes": ooxml(**{"word\\..\\x.xml": "<x/>"}),
    "a path with a control character": ooxml(**{"word/\x01x.xml": "<x/>"}),
    "two entries that differ in their letters' size": ooxml(**{"WORD/document.xml": "<x/>"}),
}


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        pytest.param(content, refusal, id=name)
        for refusal, cases in (
            (refused.Macros, MACROS),
            (refused.Embedded, EMBEDDED),
            (refused.Reaching, REACHING),
            (refused.Signed, SIGNED),
            (refused.Unknown, UNKNOWN),
            (refused.Archive, ARCHIVES),
            (refused.Damaged, DAMAGED),
        )
        for name, content in cases.items()
    ],
)
def test_a_package_is_refused_for_what_is_in_it(content, refusal):
    with pytest.raises(refusal) as refusing:
        cleaned(content)

    assert type(refusing.value) is refusal


# Protection, size and number.


def with_bytes(content, at, value):
    return content[:at] + value + content[at + len(value) :]


def test_a_protected_package_is_refused():
    content = ooxml()
    flags = content.index(b"PK\x01\x02") + 8

    with pytest.raises(refused.Encrypted):
        cleaned(with_bytes(content, flags, struct.pack("<H", 1)))
    with pytest.raises(refused.Encrypted):
        cleaned(odf(inside="<manifest:encryption-data/>"))


def test_a_compression_that_no_office_uses_is_refused():
    with pytest.raises(refused.Damaged):
        cleaned(zipped(ooxml_parts(), method=zipfile.ZIP_BZIP2))


def test_an_entry_twice_is_refused():
    new = io.BytesIO()
    with zipfile.ZipFile(new, "w") as package:
        for name, part in ooxml_parts().items():
            package.writestr(name, part)
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("word/document.xml", "<x/>")

    with pytest.raises(refused.Damaged):
        cleaned(new.getvalue())


def test_a_link_of_the_file_system_is_refused():
    new = io.BytesIO(ooxml())
    with zipfile.ZipFile(new, "a") as package:
        link = zipfile.ZipInfo("word/link.xml")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        package.writestr(link, "/etc/passwd")

    with pytest.raises(refused.Damaged):
        cleaned(new.getvalue())


def test_a_bomb_of_one_large_entry_is_refused_unread():
    content = ooxml(**{"word/styles.xml": b"<x>" + b" " * (100 * 1024 * 1024) + b"</x>"})

    assert len(content) < 200_000
    with pytest.raises(refused.Expands):
        cleaned(content)


def test_a_bomb_below_the_limit_of_size_is_known_by_its_ratio():
    with pytest.raises(refused.Expands):
        cleaned(ooxml(**{"word/styles.xml": b"<x>" + b" " * (10 * 1024 * 1024) + b"</x>"}))


def test_a_bomb_of_many_entries_is_refused_unread(monkeypatch):
    monkeypatch.setattr(packages, "RATIO", 10_000)
    block = b"<x>" + b" " * (40 * 1024 * 1024) + b"</x>"

    with pytest.raises(refused.Expands):
        cleaned(ooxml(**{f"word/part{number}.xml": block for number in range(6)}))


def test_a_package_of_very_many_entries_is_refused_unread():
    with pytest.raises(refused.Expands):
        cleaned(zipped({f"a{number}": "" for number in range(packages.ENTRIES + 1)}))


def test_an_entry_that_lies_about_its_size_is_refused():
    content = ooxml(**{"word/styles.xml": b"<x>" + b" " * 100_000 + b"</x>"})
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(b"word/styles.xml"))

    with pytest.raises(refused.Damaged):
        cleaned(with_bytes(content, entry + 24, struct.pack("<I", 50)))


def test_a_nested_bomb_is_an_archive_in_a_document():
    inner = zipped({"a": b"\0" * 1_000_000})

    with pytest.raises(refused.Embedded):
        cleaned(ooxml(**{"word/media/image1.png": inner}))


# What is kept, and what not.


def test_the_properties_and_the_preview_of_a_document_are_left_out():
    content = ooxml(
        types=[
            ("docProps/app.xml", f"{OOXML}.extended-properties+xml"),
            ("docProps/custom.xml", f"{OOXML}.custom-properties+xml"),
        ],
        root=[(THUMBNAIL, "docProps/thumbnail.png")],
        **{
            "docProps/app.xml": f"{XML}<Properties><Company>Ana's office</Company></Properties>",
            "docProps/custom.xml": f"{XML}<Properties><p>Ana's number</p></Properties>",
            "docProps/thumbnail.png": PNG,
            "word/media/image1.png": PNG,
        },
    )
    kind, new = cleaned(content)
    parts = parts_of(new)

    assert kind == Kind.DOCX
    assert "docProps/thumbnail.png" not in parts
    assert b"thumbnail" not in parts["_rels/.rels"]
    assert b"officeDocument" in parts["_rels/.rels"]
    assert not any(b"Ana" in part for part in parts.values())
    assert parts["word/media/image1.png"] == PNG
    assert parts["word/document.xml"] == ooxml_parts()["word/document.xml"].encode()
    assert cleaned(new) == (kind, new)


def test_properties_under_another_name_are_found_by_what_they_are():
    _kind, new = cleaned(
        ooxml(types=[("about.xml", f"{PACKAGE}.core-properties+xml")], **{"about.xml": "<x>Ana</x>"})
    )

    assert b"Ana" not in parts_of(new)["about.xml"]


def test_an_open_document_loses_its_makers_its_preview_and_its_user_s_menus():
    content = odf(
        listed=[("Thumbnails/thumbnail.png", "image/png"), ("Configurations2/menubar/x.xml", "text/xml")],
        **{
            "Thumbnails/thumbnail.png": PNG,
            "Configurations2/menubar/x.xml": "<x/>",
            "Object 1/meta.xml": "<x>Ana</x>",
            "Pictures/a.png": PNG,
            "layout-cache": b"\1\2\3",
        },
    )
    kind, new = cleaned(content)
    parts = parts_of(new)

    assert kind == Kind.ODT
    assert next(iter(parts)) == "mimetype"
    assert set(parts) == {
        "mimetype",
        "content.xml",
        "meta.xml",
        "META-INF/manifest.xml",
        "Object 1/meta.xml",
        "Pictures/a.png",
    }
    assert not any(b"Ana" in part for part in parts.values())
    assert b"Thumbnails" not in parts["META-INF/manifest.xml"]
    assert b'manifest:version="1.3"' in parts["META-INF/manifest.xml"]
    assert cleaned(new) == (kind, new)


def test_the_kind_of_an_open_document_comes_first_and_unpacked_wherever_it_stood():
    parts = odf_parts()
    last = {name: parts[name] for name in [*list(parts)[1:], "mimetype"]}

    new = cleaned(zipped(last))[1]

    assert new[30:38] == b"mimetype"
    assert new[38:84].startswith(b"application/vnd.oasis.opendocument.text")


def test_dates_folders_and_what_stands_around_the_package_are_gone():
    new = io.BytesIO(ooxml())
    with zipfile.ZipFile(new, "a") as package:
        package.mkdir("word/empty")
        package.comment = b"by Ana"
    _kind, content = cleaned(new.getvalue())

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.comment == b""
        assert all(entry.date_time == (1980, 1, 1, 0, 0, 0) for entry in package.infolist())
        assert "word/empty/" not in package.namelist()


@pytest.mark.parametrize(
    "content",
    [
        outside("hyperlink", "https://example.org/"),
        outside("hyperlink", "mailto:x"),
        outside("hyperlink", "#part"),
        related("image", "media/image1.png"),
        ooxml(**{"word/fonts/font1.odttf": b"\x9a\x12scrambled"}),
        ooxml("xlsx", **{"xl/printerSettings/printerSettings1.bin": b"P\0r\0i\0n\0t\0"}),
        calculated("SUM(A1:A3)</f><f>IF(A1&gt;2,\"!\",\"|\")"),
        ooxml(body=FIELD.format(" HYPERLINK ", '"https://example.org/linked-dde"')),
        ooxml(body=FIELD.format(" PAGE ", "")),
        ooxml(**{"word/media/image1.svg": '<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/></svg>'}),
        ooxml(**{"word/media/image1.emf": b"\x01\0\0\0" + b"\0" * 36 + b" EMF"}),
        ooxml(**{"customXml/item1.xml": "<x/>", "word/empty.xml": ""}),
        ooxml(**{"word/styles.xml": '<?xml version="1.0" encoding="UTF-16"?><x/>'.encode("utf-16")}),
        odf_with("<text:a xlink:href='https://example.org/'/><text:a xlink:href='#part'/>"),
        odf_with("<style:hyperlink xmlns:style='urn:x' xlink:href='https://example.org/'/>"),
        odf_with("<draw:image xlink:href='Pictures/a.png'/><draw:object xlink:href='./Object 1'/>"),
        odf_with("<presentation:event-listener presentation:action='next-page'/>"),
        odf(**{"ObjectReplacements/Object 1": b"VCLMTF\1\0", "Fonts/a.ttf": b"\0\1\0\0\0"}),
    ],
)  # fmt: skip
def test_what_a_document_needs_is_kept(content):
    kind, new = cleaned(content)

    assert {name for name in parts_of(content) if not name.endswith("/")} == set(parts_of(new))
    assert cleaned(new) == (kind, new)
