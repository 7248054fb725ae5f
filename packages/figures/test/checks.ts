/** What must hold of every SVG that this package draws. */

import { isMeanfieldError } from '@meanfield/core';
import { expect } from 'vitest';

/** The text of the SVG as a reader sees it, without mark-up. */
export const textOf = (svg: string): string =>
  svg
    .replace(/<(title|desc)>.*?<\/\1>/gs, '')
    .replace(/<\/text>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

const VOID_OR_OPEN = /<(\/?)([a-z]+)((?:\s[\w:-]+="[^"<>]*")*)\s*(\/?)>/gi;

/** Tags nest and close, every attribute is quoted, and nothing else has an angle bracket. */
export function expectWellFormed(svg: string): void {
  const open: string[] = [];
  for (const [, closing, name, , empty] of svg.matchAll(VOID_OR_OPEN)) {
    if (closing === '/') expect(open.pop()).toBe(name);
    else if (empty !== '/') open.push(name ?? '');
  }
  expect(open).toEqual([]);
  expect(svg.replace(VOID_OR_OPEN, '')).not.toMatch(/[<>]/);
}

export function expectStandalone(svg: string): void {
  expectWellFormed(svg);
  expect(svg).toMatch(
    /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="[\d.]+" height="[\d.]+" viewBox="0 0 /,
  );
  expect(svg).not.toMatch(/NaN|undefined|Infinity|null|\[object|\sid=|<script|<style|href=/);
}

export function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    if (isMeanfieldError(error)) return error.code;
    throw error;
  }
  return undefined;
}
