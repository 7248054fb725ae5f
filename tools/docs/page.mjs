/** What pages written from records share: tables, who made a record, and the end with one sentence. */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export function fail(sentence, code = 1) {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}

function git(...args) {
  return execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

/** Of the working tree; '+' where files have been changed since. */
function commitOfNow() {
  const changed = git('status', '--porcelain', '--', 'apps', 'packages', 'plugins');
  return git('rev-parse', '--short=12', 'HEAD') + (changed === '' ? '' : '+');
}

function commitNamed(hash) {
  try {
    return git('rev-parse', '--short=12', '--verify', `${hash}^{commit}`);
  } catch {
    return fail(`Expected --commit with a commit of this repository, found ${hash}.`);
  }
}

function machineOfNow() {
  const processor = cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${processor}, ${availableParallelism()} cores, ${process.platform}, Node ${process.versions.node}`;
}

/** Who made a run, which a run folder does not know: what is named, else what is here now. */
export const madeBy = ({ commit, machine }) => ({
  commit: commit === undefined ? commitOfNow() : commitNamed(commit),
  machine: machine ?? machineOfNow(),
});

const OPTIONS = {
  check: { type: 'boolean', default: false },
  keep: { type: 'string' },
  commit: { type: 'string' },
  machine: { type: 'string' },
};

/** What the program was asked to do; ends it where that is something else. */
export function flags() {
  try {
    const { values } = parseArgs({ options: OPTIONS });
    if (values.keep !== undefined || (values.commit ?? values.machine) === undefined) return values;
  } catch {
    // As for --commit without --keep
  }
  const found = process.argv.slice(2).join(' ');
  return fail(
    `Expected --check, --keep FOLDER [--commit HASH] [--machine TEXT] or nothing, found ${found}.`,
    2,
  );
}

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');

export function table(head, rows) {
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Writes it, or ends the program where `check` finds another text there. */
export function writeOrCheck(path, text, check, command) {
  if (!check) writeFileSync(path, text);
  else if (!existsSync(path) || readFileSync(path, 'utf8') !== text)
    fail(`${basename(path)} is not what its records give: run ${command}.`);
}
