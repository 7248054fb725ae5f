/** The same for runtimes that join two neighbouring operations of 128 bits to one of 256: the same bits, in wider panels. */

export * from './dense';
