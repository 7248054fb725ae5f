import { describe, expect, it } from 'vitest';

import { htmlReport, type ReportParts } from '../src/index.js';
import { codeOf } from './checks.js';
import { demoReport } from './demo.js';

const hostile = '<script>alert(1)</script><img src=x onerror=alert(1)> " \' &';

describe('htmlReport', () => {
  const html = htmlReport(demoReport());

  it('has every part', () => {
    for (const expected of [
      '<h1>Four initialisations of deep ReLU networks</h1>',
      '<i>q</i><sup><i>l</i></sup>',
      '<span class="name">Figure 4.</span>',
      '<span class="name">Table 1.</span>',
      '<code>meanfield report runs/main --out report.html</code>',
      '<code>@meanfield/core 0.1.0</code>',
      '@article{singh2021,',
      '&lt;initialization&gt;',
    ]) {
      expect(html).toContain(expected);
    }
    expect(html.match(/<svg [^>]*role="img"[^>]*aria-label="[^"]+"/g)).toHaveLength(4);
  });

  it('sets numbers to the right, with units, errors, and a dash where there is none', () => {
    expect(html).toContain('<td class="number">0.7166</td>');
    expect(html).toContain('<td class="number">∞</td>');
    expect(html).toContain('<td class="number">0.0427 ± 0.0012</td>');
    expect(html).toContain('<td>He</td>');
    expect(html).toContain('<span class="unit">(layers)</span>');
    expect(html).toContain('title="no value">–<');
  });

  it('fetches nothing, runs nothing, and repeats no id', () => {
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\(/i);
    const references = Array.from(html.matchAll(/\b(?:src|href)\s*=\s*"([^"]*)"/gi), ([, target]) => target);
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) expect(reference).toMatch(/^#section-\d+$/);
    const ids = Array.from(html.matchAll(/\sid="([^"]*)"/g), ([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has a dark mode, a narrow one and one for paper', () => {
    for (const query of [
      'prefers-color-scheme: dark',
      'max-width: 34rem',
      '@media print',
      'break-inside: avoid',
    ]) {
      expect(html).toContain(query);
    }
  });

  it('lets the keyboard scroll a table and says which one it is', () => {
    expect(html).toMatch(
      /<div class="scroll" role="region" tabindex="0" aria-label="Weight variances at [^"]+">/,
    );
  });

  it('escapes whatever stands in its parts', () => {
    const parts: ReportParts = {
      title: hostile,
      subtitle: hostile,
      generated: hostile,
      summary: [hostile],
      sections: [
        {
          heading: hostile,
          paragraphs: [hostile],
          table: {
            caption: hostile,
            columns: [{ heading: hostile, unit: hostile }],
            rows: [[hostile]],
            notes: [hostile],
          },
        },
      ],
      provenance: {
        command: hostile,
        seed: hostile,
        recordsPath: hostile,
        versions: { [hostile]: hostile },
        further: { [hostile]: hostile },
      },
      bibtex: hostile,
    };
    const report = htmlReport(parts);
    expect(report).not.toMatch(/<script|<img/);
    expect(report.match(/&lt;script&gt;/g)?.length).toBeGreaterThanOrEqual(17);
  });

  it.each([
    '<svg xmlns="x"><script>1</script></svg>',
    '<svg onload="x"></svg>',
    '<svg><image href="https://example.org/x.png"/></svg>',
    '<svg><rect fill="url(https://example.org)"/></svg>',
    '<p>not a figure</p>',
  ])('refuses the figure %s', (svg) => {
    const parts = { title: 't', sections: [{ heading: 'h', figure: { svg, caption: 'c' } }] };
    expect(codeOf(() => htmlReport(parts))).toBe('INVALID_ARGUMENT');
  });

  it('refuses rows that do not fit their columns', () => {
    const table = { columns: [{ heading: 'a' }], rows: [[1, 2]] };
    expect(codeOf(() => htmlReport({ title: 't', sections: [{ heading: 'h', table }] }))).toBe(
      'INVALID_ARGUMENT',
    );
  });

  it('is the same for the same parts, and small without figures', () => {
    expect(htmlReport(demoReport())).toBe(html);
    expect(htmlReport({ title: 't', sections: [] }).length).toBeLessThan(6000);
  });
});
