/** Checks every package as it would be published: publint and are-the-types-wrong on the tarballs. */

import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';

import { packAll } from './pack.mjs';

/** Ways to resolve a package that packages of ES modules alone do not have */
const NOT_FOR_MODULES = ['node10', 'node16-cjs'];

let problems = 0;
const complain = (name, text) => {
  problems += 1;
  process.stderr.write(`${name}: ${text}\n`);
};

const folder = mkdtempSync(join(tmpdir(), 'meanfield-pack-'));
const tarballs = packAll(folder);
for (const [name, tarball] of tarballs) {
  const bytes = readFileSync(tarball);
  const { messages, pkg } = await publint({
    pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) },
    strict: true,
  });
  for (const message of messages) complain(name, formatMessage(message, pkg) ?? message.code);
  const types = await checkPackage(createPackageFromTarballData(new Uint8Array(bytes)));
  if (types.types === false) complain(name, 'no types');
  for (const { kind, resolutionKind, resolutionOption, ...where } of types.problems ?? []) {
    if (NOT_FOR_MODULES.includes(resolutionKind ?? resolutionOption)) continue;
    complain(name, `${kind} ${JSON.stringify(where)}`);
  }
}
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${tarballs.size} packages packed and checked, ${problems} problems\n`);
if (problems > 0 || tarballs.size === 0) process.exit(1);
