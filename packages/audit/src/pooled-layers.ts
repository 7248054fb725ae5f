/** The layers that signals pass between hidden layers, taken together as samples of one law. */

import type { Activation, WeightStatistics } from '@meanfield/core';
import { boundaries } from '@meanfield/theory';

import type { AuditQuestion, LayerAudit } from './audit.js';
import { phaseWith, type LayerPhase } from './layer-phase.js';
import type { Estimate } from './measure/estimate.js';

type KnownStatistics = Exclude<WeightStatistics, { law: 'empirical' }>;

export interface PooledLayers extends LayerPhase {
  /** Names of the layers */
  readonly layers: readonly string[];
  readonly activation: Activation;
  readonly statistics: KnownStatistics;
  /** σ_w² by the mean over layers, each with the weight of its entries */
  readonly weightVariance: Estimate;
  /** Whether σ_w² differs between layers by no more than its errors explain */
  readonly alike: boolean;
  /** A₃ of all their neurons (`Asymmetry`) */
  readonly asymmetry: Estimate;
  /** σ_w² at which χ₁ = 1, all else the same; null where there is none */
  readonly criticalWeightVariance: number | null;
}

/** Standard deviations of χ², about its mean, within which layers are alike */
const ALIKE = 4;

/**
 * Of the layers between the first hidden and the last hidden one; of a network with one hidden layer that layer itself. Those
 * whose law is not known are left out where others are.
 */
export function pooledLayers(audited: readonly LayerAudit[], question: AuditQuestion): PooledLayers | string {
  const hidden = audited.slice(0, -1);
  if (hidden.length === 0) return 'the network has no hidden layer';
  const between = hidden.length === 1 ? hidden : hidden.slice(1);
  const [first] = hidden;
  const { activation } = first!.layer;
  if (typeof activation === 'string') return activation;
  const other = hidden.find(({ layer }) => layer.activation !== activation);
  if (other !== undefined) {
    return `hidden layers have different activations (${first!.layer.name}, ${other.layer.name})`;
  }
  const known = between.filter(({ measured }) => measured.statistics !== null);
  const kinds = new Set(known.map(({ measured }) => measured.statistics?.law));
  if (known.length < between.length || kinds.size !== 1) {
    const odd = between.find(({ measured }) => measured.statistics === null);
    return odd === undefined
      ? 'hidden layers have weights of different kinds of laws'
      : `${odd.layer.name} has weights of no law that theory describes: ${odd.measured.reason}`;
  }
  return pool(known, activation, question);
}

function pool(known: readonly LayerAudit[], activation: Activation, question: AuditQuestion): PooledLayers {
  const weightVariance = pooledMean(known, ({ measured }) => measured.weightVariance);
  const statistics = pooledStatistics(known, weightVariance.value);
  const model = question.modelOf(statistics, activation);
  const critical = boundaries(model.map(activation, statistics)).correlation.weightVariance;
  return {
    ...phaseWith(model, statistics, activation, weightVariance),
    layers: known.map(({ layer }) => layer.name),
    activation,
    statistics,
    weightVariance,
    alike: areAlike(known, weightVariance.value),
    asymmetry: pooledMean(known, ({ measured }) => measured.asymmetry.thirdPower),
    criticalWeightVariance: critical,
  };
}

/** Degrees of freedom of a layer's variance: the weight that makes the error least, without depending on what was measured */
const entriesOf = ({ layer }: LayerAudit): number => layer.fanOut * Math.max(1, layer.fanIn - 1);

function pooledMean(layers: readonly LayerAudit[], of: (layer: LayerAudit) => Estimate): Estimate {
  const total = layers.reduce((sum, layer) => sum + entriesOf(layer), 0);
  let [value, variance] = [0, 0];
  for (const layer of layers) {
    const share = entriesOf(layer) / total;
    const { value: own, stderr } = of(layer);
    value += share * own;
    variance += (share * stderr) ** 2;
  }
  return { value, stderr: Math.sqrt(variance) };
}

/** κ is what averages, being linear in second moments: k = κ/(1 − κ). */
function pooledStatistics(known: readonly LayerAudit[], weightVariance: number): KnownStatistics {
  const [first] = known;
  const exact = (of: (law: KnownStatistics) => number): number =>
    pooledMean(known, ({ measured }) => ({ value: of(measured.statistics!), stderr: 0 })).value;
  const kappa = exact(({ correlationStrength: k }) => k / (1 + k));
  const shared = { weightVariance, correlationStrength: kappa / (1 - kappa) };
  const law = first!.measured.statistics!;
  if (law.law === 'replaced-entry-rows') return { ...law, ...shared };
  return {
    ...law,
    ...shared,
    biasVariance: exact((each) => (each.law === 'gaussian-rows' ? each.biasVariance : 0)),
  };
}

function areAlike(layers: readonly LayerAudit[], mean: number): boolean {
  const deviations = layers.map(
    ({
      measured: {
        weightVariance: { value, stderr },
      },
    }) => (value === mean ? 0 : ((value - mean) / stderr) ** 2),
  );
  const freedom = layers.length - 1;
  return (
    deviations.reduce((sum, each) => sum + each, 0) <= freedom + ALIKE * Math.sqrt(2 * Math.max(1, freedom))
  );
}
