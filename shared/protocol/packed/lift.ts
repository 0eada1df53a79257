/**
 * What deflate cannot make smaller is lifted out of a JSON text: ids, instants, hashes and signatures, which are as long as
 * their chance in bytes and twice as long in letters (SPEC S13). Pure and lossless: what does not come back as it was stays.
 *
 * In the text stands a control character, which JSON never holds raw: an id not met before (and its time after the last time,
 * in milliseconds; its chance in the tail), an id met before (how many ids ago), an instant (after the last time), 64 bytes
 * or 32 bytes of the tail.
 */
const NEW_ID = '\u0001';
const KNOWN_ID = '\u0002';
const INSTANT = '\u0003';
const SIGNATURE = '\u0004';
const HASH = '\u0005';

const LIFTABLE =
  /"(?:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})|(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)|([A-Za-z0-9_-]{86})|([A-Za-z0-9_-]{43}))"/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the marks are control characters so that no text can hold them
const LIFTED = /([\u0001-\u0005])(-?\d*)/g;

/** Bytes of an id behind its time. */
const CHANCE = 10;

export type Lifted = { readonly text: string; readonly tail: Uint8Array };

/** @param known ids that both sides know, in the same order */
export function lift(text: string, known: readonly string[]): Lifted {
  const ids = new IdList(known);
  const tail: number[] = [];
  let last = 0;
  const lifted = text.replace(
    LIFTABLE,
    (literal: string, id?: string, instant?: string, signature?: string, hash?: string) => {
      if (id !== undefined) {
        const ago = ids.meet(id);
        if (ago !== undefined) return `${KNOWN_ID}${ago}`;
        const bytes = fromHex(id.replaceAll('-', ''));
        const time = bytes.slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0);
        const after = time - last;
        last = time;
        tail.push(...bytes.slice(6));
        return `${NEW_ID}${after}`;
      }
      if (instant !== undefined) {
        const time = Date.parse(instant);
        if (!Number.isFinite(time) || new Date(time).toISOString() !== instant) return literal;
        const after = time - last;
        last = time;
        return `${INSTANT}${after}`;
      }
      const bytes = fromBase64(signature ?? hash ?? '');
      if (toBase64(bytes) !== (signature ?? hash)) return literal;
      tail.push(...bytes);
      return signature !== undefined ? SIGNATURE : HASH;
    },
  );
  return { text: lifted, tail: Uint8Array.from(tail) };
}

/** @throws RangeError where the tail is too short for the text, or a time is none */
export function lower({ text, tail }: Lifted, known: readonly string[]): string {
  const ids = new IdList(known);
  let last = 0;
  let at = 0;
  const take = (count: number): Uint8Array => {
    if (at + count > tail.length) throw new RangeError('The tail is too short');
    at += count;
    return tail.subarray(at - count, at);
  };
  return text.replace(LIFTED, (_literal, mark: string, digits: string) => {
    if (mark === SIGNATURE) return `"${toBase64(take(64))}"`;
    if (mark === HASH) return `"${toBase64(take(32))}"`;
    const number = Number(digits);
    if (mark === KNOWN_ID) return `"${ids.ago(number)}"`;
    last += number;
    if (mark === INSTANT) return `"${new Date(last).toISOString()}"`;
    if (last < 0 || last >= 2 ** 48) throw new RangeError('An id has no such time');
    const hex = `${last.toString(16).padStart(12, '0')}${toHex(take(CHANCE))}`;
    const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    ids.meet(id);
    return `"${id}"`;
  });
}

/** Ids in the order in which they were met. */
class IdList {
  readonly #ids: string[];
  readonly #places: Map<string, number>;

  constructor(known: readonly string[]) {
    this.#ids = [...known];
    this.#places = new Map(known.map((id, place) => [id, place]));
  }

  /** How many ids ago this one was first met; nothing, and it is noted, where it was not. */
  meet(id: string): number | undefined {
    const place = this.#places.get(id);
    if (place !== undefined) return this.#ids.length - place;
    this.#places.set(id, this.#ids.length);
    this.#ids.push(id);
    return undefined;
  }

  ago(count: number): string {
    const id = this.#ids[this.#ids.length - count];
    if (id === undefined) throw new RangeError('No such id was met');
    return id;
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Base64 of URLs, without padding: this folder has no platform to do it. */
function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const letters = Math.min(4, bytes.length - at + 1);
    const group = (a << 16) | (b << 8) | c;
    for (let letter = 0; letter < letters; letter += 1) text += ALPHABET[(group >> (18 - 6 * letter)) & 63];
  }
  return text;
}

function fromBase64(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let value = 0;
  let at = 0;
  for (const letter of text) {
    value = ((value << 6) | ALPHABET.indexOf(letter)) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = (value >> bits) & 255;
    at += 1;
  }
  return bytes;
}

function fromHex(hex: string): number[] {
  return Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));
}

function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
