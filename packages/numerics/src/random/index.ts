export { shuffledOrder } from './shuffled-order.js';
export { createStream } from './stream.js';
