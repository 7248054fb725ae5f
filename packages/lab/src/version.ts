/** Name and version under which this package's experiments enter a cell's id; a test compares them with package.json. */

export const PACKAGE = '@meanfield/lab';
export const VERSION = '0.1.0';
