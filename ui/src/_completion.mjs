// What the editor proposes: variables of the query, key words, and the terms of the endpoint itself.
import {place} from "./_subject.mjs";

const WORDS = (
  "SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK WHERE FROM NAMED PREFIX BASE OPTIONAL FILTER UNION MINUS GRAPH " +
  "BIND VALUES UNDEF ORDER BY GROUP HAVING LIMIT OFFSET ASC DESC AS IN NOT EXISTS COUNT SUM MIN MAX AVG SAMPLE " +
  "GROUP_CONCAT SEPARATOR BOUND IF COALESCE STR LANG LANGMATCHES DATATYPE IRI STRDT STRLANG STRLEN SUBSTR UCASE " +
  "LCASE STRSTARTS STRENDS CONTAINS STRBEFORE STRAFTER CONCAT REPLACE REGEX ABS ROUND CEIL FLOOR NOW YEAR MONTH DAY"
).split(" ");
const MOST = 200;

const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** A completion source. `load` gives a promise of the terms: {prefixes, terms: [[iri, name, label, kind, count]], uses}. */
export function completer(load) {
  let known;
  return async context => {
    const word = context.matchBefore(/[?$]?[\p{L}\p{N}_:-]+/u);
    if (!word && !context.explicit) return null;
    const from = word ? word.from : context.pos;
    const typed = word ? word.text : "";
    if (inside(context)) return null;
    if (/^[?$]/.test(typed)) return {from, options: variables(context, typed), validFor: /^[?$]\w*$/};
    known ??= load().catch(() => ({prefixes: {}, terms: []}));
    const {prefixes, terms, uses = {}} = await known;
    const whole = context.state.doc.toString();
    const {part, classes} = place(whole.slice(0, from), whole, prefixes);
    const words = WORDS.filter(name => name.startsWith(typed.toUpperCase())).map(label => ({label, type: "keyword"}));
    const names = [];
    for (const [name, space] of Object.entries(prefixes)) {
      if (!name.startsWith(typed.split(":")[0]) || typed.includes(":")) continue;
      names.push({label: `${name}:`, detail: space, type: "namespace", apply: declaring(name, space, `${name}:`)});
    }
    const found = matching(typed, ranked(terms, part, classes.flatMap(name => uses[name] ?? []))).map(
      ([iri, name, label, kind, count]) => {
        const prefix = name?.split(":")[0];
        return {
          label: name || `<${iri}>`,
          detail: label + (count ? ` (${count})` : ""),
          type: kind,
          apply: name ? declaring(prefix, prefixes[prefix], name) : `<${iri}>`,
        };
      },
    );
    // Where a property is to come, no key word can stand.
    const options = part === "predicate" ? [...found, ...names] : [...words, ...names, ...found];
    return options.length ? {from, options, filter: false} : null;
  };
}

/** Where a property is to come: those that things of the class have, then other properties, then the rest. */
function ranked(terms, part, used) {
  if (part !== "predicate") return terms;
  const own = new Set(used);
  const rank = ([iri, , , kind]) => (kind !== "property" ? 2 : own.has(iri) ? 0 : 1);
  return terms.map(term => [rank(term), term]).sort(([a], [b]) => a - b).map(([, term]) => term);
}

/** The terms with what is typed in their name or label: those whose name begins so come before others of their kind. */
function matching(typed, terms) {
  const wanted = fold(typed);
  if (!wanted) return terms.slice(0, MOST);
  const begins = [], holds = [];
  for (const term of terms) {
    const [iri, name, label] = term;
    const short = fold(name || iri);
    if (short.startsWith(wanted) || short.split(":").at(-1).startsWith(wanted)) begins.push(term);
    else if (short.includes(wanted) || fold(label).includes(wanted)) holds.push(term);
  }
  return [...begins, ...holds].slice(0, MOST);
}

/** Whether the cursor is in a comment, a string or an IRI, where nothing is proposed. */
function inside(context) {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from).replace(/<[^<>\s]*>/g, "").replace(/"[^"]*"/g, "");
  if (/"@[\w-]*$/.test(line.text.slice(0, context.pos - line.from))) return true; // the language of a string
  return /#[^>]*$/.test(before) || /"[^"]*$/.test(before) || /<[^<>\s]+$/.test(before);
}

function variables(context, typed) {
  const names = new Set(context.state.doc.toString().match(/[?$]\w+/g) ?? []);
  names.delete(typed);
  return [...names].sort().map(label => ({label, type: "variable"}));
}

/** Write a name, and declare its prefix at the top where the query does not. */
function declaring(prefix, space, text) {
  return (view, completion, from, to) => {
    const written = view.state.doc.toString();
    const there = new RegExp(`^\\s*PREFIX\\s+${prefix.replace(/[^\w-]/g, "\\$&")}:`, "im").test(written);
    const changes = [{from, to, insert: text}];
    const line = there ? "" : `PREFIX ${prefix}: <${space}>\n`;
    if (line) changes.unshift({from: 0, insert: line});
    view.dispatch({changes, selection: {anchor: from + line.length + text.length}});
  };
}
