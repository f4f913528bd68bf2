// Puts queries to sources, a line each, and says what came: rows, triples or a truth value as a line of JSON.
import { createInterface } from 'node:readline';
import { QueryEngine } from '@comunica/query-sparql';

async function answer({ query, sources }) {
  // An engine for each query: nothing is known from the one before.
  const result = await new QueryEngine().query(query, { sources });
  const found = await result.execute();
  if (result.resultType === 'bindings') {
    return (await found.toArray()).map(row =>
      Object.fromEntries([...row].map(([variable, term]) => [variable.value, term.value])));
  }
  if (result.resultType === 'quads') {
    return (await found.toArray()).map(quad => [quad.subject.value, quad.predicate.value, quad.object.value]);
  }
  return found;
}

for await (const line of createInterface({ input: process.stdin })) {
  const said = await answer(JSON.parse(line)).catch(error => ({ error: String(error.stack) }));
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
