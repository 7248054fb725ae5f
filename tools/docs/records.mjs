/** Kept records of reproductions: claims.json of their run folders, with the commit and the machine that made them. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const json = (value) => `${JSON.stringify(value, undefined, 2)}\n`;

/** As the folder of its run is called by default, whatever it was called. */
const nameOf = ({ id, size }) => `${id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-${size}.json`;

/** What `folder` is the run folder of, or what its folders are. */
function documentsIn(folder) {
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...below.map(({ name }) => join(folder, name)).sort()]
    .map((run) => join(run, 'claims.json'))
    .filter((path) => existsSync(path))
    .map(readJson);
}

function requireDistinct(documents, folder) {
  const names = documents.map(nameOf);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`Expected each run once in ${folder}, found two of ${twice}.`);
}

/** Neither its claims nor what they came from have changed: then who made it has not either. */
const isKept = (path, document) => {
  if (!existsSync(path)) return false;
  const { commit, machine } = readJson(path);
  return readFileSync(path, 'utf8') === json({ commit, machine, ...document });
};

/**
 * Keeps the records of run folders; those of other reproductions and sizes stay as they are.
 *
 * @param records folder of the kept records
 * @param folder a run folder, or one of run folders
 * @param made commit and machine of the runs
 * @param again whether what is kept already takes on `made` too
 * @returns the records found in `folder`, each with whether it was written
 * @throws Error for two of one reproduction and size; nothing is kept then
 */
export function keepRecords(records, folder, made, again) {
  const documents = documentsIn(folder);
  requireDistinct(documents, folder);
  mkdirSync(records, { recursive: true });
  return documents.map((document) => {
    const path = join(records, nameOf(document));
    const written = again || !isKept(path, document);
    if (written) writeFileSync(path, json({ ...made, ...document }));
    return { id: document.id, size: document.size, written };
  });
}

/** All kept records by id, each with those of its sizes, quick before full. Throws an Error for a file of another name. */
export function readRecords(records) {
  const byId = new Map();
  for (const name of readdirSync(records).sort().reverse()) {
    const record = readJson(join(records, name));
    if (name !== nameOf(record)) throw new Error(`Expected ${nameOf(record)}, found its record in ${name}.`);
    byId.set(record.id, [...(byId.get(record.id) ?? []), record]);
  }
  return byId;
}
