import type { Json, JsonObject } from '@meanfield/core';
import type { Analysis } from '@meanfield/theory';

import { jsonNumber } from '../json-number.js';

/** A number, or an object with a status where there is no such number. */
function lengthJson(qStar: Analysis['qStar']): Json {
  return qStar.status === 'fixed' ? qStar.q : { ...qStar };
}

/**
 * An analysis as records and the command line show it: `qStar` and `cStar` are numbers, or objects with a
 * `status`; infinite depth scales are the string "Infinity".
 */
export function analysisToJson(analysis: Analysis): JsonObject {
  const { qStar, cStar, chi1, xiQ, xiC, phase, bounded, method } = analysis;
  return {
    qStar: lengthJson(qStar),
    cStar: typeof cStar === 'number' ? cStar : { ...cStar },
    chi1: jsonNumber(chi1),
    xiQ: jsonNumber(xiQ),
    xiC: jsonNumber(xiC),
    phase,
    bounded,
    method,
  };
}
