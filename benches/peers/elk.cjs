// Draws a graph with ELK's layered algorithm: node elk.cjs GRAPH.json DRAWING.json
"use strict";

const ELK = require("elkjs/lib/elk.bundled.js");
const { run } = require("./common.cjs");

const options = {
    "elk.algorithm": "layered",
    "elk.direction": "RIGHT",
    "elk.edgeRouting": "ORTHOGONAL",
    "elk.hierarchyHandling": "INCLUDE_CHILDREN",
};
const padding = (title) => ({ "elk.padding": `[top=${title.height},left=24,bottom=24,right=24]` });

run(async (graph) => {
    const { root, containers, nodes } = tree(graph);
    await new ELK().layout(root);
    return () => {
        const at = places(root);
        const areas = (boxes) => boxes.map((box) => (box ? [...at[box.id], box.width, box.height] : [0, 0, 0, 0]));
        return { nodes: areas(nodes), containers: areas(containers), edges: ways(graph, root, at) };
    };
});

function tree(graph) {
    const root = { id: "root", layoutOptions: options, children: [], edges: [] };
    const inside = (parent) => (parent === null ? root : containers[parent]).children;
    const containers = [];
    graph.containers.forEach(({ parent, title }, at) => {
        containers.push(graph.filled[at] ? { id: `c${at}`, children: [], layoutOptions: padding(title) } : null);
        if (graph.filled[at]) {
            inside(parent).push(containers[at]);
        }
    });
    const nodes = graph.nodes.map(({ w, h, parent }, at) => {
        const node = { id: `n${at}`, width: w, height: h };
        inside(parent).push(node);
        return node;
    });
    graph.edges.forEach(({ from, to }, at) => {
        to.forEach((end, way) => root.edges.push({ id: `e${at}:${way}`, sources: [`n${from}`], targets: [`n${end}`] }));
    });
    return { root, containers, nodes };
}

/** The absolute place of everything: ELK tells each relative to what it stands in. */
function places(root) {
    const at = { [root.id]: [0, 0] };
    const below = (outer) => {
        for (const box of outer.children ?? []) {
            at[box.id] = [at[outer.id][0] + box.x, at[outer.id][1] + box.y];
            below(box);
        }
    };
    below(root);
    return at;
}

/** The lines: each is relative to the container it names, the lowest that holds both its ends. */
function ways(graph, root, at) {
    const found = graph.edges.map(() => []);
    for (const { id, container, sections } of root.edges) {
        const [edge, way] = id.slice(1).split(":").map(Number);
        const [left, top] = at[container ?? "root"];
        const points = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]);
        found[edge][way] = points.map(({ x, y }) => [left + x, top + y]);
    }
    return found;
}
