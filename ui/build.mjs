// Builds the scripts of the pages into api/cls_graph_api/static/vendor, under names that hold a digest.
// `node build.mjs` writes them; `node build.mjs --check` exits with 1 where what is there is not what
// would be written. The same sources and lock file give the same bytes.
import {createHash} from "node:crypto";
import {existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {build} from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "api", "cls_graph_api", "static", "vendor");
const entries = readdirSync(join(here, "src")).filter(name => !name.startsWith("_") && name.endsWith(".mjs"));

const made = await build({
  absWorkingDir: here,
  entryPoints: entries.map(name => join("src", name)),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none", // Every licence is in THIRD-PARTY-LICENSES.txt.
  charset: "utf8",
  outdir: "out",
  write: false,
  metafile: true,
});

const files = new Map();
const assets = {};
for (const {path, contents} of made.outputFiles) {
  const digest = createHash("sha384").update(contents).digest();
  const name = path.split("/").pop().replace(/\.js$/, "");
  const file = `${name}.${digest.toString("hex").slice(0, 8)}.js`;
  files.set(file, Buffer.from(contents));
  assets[name] = {file, integrity: `sha384-${digest.toString("base64")}`};
}
const sorted = Object.fromEntries(Object.entries(assets).sort(([a], [b]) => (a < b ? -1 : 1)));
files.set("assets.json", Buffer.from(JSON.stringify(sorted, null, 2) + "\n"));
files.set("THIRD-PARTY-LICENSES.txt", Buffer.from(licences(made.metafile)));

/** The licence of each package of which something is in the scripts. */
function licences(metafile) {
  const packages = new Set();
  for (const output of Object.values(metafile.outputs)) {
    for (const [input, {bytesInOutput}] of Object.entries(output.inputs)) {
      const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
      if (found && bytesInOutput) packages.add(found[1]);
    }
  }
  const parts = ["Packages of which code is in the scripts beside this file, and their licences.\n"];
  for (const name of [...packages].sort()) {
    const folder = join(here, "node_modules", name);
    const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const text = readdirSync(folder).find(file => /^licen[cs]e/i.test(file));
    if (!text) throw new Error(`${name} has no licence file`);
    parts.push(`== ${name} ${about.version} (${about.license})\n\n${readFileSync(join(folder, text), "utf8").trim()}\n`);
  }
  return parts.join("\n");
}

if (process.argv.includes("--check")) {
  const there = existsSync(target) ? readdirSync(target) : [];
  const wrong = [...new Set([...there, ...files.keys()])].filter(
    name => !files.has(name) || !there.includes(name) || !readFileSync(join(target, name)).equals(files.get(name)),
  );
  if (wrong.length) {
    console.error(`Not what the sources give: ${wrong.join(", ")}. Run: npm ci --ignore-scripts && npm run build`);
    process.exit(1);
  }
  console.log(`${files.size} files are what the sources give`);
} else {
  mkdirSync(target, {recursive: true});
  for (const name of readdirSync(target)) if (!files.has(name)) rmSync(join(target, name));
  for (const [name, content] of files) writeFileSync(join(target, name), content);
  for (const {file} of Object.values(sorted)) console.log(`${file} ${files.get(file).length}`);
}
