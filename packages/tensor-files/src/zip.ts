/**
 * A defensive reader of small zip archives: every size is checked before memory is taken, every CRC-32 after.
 *
 * The central directory is the only list of members; zip64 (4 GB and more) and encryption are refused.
 * Written because the unzip of fflate takes stated sizes on trust and checks no CRC.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */

import { show } from '@meanfield/core';
import { inflateSync } from 'fflate';

import { damaged, notRead } from './file-errors.js';

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const MAXIMUM_COMMENT_BYTES = 0xffff;
const DIRECTORY_SIGNATURE = 0x02014b50;
const DIRECTORY_BYTES = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
const ZIP64 = 0xffffffff;

interface Member {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly storedBytes: number;
  readonly bytes: number;
  readonly localOffset: number;
}

/**
 * Members by name, in the archive's order, decompressed.
 *
 * @param maximumBytes of all members together, decompressed
 * @throws MeanfieldError INVALID_FILE, UNSUPPORTED
 */
export function readZip(archive: Uint8Array, maximumBytes: number): Map<string, Uint8Array> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.length);
  const members = directoryOf(archive, view);
  const total = members.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > maximumBytes) {
    throw damaged(`at most ${maximumBytes} bytes in the archive`, `${total} bytes stated, decompressed`);
  }
  const contents = new Map<string, Uint8Array>();
  for (const member of members) {
    if (contents.has(member.name))
      throw damaged('distinct names in the archive', `${show(member.name)} twice`);
    contents.set(member.name, contentOf(member, archive, view));
  }
  return contents;
}

function directoryOf(archive: Uint8Array, view: DataView): Member[] {
  const end = endOf(archive, view);
  const count = view.getUint16(end + 10, true);
  let position = view.getUint32(end + 16, true);
  const members: Member[] = [];
  for (let index = 0; index < count; index++) {
    if (position + DIRECTORY_BYTES > end || view.getUint32(position, true) !== DIRECTORY_SIGNATURE) {
      throw damaged(`entry ${index} of ${count} in the archive's directory`, `other bytes at ${position}`);
    }
    const nameBytes = view.getUint16(position + 28, true);
    const nameStart = position + DIRECTORY_BYTES;
    members.push({
      name: new TextDecoder().decode(archive.subarray(nameStart, Math.min(nameStart + nameBytes, end))),
      flags: view.getUint16(position + 8, true),
      method: view.getUint16(position + 10, true),
      crc: view.getUint32(position + 16, true),
      storedBytes: view.getUint32(position + 20, true),
      bytes: view.getUint32(position + 24, true),
      localOffset: view.getUint32(position + 42, true),
    });
    position =
      nameStart + nameBytes + view.getUint16(position + 30, true) + view.getUint16(position + 32, true);
  }
  return members;
}

/** Offset of the end-of-directory record: the last one whose comment ends where the archive does. */
function endOf(archive: Uint8Array, view: DataView): number {
  const last = archive.length - END_BYTES;
  for (let position = last; position >= Math.max(0, last - MAXIMUM_COMMENT_BYTES); position--) {
    const found = view.getUint32(position, true) === END_SIGNATURE;
    if (found && view.getUint16(position + 20, true) === last - position) return position;
  }
  throw damaged('a zip archive', `${archive.length} bytes without its end record`);
}

function contentOf(member: Member, archive: Uint8Array, view: DataView): Uint8Array {
  const { name, flags, method, storedBytes, bytes, localOffset } = member;
  if ((flags & ENCRYPTED) !== 0)
    throw notRead(`${show(name)} without encryption`, 'an encrypted member', 'decrypt it first');
  if (method !== STORED && method !== DEFLATED) {
    throw notRead(
      `${show(name)} stored or deflated`,
      `compression method ${method}`,
      'write the archive again',
    );
  }
  if (storedBytes === ZIP64 || bytes === ZIP64 || localOffset === ZIP64) {
    throw notRead(`${show(name)} under 4 GB`, 'a zip64 member', 'split the archive, or write safetensors');
  }
  const intact =
    localOffset + LOCAL_BYTES <= archive.length && view.getUint32(localOffset, true) === LOCAL_SIGNATURE;
  if (!intact) throw damaged(`the header of ${show(name)} at ${localOffset}`, 'other bytes');
  const start =
    localOffset +
    LOCAL_BYTES +
    view.getUint16(localOffset + 26, true) +
    view.getUint16(localOffset + 28, true);
  if (start + storedBytes > archive.length)
    throw damaged(`${storedBytes} bytes of ${show(name)}`, 'the end of the archive');
  const stored = archive.subarray(start, start + storedBytes);
  const content = method === STORED ? stored : inflate(name, stored, bytes);
  if (content.length !== bytes) throw damaged(`${bytes} bytes in ${show(name)}`, `${content.length}`);
  if (crc32(content) !== member.crc) throw damaged(`the CRC-32 of ${show(name)}`, 'another one');
  return content;
}

function inflate(name: string, stored: Uint8Array, bytes: number): Uint8Array {
  try {
    return inflateSync(stored, { out: new Uint8Array(bytes) });
  } catch (cause) {
    throw damaged(`deflated bytes in ${show(name)}`, 'bytes that do not decompress', cause);
  }
}

const CRC_POLYNOMIAL = 0xedb88320;
const CRC_TABLE: Uint32Array = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++)
    remainder = remainder & 1 ? (remainder >>> 1) ^ CRC_POLYNOMIAL : remainder >>> 1;
  return remainder;
});

/** CRC-32 as zip and gzip use it. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
