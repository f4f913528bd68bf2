// A network with a script: a picture that can be moved and asked, beside its table. The layout is
// worked out before anything is drawn (d3-force), so nothing moves by itself. A page that has a network
// loads this; one that may get a network later imports `live` then.
import cytoscape from "cytoscape";
import {SPOTS, beside} from "./_beside.mjs";
import {forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY} from "d3-force";

const COLOURS = [
  ["#0b5394", "#8ec2f5"], ["#a63d00", "#ffb38a"], ["#14695a", "#7fd1bd"],
  ["#6a3d9a", "#cdb1f2"], ["#7a5a00", "#e3c766"], ["#9c1c4b", "#f5a3c3"],
];
const SHAPES = ["ellipse", "diamond", "triangle", "rectangle", "hexagon", "pentagon"];
const ALL = 30, HUBS = 24, NAMED = 60; // Nodes that are all named; else those named first, and at most.
const APART = 70, NEAREST = 1.3;
const FONT = "system-ui, sans-serif", LETTERS = 12;
const pen = document.createElement("canvas").getContext("2d"); // It draws nothing: it measures names.

let last = null; // The picture before, where an answer follows another.

// Cytoscape writes a style element, which the policy refuses, unless one with this id is there; its one
// rule (position: relative) is in the style sheet of the page.
const stand = document.createElement("meta");
stand.id = "__________cytoscape_stylesheet";
document.head.append(stand);

const there = document.getElementById("web");
if (there) live(there);

/** Put the picture that can be moved in the place of the still one, of the network that the page has as JSON. */
export function live(web) {
  if (web.dataset.ready) return;
  const {nodes, links, centre} = JSON.parse(web.querySelector('script[type="application/json"]').textContent);
  if (!nodes.length) return;
  last?.abort();
  last = new AbortController();
  const box = web.querySelector(".live");
  const told = web.querySelector("[role=status]");
  place(nodes, links);
  const first = (a, b) => (b.id === centre) - (a.id === centre) || b.links - a.links;
  const order = [...nodes].sort(first).slice(0, NAMED).map(node => node.id);
  let chosen = null;
  const most = Math.max(1, ...nodes.map(node => node.links));
  web.querySelector(".still").hidden = true;
  box.hidden = false;
  const cy = cytoscape({
    container: box.querySelector(".canvas"),
    layout: {name: "preset"},
    minZoom: 0.15,
    maxZoom: 4,
    userZoomingEnabled: false, // The wheel goes on scrolling the page; there are buttons.
    elements: [
      ...nodes.map(node => ({
        data: {...node, near: 1, said: "", size: 12 + 26 * Math.sqrt(node.links / most)},
        position: {x: node.x, y: node.y},
        classes: node.id === centre ? "centre" : "",
      })),
      ...links.map((link, i) => ({data: {id: `link-${i}`, ...link}})),
    ],
    style: styles(),
  });
  whole();
  name();
  let later;
  cy.on("viewport", () => {
    clearTimeout(later);
    later = setTimeout(name, 120);
  });
  cy.on("dragfree", name);
  cy.on("tap", "node", event => choose(event.target));
  cy.on("tap", event => event.target === cy && clear());
  document.getElementById("whole").addEventListener("click", () => (clear(), whole()));
  const zoom = by => cy.zoom({level: cy.zoom() * by, renderedPosition: {x: cy.width() / 2, y: cy.height() / 2}});
  document.getElementById("closer").addEventListener("click", () => zoom(1.4));
  document.getElementById("farther").addEventListener("click", () => zoom(1 / 1.4));
  document.getElementById("png").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(cy.png({output: "blob", full: true, scale: 2, bg: token("--paper")}));
    link.download = "cls-graph.png";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
  for (const row of document.querySelectorAll("tr[data-node]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet point";
    button.textContent = web.dataset.point;
    const name = row.querySelector("th").textContent;
    button.setAttribute("aria-label", `${web.dataset.point} : ${name}`);
    button.addEventListener("click", () => choose(cy.getElementById(row.dataset.node), true));
    row.querySelector("td").append(" ", button);
  }
  const recolour = () => cy.style(styles());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour, {signal: last.signal});
  last.signal.addEventListener("abort", () => cy.destroy());
  web.dataset.ready = String(nodes.length);

  /** Show all of it, but a few nodes no larger than they need be. */
  function whole() {
    cy.fit(undefined, 24);
    if (cy.zoom() > NEAREST) cy.zoom(NEAREST).center();
  }

  /** Write names as large as the page does, near or far: of the hubs, or of what is chosen and its neighbours. */
  function name() {
    const near = 1 / cy.zoom();
    const wanted = chosen ? chosen.sort(node => -node.data("links")).toArray() : order.map(id => cy.getElementById(id));
    const names = wanted.map(node => {
      const {id, label, brief} = node.data();
      return {id, brief, full: brief.startsWith("…") ? label : brief};
    });
    const boxes = new Map(cy.nodes().map(node => {
      const {x, y} = node.renderedPosition(), half = node.renderedWidth() / 2;
      return [node.id(), [x - half, y - half, x + half, y + half]];
    }));
    pen.font = `${LETTERS}px ${FONT}`;
    const wide = said => pen.measureText(said).width + 2;
    const room = {width: cy.width(), height: cy.height(), high: 15, wide};
    const said = beside(names, boxes, nodes.length <= ALL ? ALL : HUBS, room);
    cy.batch(() => cy.nodes().forEach(node => {
      const one = said.get(node.id());
      node.data({near, said: one?.said ?? ""});
      for (const spot of SPOTS) node.toggleClass(spot, one?.spot === spot);
    }));
  }

  function choose(node, move = false) {
    if (node.empty()) return;
    clear();
    const near = node.closedNeighborhood();
    cy.elements().difference(near).addClass("faint");
    node.addClass("chosen");
    chosen = near.nodes();
    if (move) {
      cy.fit(near, 40);
      if (cy.zoom() > NEAREST) cy.zoom(NEAREST).center(near);
      box.scrollIntoView({block: "nearest"});
    }
    name();
    const [none, one, many] = web.dataset.neighbours.split("|"), n = node.data("links");
    told.textContent = ([none, one][n] ?? many).replace("{n}", n).replace("{name}", node.data("label"));
  }

  function clear() {
    cy.elements().removeClass("faint chosen");
    chosen = null;
    name();
    told.textContent = "";
  }
}

/** Give each node its place: the forces run to their rest, from the same start each time. */
function place(nodes, links) {
  const copies = links.map(link => ({...link}));
  const [linked, alone] = [nodes.filter(node => node.links), nodes.filter(node => !node.links)];
  const simulation = forceSimulation(linked)
    .force("link", forceLink(copies).id(node => node.id).distance(90)) // Weaker where there are many.
    .force("charge", forceManyBody().strength(-420).distanceMax(900))
    .force("collide", forceCollide(26))
    .force("x", forceX().strength(0.05))
    .force("y", forceY().strength(0.07))
    .stop();
  simulation.tick(300);
  // What nothing links stands in rows below: pushed away by the others, it would make them small.
  const xs = linked.map(node => node.x), left = Math.min(0, ...xs);
  const row = Math.max(6, Math.floor((Math.max(0, ...xs) - left) / APART));
  const below = Math.max(-APART, ...linked.map(node => node.y)) + APART;
  alone.forEach((node, i) => Object.assign(node, {x: left + APART * (i % row), y: below + APART * Math.floor(i / row)}));
}

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function styles() {
  const dark = getComputedStyle(document.documentElement).colorScheme === "dark" ? 1 : 0;
  return [
    {selector: "node", style: {
      width: "data(size)", height: "data(size)",
      "background-color": node => COLOURS[node.data("place")][dark],
      shape: node => SHAPES[node.data("place")],
      "border-width": 1, "border-color": token("--paper"),
    }},
    {selector: SPOTS.map(spot => `node.${spot}`).join(), style: {
      label: "data(said)", color: token("--ink"), "font-family": FONT, "font-size": node => LETTERS * node.data("near"),
      "text-valign": "center", "text-outline-color": token("--paper"), "text-outline-width": node => 2 * node.data("near"),
    }},
    {selector: "node.right", style: {"text-halign": "right", "text-margin-x": node => 5 * node.data("near")}},
    {selector: "node.left", style: {"text-halign": "left", "text-margin-x": node => -5 * node.data("near")}},
    {selector: "node.above", style: {"text-valign": "top", "text-margin-y": node => -3 * node.data("near")}},
    {selector: "node.below", style: {"text-valign": "bottom", "text-margin-y": node => 3 * node.data("near")}},
    {selector: "node.above-right, node.below-right", style: {"text-halign": "right", "text-margin-x": node => 3 * node.data("near")}},
    {selector: "node.above-left, node.below-left", style: {"text-halign": "left", "text-margin-x": node => -3 * node.data("near")}},
    {selector: "node.above-right, node.above-left", style: {"text-valign": "top"}},
    {selector: "node.below-right, node.below-left", style: {"text-valign": "bottom"}},
    {selector: "node.centre, node.chosen", style: {"border-width": 4, "border-color": token("--link")}},
    {selector: "edge", style: {
      width: link => Math.min(7, 0.8 + 0.8 * link.data("weight")), "line-color": token("--edge") || token("--line"),
      opacity: 0.55, "curve-style": "haystack",
    }},
    {selector: ".faint", style: {opacity: 0.12}},
  ];
}
