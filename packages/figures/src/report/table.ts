/** Tables of a report: numbers to the right, their headings with them, a dash where there is no value. */

import { requireSameLength } from '../checks.js';
import { escapeMarkup } from '../text/escape.js';
import { formatMeasured, formatNumber } from '../text/numbers.js';
import { labelToHtml, labelToText } from '../text/rich-text.js';
import type { ReportCell, ReportColumn, ReportTable } from './types.js';

const NO_VALUE = '<span title="no value">–</span>';

const isNumeric = (cell: ReportCell | undefined): boolean =>
  typeof cell === 'number' || (typeof cell === 'object' && cell !== null && 'value' in cell);

function cellToHtml(cell: ReportCell | undefined, digits: number | undefined): string {
  if (cell === null || cell === undefined) return NO_VALUE;
  if (typeof cell === 'string') return labelToHtml(cell);
  if (typeof cell === 'number')
    return Number.isNaN(cell) ? NO_VALUE : labelToHtml(formatNumber(cell, digits));
  if ('text' in cell) return `<span class="${cell.tone}">${labelToHtml(cell.text)}</span>`;
  return Number.isNaN(cell.value) ? NO_VALUE : labelToHtml(formatMeasured(cell.value, cell.stderr));
}

function headingToHtml({ heading, unit }: ReportColumn, numeric: boolean): string {
  const shown = unit === undefined ? '' : ` <span class="unit">(${labelToHtml(unit)})</span>`;
  return `<th scope="col"${numeric ? ' class="number"' : ''}>${labelToHtml(heading)}${shown}</th>`;
}

/** A column is numeric when all of its cells that have a value are numbers, or a word such as "unbounded" among numbers. */
export function tableToHtml({ caption, columns, rows, notes = [] }: ReportTable, name: string): string {
  rows.forEach((row, index) => requireSameLength(row.length, columns.length, `row ${index} of a table`));
  const numeric = columns.map((_, index) => rows.some((row) => isNumeric(row[index])));
  const row = (cells: readonly ReportCell[]): string => {
    const entries = cells.map((cell, index) => {
      const content = cellToHtml(cell, columns[index]?.digits);
      return `<td${numeric[index] === true ? ' class="number"' : ''}>${content}</td>`;
    });
    return `<tr>${entries.join('')}</tr>`;
  };
  const heads = columns.map((column, index) => headingToHtml(column, numeric[index] === true));
  const label = escapeMarkup(labelToText(caption ?? name));
  // The caption stands outside of what scrolls, so that it wraps on a narrow screen; the keyboard scrolls what has the focus.
  return [
    '<div class="table">',
    caption === undefined
      ? ''
      : `<p class="caption"><span class="name">${name}.</span> ${labelToHtml(caption)}</p>`,
    `<div class="scroll" role="region" tabindex="0" aria-label="${label}"><table>`,
    `<thead><tr>${heads.join('')}</tr></thead>`,
    `<tbody>\n${rows.map(row).join('\n')}\n</tbody></table></div>`,
    notes.length === 0
      ? ''
      : `<ul class="notes">${notes.map((note) => `<li>${labelToHtml(note)}</li>`).join('')}</ul>`,
    '</div>',
  ].join('');
}
