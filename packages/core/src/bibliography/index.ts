/** The sources that first-party plugins cite, by the keys that the docs use. A plugin may bring its own. */

export * from './activations.js';
export * from './initializers.js';
export * from './signals.js';
export * from './training.js';
