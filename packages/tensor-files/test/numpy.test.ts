/** numpy itself opens what is written; the other tests have files that it wrote. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import tanh from '@meanfield/activation-tanh';
import { describe, expect, it } from 'vitest';

import { writeNetwork } from '../src/index.js';
import { forward, inputsOf, randomNetwork } from './networks.js';

/** Prints the outputs of the network in a file for inputs on standard input, as JSON. */
const PROGRAM = `
import json, sys
import numpy as np
file = np.load(sys.argv[1])
signal = np.array(json.load(sys.stdin))
depth = len(file.files) // 2
for layer in range(1, depth + 1):
    signal = signal @ file[f"layer/{layer}/weights"] + file[f"layer/{layer}/bias"]
    if layer < depth:
        signal = np.tanh(signal)
json.dump(signal.tolist(), sys.stdout)
`;

const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;
if (!hasNumpy) console.info('npz is not tested against numpy: python3 with numpy is not here.');

describe.skipIf(!hasNumpy)('numpy', () => {
  it('opens the npz of a network and computes the same outputs with it', () => {
    const network = randomNetwork([5, 8, 7, 3], tanh.create(), Float64Array);
    const inputs = inputsOf(4, 5);
    const files = writeNetwork(network, 'npz');
    if (files.kind !== 'file') throw new Error('a file expected');
    const folder = mkdtempSync(join(tmpdir(), 'meanfield-numpy-'));
    try {
      const path = join(folder, 'network.npz');
      writeFileSync(path, files.bytes);
      const { stdout, stderr } = spawnSync('python3', ['-c', PROGRAM, path], {
        input: JSON.stringify(inputs),
      });
      expect(stderr.toString()).toBe('');
      const found = JSON.parse(stdout.toString()) as number[][];
      inputs.forEach((input, row) =>
        forward(network, input).forEach((expected, unit) =>
          expect(Math.abs(found[row]![unit]! - expected)).toBeLessThan(1e-13 * (1 + Math.abs(expected))),
        ),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
