export { createStream } from './stream.js';
