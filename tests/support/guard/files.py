"""Files made by the tests themselves: good ones, and each with one thing wrong."""

import io
import zipfile
import zlib

import pikepdf

LOCAL = "file:" + "///"  # apart: no file of the project holds a path of a machine
SCHEMAS = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
OOXML = "application/vnd.openxmlformats-officedocument"
PACKAGE = "application/vnd.openxmlformats-package"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
MAINS = {
    "docx": ("word/document.xml", f"{OOXML}.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{OOXML}.spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{OOXML}.presentationml.presentation.main+xml"),
}


def zipped(parts, *, method=zipfile.ZIP_DEFLATED):
    """A package of parts by name, in their order."""
    new = io.BytesIO()
    with zipfile.ZipFile(new, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return new.getvalue()


def relations(*of):
    """A part of relations: (type, target) or (type, target, "External")."""
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{kind if "://" in kind else f"{RELATIONS}/{kind}"}" Target="{target}"'
        + (f' TargetMode="{mode[0]}"' if mode else "")
        + "/>"
        for number, (kind, target, *mode) in enumerate(of, 1)
    )
    return f'{XML}<Relationships xmlns="{SCHEMAS}/relationships">{lines}</Relationships>'


def content_types(main, *more):
    overrides = [main, ("docProps/core.xml", f"{PACKAGE}.core-properties+xml"), *more]
    lines = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides)
    return (
        f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="png" ContentType="image/png"/>{lines}</Types>'
    )


def ooxml_parts(kind="docx", *, types=(), root=(), main_type=None, body="<w:p/>", **more):
    """The parts of an office document; ``more`` are further parts, by name."""
    main, declared = MAINS[kind]
    return {
        "[Content_Types].xml": content_types((main, main_type or declared), *types),
        "_rels/.rels": relations(
            ("officeDocument", main),
            (
                f"{SCHEMAS}/relationships/metadata/core-properties",
                "docProps/core.xml",
            ),
            *root,
        ),
        main: f'{XML}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        "docProps/core.xml": f'{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
        'metadata/core-properties"><cp:lastModifiedBy>Ana Coordinator</cp:lastModifiedBy></cp:coreProperties>',
        **more,
    }


def ooxml(kind="docx", **how):
    return zipped(ooxml_parts(kind, **how))


def manifest(*entries, inside=""):
    lines = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}">{inside}</manifest:file-entry>'
        for path, kind in entries
    )
    return (
        f'{XML}<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0" manifest:version="1.3">'
        f"{lines}</manifest:manifest>"
    )


def odf_parts(kind="text", *, body="<text:p>Law</text:p>", listed=(), inside="", **more):
    """The parts of an OpenDocument file."""
    names = " ".join(
        f'xmlns:{name}="{ODF}:{name}:1.0"'
        for name in ("office", "text", "draw", "table", "script", "presentation", "form")
    )
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return {
        "mimetype": mimetype,
        "content.xml": f'{XML}<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<office:scripts/><office:body>{body}</office:body></office:document-content>",
        "meta.xml": f'{XML}<office:document-meta xmlns:office="{ODF}:office:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:creator>Ana Coordinator</dc:creator>'
        "</office:meta></office:document-meta>",
        "META-INF/manifest.xml": manifest(
            ("/", mimetype), ("content.xml", "text/xml"), ("meta.xml", "text/xml"), *listed, inside=inside
        ),
        **more,
    }


def odf(kind="text", **how):
    return zipped(odf_parts(kind, **how))


def pdf(change=None, **saving):
    """A PDF of one page, made by "Ana", after ``change(pdf)``."""
    new = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        page.obj.Contents = document.make_stream(b"BT (Law) Tj ET")
        document.docinfo["/Author"] = "Ana Coordinator"
        with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:creator"] = ["Ana Coordinator"]
        if change:
            change(document)
        document.save(new, **saving)
    return new.getvalue()


def deflate_bomb(head, megabytes, filler=b" "):
    """``head`` and so many megabytes of the filler, deflated block by block to next to nothing."""
    block = filler * 1_048_576
    compressor = zlib.compressobj(9)
    start = compressor.compress(head) + compressor.flush(zlib.Z_FULL_FLUSH)
    one = compressor.compress(block) + compressor.flush(zlib.Z_FULL_FLUSH)
    checksum = zlib.adler32(head)
    for _ in range(megabytes):
        checksum = zlib.adler32(block, checksum)
    end = zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    return start + one * megabytes + end + checksum.to_bytes(4, "big")


def pdf_with_objects_in(stream, first):
    """A PDF whose catalogue stands in a compressed stream of objects."""
    new = io.BytesIO()
    new.write(b"%PDF-1.5\n")
    objects = new.tell()
    new.write(
        b"3 0 obj\n<</Type/ObjStm/N 2/First %d/Filter/FlateDecode/Length %d>>stream\n" % (first, len(stream))
    )
    new.write(stream + b"\nendstream\nendobj\n")
    table = new.tell()
    rows = ((0, 0, 0), (2, 3, 0), (2, 3, 1), (1, objects, 0), (1, table, 0))
    entries = b"".join(
        bytes([kind]) + place.to_bytes(4, "big") + bytes([index]) for kind, place, index in rows
    )
    new.write(
        b"4 0 obj\n<</Type/XRef/Size 5/W[1 4 1]/Root 1 0 R/Length %d>>stream\n%s\nendstream\nendobj\n"
        % (len(entries), entries)
    )
    new.write(b"startxref\n%d\n%%%%EOF" % table)
    return new.getvalue()
