// Opens an export with the library it is for, and prints what the library then holds.
// Usage: node read.mjs graphology|cytoscape|gexf FILE
import { readFileSync } from "node:fs";
import cytoscape from "cytoscape";
import Graph from "graphology";
import gexf from "graphology-gexf";

const readers = { graphology: readGraphology, cytoscape: readCytoscape, gexf: readGexf };

function readGraphology(text) {
  return describe(Graph.from(JSON.parse(text)));
}

function readGexf(text) {
  return describe(gexf.parse(Graph, text, { allowUndeclaredAttributes: true }));
}

function describe(graph) {
  return {
    type: graph.type,
    multi: graph.multi,
    attributes: graph.getAttributes(),
    nodes: Object.fromEntries(graph.mapNodes((key, attributes) => [key, attributes])),
    edges: Object.fromEntries(
      graph.mapEdges((key, attributes, source, target) => [key, { source, target, attributes }]),
    ),
  };
}

function readCytoscape(text) {
  const loaded = JSON.parse(text);
  const view = cytoscape({ headless: true, elements: loaded.elements });
  return {
    attributes: loaded.data,
    nodes: Object.fromEntries(view.nodes().map((node) => [node.id(), node.data()])),
    edges: Object.fromEntries(
      view.edges().map((edge) => [
        edge.id(),
        { source: edge.source().id(), target: edge.target().id(), attributes: edge.data() },
      ]),
    ),
  };
}

const [reader, path] = process.argv.slice(2);
process.stdout.write(JSON.stringify(readers[reader](readFileSync(path, "utf8"))));
