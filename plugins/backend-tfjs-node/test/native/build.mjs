/**
 * Makes a tfjs-node that runs where its own installation cannot download libtensorflow: the library and its headers come out of
 * a wheel of tensorflow-cpu, and the binding is compiled against them (python's zipfile, a C++ compiler, Node's headers).
 *
 *     node test/native/build.mjs WHEEL FOLDER
 *     MEANFIELD_TFJS_NODE=FOLDER/node_modules/@tensorflow/tfjs-node npx vitest run plugins/backend-tfjs-node
 *
 * tensorflow-cpu 2.21 works; 0.9 GB on disk, about two minutes.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const [wheel, target] = process.argv.slice(2).map((path) => resolve(path));
if (target === undefined || !existsSync(wheel)) {
  console.error('Expected a wheel of tensorflow-cpu and a folder, as in: node build.mjs WHEEL FOLDER');
  process.exit(2);
}

function run(command, args, cwd, environment = {}) {
  const { status } = spawnSync(command, args, {
    cwd,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  if (status !== 0) process.exit(status ?? 1);
}

mkdirSync(target, { recursive: true });
writeFileSync(join(target, 'package.json'), '{ "private": true }');
run('npm', ['install', '--ignore-scripts', '--prefer-offline', '@tensorflow/tfjs-node@4.22.0'], target);

const unpack = `
import sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
wanted = ('tensorflow/include/tensorflow/c/', 'tensorflow/include/tensorflow/core/platform/',
          'tensorflow/include/tsl/', 'tensorflow/include/xla/tsl/', 'tensorflow/libtensorflow_')
wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if name.startswith(wanted)])
`;
run('python3', ['-c', unpack, wheel, join(target, 'unpacked')], target);

const unpacked = join(target, 'unpacked', 'tensorflow');
const tfjsNode = join(target, 'node_modules', '@tensorflow', 'tfjs-node');
const lib = join(tfjsNode, 'deps', 'lib');
mkdirSync(lib, { recursive: true });
cpSync(join(unpacked, 'include'), join(tfjsNode, 'deps', 'include'), { recursive: true });
for (const [file, link] of [
  ['libtensorflow_cc.so.2', 'libtensorflow.so'],
  ['libtensorflow_framework.so.2', 'libtensorflow_framework.so'],
]) {
  renameSync(join(unpacked, file), join(lib, file));
  if (!existsSync(join(lib, link))) symlinkSync(file, join(lib, link));
}

/** The folder above include/node, where distributions put Node's headers, or the one beside this node. */
const headers = [dirname(dirname(process.execPath)), '/usr'].find((folder) =>
  existsSync(join(folder, 'include', 'node', 'node_api.h')),
);
run(
  'npx',
  ['--no-install', 'node-pre-gyp', 'install', '--build-from-source'],
  tfjsNode,
  headers === undefined ? {} : { npm_config_nodedir: headers },
);
console.log(`MEANFIELD_TFJS_NODE=${tfjsNode}`);
