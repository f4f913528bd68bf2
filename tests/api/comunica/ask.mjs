// Puts one query to sources; prints its rows, triples or truth value as JSON.
import { QueryEngine } from '@comunica/query-sparql';

const { query, sources } = JSON.parse(process.argv[2]);
const result = await new QueryEngine().query(query, { sources });
const answer = await result.execute();
const found = [];
if (result.resultType === 'bindings') {
  for await (const row of answer) {
    found.push(Object.fromEntries([...row].map(([variable, term]) => [variable.value, term.value])));
  }
} else if (result.resultType === 'quads') {
  for await (const quad of answer) {
    found.push([quad.subject.value, quad.predicate.value, quad.object.value]);
  }
}
process.stdout.write(JSON.stringify(result.resultType === 'boolean' ? answer : found));
