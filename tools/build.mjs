/**
 * Builds a release of the front end: `build.mjs [folder]` bundles static/js and static/css into hashed, compressed files
 * and says in manifest.json what became of what. A checkout runs without.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "esbuild";

const STATIC = fileURLToPath(new URL("../src/chatsphere/static/", import.meta.url));
const [, , folder = path.join(STATIC, "dist"), ...rest] = process.argv;
if (folder.startsWith("-") || rest.length) throw new Error("How to call it: build.mjs [folder]");
const DIST = path.resolve(folder);
/** What the pages ask for by name. Each script is bundled by itself: nobody loads a chunk for another page's sake. */
const SCRIPTS = ["js/app.js", "js/gallery.js", "js/page.js"];
const SHEETS = ["css/app.css", "css/galleries.css", "css/late.css", "css/page.css", "css/front.css", "css/docs.css"];
/** @satisfies {import("esbuild").BuildOptions} */
const SHARED = /** @type {const} */ ({
  absWorkingDir: STATIC,
  bundle: true,
  minify: true,
  metafile: true,
  write: false,
  outdir: DIST,
  outbase: STATIC,
  entryNames: "[dir]/[name]-[hash]",
  chunkNames: "js/chunks/[name]-[hash]",
  assetNames: "[dir]/[name]-[hash]",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  logLevel: "error",
});

/**
 * What is imported only when needed would split everything that it shares with the page into ever smaller chunks. So it
 * imports the page itself as well: what is shared then stays in one.
 * @param {string} entry @returns {import("esbuild").Plugin}
 */
const whole = (entry) => ({
  name: "whole",
  setup(work) {
    const late = new Set();
    work.onResolve({ filter: /^\./ }, ({ kind, path: wanted, resolveDir }) => {
      if (kind === "dynamic-import") late.add(path.join(resolveDir, wanted));
      return undefined;
    });
    work.onLoad({ filter: /\.js$/ }, async ({ path: file }) => {
      const source = await readFile(file, "utf8");
      const first = JSON.stringify(path.join(STATIC, entry));
      return { contents: late.has(file) ? `${source}\nimport ${first};` : source };
    });
  },
});

/** A bare name is a vendored library; the reader's words, `#words`, are found by the page's import map alone. @type {import("esbuild").Plugin} */
const vendored = {
  name: "vendored",
  setup(work) {
    work.onResolve({ filter: /^#/ }, ({ path: name }) => ({ path: name, external: true }));
    work.onResolve({ filter: /^[a-z]/, namespace: "file" }, ({ kind, path: name }) =>
      kind === "entry-point" ? undefined : { path: path.join(STATIC, "vendor", `${name}.js`) },
    );
  },
};

async function main() {
  const sources = await digest();
  const words = (await readdir(path.join(STATIC, "js/words"))).map((name) => `js/words/${name}`);
  await rm(DIST, { recursive: true, force: true });
  const built = [
    ...(await Promise.all(
      SCRIPTS.map((entry) =>
        build({ ...SHARED, entryPoints: [entry], format: "esm", splitting: true, plugins: [vendored, whole(entry)] }),
      ),
    )),
    await build({ ...SHARED, entryPoints: ["js/worker.js"], format: "iife" }),
    await build({ ...SHARED, entryPoints: words, format: "esm" }),
    await build({ ...SHARED, entryPoints: SHEETS, loader: { ".woff2": "file" } }),
  ];
  await Promise.all(built.flatMap((one) => one.outputFiles).map((file) => put(file.path, file.contents)));
  const files = Object.assign({}, ...built.map((one) => table(one.metafile)), await copied("img/icons.svg"));
  await put(path.join(DIST, "manifest.json"), Buffer.from(JSON.stringify({ sources, files }, null, 1)));
}

/** What a release was built of, as one number: the server serves it only while this is so. */
async function digest() {
  const hash = createHash("sha256");
  const folders = await Promise.all(
    ["css", "js", "vendor"].map((folder) => readdir(path.join(STATIC, folder), { recursive: true })),
  );
  const names = ["css", "js", "vendor"].flatMap((folder, at) => folders[at].map((name) => `${folder}/${name}`));
  for (const name of names.filter((one) => /\.(css|js)$/.test(one)).sort()) {
    hash
      .update(`${name}\0`)
      .update(await readFile(path.join(STATIC, name)))
      .update("\0");
  }
  return hash.digest("hex");
}

/** Which file each entry has become, and which others it cannot begin without. @param {import("esbuild").Metafile} metafile */
function table({ outputs }) {
  const name = (/** @type {string} */ file) => path.relative(DIST, path.resolve(STATIC, file));
  /** @param {string} file @param {Set<string>} [found] @returns {Set<string>} */
  const needed = (file, found = new Set()) => {
    for (const one of outputs[file].imports.filter(({ kind, external }) => kind === "import-statement" && !external)) {
      if (!found.has(one.path)) needed(one.path, found.add(one.path));
    }
    return found;
  };
  const entries = Object.entries(outputs).flatMap(([file, { entryPoint, inputs }]) => {
    const source = entryPoint ?? (file.endsWith(".woff2") ? Object.keys(inputs)[0] : undefined);
    return source ? [[source, { file: name(file), needs: [...needed(file)].map(name) }]] : [];
  });
  return Object.fromEntries(entries);
}

/** @param {string} source a file that is served as it is, under a hashed name */
async function copied(source) {
  const contents = await readFile(path.join(STATIC, source));
  const { dir, name, ext } = path.parse(source);
  const file = `${dir}/${name}-${createHash("sha256").update(contents).digest("hex").slice(0, 8).toUpperCase()}${ext}`;
  await put(path.join(DIST, file), contents);
  return { [source]: { file, needs: [] } };
}

/** Write a file and, where it is text, its twins. @param {string} file @param {Uint8Array} contents */
async function put(file, contents) {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, contents);
  if (!/\.(css|js|svg)$/.test(file)) return;
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: contents.length };
  await writeFile(`${file}.br`, await promisify(brotliCompress)(contents, { params }));
  await writeFile(`${file}.gz`, await promisify(gzip)(contents, { level: 9 }));
}

await main();
