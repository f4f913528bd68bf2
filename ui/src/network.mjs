// A network with a script: a picture that can be moved and asked, beside its table. The layout is
// worked out before anything is drawn (d3-force), so nothing moves by itself. A page that has a network
// loads this; one that may get a network later imports `live` then.
import cytoscape from "cytoscape";
import {forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY} from "d3-force";

const COLOURS = [
  ["#0b5394", "#8ec2f5"], ["#a63d00", "#ffb38a"], ["#14695a", "#7fd1bd"],
  ["#6a3d9a", "#cdb1f2"], ["#7a5a00", "#e3c766"], ["#9c1c4b", "#f5a3c3"],
];
const SHAPES = ["ellipse", "diamond", "triangle", "rectangle", "hexagon", "pentagon"];
const HUBS = 24;

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
  const hubs = new Set([...nodes].sort((a, b) => b.links - a.links).slice(0, nodes.length <= 30 ? 30 : HUBS).map(n => n.id));
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
        data: {...node, near: 1, aside: 0, size: 12 + 26 * Math.sqrt(node.links / most)},
        position: {x: node.x, y: node.y},
        classes: node.id === centre ? "centre" : "",
      })),
      ...links.map((link, i) => ({data: {id: `link-${i}`, ...link}})),
    ],
    style: styles(),
  });
  cy.fit(undefined, 24);
  name();
  let later;
  cy.on("viewport", () => {
    clearTimeout(later);
    later = setTimeout(name, 120);
  });
  cy.on("tap", "node", event => choose(event.target));
  cy.on("tap", event => event.target === cy && clear());
  document.getElementById("whole").addEventListener("click", () => (clear(), cy.fit(undefined, 24)));
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

  /** Write names as large as the page does, however far away they are, within the picture; of two hubs that meet, one. */
  function name() {
    const near = 1 / Math.min(1, cy.zoom());
    cy.nodes().data("near", near);
    const taken = [];
    const {x1, x2} = cy.extent();
    for (const id of hubs) {
      const node = cy.getElementById(id);
      const {x, y} = node.position();
      const half = Math.min(74, 3.4 * node.data("brief").length) * near;
      const top = y + node.data("size") / 2;
      // A name that would leave the picture is moved aside, but never off its node.
      const inward = Math.max(0, x1 + half - x) - Math.max(0, x + half - x2);
      const aside = Math.max(-half, Math.min(half, inward));
      node.data("aside", aside);
      const box = [x + aside - half, top, x + aside + half, top + 16 * near];
      const free = taken.every(other => box[2] < other[0] || other[2] < box[0] || box[3] < other[1] || other[3] < box[1]);
      node.toggleClass("hub", free);
      if (free) taken.push(box);
    }
  }

  function choose(node, move = false) {
    if (node.empty()) return;
    clear();
    const near = node.closedNeighborhood();
    cy.elements().difference(near).addClass("faint");
    near.nodes().addClass("named");
    node.addClass("chosen");
    if (move) {
      cy.fit(near, 40);
      if (cy.zoom() > 1.3) cy.zoom(1.3).center(near);
      box.scrollIntoView({block: "nearest"});
    }
    told.textContent = web.dataset.neighbours.replace("{name}", node.data("label")).replace("{n}", node.data("links"));
  }

  function clear() {
    cy.elements().removeClass("faint named chosen");
    told.textContent = "";
  }
}

/** Give each node its place: the forces run to their rest, from the same start each time. */
function place(nodes, links) {
  const copies = links.map(link => ({...link}));
  const simulation = forceSimulation(nodes)
    .force("link", forceLink(copies).id(node => node.id).distance(90)) // Weaker where there are many.
    .force("charge", forceManyBody().strength(-420).distanceMax(900))
    .force("collide", forceCollide(26))
    .force("x", forceX().strength(0.05))
    .force("y", forceY().strength(0.07))
    .stop();
  simulation.tick(300);
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
    {selector: "node.hub, node.named", style: {
      label: "data(brief)", color: token("--ink"), "font-size": node => 12 * node.data("near"),
      "text-wrap": "ellipsis", "text-max-width": node => 140 * node.data("near"), "text-valign": "bottom",
      "text-margin-y": 3, "text-margin-x": "data(aside)", "text-outline-color": token("--paper"), "text-outline-width": node => 2 * node.data("near"),
    }},
    {selector: "node.centre, node.chosen", style: {"border-width": 4, "border-color": token("--link")}},
    {selector: "edge", style: {
      width: link => Math.min(7, 0.8 + 0.8 * link.data("weight")), "line-color": token("--edge") || token("--line"),
      opacity: 0.55, "curve-style": "haystack",
    }},
    {selector: ".faint", style: {opacity: 0.12}},
  ];
}
