/**
 * Labels: plain text with mathematics between dollar signs, as in `weight variance $σ_w^2$`. Inside the
 * dollars letters are italic, `_` and `^` set the next character or {group} as sub- or superscript. A dollar
 * sign without a partner is a dollar sign. Nothing else is special, and everything is escaped.
 */

import { escapeMarkup } from './escape.js';
import { textWidth } from './metrics.js';

interface Run {
  readonly text: string;
  readonly italic: boolean;
}

/** A piece of text with the scripts that hang on its end. */
interface Atom {
  readonly base: Run;
  readonly sub: readonly Run[];
  readonly sup: readonly Run[];
}

const SCRIPT_SIZE = 0.74;
const SUB_SHIFT = 0.24;
const SUP_SHIFT = -0.38;

const runsOf = (math: string): Run[] =>
  Array.from(math.matchAll(/\p{L}+|\P{L}+/gu), ([text]) => ({ text, italic: /\p{L}/u.test(text) }));

const MATH_ATOM = /([_^])(?:\{([^{}]*)\}|(.))|([^_^]+)|[_^]/gsu;

function parseMath(math: string): Atom[] {
  const atoms: Atom[] = [];
  for (const [whole, script, group, single, base] of math.matchAll(MATH_ATOM)) {
    if (script === undefined) {
      atoms.push(...runsOf(base ?? whole).map((run) => ({ base: run, sub: [], sup: [] })));
      continue;
    }
    const last = atoms.pop() ?? { base: { text: '', italic: false }, sub: [], sup: [] };
    const runs = runsOf(group ?? single ?? '');
    atoms.push(script === '_' ? { ...last, sub: runs } : { ...last, sup: runs });
  }
  return atoms;
}

function parse(label: string): Atom[] {
  // Odd pieces of the split are what stands between two dollar signs.
  return label
    .split(/\$([^$]+)\$/u)
    .flatMap((piece, index) =>
      index % 2 === 1 ? parseMath(piece) : [{ base: { text: piece, italic: false }, sub: [], sup: [] }],
    );
}

const widthOf = (runs: readonly Run[], size: number, bold: boolean): number =>
  runs.reduce((sum, { text }) => sum + textWidth(text, size, bold), 0);

/** Width in pixels of a label at a font size in pixels. */
export function labelWidth(label: string, fontSize: number, bold = false): number {
  const script = fontSize * SCRIPT_SIZE;
  return parse(label).reduce(
    (sum, { base, sub, sup }) =>
      sum +
      textWidth(base.text, fontSize, bold) +
      Math.max(widthOf(sub, script, bold), widthOf(sup, script, bold)),
    0,
  );
}

/** The label as tspans for a `<text>` of this font size; scripts over each other where a letter has both. */
export function labelToSvg(label: string, fontSize: number): string {
  const script = fontSize * SCRIPT_SIZE;
  let pendingX = 0;
  let level = 0;
  const emit = (run: Run, shift: number): string => {
    const target = shift * fontSize;
    const move = (name: string, value: number): string =>
      Math.abs(value) < 0.005 ? '' : ` ${name}="${Number(value.toFixed(2))}"`;
    const attributes =
      move('dx', pendingX) +
      move('dy', target - level) +
      (shift === 0 ? '' : move('font-size', script)) +
      (run.italic ? ' font-style="italic"' : '');
    pendingX = 0;
    level = target;
    const text = escapeMarkup(run.text);
    return attributes === '' ? text : `<tspan${attributes}>${text}</tspan>`;
  };
  const emitAtom = ({ base, sub, sup }: Atom): string => {
    let out = base.text === '' ? '' : emit(base, 0);
    for (const run of sub) out += emit(run, SUB_SHIFT);
    const subWidth = widthOf(sub, script, false);
    if (sup.length > 0) pendingX -= subWidth;
    for (const run of sup) out += emit(run, SUP_SHIFT);
    if (sup.length > 0) pendingX += Math.max(0, subWidth - widthOf(sup, script, false));
    return out;
  };
  return parse(label).map(emitAtom).join('');
}

/** The label as HTML with `<i>`, `<sub>` and `<sup>`. */
export function labelToHtml(label: string): string {
  const html = (runs: readonly Run[]): string =>
    runs.map(({ text, italic }) => (italic ? `<i>${escapeMarkup(text)}</i>` : escapeMarkup(text))).join('');
  const script = (tag: string, runs: readonly Run[]): string =>
    runs.length === 0 ? '' : `<${tag}>${html(runs)}</${tag}>`;
  return parse(label)
    .map(({ base, sub, sup }) => html([base]) + script('sub', sub) + script('sup', sup))
    .join('');
}

/** The label without mark-up, for titles and descriptions. */
export function labelToText(label: string): string {
  const plain = (runs: readonly Run[], mark: string): string => {
    const text = runs.map((run) => run.text).join('');
    return text === '' ? '' : Array.from(text).length === 1 ? mark + text : `${mark}(${text})`;
  };
  return parse(label)
    .map(({ base, sub, sup }) => base.text + plain(sub, '_') + plain(sup, '^'))
    .join('');
}

/** The label in lines no wider than so many px, broken at spaces outside mathematics where there are some. */
export function wrapLabel(label: string, fontSize: number, width: number, bold = false): string[] {
  const lines: string[] = [];
  for (const word of label.match(/(?:\$[^$]+\$|\S)+/gu) ?? ['']) {
    const line = lines.at(-1);
    const longer = `${line ?? ''} ${word}`;
    if (line !== undefined && labelWidth(longer, fontSize, bold) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
