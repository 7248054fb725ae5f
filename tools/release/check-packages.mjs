/** Checks every package as it would be published: publint and are-the-types-wrong on the tarballs. */

import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';

import { root } from '../bootstrap/ensure.mjs';
import { packAll } from './pack.mjs';

const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
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
  const types = spawnSync(
    process.execPath,
    [attw, tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-color'],
    { encoding: 'utf8' },
  );
  if (types.status !== 0) complain(name, types.stdout + types.stderr);
}
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${tarballs.size} packages packed and checked, ${problems} problems\n`);
if (problems > 0 || tarballs.size === 0) process.exit(1);
