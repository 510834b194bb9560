#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The commands for one layer of the engine: cairn json, jsonld and rdf. What they read and write, and how they refuse.

usage: test_engine_cli.py CAIRN
"""
import json
import os
import subprocess
import sys
import tempfile

import tap

CAIRN = os.path.abspath(sys.argv[1])
V2 = "https://www.w3.org/ns/credentials/v2"
folder = tempfile.TemporaryDirectory()


def run(*args, stdin=b""):
    done = subprocess.run([CAIRN, *args], input=stdin, capture_output=True, timeout=60)
    return done.returncode, done.stdout, done.stderr.decode()


def good(*args, stdin=b""):
    status, out, err = run(*args, stdin=stdin)
    assert status == 0 and not err, (args, status, err)
    return out


def bad(*args, stdin=b""):
    """One line that names the file, and nothing on standard output."""
    status, out, err = run(*args, stdin=stdin)
    assert status == 1 and not out and err.startswith("cairn: ") and err.count("\n") == 1, (args, status, out, err)
    return err


def write(name, content):
    path = os.path.join(folder.name, name)
    with open(path, "wb") as file:
        file.write(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def as_json(*args, stdin=b""):
    out = good(*args, stdin=stdin)
    assert out.endswith(b"\n"), out
    return json.loads(out)


DOCUMENT = {"@context": {"@vocab": "http://v/", "knows": {"@type": "@id"}}, "@id": "http://e/a", "@type": "T",
            "name": "x", "knows": "http://e/b", "list": {"@list": [1, True]}}


def json_is_canonised_to_the_byte():
    assert good("json", "canonize", stdin=b' {"b": 1.0, "a": "\\u00e9"}\n') == '{"a":"é","b":1}'.encode()
    assert good("json", "canonize", write("n.json", b"1E2")) == b"100"
    assert good("json", "canonize", "-", stdin=b"[ ]") == b"[]"


def json_that_is_not_valid_is_refused_with_its_place():
    path = write("bad.json", b'{"a": tru}')
    err = bad("json", "canonize", path)
    assert path in err and "byte 6 (line 1, column 7)" in err and "json.syntax" in err, err
    assert "json.duplicate-key" in bad("json", "canonize", stdin=b'{"a":1,"a":2}')
    assert "json.utf8" in bad("json", "canonize", stdin=b'"\xff"')
    assert "standard input" in bad("json", "canonize", stdin=b"")
    assert "missing" in bad("json", "canonize", os.path.join(folder.name, "missing"))


def a_document_goes_through_every_algorithm():
    document = write("doc.json", DOCUMENT)
    expanded = as_json("jsonld", "expand", document)
    assert expanded[0]["http://v/knows"] == [{"@id": "http://e/b"}], expanded
    context = write("context.json", {"@context": DOCUMENT["@context"]})
    compacted = as_json("jsonld", "compact", "--context", context, stdin=json.dumps(expanded).encode())
    assert compacted == DOCUMENT and list(compacted)[0] == "@context", compacted
    flat = as_json("jsonld", "flatten", document)
    assert flat == expanded, flat
    quads = good("jsonld", "to-rdf", document)
    assert b'<http://e/a> <http://v/name> "x" .\n' in quads, quads
    back = as_json("jsonld", "from-rdf", "--native-types", stdin=quads)
    assert sorted(back[0]) == sorted(expanded[0]), back
    assert back[0]["http://v/list"] == expanded[0]["http://v/list"], back
    canonical = good("rdf", "canonize", stdin=quads)
    again = good("rdf", "canonize", stdin=good("jsonld", "to-rdf", stdin=json.dumps(back).encode()))
    assert canonical == again, (canonical, again)


def options_do_what_they_say():
    document = json.dumps({"@id": "b", "http://v/p": {"@id": "http://e/c"}}).encode()
    assert as_json("jsonld", "expand", "--base", "http://e/a", stdin=document)[0]["@id"] == "http://e/b"
    compact = ("jsonld", "compact", "--base", "http://e/a")
    assert as_json(*compact, stdin=document) == {"@id": "b", "http://v/p": {"@id": "c"}}
    assert as_json(*compact, "--keep-absolute", stdin=document)["@id"] == "http://e/b"
    assert as_json(*compact, "--keep-arrays", stdin=document)["@graph"][0]["http://v/p"] == [{"@id": "c"}]
    ordered = good("jsonld", "expand", "--ordered", stdin=b'{"http://v/b": 1, "http://v/a": 2}')
    assert ordered.index(b"http://v/a") < ordered.index(b"http://v/b"), ordered
    with_context = write("vocab.json", {"@vocab": "http://v/"})
    assert as_json("jsonld", "expand", "--context", with_context, stdin=b'{"p": 1}') == [{"http://v/p": [{"@value": 1}]}]
    directed = b'{"http://v/p": {"@value": "x", "@direction": "rtl"}}'
    assert b"i18n#_rtl" in good("jsonld", "to-rdf", "--direction", "i18n-datatype", stdin=directed)
    quads = good("jsonld", "to-rdf", "--direction", "compound-literal", stdin=directed)
    assert b"direction>" in quads, quads
    assert as_json("jsonld", "from-rdf", "--direction", "compound-literal", stdin=quads)[0]["http://v/p"] == \
        [{"@value": "x", "@direction": "rtl"}]
    typed = b"<v:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <v:T> .\n"
    assert as_json("jsonld", "from-rdf", stdin=typed)[0]["@type"] == ["v:T"]
    assert "@type" not in as_json("jsonld", "from-rdf", "--rdf-type", stdin=typed)[0]


def contexts_come_from_the_program_or_from_files():
    credential = json.dumps({"@context": V2, "type": "VerifiableCredential"}).encode()
    assert as_json("jsonld", "expand", "--offline", stdin=credential)[0]["@type"]
    assert as_json("jsonld", "compact", "--context", V2, stdin=credential)["@context"] == V2
    ours = json.dumps({"@context": "https://contexts.example/ours", "p": 1}).encode()
    err = bad("jsonld", "expand", stdin=ours)
    assert "https://contexts.example/ours" in err and "jsonld.context-unknown" in err and "/@context" in err, err
    file = write("ours.json", {"@context": {"p": "http://v/p"}})
    expected = [{"http://v/p": [{"@value": 1}]}]
    named = f"https://contexts.example/ours={file}"
    assert as_json("jsonld", "expand", "--context-file", named, stdin=ours) == expected
    url_map = write("map.json", {"urls": {"https://contexts.example/ours": {"file": "ours.json"}}})
    assert as_json("jsonld", "expand", "--url-map", url_map, stdin=ours) == expected
    assert "no-such-file" in bad("jsonld", "expand", "--context", "no-such-file", stdin=ours)
    assert "no-such-file" in bad("jsonld", "expand", "--url-map", "no-such-file", stdin=ours)


def safe_mode_refuses_what_would_be_dropped():
    dropped = b'{"http://v/p": {"a/b": 1}, "q": 2}'
    assert as_json("jsonld", "expand", stdin=dropped)
    err = bad("jsonld", "expand", "--safe", stdin=dropped)
    assert "jsonld.dropped-property" in err and "/http:~1~1v~1p/a~1b" in err, err
    assert "jsonld.dropped" in bad("jsonld", "to-rdf", "--safe", stdin=b'{"@id": "x", "http://v/p": 1}')


def quads_are_canonised():
    quads = b'_:x <v:p> _:y .\n_:x <v:p> _:y .\n_:y <v:p> "1" .\n'
    out = good("rdf", "canonize", stdin=quads)
    assert out.count(b"\n") == 2 and b"_:c14n0" in out, out
    labels = as_json("rdf", "canonize", "--map", stdin=quads)
    assert sorted(labels) == ["x", "y"] and sorted(labels.values()) == ["c14n0", "c14n1"], labels
    assert good("rdf", "canonize", "--hash", "sha384", stdin=quads).count(b"\n") == 2
    err = bad("rdf", "canonize", stdin=b"<v:s> <v:p> x .\n")
    assert "nquads.syntax" in err and "line 1" in err, err


def a_poison_graph_ends():
    clique = "".join(f"_:n{a} <v:p> _:n{b} .\n" for a in range(10) for b in range(10) if a != b).encode()
    assert "rdfc.work" in bad("rdf", "canonize", stdin=clique)
    ring = "".join(f"_:n{a} <v:p> _:n{(a + 1) % 10} .\n" for a in range(10)).encode()
    assert "rdfc.work" in bad("rdf", "canonize", "--max-work", "100", stdin=ring)
    assert good("rdf", "canonize", "--max-work", "1000", stdin=ring).count(b"\n") == 10


def deep_and_large_input_is_refused():
    assert "json.depth" in bad("jsonld", "expand", stdin=b"[" * 1000 + b"]" * 1000)
    assert "file.size" in bad("jsonld", "from-rdf", stdin=b"#" * (17 << 20))


def wrong_usage_is_64():
    for args in (("json",), ("json", "frobnicate"), ("json", "canonize", "a", "b"), ("jsonld",), ("jsonld", "expand", "-x"),
                 ("jsonld", "expand", "--direction", "up"), ("jsonld", "from-rdf", "--context", "x"),
                 ("rdf", "canonize", "--hash", "md5"), ("rdf", "canonize", "--max-work", "0"),
                 ("rdf", "canonize", "--max-work", "many")):
        status, out, err = run(*args)
        assert status == 64 and not out and err, (args, status, err)


def each_has_help():
    for command in ("json", "jsonld", "rdf"):
        text = good(command, "--help").decode()
        assert text.startswith(f"usage: cairn {command} ") and "Exit status" in text, text


def every_command_has_a_manual_page():
    """It names each option that --help names, and troff finds nothing wrong with it."""
    text = good("--help").decode()
    commands = [line.split()[0] for line in text.split("\n") if line.startswith("  ")]
    assert len(commands) > 20 and "derive" in commands, commands
    for command in commands:
        with open(os.path.join(os.path.dirname(CAIRN), f"cairn-{command}.1"), encoding="utf-8") as file:
            page = file.read()
        told = [line.split()[0] for line in good(command, "--help").decode().split("\n") if line.startswith("  --")]
        assert all(option.replace("-", "\\-") in page for option in told), (command, told, page)
        assert ".SH SYNOPSIS" in page and "[OPTION]" not in page.split(".SH NAME")[1].split("\n")[1], page


def images_go_through_standard_input_too():
    here = os.path.dirname(os.path.abspath(__file__))
    picture = os.path.join(here, "..", "fuzz", "corpus", "png", "plain.png")
    with open(os.path.join(here, "..", "data", "vc", "good.json"), "rb") as file:
        credential = file.read()
    baked = good("bake", "--image", picture, stdin=credential)
    assert baked.startswith(b"\x89PNG") and baked == good("bake", "--image", picture, "-", stdin=credential)
    for args in (("unbake",), ("unbake", "-"), ("unbake", write("baked.png", baked))):
        assert json.loads(good(*args, stdin=baked)) == json.loads(credential), args
    with open(picture, "rb") as file:
        assert "holds no credential" in bad("unbake", stdin=file.read())


def what_there_is_to_do_is_told():
    assert 'there is no "expnad"; there is expand, compact, flatten, to-rdf, from-rdf;' in run("jsonld", "expnad")[2]


tap.run([every_command_has_a_manual_page, images_go_through_standard_input_too, what_there_is_to_do_is_told, json_is_canonised_to_the_byte, json_that_is_not_valid_is_refused_with_its_place,
         a_document_goes_through_every_algorithm, options_do_what_they_say, contexts_come_from_the_program_or_from_files,
         safe_mode_refuses_what_would_be_dropped, quads_are_canonised, a_poison_graph_ends,
         deep_and_large_input_is_refused, wrong_usage_is_64, each_has_help])
