// Draws a graph with dagre: node dagre.cjs GRAPH.json DRAWING.json
"use strict";

const dagre = require("@dagrejs/dagre");
const { run } = require("./common.cjs");

run((graph) => {
    const g = new dagre.graphlib.Graph({ compound: true, multigraph: true, directed: true });
    g.setGraph({ rankdir: "LR" });
    graph.containers.forEach((_, at) => graph.filled[at] && g.setNode(`c${at}`, {}));
    graph.nodes.forEach(({ w, h }, at) => g.setNode(`n${at}`, { width: w, height: h }));
    const stand = (name, parent) => parent !== null && g.setParent(name, `c${parent}`);
    graph.containers.forEach(({ parent }, at) => graph.filled[at] && stand(`c${at}`, parent));
    graph.nodes.forEach(({ parent }, at) => stand(`n${at}`, parent));
    graph.edges.forEach(({ from, to }, at) => to.forEach((end, way) => g.setEdge(`n${from}`, `n${end}`, {}, `${at}:${way}`)));
    dagre.layout(g);
    const area = ({ x, y, width, height }) => [x - width / 2, y - height / 2, width, height];
    const way = ({ points }) => points.map(({ x, y }) => [x, y]);
    return () => ({
        nodes: graph.nodes.map((_, at) => area(g.node(`n${at}`))),
        containers: graph.containers.map((_, at) => (graph.filled[at] ? area(g.node(`c${at}`)) : [0, 0, 0, 0])),
        edges: graph.edges.map(({ from, to }, at) => to.map((end, turn) => way(g.edge(`n${from}`, `n${end}`, `${at}:${turn}`)))),
    });
});
