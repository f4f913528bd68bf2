// Where in a query the cursor stands: which part of a triple, of which subject, and of which classes that is.
const TOKEN = /#[^\n]*|<[^<>\s]*>|"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|[?$]\w+|[\w-]*:(?:[\w.:-]*[\w:-])?|@[\w-]*|\w+|[^\s]/g;
const RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/** The tokens of triples in the text, each with its part: "subject", "predicate" or "object"; others have none. */
function* parts(text) {
  let part = "subject", subject = null, path = false;
  const open = []; // of brackets, the part and the subject after the one that closes them
  let nodes = 0;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token.startsWith("#")) continue;
    if (token === "{") open.push({part: "subject", subject: null}), part = "subject";
    else if (token === "(") open.push({part, subject}), part = null;
    else if (token === "[") {
      const node = `[${++nodes}`; // its own predicates come first, then those of what it is a part of
      open.push(part === "subject" ? {part: "predicate", subject: node} : {part: part && "object", subject});
      part = "predicate", subject = node, path = false;
    }
    else if ("})]".includes(token)) ({part, subject} = open.pop() ?? {part: "subject", subject: null}), path = false;
    else if (!part || !open.length) continue;
    else if (token === ".") part = "subject", subject = null;
    else if (token === ";") part = "predicate", path = false;
    else if (token === ",") part = "object";
    else if ("/|^".includes(token)) part = "predicate", path = true;
    else if ("+*?!".includes(token) || token.startsWith("@")) continue;
    else if (/^\w+$/.test(token) && !/^(a|true|false|\d+)$/i.test(token)) part = "subject", subject = null; // a key word
    else {
      if (part === "subject") subject = token, path = false;
      yield {token, part, subject, path};
      part = part === "subject" ? "predicate" : "object";
    }
  }
  yield {token: "", part: open.length ? part : null, subject, path};
}

/** The part of a triple that is to come after `before`, and the classes that the whole query gives its subject. */
export function place(before, whole, prefixes) {
  const here = [...parts(before)].at(-1);
  if (here.part !== "predicate" || here.path) return {part: here.part, classes: []};
  const spaces = {...prefixes};
  for (const [, name, space] of whole.matchAll(/\bPREFIX\s+([\w-]*):\s*<([^<>\s]*)>/gi)) spaces[name] = space;
  const iri = token => {
    if (token === "a") return RDF_TYPE;
    if (token.startsWith("<")) return token.slice(1, -1);
    const [name, local] = token.split(/:(.*)/s);
    return (spaces[name] ?? "") + local;
  };
  const classes = [];
  let verb = "";
  for (const {token, part, subject} of parts(whole)) {
    if (part === "predicate") verb = iri(token);
    if (part === "object" && token && verb === RDF_TYPE && subject === here.subject) classes.push(iri(token));
  }
  return {part: here.part, classes};
}
