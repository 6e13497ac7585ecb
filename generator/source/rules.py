"""What the reader refuses: the names of its rules, and what ``explain`` says about them."""

from __future__ import annotations

# fmt: off
RULES: dict[str, str] = {
    "too-large":
        "A file may have at most 2 MiB. Content is text that people edit and compare; a file of "
        "this size holds something else, or should be split by region or year.",
    "binary-file":
        "The file holds bytes that no text has: a picture, an archive or a damaged file. Move it "
        "out of the content folder, or save it again as plain text in UTF-8.",
    "utf-16":
        "The file is encoded as UTF-16 or UTF-32, which some Windows programs write. Save it "
        "again with the encoding UTF-8.",
    "not-utf-8":
        "Text must be UTF-8. The place is that of the first byte that is not; the file was "
        "probably saved in an older encoding such as Windows-1252. Save it again as UTF-8.",
    "byte-order-mark":
        "The file begins with an invisible mark (U+FEFF) that UTF-8 does not need and that ends "
        "up inside the first key. Save it as UTF-8 without BOM.",
    "line-ends":
        "Lines end with a lone carriage return, as on very old Macs, so that other tools see a "
        "single line. Use LF; CRLF is accepted too.",
    "tab-indentation":
        "YAML forbids tabs at the beginning of a line, because editors disagree on their width. "
        "Indent with spaces, two for each level.",
    "unicode-space":
        "A space that is no plain space, such as a no-break space, stands where the structure of "
        "the file depends on it. It looks like a space but is part of the text. Replace it by a "
        "plain space; inside quoted texts such spaces are welcome.",
    "control-character":
        "The text holds a character that nobody sees or that has no meaning (private use), raw or "
        "as a backslash sequence. It breaks feeds, JSON and search. Delete it.",
    "bidi-control":
        "The text holds a character that changes the direction of writing, so that a reader sees "
        "another order than a program. Delete it; right-to-left scripts do not need it here.",
    "empty-file":
        "The file has no record. Write one, or delete the file, so that nobody takes it for "
        "content that got lost.",
    "not-a-mapping":
        "A content file is a mapping: each line that is not indented is an id and a colon, and "
        "what belongs to it is indented below. A list or a single text at the top has no ids.",
    "duplicate-key":
        "One key stands twice in the same mapping, and YAML would silently keep the last. Merge "
        "the two, or rename one.",
    "same-id":
        "Two ids of one file differ only in upper and lower case or in how an accent is stored. "
        "People and file systems take them for the same. Rename one.",
    "merge-key":
        "The key << would copy fields from another record, which hides where a fact stands. "
        "Write the fields out.",
    "tag":
        "Tags such as !!int or !name change what a value is, or run code. Every value is a text "
        "here, so delete the tag; if the text begins with an exclamation mark, quote it.",
    "anchor":
        "An anchor (&name) exists to repeat a value elsewhere, and repeated anchors can expand "
        "without end. Write values out; if the text begins with &, quote it.",
    "alias":
        "An alias (*name) repeats the value of an anchor, which hides where a fact stands. Write "
        "the value out; if the text begins with an asterisk, quote it.",
    "several-documents":
        "A line of three dashes or dots begins another document in the same file, which most "
        "tools would not read. Put everything into one, or into several files.",
    "directive":
        "Directives such as %YAML change how a file is read. Delete the line; a text that begins "
        "with a percent sign needs quotation marks.",
    "key-not-text":
        "A key is empty, or a list or mapping. Most often a text in braces or brackets lacks its "
        "quotation marks, or a colon stands at the beginning of a line.",
    "too-deep":
        "Mappings and lists are nested more than 12 levels deep. No record needs that; a bracket "
        "or brace is probably not closed.",
    "too-long":
        "A text has at most 4,000 characters, a key at most 200. Each is printed on every page "
        "that names its record; a longer one was pasted by mistake. A second paragraph is a second "
        "key.",
    "stacked-marks":
        "More than three marks stand on one letter. No language needs that, and a pile of marks "
        "covers the lines above and below. Delete them.",
    "too-many-nodes":
        "The file has more than 200,000 values. It was probably written by a program that went "
        "wrong, or should be split.",
    "syntax":
        "The line cannot be read as YAML. Usual causes are a text with a colon and a space, or "
        "with a special first character, that lacks quotation marks; a quotation mark or bracket "
        "that is not closed; or an indentation that differs from the lines around it.",
    "not-nfc":
        "An accented letter is stored as a letter followed by an accent (as macOS and PDF do), "
        "so that equal words compare as different. Type the letter again, or convert the file to "
        "the Unicode normal form NFC.",
    "symlink":
        "Symbolic links are not followed: they can lead out of the content folder, run in "
        "circles, and break in archives and on Windows. Put the file itself here.",
    "file-name":
        "Names of content files are lower-case ASCII words joined by hyphens, and end with .yaml. "
        "Other names break addresses or checkouts on some systems. Rename the file.",
    "same-file-name":
        "Two names in one folder differ only in upper and lower case or in how an accent is "
        "stored; on Windows and macOS one of the files would vanish. Rename one.",
    "stray-file":
        "Only content in YAML belongs in this folder. Move the file elsewhere, or give it the "
        "ending .yaml if it is content.",
    "special-file":
        "The entry is a pipe, socket or device, which can block for ever when read. Delete it.",
    "unreadable":
        "The file or folder does not exist or may not be read. Check that it is there, and its "
        "permissions.",
}
# fmt: on
