"""One library asked line by line: `peer.py NAME MEMBERS FILE`, where FILE holds directed edges as pairs of 32-bit numbers.

Answers "count sum nanoseconds" to "hops FROM K", "everything FROM 0" and "chain FROM TO" (how many ties, over edges in
either direction); "none" where the library has no such call. Only the library's own call is timed.
"""
import sys
import time

import numpy


def main():
    name, members, file = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    edges = numpy.fromfile(file, dtype="<u4").reshape(-1, 2).astype(numpy.int64)
    ask, version = {"igraph": igraph, "networkit": networkit, "rustworkx": rustworkx}[name](members, edges)
    del edges
    print("ready", version, flush=True)
    for line in sys.stdin:
        what, one, other = line.split()
        call, read = ask(what, int(one), int(other))
        if call is None:
            print("none", flush=True)
            continue
        begun = time.perf_counter_ns()
        answer = call()
        took = time.perf_counter_ns() - begun
        count, total = read(answer)
        print(count, total, took, flush=True)


def undirected(edges):
    """Each tie once."""
    ordered = numpy.sort(edges, axis=1)
    return numpy.unique(ordered[:, 0] << 32 | ordered[:, 1])


def members_of(found):
    found = numpy.asarray(found, dtype=numpy.int64)
    return len(found), int(found.sum())


def igraph(members, edges):
    import igraph

    graph = igraph.Graph(n=members, edges=edges, directed=True)
    ties = undirected(edges)
    both = igraph.Graph(n=members, edges=numpy.stack((ties >> 32, ties & 0xFFFFFFFF), axis=1))

    def ask(what, one, other):
        if what == "hops":
            return lambda: graph.neighborhood(one, order=other, mode="out"), members_of
        if what == "everything":
            return lambda: graph.subcomponent(one, mode="out"), members_of
        return lambda: both.get_shortest_path(one, to=other), lambda path: (len(path) - 1, 0)

    return ask, igraph.__version__


def networkit(members, edges):
    import networkit

    networkit.setNumberOfThreads(1)
    rows = (edges[:, 0].astype(numpy.uint64), edges[:, 1].astype(numpy.uint64))
    graph = networkit.GraphFromCoo(rows, n=members, weighted=False, directed=True)
    ties = undirected(edges)
    rows = ((ties >> 32).astype(numpy.uint64), (ties & 0xFFFFFFFF).astype(numpy.uint64))
    both = networkit.GraphFromCoo(rows, n=members, weighted=False, directed=False)

    def reached(search):
        far = numpy.asarray(search.getDistances())
        found = numpy.nonzero(far < 1e300)[0]
        return len(found), int(found.sum())

    def ask(what, one, other):
        if what == "hops":
            return None, None
        if what == "everything":
            search = networkit.distance.BFS(graph, one, storePaths=False)
            return lambda: search.run(), reached
        search = networkit.distance.BidirectionalBFS(both, one, other, storePred=False)
        return lambda: search.run(), lambda search: (int(search.getDistance()), 0)

    return ask, networkit.__version__


def rustworkx(members, edges):
    import rustworkx

    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from([None] * members)
    graph.extend_from_edge_list(list(map(tuple, edges.tolist())))

    def ask(what, one, other):
        if what != "everything":
            return None, None
        # It leaves out the one in the middle.
        return lambda: rustworkx.descendants(graph, one), lambda found: members_of([one, *found])

    return ask, rustworkx.__version__


main()
