# SPDX-License-Identifier: Apache-2.0
"""The table of `make bench`, on a terminal and in docs/bench.md."""
import datetime
import os
import platform
import re
import subprocess

import rounds

MEGABYTE = 1_000_000
HEAD = (f"{'work':31} {'against':28} {'a second':>10} {'the other':>10}  {'ratio':>8} {'(min':>8} {'max)':>8}  "
        f"{'by wall':>8}  {'asked':>6}      {'CPU s':>11}  {'wall s':>11}")


def number(value):
    """Three digits that count."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = re.search(r"model name\s*:\s*(.*)", file.read())
    with open("/proc/loadavg", encoding="ascii") as file:
        load = file.read().split()[0]
    cores = subprocess.run(["nproc"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    node = subprocess.run(["node", "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    ahead = ", this run ahead of all others (chrt -r 1)" if os.sched_getscheduler(0) == os.SCHED_RR else ""
    return (f"{model[1] if model else platform.machine()}, {cores} processors, load {load} at the beginning{ahead}; "
            f"Node.js {node}")


def heading(times, seconds):
    return (f"{machine()}\n{times} rounds, {seconds:g} s a turn; rates are per CPU second, those with a * per second of "
            f"wall time\n\n{HEAD}")


def verdict(result):
    return "" if not result.row.target else "met" if result.met() else "NOT MET"


def cells(result):
    row, wall = result.row, result.by_wall
    ratios = result.ratios(wall)

    def spent(what):
        return "/".join(f"{sum(getattr(turn, what) for turn in side):.1f}" for side in (result.ours, result.theirs))
    ours, theirs = (sorted(turn.rate(wall) for turn in side) for side in (result.ours, result.theirs))
    star = "*" if wall else ""
    return [row.work, row.against, number(ours[len(ours) // 2]) + star, number(theirs[len(theirs) // 2]) + star,
            number(rounds.median(ratios)), number(ratios[0]), number(ratios[-1]),
            number(rounds.median(result.ratios(True))),
            f"{row.target:g}" if row.target else "", verdict(result), spent("cpu"), spent("wall")]


def line(result):
    c = cells(result)
    return (f"{c[0]:31} {c[1].replace('@digitalbazaar/', ''):28} {c[2]:>10} {c[3]:>10}  {c[4]:>8} {c[5]:>8} {c[6]:>8}  {c[7]:>8}  {c[8]:>6} {c[9]:7} "
            f"{c[10]:>9}  {c[11]:>11}")


def memory_words(memory):
    peak, kept, times = memory
    good = peak < MEGABYTE and not kept
    return (f"one verification takes {peak / 1000:,.0f} kB at most, {times} times asked for; {kept:,} bytes are not given back",
            "met" if good else "NOT MET")


def memory_line(memory):
    words, met = memory_words(memory)
    return f"{words} (asked: under 1 MB, nothing kept): {met}"


def summary(results, memory):
    asked = [r for r in results if r.row.target]
    missed = [f"{r.row.key} ({cells(r)[4]} of {r.row.target:g})" for r in asked if not r.met()]
    if memory and memory_words(memory)[1] != "met":
        missed.append("memory")
    count = len(asked) + bool(memory)
    if not count:
        return ""
    return f"\n{count - len(missed)} of {count} targets are met" + (f"; not: {', '.join(missed)}" if missed else "")


# ---- docs/bench.md ----

def table(results, memory):
    rows = ["| work | against | Cairn/s | the other/s | ratio (min, max) | by wall | asked | | CPU s | wall s |",
            "|---|---|---:|---:|---:|---:|---:|---|---:|---:|"]
    for result in results:
        c = cells(result)
        rows.append(f"| {c[0]} | {c[1]} | {c[2]} | {c[3]} | {c[4]} ({c[5]}, {c[6]}) | {c[7]} | {c[8]} | "
                    f"{c[9].lower()} | {c[10]} | {c[11]} |".replace("*", "\\*"))
    if memory:
        words, met = memory_words(memory)
        rows += ["", f"Memory: {words} (asked: under 1 MB, nothing kept; {met.lower()})."]
    return "\n".join(rows)


def write_docs(path, results, memory, found):
    day = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    made = f"Measured on {day} with `tools/bench --docs`. {machine()}.\n\n{table(results, memory)}"
    fits = "\n".join(f"- {curve.name}: {curve.sentence}" for curve in found)
    text = path.read_text(encoding="utf-8")
    for name, content in (("table", made), ("fits", fits)):
        if content:
            text = re.sub(rf"(<!-- {name}: [^>]*-->\n).*?(<!-- end -->)",
                          lambda m, c=content: f"{m[1]}{c}\n{m[2]}", text, flags=re.S)
    path.write_text(text, encoding="utf-8")
