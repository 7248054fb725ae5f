import type { Json, JsonObject } from '@meanfield/core';
import type { Analysis } from '@meanfield/theory';

import { jsonNumber } from '../json-number.js';

/** A number, or an object with a status where there is no such number. */
function lengthJson(qStar: Analysis['qStar']): Json {
  return qStar.status === 'fixed' ? qStar.q : { ...qStar };
}

function correlationJson(value: Analysis['cStar']): Json {
  return typeof value === 'number' ? value : { ...value };
}

/**
 * An analysis as records and the command line show it: `qStar`, `cStar` and `gapStar` (1 − c*) are numbers, or objects with a
 * `status`; infinite depth scales are the string "Infinity".
 */
export function analysisToJson(analysis: Analysis): JsonObject {
  const { qStar, cStar, gapStar, chi1, xiQ, xiC, phase, bounded, method } = analysis;
  return {
    qStar: lengthJson(qStar),
    cStar: correlationJson(cStar),
    gapStar: correlationJson(gapStar),
    chi1: jsonNumber(chi1),
    xiQ: jsonNumber(xiQ),
    xiC: jsonNumber(xiC),
    phase,
    bounded,
    method,
  };
}
