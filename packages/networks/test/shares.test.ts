import fc from 'fast-check';
import { expect, it } from 'vitest';

import { Shares } from '../src/index.js';

interface TestPort {
  readonly networks: readonly number[];
  close(): Promise<void>;
}

function dealt(networks: number, workers: number): Shares<TestPort> {
  const all = Array.from({ length: networks }, (_, network) => network);
  return new Shares(networks, workers, (own) => ({ networks: own(all), close: () => Promise.resolve() }));
}

it('deals every network once, evenly, and knows where it is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (networks, most) => {
      const workers = Math.min(networks, most);
      const shares = dealt(networks, workers);
      const counts = shares.ports.map((port) => port.networks.length);
      expect(counts).toHaveLength(workers);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      for (let network = 0; network < networks; network++) {
        const { port, index } = shares.placeOf(network);
        expect(port.networks[index]).toBe(network);
      }
    }),
    { seed: 1 },
  );
});

it('gathers what workers find in the order of all networks, whoever is first', async () => {
  const shares = dealt(5, 3);
  const doubled = await shares.gather(async ({ networks }, own) => {
    // The later a worker's networks, the sooner it is done.
    for (let turn = 5; turn > networks[0]!; turn--) await Promise.resolve();
    return own([10, 11, 12, 13, 14]).map((each, index) => [networks[index], each]);
  });
  expect(doubled).toEqual([10, 11, 12, 13, 14].map((each, network) => [network, each]));
});

it('has no networks once it is closed', async () => {
  const shares = dealt(3, 2);
  expect(() => shares.placeOf(3)).toThrow('from 0 to 2');
  await shares.close();
  expect(() => shares.placeOf(0)).toThrow('closed');
  expect(() => {
    shares.requireOpen();
  }).toThrow('closed');
});
