#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a demonstration has issued when it starts, for award_node.mjs to judge: one JSON object a line, as
award_lines.c prints them, with "revoked" beside each award. Documents are taken as they are kept, lists as the
server gives them out.

usage: demo_lines.py CAIRN
"""
import json
import os
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "api"))
from serving import Cairn, get  # noqa: E402

server = Cairn(os.path.abspath(sys.argv[1]), network=True)
try:
    database = sqlite3.connect(os.path.join(server.folder.name, "cairn.db"), timeout=10)
    for number, document, revoked in database.execute("SELECT number, document, revoked_at IS NOT NULL FROM award"):
        print(json.dumps({"name": f"award {number}", "document": json.loads(document), "revoked": bool(revoked)}))
    for (name,) in database.execute("SELECT id FROM status_list"):
        answer = get(server, f"/status/{name}")
        assert answer.status == 200, answer.status
        signed = json.loads(answer.body)
        print(json.dumps({"name": name, "url": signed["id"], "list": signed}))
    database.close()
finally:
    server.stop()
