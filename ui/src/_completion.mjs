// What the editor proposes: variables of the query, key words, and the terms of the endpoint itself.
const WORDS = (
  "SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK WHERE FROM NAMED PREFIX BASE OPTIONAL FILTER UNION MINUS GRAPH " +
  "BIND VALUES UNDEF ORDER BY GROUP HAVING LIMIT OFFSET ASC DESC AS IN NOT EXISTS COUNT SUM MIN MAX AVG SAMPLE " +
  "GROUP_CONCAT SEPARATOR BOUND IF COALESCE STR LANG LANGMATCHES DATATYPE IRI STRDT STRLANG STRLEN SUBSTR UCASE " +
  "LCASE STRSTARTS STRENDS CONTAINS STRBEFORE STRAFTER CONCAT REPLACE REGEX ABS ROUND CEIL FLOOR NOW YEAR MONTH DAY"
).split(" ");
const MOST = 200;

const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** A completion source. `load` gives a promise of the terms: {prefixes, terms: [[iri, name, label, kind, count]]}. */
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
    const {prefixes, terms} = await known;
    const wanted = fold(typed);
    const options = WORDS.filter(name => name.startsWith(typed.toUpperCase())).map(label => ({label, type: "keyword"}));
    for (const [name, space] of Object.entries(prefixes)) {
      if (!name.startsWith(typed.split(":")[0]) || typed.includes(":")) continue;
      options.push({label: `${name}:`, detail: space, type: "namespace", apply: declaring(name, space, `${name}:`)});
    }
    let found = 0;
    for (const [iri, name, label, kind, count] of terms) {
      if (found >= MOST) break;
      if (wanted && !fold(name || iri).includes(wanted) && !fold(label).includes(wanted)) continue;
      found += 1;
      const prefix = name?.split(":")[0];
      options.push({
        label: name || `<${iri}>`,
        detail: label + (count ? ` (${count})` : ""),
        type: kind,
        boost: Math.min(40, Math.log2((count || 0) + 1)) + (kind === "thing" ? -20 : 0),
        apply: name ? declaring(prefix, prefixes[prefix], name) : `<${iri}>`,
      });
    }
    return options.length ? {from, options, filter: false} : null;
  };
}

/** Whether the cursor is in a comment, a string or an IRI, where nothing is proposed. */
function inside(context) {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from).replace(/<[^<>\s]*>/g, "").replace(/"[^"]*"/g, "");
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
