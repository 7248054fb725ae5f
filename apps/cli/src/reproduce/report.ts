/**
 * Everything that was reproduced as one self-contained HTML page: figures, claims with verdicts, misprints, sources. It has
 * no times and no paths: the same records give the same bytes.
 */

import { bibliographyOf, type ReproducedSource, type Size } from '@meanfield/core';
import { htmlReport, type ReportCell, type ReportSection, type ReportTable } from '@meanfield/figures';
import type { JudgedClaim, Verdict } from '@meanfield/lab';

import { expectedText, obtainedText } from '../report/claims.js';
import { VERSION } from '../version.js';
import { stateOfAttempt, verdictCount } from './outcome.js';
import type { Attempt } from './run-all.js';

const REPORT_TITLE = 'Signal propagation, reproduced';

export interface ReportRequest {
  readonly sources: readonly ReproducedSource[];
  readonly attempts: readonly Attempt[];
  readonly size: Size;
  readonly seed: number;
}

const VERDICTS: readonly Verdict[] = ['agrees', 'disagrees', 'not decidable at this size'];
const MARKS: Readonly<Record<Verdict, ReportCell>> = {
  agrees: { text: '✓\u00a0agrees', tone: 'good' },
  disagrees: { text: '✗\u00a0disagrees', tone: 'bad' },
  'not decidable at this size': { text: '?\u00a0not decidable at this size', tone: 'soft' },
};

const RULE =
  'A value $v$ read with precision $p$ agrees with $x$ ± $s$ if |$x$ − $v$| ≤ $p$ + 3$s$, unless 3$s$ > max($p$, 0.05 |$v$|): ' +
  'then it is not decidable at this size. A bound agrees or disagrees if $x$ is 3$s$ to one side of it, else it is not ' +
  'decidable. No verdict is given by hand.';

const claimsOf = ({ reproduced }: Attempt): readonly JudgedClaim[] => reproduced?.claims ?? [];

/** `statement (where)`, with what is to be known of the reading. */
function claimText({ statement, where, obtained: { remark = '' } }: JudgedClaim): string {
  return `${statement} (${where})${remark === '' ? '' : `. Obtained: ${remark}`}`;
}

/** Numbers stay on one line. */
const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0').replaceAll('-', '\u2011');

/** The variances that plain titles, statements and captions speak of, as mathematics. */
const set = (text: string): string =>
  text.includes('$') ? text : text.replaceAll(/σ_([wb])²/g, '$σ_$1^2$$');

function claimsTable(claims: readonly JudgedClaim[], caption: string): ReportTable {
  return {
    caption,
    columns: ['claim', 'by', 'claimed', 'obtained', 'verdict'].map((heading) => ({ heading })),
    rows: claims.map((claim) => [
      set(claimText(claim)),
      claim.by,
      unbroken(expectedText(claim.expected)),
      unbroken(obtainedText(claim.obtained)),
      MARKS[claim.verdict],
    ]),
  };
}

/** One figure or table of a source. */
function attemptSection(attempt: Attempt, size: Size): Omit<ReportSection, 'sections'> {
  const { reproduction, reproduced, error } = attempt;
  const { id, title, source, cost } = reproduction;
  const [figure, ...furtherFigures] = (reproduced?.figures ?? []).map(({ svg, caption }) => {
    return { svg, caption: set(caption) };
  });
  const claims = claimsOf(attempt);
  return {
    heading: set(`${id}: ${title}`),
    shortHeading: id.slice(id.indexOf('/') + 1),
    paragraphs: [
      `Source: ${source.key}${source.where === undefined ? '' : `, ${source.where}`}. Cost: ${cost[size]}.`,
      ...(error === undefined ? [] : [error]),
      ...(reproduced?.document.unfinished ?? []),
    ],
    ...(figure === undefined ? {} : { figure, furtherFigures }),
    ...(claims.length === 0 ? {} : { table: claimsTable(claims, `${id}: claimed against obtained.`) }),
  };
}

function chapters({ sources, attempts, size }: ReportRequest): ReportSection[] {
  return sources.flatMap(({ title, source, reproductions, unavailable = [] }) => {
    const ids = new Set(reproductions.map(({ id }) => id));
    const own = attempts.filter(({ reproduction }) => ids.has(reproduction.id));
    if (own.length + unavailable.length === 0) return [];
    return {
      heading: `${title} (${source.key})`,
      shortHeading: source.key,
      sections: own.map((attempt) => attemptSection(attempt, size)),
      ...(unavailable.length === 0
        ? {}
        : {
            table: {
              caption: 'Not reproduced.',
              columns: ['id', 'what it is', 'why not'].map((heading) => ({ heading })),
              rows: unavailable.map(({ id, title: what, reason }) => [id, what, reason]),
            },
          }),
    };
  });
}

function overview({ attempts }: ReportRequest): ReportSection {
  const rows = attempts.map((attempt): ReportCell[] => {
    const { id, title } = attempt.reproduction;
    return [
      id,
      set(title),
      ...VERDICTS.map((verdict) => verdictCount(attempt, verdict)),
      stateOfAttempt(attempt),
    ];
  });
  const heads = ['id', 'what it shows', 'agree', 'disagree', 'not decidable', 'state'];
  return {
    heading: 'Overview',
    paragraphs: [RULE],
    table: { caption: 'Claims by verdict.', columns: heads.map((heading) => ({ heading })), rows },
  };
}

function disagreements({ attempts }: ReportRequest): ReportSection[] {
  const rows = attempts.flatMap((attempt) =>
    claimsOf(attempt)
      .filter(({ verdict }) => verdict === 'disagrees')
      .map((claim): ReportCell[] => [
        attempt.reproduction.id,
        set(claimText(claim)),
        claim.by,
        unbroken(expectedText(claim.expected)),
        unbroken(obtainedText(claim.obtained)),
      ]),
  );
  if (rows.length === 0) return [];
  const heads = ['id', 'claim', 'by', 'claimed', 'obtained'];
  return [
    {
      heading: 'What disagrees',
      table: {
        caption: 'Every claim that disagrees.',
        columns: heads.map((heading) => ({ heading })),
        rows,
      },
    },
  ];
}

function misprintsSection({ sources }: ReportRequest): ReportSection[] {
  const rows = sources.flatMap(({ source, misprints = [] }) =>
    misprints.map(({ where, printed, correct, evidence }) => [
      `${source.key}, ${where}`,
      printed,
      correct,
      evidence,
    ]),
  );
  if (rows.length === 0) return [];
  const heads = ['where', 'printed', 'instead', 'how that is known'];
  return [
    {
      heading: 'Misprints found in the sources',
      shortHeading: 'Misprints',
      table: { caption: 'Misprints.', columns: heads.map((heading) => ({ heading })), rows },
    },
  ];
}

function summary({ attempts, sources }: ReportRequest): string[] {
  const claims = attempts.flatMap(claimsOf).length;
  const total = (verdict: Verdict): number =>
    attempts.reduce((sum, attempt) => sum + verdictCount(attempt, verdict), 0);
  const missing = sources.flatMap(({ unavailable = [] }) => unavailable).length;
  const counts = `${total('agrees')} agree, ${total('disagrees')} disagree, ${total('not decidable at this size')} are not decidable at this size`;
  return [
    `${attempts.length} figures and tables of ${sources.length} sources, ${claims} claims: ${counts}.` +
      (missing === 0 ? '' : ` ${missing} figures or tables are not reproduced; the reasons are told.`),
  ];
}

function versionsOf(attempts: readonly Attempt[]): Record<string, string> {
  const all = attempts.flatMap(({ reproduced }) => Object.entries(reproduced?.document.packages ?? {}));
  return { meanfield: VERSION, ...Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** BibTeX entries of several bibliographies, each once. */
function bibliography({ sources, attempts }: ReportRequest): string {
  const cited = bibliographyOf(sources.map(({ source }) => source));
  const used = attempts.map(({ reproduced }) => reproduced?.bibliography ?? '');
  const entries = [cited, ...used].flatMap((text) => text.split(/\n\n(?=@)/)).map((entry) => entry.trim());
  return [...new Set(entries.filter((entry) => entry !== ''))].sort().join('\n\n');
}

export function reproductionReport(request: ReportRequest): string {
  const { size, seed, attempts } = request;
  return htmlReport({
    title: REPORT_TITLE,
    subtitle: `Figures and tables on signal propagation in deep networks at the ${size} size`,
    summary: summary(request),
    sections: [
      overview(request),
      ...disagreements(request),
      ...chapters(request),
      ...misprintsSection(request),
    ],
    provenance: {
      command: `meanfield reproduce --all --${size} --seed ${seed}`,
      seed,
      further: {
        Records: 'in the folder of each id beside this file: manifest.json, records.jsonl, claims.json',
      },
      versions: versionsOf(attempts),
    },
    bibtex: bibliography(request),
  });
}
