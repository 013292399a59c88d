"""OR-tools' answer to the networks in a file: what can be cleared at most, as a minimum-cost circulation.

    ortools_runner.py FILE

Prints a line for each network: the total, CPU seconds from the rows in memory to the flows in memory, CPU seconds of
solve() alone, and by how many kilobytes the process's peak grew since before the rows were read.
"""

import resource
import struct
import sys
import time

import numpy
from ortools.graph.python import min_cost_flow

ROW = numpy.dtype([("debtor", "<u4"), ("creditor", "<u4"), ("amount", "<u8")])


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


with open(sys.argv[1], "rb") as file:
    while True:
        before = peak()
        head = file.read(16)
        if len(head) < 16:
            break
        _, count = struct.unpack("<QQ", head)
        rows = numpy.frombuffer(file.read(int(count) * ROW.itemsize), dtype=ROW)
        begun = time.process_time()
        flow = min_cost_flow.SimpleMinCostFlow()
        arcs = flow.add_arcs_with_capacity_and_unit_cost(
            rows["debtor"].astype(numpy.int32),
            rows["creditor"].astype(numpy.int32),
            rows["amount"].astype(numpy.int64),
            numpy.full(len(rows), -1, dtype=numpy.int64),
        )
        running = time.process_time()
        status = flow.solve() if len(rows) else flow.OPTIMAL
        ran = time.process_time() - running
        flows = flow.flows(arcs) if len(rows) else numpy.zeros(0)
        took = time.process_time() - begun
        total = sum(int(amount) for amount in flows) if status == flow.OPTIMAL else f"failed:{status.name}"
        print(total, f"{took:.6f} {ran:.6f} {peak() - before}", flush=True)
