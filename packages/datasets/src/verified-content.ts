/** A data file as it should be, and the check that bytes are it. */

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

import { MeanfieldError } from '@meanfield/core';

export interface DataFile {
  /** Name without `.gz` */
  readonly name: string;
  /** Size, decompressed */
  readonly bytes: number;
  /** Of the decompressed bytes, in hexadecimal: mirrors may compress differently */
  readonly sha256: string;
}

/** Gzip adds at most 5 bytes to every 16 KB that it cannot shrink, and a header with a name. */
export function maximumStoredBytes({ bytes }: DataFile): number {
  return Math.ceil(bytes * 1.001) + 65_536;
}

/**
 * The decompressed bytes, when they are the file's. Whether content is compressed is seen from the content,
 * since servers and browsers decompress `.gz` files on the way and keep the name.
 *
 * @param where the content is from, for sentences
 * @throws MeanfieldError INVALID_FILE; decompression stops at the file's size, so that no content exhausts memory
 */
export async function verifiedContent(
  file: DataFile,
  content: Uint8Array,
  where: string,
): Promise<Uint8Array> {
  const refuse = (found: string, cause?: unknown): never => {
    throw new MeanfieldError({
      code: 'INVALID_FILE',
      expected: `${file.name} with ${file.bytes} bytes and SHA-256 ${file.sha256} in ${where}`,
      found,
      remedy: 'replace the file by an intact copy, or remove it',
      cause,
    });
  };
  let bytes = content;
  if (isGzip(content)) {
    try {
      bytes = await promisify(gunzip)(content, { maxOutputLength: file.bytes });
    } catch (cause) {
      const tooLarge = cause instanceof RangeError;
      return refuse(tooLarge ? `more than ${file.bytes} bytes` : 'a damaged gzip file', cause);
    }
  }
  if (bytes.length !== file.bytes) return refuse(`${bytes.length} bytes`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== file.sha256) return refuse(`SHA-256 ${sha256}`);
  // No Buffer, whose slice would be a view.
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

export function isGzip(content: Uint8Array): boolean {
  return content[0] === 0x1f && content[1] === 0x8b;
}
