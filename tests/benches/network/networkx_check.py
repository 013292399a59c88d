"""Compares `exodus network` with networkx on an edge list: `networkx_check.py EXODUS FILE.csv [HOW_MANY]`.

FILE holds from,to[,more …] of any published trust network, with or without a heading; only the first two columns are used. Of
members drawn at random: the six relations, the rings over mutual ties, what is reachable, and chains' lengths.
"""
import csv
import os
import random
import re
import subprocess
import sys
import tempfile

import networkx


def main():
    program, file = sys.argv[1], sys.argv[2]
    how_many = int(sys.argv[3]) if len(sys.argv) > 3 else 25
    with open(file, newline="") as rows:
        edges = [(row[0], row[1]) for row in csv.reader(rows) if row[0] != row[1]]
    if edges[0][0].lower() in ("from", "source"):
        del edges[0]
    graph = networkx.DiGraph(edges)
    ties = graph.to_undirected()
    bonds = networkx.Graph((a, b) for a, b in graph.edges if graph.has_edge(b, a))
    bonds.add_nodes_from(graph)
    with tempfile.TemporaryDirectory() as folder:
        own = os.path.join(folder, "edges.csv")
        with open(own, "w", newline="") as out:
            csv.writer(out).writerows(edges)
        drawn = random.Random(1)
        names = sorted(graph)
        for member in drawn.sample(names, how_many):
            other = drawn.choice(names)
            check(program, own, graph, ties, bonds, member, other)
    print(f"{len(graph)} members, {graph.number_of_edges()} ties: {how_many} members, everything equal")


def check(program, file, graph, ties, bonds, member, other):
    said = subprocess.run(
        [program, "network", file, "--of", member, "--to", other, "--all"],
        check=True, capture_output=True, text=True,
    ).stdout
    into, out = set(graph.predecessors(member)), set(graph.successors(member))
    union = lambda sets: set().union(*sets) - {member}
    six = [
        into,
        out,
        union(graph.predecessors(x) for x in out),
        union(graph.successors(x) for x in into),
        union(graph.predecessors(x) for x in into),
        union(graph.successors(x) for x in out),
    ]
    lines = said.split(f"relations of {member}\n")[1].split("\n")
    for line, expected in zip(lines, [*six, set(bonds[member])]):
        assert names_of(line) == expected, (member, line)
    network = set().union(*six, bonds[member])
    reach = len(networkx.node_connected_component(ties, member)) - 1
    assert lines[7].strip() == f"their network: {len(network)}; reachable over ties: {reach}", (member, lines[7])

    far = networkx.single_source_shortest_path_length(bonds, member)
    rings = {}
    for name, ring in far.items():
        rings.setdefault(ring, set()).add(name)
    found = {int(ring): names_of(line) for ring, line in re.findall(r"^  ring (\d+): \d+ members(: .*)$", said, re.M)}
    assert found == {ring: names for ring, names in rings.items() if ring > 0}, member

    if networkx.has_path(ties, member, other):
        chain = re.search(r"^chain, (\d+) ties: (.*)$", said, re.M)
        path = chain[2].split(" – ")
        assert int(chain[1]) == networkx.shortest_path_length(ties, member, other), (member, other)
        assert path[0] == member and path[-1] == other and len(path) == int(chain[1]) + 1
        assert all(ties.has_edge(a, b) for a, b in zip(path, path[1:])), path
    else:
        assert f"no chain leads from {member} to {other}" in said


def names_of(line):
    return set(line.split(": ", 1)[1].split(", ")) if ": " in line else set()


main()
