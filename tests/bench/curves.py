# SPDX-License-Identifier: Apache-2.0
"""Cost against size: measured, fitted, drawn.

The cost of a work is taken for a + b * n^p: what it takes at any rate, and what each more adds. p is 1 where the cost
grows linearly. The fit is the p between 0.5 and 2 whose relative errors have the least squares; for a given p the best a
and b follow by solving two equations.
"""
import math
import shutil
from dataclasses import dataclass

import count
import make
import rounds

KINDS = [("quads", "quads", "quads", make.QUADS, "RDFC-1.0 from text"),
         ("alignments", "alignments", "alignements", make.ALIGNMENTS, "verify"),
         ("proofs", "proofs", "preuves", make.PROOFS, "verify")]


@dataclass
class Curve:
    name: str
    english: str
    french: str
    work: str
    points: list  # (size, CPU seconds)
    a: float = 0
    b: float = 0
    p: float = 1
    instructions: float = 0  # the p of their number; 0 where nobody has counted

    def cost(self, n):
        return self.a + self.b * n ** self.p

    @property
    def factors(self):
        return (f"{self.a * 1e6:.0f} + " if self.a > 0 else "") + f"{self.b * 1e6:.3g} · n"

    @property
    def sentence(self):
        counted = f"; instructions of Cairn's own code: n^{self.instructions:.2f}" if self.instructions else ""
        return (f"{self.work}: {self.factors}^{self.p:.2f} µs (n = {self.points[0][0]:,} to {self.points[-1][0]:,})"
                f"{counted}")


def solve(points, p):
    """The a and b for this p, neither below zero, and the sum of squared relative errors."""
    rows = [(1 / y, n ** p / y) for n, y in points]
    aa, ab, bb = (sum(r[i] * r[j] for r in rows) for i, j in ((0, 0), (0, 1), (1, 1)))
    ya, yb, det = sum(r[0] for r in rows), sum(r[1] for r in rows), aa * bb - ab * ab
    a = (ya * bb - yb * ab) / det if det > 1e-30 else 0
    b = (yb * aa - ya * ab) / det if det > 1e-30 else yb / bb
    if a < 0:
        a, b = 0, yb / bb
    return a, b, sum((a * r[0] + b * r[1] - 1) ** 2 for r in rows)


def fit(points):
    """a, b and p."""
    tried = [(*solve(points, p / 100), p / 100) for p in range(50, 201)]
    a, b, _, p = min((s for s in tried if s[1] > 0), key=lambda s: s[2])
    return a, b, p


def spent(files, name, sizes, times, seconds):
    """CPU seconds of one work of each size."""
    worker = rounds.start(["ours", name], files)
    turns = {n: [] for n in sizes}
    for i in range(times):
        rounds.say(f"curve of {name}: round {i + 1} of {times}")
        for n in sizes:
            worker.work = f"{name}-{n}"
            turns[n].append(worker.turn(seconds))
    worker.end()
    return [(n, rounds.median(turn.cpu / turn.times for turn in turns[n])) for n in sizes]


def counted(files, name, sizes):
    if not shutil.which("valgrind"):
        return 0
    rounds.say(f"curve of {name}: counting instructions")
    found = count.count(rounds.BUILT / "bench_count", files, [f"{name}-{n}" for n in sizes])
    return fit(list(zip(sizes, found.values())))[2]


def measure(files, times, seconds):
    found = []
    for name, english, french, sizes, work in KINDS:
        points = spent(files, name, sizes, times, seconds)
        found.append(Curve(name, english, french, work, points, *fit(points), counted(files, name, sizes)))
    rounds.say("")
    return found


def line(curve):
    return f"cost against {curve.name}: {curve.sentence}"


# ---- The picture ----

WIDTH, HEIGHT, LEFT, TOP, GAP = 300, 260, 64, 30, 24
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1d2733 }
  .title { font-weight: 600 } .small { font-size: 11px; fill: #4a5866 }
  .axis { stroke: #4a5866; fill: none } .grid { stroke: #d5dbe1; fill: none }
  .fit { stroke: #0b5c8a; stroke-width: 2; fill: none } .point { fill: #b3400e }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #12181f } text { fill: #e8edf2 } .small { fill: #b4c0cc } .axis { stroke: #b4c0cc }
    .grid { stroke: #303b47 } .fit { stroke: #6cbcec } .point { fill: #ff9d66 }
  }"""


def decades(low, high):
    return range(math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9) + 1)


def time_label(power):
    return {-6: "1 µs", -5: "10 µs", -4: "100 µs", -3: "1 ms", -2: "10 ms", -1: "100 ms", 0: "1 s", 1: "10 s"}[power]


def draw_one(curve, at):
    """Both axes are logarithmic: a power is a straight line."""
    xs = decades(curve.points[0][0], curve.points[-1][0])
    ys = decades(min(cost for _, cost in curve.points), max(cost for _, cost in curve.points))
    bottom, right = TOP + HEIGHT, at + WIDTH

    def x(n):
        return at + WIDTH * (math.log10(n) - xs[0]) / max(xs[-1] - xs[0], 1)

    def y(seconds):
        return bottom - HEIGHT * (math.log10(seconds) - ys[0]) / max(ys[-1] - ys[0], 1)
    out = [f'<text class="title" x="{at}" y="{TOP - 12}">{curve.english}'
           f'{"" if curve.french == curve.english else " · " + curve.french}</text>']
    for power in xs:
        out.append(f'<path class="grid" d="M{x(10.0 ** power):.1f} {TOP}V{bottom}"/><text class="small" text-anchor="middle" '
                   f'x="{x(10.0 ** power):.1f}" y="{bottom + 18}">{f"{10 ** power:,}".replace(",", "&#8239;")}</text>')
    for power in ys:
        out.append(f'<path class="grid" d="M{at} {y(10.0 ** power):.1f}H{right}"/><text class="small" text-anchor="end" '
                   f'x="{at - 6}" y="{y(10.0 ** power) + 4:.1f}">{time_label(power)}</text>')
    low, high = (math.log10(curve.points[i][0]) for i in (0, -1))
    fitted = [10 ** (low + (high - low) * i / 40) for i in range(41)]
    out.append(f'<path class="axis" d="M{at} {TOP}V{bottom}H{right}"/><path class="fit" d="M' +
               "L".join(f"{x(n):.1f} {y(curve.cost(n)):.1f}" for n in fitted) + '"/>')
    out += [f'<circle class="point" cx="{x(n):.1f}" cy="{y(cost):.1f}" r="4"/>' for n, cost in curve.points]
    out.append(f'<text class="small" x="{at}" y="{bottom + 40}">{curve.factors}'
               f'<tspan dy="-4" font-size="9">{curve.p:.2f}</tspan><tspan dy="4"> µs</tspan></text>')
    return out


def draw(found):
    width, height = LEFT + len(found) * (WIDTH + LEFT) + GAP, TOP + HEIGHT + 56
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
           f'aria-label="CPU time against size, both axes logarithmic; temps de calcul selon la taille">',
           f"<style>{STYLE}\n</style>", f'<rect class="paper" width="{width}" height="{height}" fill="#fff"/>']
    for i, curve in enumerate(found):
        out += draw_one(curve, LEFT + i * (WIDTH + LEFT))
    return "\n".join([*out, "</svg>"]) + "\n"
