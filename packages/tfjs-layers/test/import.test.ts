import { serialization } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';

it('registers nothing on import, and one class when asked', async () => {
  layers.dense({ units: 1 });
  const registered = (): string[] => Object.keys(serialization.SerializationMap.getMap().classNameMap).sort();
  const before = registered();
  const { registerTfjsInitializers } = await import('../src/index.js');
  expect(registered()).toEqual(before);
  registerTfjsInitializers([]);
  expect(registered()).toEqual([...before, 'MeanfieldInitializer'].sort());
});
