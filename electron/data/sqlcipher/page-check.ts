import { createHmac, pbkdf2Sync } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Layout of a SQLCipher 4 file. @see https://www.zetetic.net/sqlcipher/design/ */
const PAGE_SIZE = 4096;
const HMAC_LENGTH = 64;
const SALT_LENGTH = 16;
const HMAC_SALT_MASK = 0x3a;
const FAST_ITERATIONS = 2;

/** How many pages are tried, spread over the file. */
const SAMPLES = 64;

/**
 * True when at least one page of the file carries a seal (HMAC-SHA512) made with this key: the key is right, whatever is
 * wrong with other pages. False for another key, and for a file whose first 16 bytes (the salt) are destroyed.
 */
export function isKeyOfFile(path: string, key: Uint8Array): boolean {
  const file = openSync(path, 'r');
  try {
    const pages = Math.floor(fstatSync(file).size / PAGE_SIZE);
    if (pages === 0) return false;
    const sealKey = deriveSealKey(key, readPage(file, 1).subarray(0, SALT_LENGTH));
    return sampledPages(pages).some((number) => isSealed(readPage(file, number), number, sealKey));
  } finally {
    closeSync(file);
  }
}

function deriveSealKey(key: Uint8Array, salt: Buffer): Buffer {
  const masked = salt.map((byte) => byte ^ HMAC_SALT_MASK);
  return pbkdf2Sync(key, masked, FAST_ITERATIONS, key.length, 'sha512');
}

function sampledPages(pages: number): readonly number[] {
  const count = Math.min(pages, SAMPLES);
  return Array.from({ length: count }, (_, index) => 1 + Math.floor((index * (pages - 1)) / Math.max(1, count - 1)));
}

function readPage(file: number, number: number): Buffer {
  const page = Buffer.alloc(PAGE_SIZE);
  readSync(file, page, 0, PAGE_SIZE, (number - 1) * PAGE_SIZE);
  return page;
}

/** The seal covers the encrypted bytes, the initialisation vector and the page's number (little endian). */
function isSealed(page: Buffer, number: number, sealKey: Buffer): boolean {
  const start = number === 1 ? SALT_LENGTH : 0;
  const position = Buffer.alloc(4);
  position.writeUInt32LE(number);
  const seal = createHmac('sha512', sealKey)
    .update(page.subarray(start, PAGE_SIZE - HMAC_LENGTH))
    .update(position)
    .digest();
  return seal.equals(page.subarray(PAGE_SIZE - HMAC_LENGTH));
}
