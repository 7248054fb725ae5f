import { describe, expect, it } from 'vitest';

import { defaultCacheFolder } from '../src/index.js';

describe('defaultCacheFolder', () => {
  it.each([
    ['linux', {}, '/home/u', '/home/u/.cache/meanfield'],
    ['linux', { XDG_CACHE_HOME: '/big/cache' }, '/home/u', '/big/cache/meanfield'],
    ['linux', { XDG_CACHE_HOME: 'relative' }, '/home/u', '/home/u/.cache/meanfield'],
    ['darwin', {}, '/Users/u', '/Users/u/Library/Caches/meanfield'],
    ['win32', {}, 'C:\\Users\\u', 'C:\\Users\\u\\AppData\\Local\\meanfield\\Cache'],
    ['win32', { LOCALAPPDATA: 'D:\\Local' }, 'C:\\Users\\u', 'D:\\Local\\meanfield\\Cache'],
    ['linux', { MEANFIELD_CACHE: '/mine' }, '/home/u', '/mine'],
    ['linux', { MEANFIELD_CACHE: '' }, '/home/u', '/home/u/.cache/meanfield'],
  ])('on %s with %j', (platform, variables, home, expected) => {
    expect(defaultCacheFolder({ platform, variables, home })).toBe(expected);
  });
});
