import { isUtf8 } from 'node:buffer';

/** Characters of Windows-1252 from 0x80 to 0x9F. Written out because Electron's ICU does not carry every converter. */
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Beyond this share of control characters a file is no text. */
const MAX_CONTROL_SHARE = 0.002;

function findUtf16(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, 2000);
  const zeros = [0, 0] as [number, number];
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2 === 0 ? 0 : 1] += 1;
  const half = sample.length / 2;
  if (zeros[1] > half * 0.7 && zeros[0] < half * 0.1) return 'utf-16le';
  if (zeros[0] > half * 0.7 && zeros[1] < half * 0.1) return 'utf-16be';
  return undefined;
}

function swapPairs(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16();
}

function decodeWindows1252(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (character) => WINDOWS_1252.charAt(character.charCodeAt(0) - 0x80));
}

function looksBinary(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  const controls = text.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/g)?.length ?? 0;
  return controls > Math.max(2, text.length * MAX_CONTROL_SHARE);
}

/**
 * Reads bytes as text, whatever program wrote them: UTF-8 and UTF-16 with or without a mark, else Windows-1252, in which
 * a French Excel saves its CSV. Undefined when it is no text.
 */
export function decodeText(bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const encoding = findUtf16(bytes) ?? (isUtf8(bytes) ? 'utf-8' : 'windows-1252');
  const decoded = {
    'utf-8': () => view.toString('utf8'),
    'utf-16le': () => view.toString('utf16le'),
    'utf-16be': () => swapPairs(view).toString('utf16le'),
    'windows-1252': () => decodeWindows1252(view),
  }[encoding]();
  const text = decoded.startsWith('\ufeff') ? decoded.slice(1) : decoded;
  return looksBinary(text) ? undefined : { text, encoding };
}
