"""What case data looks like: one table that the server and the browser both read.

A row (see ``rows``) finds a candidate and keeps it if what stands right before and right after it
fits. Two readers run it, ``texts`` and the browser's ``guard.js``, so a pattern uses only what
Python and JavaScript read alike: no ``\\b``, ``\\w``, ``\\s`` or ``\\d``, classes written out, and every
repetition bounded or of characters that cannot begin what follows, so that no text is slow to read.

A row reads one of three texts, all plain (see ``plain``): ``cased`` as written, ``small`` in small
letters, or ``figures``, which is ``small`` without what is harmless: dates, amounts, addresses of pages.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from endocsea.support.guard import words
from endocsea.support.guard.plain import SAME, ZEROS
from endocsea.support.guard.rows import Check, Kind, Row, Where
from endocsea.support.guard.words import alternatives, listed

NEAR = 60  # how far before a date of birth a name is looked for

LETTER = "a-zæœþα-ωа-џґა-ჰա-և"
CAPITAL = "A-ZÆŒÞΑ-ΩЀ-ЯҐԱ-Ֆა-ჰ"  # Georgian has no capitals: any of its words may be a name
WORD = f"(?<![{LETTER}])"  # where a word begins
NO_WORD = f"[0-9{LETTER}]"

# Words of a name, and initials.
NAME_WORD = f'[{CAPITAL}](?:\\.|[^ \\n0-9.,;:!?()\\[\\]{{}}"“”«»/<>@=_~]{{1,30}})'

YEAR = "(?:19[2-9][0-9]|20[0-2][0-9])(?![0-9])"
DATE = f"(?:[0-3]?[0-9][./-] ?[0-3]?[0-9][./-] ?{YEAR}|(?:19|20)[0-9]{{2}}[./-][01]?[0-9][./-][0-3]?[0-9](?![0-9]))"
WRITTEN_DATE = f"[0-3]?[0-9](?:\\.|st|nd|rd|th|er|-?го)?(?: (?:de |of )?[{LETTER}]{{3,12}}\\.?,? |, ?){YEAR}"
ANY_DATE = f"(?:{DATE}|{WRITTEN_DATE}|{YEAR})"
SHORT_DATE = "[0-3]?[0-9][./-][0-3]?[0-9][./-][0-9]{2}(?![0-9])"

DDMMYY = "(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2}"
YYMMDD = "[0-9]{2}(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12][0-9]|3[01])"

# No number stands right before: "1 012 345" holds none that begins with 0.
NO_FIGURE = f"{NO_WORD}[.,/-]?|[0-9][ .,/-]{{1,2}}"

STOP = ' \\n@"<>(),;:\\[\\]'
HOST = f"[^{STOP}/]{{1,63}}"
MAILBOX = f"[^{STOP}]{{1,64}} ?"

# Read first: what looks like a number of a person or a case, and is none.
HARMLESS = (
    "https?://(?!wa\\.me|api\\.whatsapp)[^ \\n]{1,2000}",
    "www\\.[^ \\n]{1,2000}",
    "\\.(?:com|org|net|int|info|eu|gov|edu|al|am|az|ba|ge|md|me|rs|tr|ua|fr|uk|ch|de)/[^ \\n]{0,2000}",
    "doi[:.][^\\n]{0,20}10\\.[0-9]{4,5}/[^ \\n]{1,200}",
    "is[bs]n[^0-9\\n]{0,10}[0-9][0-9x -]{6,16}",
    "(?:€|\\$|£|eur|usd|chf|gbp) ?[0-9][0-9 .,']{0,20}",
    f"[cft](?<![{LETTER}].) ?- ?[0-9]{{1,4}}/[0-9]{{2}}(?![0-9])",  # the Court of Justice of the Union
)
# The same, where a number begins.
HARMLESS_FIGURES = (
    f"[0-3]?[0-9](?:[./-][0-9]{{1,2}})?\\.? ?- ?(?:{DATE}|{WRITTEN_DATE})",
    f"{DATE}(?:[t ][0-2]?[0-9][:.][0-9]{{2}}(?:[:.][0-9]{{2}})?)?",
    WRITTEN_DATE,
    "(?:19|20)[0-9]{2} ?[-/] ?(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9])",
    f"[0-9](?:[ .,']?[0-9]){{0,15}} ?{alternatives(words.UNITS)}(?![{LETTER}])",
    "116 ?[0-9]{3}(?![0-9])",  # the European lines for children
    "24/7",
)

# Formats whose check digits are known. Long numbers are asked about whatever they are: check digits
# decide only where the digits stand in groups, as those of amounts do too.
TURKISH = (Check(9, (7, -1, 7, -1, 7, -1, 7, -1, 7), 10), Check(10, (1,) * 10, 10))
BULGARIAN = (Check(9, (2, 4, 8, 5, 10, 9, 7, 3, 6), 11),)
YUGOSLAV = (Check(12, (7, 6, 5, 4, 3, 2) * 2, 11, turned=True),)  # JMBG, EMŠO: the successor states
BALTIC = (Check(10, (1, 2, 3, 4, 5, 6, 7, 8, 9, 1), 11, second=(3, 4, 5, 6, 7, 8, 9, 1, 2, 3)),)
MOLDOVAN = (Check(12, (7, 3, 1) * 4, 10),)
UKRAINIAN = (Check(9, (-1, 5, 7, 9, 4, 6, 10, 5, 7), 11),)
ROMANIAN = (Check(12, (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9), 11, ten=1),)
POLISH = (Check(10, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3), 10, turned=True),)

_AT = "(?:at|@|arobase|arroba|chiocciola|ат|собака|собачка)"
_DOT = "(?: ?[({\\[<] ?(?:dot|point|punkt|точка|\\.) ?[)}\\]>] ?| (?:dot|point) |\\.)"
_HEX = "[0-9a-f]"
_64 = "[A-Za-z0-9+/_-]"


def _grouped(size: int, most: int) -> str:
    return f"{_HEX}{_HEX}{{{size - 1}}}[ :-](?:{_HEX}{{{size}}}[ :-]){{{most - 2},}}{_HEX}{{{size}}}"


EMAILS = (
    Row(
        Kind.EMAIL,
        find="(?:@|%40|&#0{0,4}64;|&#x0{0,4}40;|&commat;)",
        before=MAILBOX,
        reach=130,
        after=f" ?(?:{HOST}?\\.){{1,5}}[^{STOP}/.0-9]{{2,24}}",
    ),
    Row(
        Kind.EMAIL,
        find=f"[({{\\[<] ?{_AT} ?[)}}\\]>]",
        before=f"[^{STOP}]{{0,63}}[{LETTER}0-9_+-] ?",
        reach=130,
        after=f" ?[{LETTER}0-9][^{STOP}/]{{0,62}}(?:{_DOT}{HOST}){{0,5}}",
    ),
    Row(
        Kind.EMAIL,
        find=f" {_AT} ",
        needs=("dot", "point"),
        before=f"[^{STOP}]{{1,64}}",
        reach=130,
        after=f"[^{STOP}/.]{{1,63}}(?: ?[({{\\[<] ?(?:dot|point) ?[)}}\\]>] ?| dot )[a-z]{{2,24}}",
    ),
)

# Hexadecimal whole and in groups, base 64 and 32, a list of numbers, short ones beside the word.
HASHES = (
    Row(Kind.HASH, find=f"(?<!{NO_WORD}){_HEX}{{32,}}", not_before="/(?:blob|commit|tree|raw)/", run=32),
    Row(Kind.HASH, find=_grouped(2, 16), not_before=NO_WORD),
    Row(Kind.HASH, find=_grouped(4, 8), not_before=NO_WORD),
    Row(Kind.HASH, find=_grouped(8, 4), not_before=NO_WORD),
    Row(
        Kind.HASH,
        find="==?",
        reads="cased",
        before=f"(?<!{_64})(?:{_64}{{86}}|{_64}{{43}}|{_64}{{27}}|{_64}{{22}})",
        reach=90,
    ),
    Row(
        Kind.HASH,
        find='(?<![^ \\n("])(?=[A-Za-z0-9+/]{43})(?=[^0-9]{0,60}[0-9])(?=[^a-z]{0,60}[a-z])(?=[^A-Z]{0,60}[A-Z])'
        "[A-Za-z0-9+/]{43,}",
        reads="cased",
        run=43,
    ),
    Row(Kind.HASH, find="(?<![a-z0-9])(?=[a-z]{0,31}[2-7])[a-z2-7]{32}(?![a-z0-9])", run=32),
    Row(Kind.HASH, figure="(?:[0-9]{1,3}[,;] ?){60,}[0-9]{1,3}"),
    Row(
        Kind.HASH,
        find=f"(?<!{NO_WORD})(?=[a-f]{{0,31}}[0-9]){_HEX}{{8,31}}(?!{NO_WORD})",
        before=f"{WORD}(?:hash(?:es)?|md5|sha-?(?:1|2|256|512)|photodna|pdq|[dp]hash|ed2k|crc-?32)(?![a-z])"
        f"(?:[^\\n]{{0,14}}[^0-9{LETTER}\\n])?",
        needs=("hash", "md5", "sha-", "sha1", "sha2", "sha5", "photodna", "pdq", "ed2k", "crc"),
    ),
)

ADDRESSES = (
    Row(
        Kind.HIDDEN,
        find="\\.(?:onion|i2p)(?![a-z])",
        before="(?<![a-z0-9])[a-z0-9-]{7,80}",
        after="[^ \\n]{0,80}",
        reach=90,
        needs=(".onion", ".i2p"),
    ),
    Row(
        Kind.HIDDEN,
        find="(?:magnet:\\?|urn:btih:|ed2k://|freenet:|ipfs://|usk@|ssk@)",
        after="[^ \\n]{1,80}",
        reach=90,
        needs=("magnet:?", "urn:btih:", "ed2k://", "freenet:", "ipfs://", "usk@", "ssk@"),
    ),
    Row(
        Kind.NETWORK,
        reads="figures",
        figure="[1-9][0-9]{1,2}(?:\\.(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}(?![0-9])",
        not_before="[0-9.]",
        not_after="\\.[0-9]",
    ),
    Row(
        Kind.NETWORK,
        find=f":{_HEX}{{1,4}}:(?:{_HEX}{{1,4}}:){{5}}{_HEX}{{1,4}}(?!{NO_WORD})",
        before=f"(?<!{NO_WORD}){_HEX}{{1,4}}",
    ),
    Row(
        Kind.NETWORK,
        find="::",
        before=f"(?<!{NO_WORD})(?:{_HEX}{{1,4}}:){{0,5}}{_HEX}{{3,4}}",
        after=f"(?:{_HEX}{{1,4}}:){{0,5}}{_HEX}{{1,4}}(?!{NO_WORD})",
    ),
)

# A date of birth; a name beside one, or beside an age.
PERSONS = (
    Row(
        Kind.PERSON,
        f"(?:{ANY_DATE}|{SHORT_DATE})",
        before=f"{WORD}{alternatives(words.BIRTH_DATE)}[^0-9\\n]{{0,15}}",
        not_before=f"{WORD}(?:after|before|since|until|from|apres|avant|depuis)[^0-9\\n]{{0,12}}",
    ),
    Row(
        Kind.PERSON,
        ANY_DATE,
        before=f"{WORD}{alternatives(words.BORN)}[^0-9\\n]{{0,25}}",
        names=((Where.NEAR, 2), (Where.TOUCHING, 1), (Where.FOLLOWING, 2)),
    ),
    Row(
        Kind.PERSON,
        ANY_DATE,
        after=f"[ ,]{{0,2}}{alternatives(words.BORN_AFTER)}(?![{LETTER}])",
        names=((Where.NEAR, 2), (Where.TOUCHING, 1)),
    ),
    Row(
        Kind.PERSON,
        DATE,
        not_before="[0-9][ ./-]{0,2}",
        names=((Where.TOUCHING, 2),),
    ),
    Row(
        Kind.PERSON,
        "[1-9][0-9]?(?![0-9])",
        before=f"[ ,;(-]{{1,3}}{alternatives(words.AGED)} ",
        not_after="[0-9.,/]?[0-9]",
        names=((Where.TOUCHING, 1),),
    ),
    Row(
        Kind.PERSON,
        "[1-9][0-9]?(?![0-9])",
        before="[,;(][ (]?",
        after=f"[ -]?{alternatives(words.YEARS_OLD)}(?![{LETTER}])",
        names=((Where.TOUCHING, 1),),
    ),
    Row(
        Kind.PERSON,
        "[1-9][0-9]?(?![0-9])",
        before=" (?:is|was|est|avait|a|ka|je|ima|este|are|є) ",
        after=f"[ -]?{alternatives(words.YEARS_OLD)}(?![{LETTER}])",
        names=((Where.TOUCHING, 1),),
    ),
    Row(
        Kind.PERSON,
        "[1-9][0-9]?(?![0-9])",
        not_before="[0-9.,/]",
        after="[ -]?years?[ -]old",
        names=((Where.TOUCHING, 1),),
    ),
    Row(
        Kind.PERSON,
        "[1-9][0-9]?(?![0-9])",
        not_before="[0-9.,/]",
        after=f"[ -]?{alternatives(words.YEARS_OLD)}(?: {alternatives(words.CHILD)})?,? ?"
        "(?:named |called |nommee? |prenommee? )?",
        names=((Where.FOLLOWING, 1),),
    ),
)

# The word, what says "number", the number; or the word and a number with its year.
CASES = (
    Row(
        Kind.CASE,
        reads="figures",
        figure="[0-9]{2,20}(?: ?[./-] ?[0-9a-z]{1,12}){0,5}",
        before=f"{WORD}{alternatives(words.CASE)}[ :.,(]{{0,3}}{alternatives(words.NUMBER)}[ :.]{{0,3}}"
        f"(?:[{LETTER}]{{1,5}}[ ./-]{{0,2}}){{0,2}}",
        not_before=f"{WORD}{alternatives(words.PUBLISHED)}[^\\n]{{0,60}}",
        reach=70,
    ),
    Row(
        Kind.CASE,
        reads="figures",
        figure="(?:[0-9]{1,9}(?: ?[./-] ?[0-9a-z]{1,9}){0,3} ?(?:/ ?[0-9]{2,9}|-[0-9]{4,9})|[0-9]{6,20})(?![0-9])",
        before=f"{WORD}{alternatives(words.CASE)}[ :.,(]{{1,3}}"
        f"(?:(?!(?:of|in|on|at|by|to|is|as|de|du|en|et|la|le) )[{LETTER}]{{1,3}}[ ./-]{{1,2}})?",
        not_before=f"{WORD}{alternatives(words.PUBLISHED)}[^\\n]{{0,60}}",
        reach=70,
    ),
)

# With the state's code, with the 0 before the area, with the area in brackets, in the groups in which
# mobile numbers are written, or short and beside a word for it.
PHONES = (
    Row(
        Kind.PHONE,
        find="\\+[ (]{0,2}[1-9](?:[ ./()-]{0,3}[0-9]){7,14}",
        reads="figures",
        not_before="[0-9][ .,]?",
        not_after="[0-9]",
    ),
    Row(
        Kind.PHONE,
        "00[ (]{0,2}[1-9](?:[ ./()-]{0,3}[0-9]){7,14}",
        reads="figures",
        not_before="[0-9][ .,]?",
        not_after="[0-9]",
    ),
    Row(
        Kind.PHONE,
        find="(?:wa\\.me|api\\.whatsapp\\.com|tel:|sms:)[^ \\n0-9]{0,20}[0-9]{6,15}",
        needs=("wa.me", "api.whatsapp", "tel:", "sms:"),
    ),
    Row(
        Kind.PHONE,
        find="\\((?!(?:19|20)[0-9]{2}\\))[0-9]{2,5}\\)[ -]?(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9](?:[ -]?[0-9]){4,9}",
        reads="figures",
        not_before="[0-9]",
        not_after="[0-9]",
    ),
    Row(
        Kind.PHONE,
        "0[ ()-]{0,2}[1-9](?:[ ./()-]{0,2}[0-9]){7,9}",
        reads="figures",
        not_before=NO_FIGURE,
        not_after="[0-9]|[,.][0-9]",
    ),
    Row(
        Kind.PHONE,
        "(?:[1-9][0-9]{2}[ .-][0-9]{2}|[1-9][0-9][ .-][0-9]{3})([ .-])[0-9]{2}\\1[0-9]{2}",
        reads="figures",
        not_before=NO_FIGURE,
        not_after="[0-9]|[ .,-][0-9]",
    ),
    Row(
        Kind.PHONE,
        "[0-9](?:[ ./()-]{0,2}[0-9]){5,13}",
        reads="figures",
        before=f"{WORD}{alternatives(words.PHONE)}(?![{LETTER}])[^0-9{LETTER}\\n]{{0,6}}"
        f"(?:(?:number|no|nr|br|numero|n[or]?o|is|est)[^0-9{LETTER}\\n]{{1,4}}){{0,2}}",
        not_after="[0-9]",
    ),
)

# The states' formats that are written in groups or with letters, and what stands beside a word for it.
IDENTITIES = (
    Row(
        Kind.IDENTITY,
        f"(?:(?:{DDMMYY}|{YYMMDD})[-+/ a][0-9]{{3,5}}[{LETTER}]?|[1-9][0-9]{{3}} {DDMMYY}"
        f"|(?:19|20){YYMMDD}-[0-9]{{4,5}})(?![0-9])",
        reads="figures",
        not_before=NO_FIGURE,
        not_after="[ .,/-][0-9]",
    ),
    Row(
        Kind.IDENTITY,
        "(?:[0-9]{2}\\.[0-9]{2}\\.[0-9]{2}-[0-9]{3}\\.[0-9]{2}|756\\.[0-9]{4}\\.[0-9]{4}\\.[0-9]{2}"
        "|[0-9]{3}-[0-9]{3}-[0-9]{3} [0-9]{2}|[12] [0-9]{2} [0-9]{2} [0-9][0-9ab] [0-9]{3} [0-9]{3})(?![0-9])",
        reads="figures",
        not_before="[0-9][ ./-]?",
    ),
    Row(
        Kind.IDENTITY,
        "[0-9]{7,8}-?(?!(?:st|nd|rd|th|km|kg|eu|kb|mb|gb|tb)(?![a-z]))[a-z]{1,2}(?![0-9a-z])",
        reads="figures",
        before="(?:(?<![0-9a-z])[a-z])?",
        not_before="[0-9][ .,/-]?|[./=_-]",
    ),
    Row(
        Kind.IDENTITY,
        "[0-9]{2}[a-ehlmprst][0-9]{2}[a-z][0-9]{3}[a-z](?![0-9a-z])",
        reads="figures",
        before="(?<![a-z])[a-z]{6}",
    ),
    Row(
        Kind.IDENTITY,
        "[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D](?![0-9A-Za-z])",
        reads="cased",
        before="(?<![A-Za-z0-9])[A-Z]{2} ?",
    ),
    Row(
        Kind.IDENTITY,
        "[0-9](?:[ ./-]?[0-9]){4,14}[a-z]{0,2}(?![0-9])",
        reads="figures",
        before=f"{WORD}{alternatives(words.IDENTITY)}(?![{LETTER}])[^0-9{LETTER}\\n]{{0,6}}"
        f"(?:(?:numbers?|no|nr|br|numero|n[or]?o|seria|series|is|est)[^0-9{LETTER}\\n]{{1,4}}){{0,2}}"
        f"(?:[{LETTER}]{{1,3}} ?)?",
    ),
)

# Any other long number, and grouped digits whose check digits hold.
NUMBERS = (
    Row(Kind.IDENTITY, "[0-9]{9,}", reads="figures", not_before="[0-9][.,]"),
    Row(
        Kind.IDENTITY,
        "(?![1-9][0-9]{0,2}([ .])[0-9]{3}(?:\\1[0-9]{3})*(?![ .-]?[0-9]))[0-9](?:[ .-]?[0-9]){9,12}(?![0-9])",
        reads="figures",
        not_before="[0-9][ .,-]?",
        not_after="[ .,-][0-9]",
        checks=(TURKISH, BULGARIAN, YUGOSLAV, BALTIC, MOLDOVAN, UKRAINIAN, ROMANIAN, POLISH),
    ),
)

# Where two find something in the same place, the earlier says what it is.
ROWS = (*EMAILS, *HASHES, *ADDRESSES, *PERSONS, *CASES, *IDENTITIES, *PHONES, *NUMBERS)


def for_the_browser() -> dict[str, Any]:
    """The whole table as JSON can say it: the browser reads this one, not a copy."""
    return {
        "same": SAME,
        "zeros": ZEROS,
        "harmless": HARMLESS,
        "harmlessFigures": HARMLESS_FIGURES,
        "nameWord": NAME_WORD,
        "notNames": listed(words.NOT_NAMES),
        "near": NEAR,
        "rows": [{name: value for name, value in asdict(row).items() if value} for row in ROWS],
    }
