/** First bytes of the formats that people hand over by mistake, and the name under which the screen speaks of them. */
const SIGNATURES: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['xls', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['gzip', [0x1f, 0x8b]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['rar', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['image', [0x89, 0x50, 0x4e, 0x47]],
  ['image', [0xff, 0xd8, 0xff]],
  ['image', [0x47, 0x49, 0x46, 0x38]],
  ['sqlite', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66]],
  ['rtf', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  // What older agents write: XML packed with zlib.
  ['zlib', [0x78, 0x01]],
  ['zlib', [0x78, 0x9c]],
  ['zlib', [0x78, 0xda]],
];

/** Names of entries that tell the office formats apart; they lie uncompressed in the archive. */
const ARCHIVES: readonly (readonly [name: string, entry: string])[] = [
  ['xlsx', 'xl/workbook'],
  ['xlsx', 'xl/worksheets'],
  ['docx', 'word/document'],
  ['ods', 'opendocument.spreadsheet'],
  ['odt', 'opendocument.text'],
];

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

/** Name of a binary format, recognised by content; undefined when it may be a text. */
export function findSignature(bytes: Uint8Array): string | undefined {
  const found = SIGNATURES.find(([, start]) => startsWith(bytes, start))?.[0];
  if (found !== 'zip') return found;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return ARCHIVES.find(([, entry]) => view.includes(entry, 0, 'latin1'))?.[0] ?? 'zip';
}
