// The SPARQL page with a script: an editor, answers without a new page, cancelling, history, a link to share.
// Without it the form and the links do the same, but for cancelling and history.
import {upgrade} from "./_editor.mjs";
import {sortable} from "./_sorting.mjs";

const LONGEST = 6000; // of an address; longer queries are posted, and have no address to share
const KEPT = 50;
const KEY = "cls-graph:sparql:history";

const form = document.getElementById("sparql-form");
const area = document.getElementById("query");
const words = JSON.parse(document.getElementById("words").textContent);
const status = document.getElementById("status");
const stop = document.getElementById("stop");
const share = document.getElementById("share");
const past = document.getElementById("history");

let running = null;

const editor = upgrade(area, {
  label: words.label,
  phrases: words.phrases,
  run: () => form.requestSubmit(),
  completions: async () => (await fetch(form.dataset.completions, {headers: {Accept: "application/json"}})).json(),
});
show();

form.addEventListener("submit", event => {
  if (!editor.text().trim()) {
    event.preventDefault();
    tell(words.empty);
    editor.focus();
    return;
  }
  const asked = new FormData(form, event.submitter);
  if (asked.get("format") || asked.get("network")) return; // A file, which the browser takes itself.
  event.preventDefault();
  for (const [name, value] of [...asked]) if (!value) asked.delete(name);
  ask(new URLSearchParams(asked));
});

/** Run a query as the form would, and put its answer in the page. */
async function ask(asked, {push = true} = {}) {
  if (running) await cancel();
  const id = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
  const url = new URL(form.action);
  url.search = asked.toString();
  const long = url.href.length > LONGEST;
  const mine = (running = {id, abort: new AbortController(), begun: performance.now()});
  busy(true);
  remember(asked);
  try {
    const answer = await fetch(long ? form.action : url, {
      method: long ? "POST" : "GET",
      body: long ? asked : undefined,
      headers: {Accept: "text/html", "Query-Request-Id": id},
      signal: mine.abort.signal,
    });
    if (mine.stopping) return; // Who stops it tells the rest.
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const result = page.getElementById("result");
    if (running !== mine) return;
    if (!result) throw new Error(`${answer.status}`);
    document.getElementById("result").replaceWith(document.adoptNode(result));
    if (push && !long) history.pushState(null, "", url);
    share.hidden = long;
    tell(long ? words.too_long : "");
    show(true);
  } catch (error) {
    if (running === mine && !mine.stopping && error.name !== "AbortError") tell(`${words.failed} (${error.message})`);
  } finally {
    if (running === mine && !mine.stopping) {
      running = null;
      busy(false);
    }
  }
}

/** Have the service stop the query, and stop waiting for it. */
async function cancel() {
  const mine = running;
  if (!mine) return;
  mine.stopping = true;
  const url = new URL(form.dataset.running + mine.id, location.href);
  tell(words.cancelling);
  await fetch(url, {method: "DELETE"}).catch(() => null);
  mine.abort.abort(); // Its answer would only be that it was stopped.
  if (running !== mine) return;
  running = null;
  busy(false);
  tell(words.cancelled);
}
stop.addEventListener("click", cancel);

function busy(on) {
  stop.hidden = !on;
  document.getElementById("result").setAttribute("aria-busy", String(on));
  if (on) tell(words.running);
}

function tell(text) {
  status.textContent = text;
}

/** What is to be done once a result is in the page: mark the error, say the count, move the focus. */
function show(moved = false) {
  const result = document.getElementById("result");
  const problem = result.querySelector("[data-line]");
  editor.mark(problem && {
    line: Number(problem.dataset.line),
    column: Number(problem.dataset.column),
    message: problem.dataset.message,
  });
  for (const link of result.querySelectorAll("a[data-view]")) {
    link.addEventListener("click", event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      ask(new URL(link.href).searchParams);
    });
  }
  for (const table of result.querySelectorAll(".scroll > table")) {
    const said = result.querySelector(".cut") ? words.sorted_shown : words.sorted;
    sortable(table, head => tell(said.replace("{head}", head)));
  }
  const web = result.querySelector("#web");
  if (web) pictures().then(({live}) => web.isConnected && live(web), () => {}); // Else the still picture stays.
  for (const button of result.querySelectorAll("button[data-go]")) {
    button.addEventListener("click", () => editor.focus());
    button.hidden = false;
  }
  if (!moved) return;
  const heading = result.querySelector("h2");
  heading?.focus();
  heading?.scrollIntoView({block: "nearest"});
  const said = result.querySelector("[data-say]");
  if (said) tell(said.textContent.trim());
}

let loading = null;

/** The script that draws networks, which only an answer that is one needs. Its element holds it to its digest. */
function pictures() {
  loading ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.type = "module";
    script.integrity = form.dataset.integrity;
    script.src = form.dataset.network;
    script.addEventListener("load", () => done(import(script.src)));
    script.addEventListener("error", failed);
    document.head.append(script);
  }).catch(error => {
    loading = null; // The next answer tries again.
    throw error;
  });
  return loading;
}

window.addEventListener("popstate", () => {
  const asked = new URL(location.href).searchParams;
  if (!asked.get("query")) return location.reload();
  editor.replace(asked.get("query"));
  ask(asked, {push: false});
});

share.addEventListener("click", async () => {
  const url = new URL(form.action);
  const asked = new FormData(form);
  for (const [name, value] of [...asked]) if (!value) asked.delete(name);
  url.search = new URLSearchParams(asked).toString();
  if (url.href.length > LONGEST) return tell(words.too_long);
  try {
    await navigator.clipboard.writeText(url.href);
    tell(words.copied);
  } catch {
    tell(url.href);
  }
});
share.hidden = false;

// History: in this browser only.
function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(row => typeof row?.query === "string") : [];
  } catch {
    return [];
  }
}

function remember(asked) {
  const query = asked.get("query");
  const rows = [{query, when: new Date().toISOString()}, ...read().filter(row => row.query !== query)];
  try {
    localStorage.setItem(KEY, JSON.stringify(rows.slice(0, KEPT)));
  } catch {
    // Full, or refused by the browser: nothing is kept.
  }
  list();
}

function list() {
  const rows = read();
  const lines = rows.map(({query, when}) => {
    const line = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = first(query);
    button.title = query;
    button.addEventListener("click", () => {
      editor.replace(query);
      editor.focus();
    });
    const time = document.createElement("time");
    time.dateTime = when;
    time.textContent = new Date(when).toLocaleString(document.documentElement.lang);
    line.append(button, " ", time);
    return line;
  });
  past.querySelector("ol").replaceChildren(...lines);
  past.querySelector("#no-history").hidden = rows.length > 0;
  past.querySelector("#clear").hidden = rows.length === 0;
}

/** The line of a query that says most of it. */
function first(query) {
  const lines = query.split("\n").map(line => line.trim()).filter(line => line && !/^(PREFIX|BASE|#)/i.test(line));
  return lines.join(" ").slice(0, 90) || query.slice(0, 90);
}

past.hidden = false;
list();
past.querySelector("#clear").addEventListener("click", () => {
  localStorage.removeItem(KEY);
  list();
  tell(words.cleared);
});
