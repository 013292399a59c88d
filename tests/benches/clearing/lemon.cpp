// LEMON's answer to the networks in a file: what can be cleared at most, as a minimum-cost circulation.
//
//   lemon FILE cost-scaling|network-simplex
//
// Prints a line for each network: the total, CPU seconds from the rows in memory to the flows in memory, CPU seconds of
// run() alone, and by how many kilobytes the process's peak grew since before the rows were read.
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

#include <sys/resource.h>

#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>

struct Row {
    uint32_t debtor, creditor;
    uint64_t amount;
};

static double cpu() {
    timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return double(t.tv_sec) + double(t.tv_nsec) * 1e-9;
}

static long peak() {
    rusage u;
    getrusage(RUSAGE_SELF, &u);
    return u.ru_maxrss;
}

using Graph = lemon::StaticDigraph;

template <class Algorithm> static void solve(uint32_t parties, const std::vector<Row> &rows, long before) {
    double begun = cpu();
    // A static digraph wants its arcs by source.
    std::vector<std::pair<int, int>> ends(rows.size());
    std::vector<uint32_t> at(parties + 1, 0), order(rows.size());
    for (const Row &row : rows) at[row.debtor + 1]++;
    for (uint32_t i = 0; i < parties; i++) at[i + 1] += at[i];
    for (uint32_t i = 0; i < rows.size(); i++) order[at[rows[i].debtor]++] = i;
    for (size_t k = 0; k < rows.size(); k++) ends[k] = {int(rows[order[k]].debtor), int(rows[order[k]].creditor)};
    Graph graph;
    graph.build(int(parties), ends.begin(), ends.end());
    std::vector<std::pair<int, int>>().swap(ends);
    Graph::ArcMap<int64_t> capacity(graph);
    for (size_t k = 0; k < rows.size(); k++) capacity[graph.arc(int(k))] = int64_t(rows[order[k]].amount);
    lemon::ConstMap<Graph::Arc, int64_t> cost(-1);
    Algorithm algorithm(graph);
    algorithm.upperMap(capacity).costMap(cost);
    double running = cpu();
    auto outcome = algorithm.run();
    double ran = cpu() - running;
    std::vector<uint64_t> flows(rows.size());
    unsigned __int128 total = 0;
    for (size_t k = 0; k < rows.size(); k++) {
        flows[order[k]] = uint64_t(algorithm.flow(graph.arc(int(k))));
        total += flows[order[k]];
    }
    double took = cpu() - begun;
    if (outcome != Algorithm::OPTIMAL) {
        printf("failed %.6f %.6f %ld\n", took, ran, peak() - before);
        return;
    }
    std::string digits;
    for (unsigned __int128 rest = total; rest > 0; rest /= 10) digits.insert(digits.begin(), char('0' + int(rest % 10)));
    printf("%s %.6f %.6f %ld\n", digits.empty() ? "0" : digits.c_str(), took, ran, peak() - before);
    fflush(stdout);
}

int main(int count, char **words) {
    if (count != 3) return 2;
    FILE *file = fopen(words[1], "rb");
    if (!file) return 1;
    bool simplex = !strcmp(words[2], "network-simplex");
    uint64_t head[2];
    for (;;) {
        long before = peak();
        if (fread(head, 8, 2, file) != 2) break;
        std::vector<Row> rows(head[1]);
        if (fread(rows.data(), sizeof(Row), rows.size(), file) != rows.size()) return 1;
        uint32_t parties = uint32_t(head[0]);
        if (simplex)
            solve<lemon::NetworkSimplex<Graph, int64_t, int64_t>>(parties, rows, before);
        else
            solve<lemon::CostScaling<Graph, int64_t, int64_t>>(parties, rows, before);
    }
    return 0;
}
