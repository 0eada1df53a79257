import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { canonicalJson } from '../domain/canonical-json.ts';
import { Id, Instant, Line, Word } from '../schema/collection.ts';

/**
 * The files in which synchronisation travels by hand (SPEC X1…X6): a clear head that tells anybody what the file is and
 * whose, a sealed body that only its receiver opens. One file is a line of magic, the head as a line of JSON, and a part
 * of the sealed body. Every byte is covered: the magic and the head's form exactly, the head's facts by the signature,
 * the body's part by a hash among these facts.
 */
const MAGIC = 'REGISTRE 1\n';

/** Largest head, bytes: the facts, and a hash for each part. */
const MAX_HEAD = 256 * 1024;
/** 100 MB in floppies, with room to spare. */
export const MAX_PARTS = 500;

const Sha256 = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });

/** What is signed. */
export const ParcelFacts = Type.Object(
  {
    /**
     * `parcel`: rows of a device for the endpoint. `files`: bytes of files that such rows describe, one part of them.
     * `answer`: receipts and news of the endpoint for a device.
     */
    kind: Word(['parcel', 'files', 'answer']),
    ministry: Type.Object({ id: Id, acronym: Line(20) }, { additionalProperties: false }),
    /** Whose parcel it is, or for whom the answer. */
    device: Type.Object({ id: Id, code: Line(4) }, { additionalProperties: false }),
    /** Which of the parts with files of its parcel this is. Each is whole in itself (SPEC X1). */
    files: Type.Optional(
      Type.Object(
        { part: Type.Integer({ minimum: 1 }), of: Type.Integer({ minimum: 1 }) },
        { additionalProperties: false },
      ),
    ),
    /** Of the parcel, from 1; of files: of the last parcel that describes some; of an answer: the highest parcel that it answers, 0 for none. */
    number: Type.Integer({ minimum: 0 }),
    /** The parcel before it that was not known to have arrived; 0 for none. The endpoint applies that one first (X3). */
    follows: Type.Integer({ minimum: 0 }),
    madeAt: Instant,
    /** Ed25519 of whoever signed. */
    key: Sha256,
    /** Of the whole sealed body. */
    size: Type.Integer({ minimum: 1 }),
    sha256: Sha256,
    parts: Type.Array(
      Type.Object({ size: Type.Integer({ minimum: 1 }), sha256: Sha256 }, { additionalProperties: false }),
      { minItems: 1, maxItems: MAX_PARTS },
    ),
  },
  { additionalProperties: false },
);
export type ParcelFacts = Static<typeof ParcelFacts>;

const Head = Type.Object(
  {
    facts: ParcelFacts,
    /** Ed25519 over the facts as canonical JSON, base64url. */
    signature: Type.String({ pattern: '^[A-Za-z0-9_-]{86}$' }),
    /** Which part follows, from 1. */
    part: Type.Integer({ minimum: 1, maximum: MAX_PARTS }),
  },
  { additionalProperties: false },
);
export type ParcelHead = Static<typeof Head>;

export type ParcelCryptography = {
  /** SHA-256, base64url. */
  digest(bytes: Uint8Array): string;
  /** Whether the holder of this key signed this text. */
  verify(key: string, text: string, signature: string): boolean;
};

export type PartFile = { readonly name: string; readonly bytes: Uint8Array };

/** What a file can be instead of a part of a parcel or answer. */
export type PartProblem = 'not-registre' | 'newer-program' | 'cut' | 'altered';

export type ReadPart = { readonly head: ParcelHead; readonly body: Uint8Array };

/** Facts before the body was divided. */
export type UnsealedFacts = Omit<ParcelFacts, 'size' | 'sha256' | 'parts'>;

/** The files of a sealed body, none longer than `partSize` bytes of body. @throws RangeError: too many parts */
export function writeParts(
  facts: UnsealedFacts,
  sealed: Uint8Array,
  partSize: number,
  { digest, sign }: { digest: ParcelCryptography['digest']; sign(text: string): string },
): PartFile[] {
  const pieces: Uint8Array[] = [];
  for (let start = 0; start < sealed.length; start += partSize) pieces.push(sealed.subarray(start, start + partSize));
  if (pieces.length > MAX_PARTS) throw new RangeError('The parcel would have too many parts');
  const whole: ParcelFacts = {
    ...facts,
    size: sealed.length,
    sha256: digest(sealed),
    parts: pieces.map((piece) => ({ size: piece.length, sha256: digest(piece) })),
  };
  const signature = sign(factsText(whole));
  return pieces.map((piece, index) => {
    const head: ParcelHead = { facts: whole, signature, part: index + 1 };
    const start = new TextEncoder().encode(`${MAGIC}${canonicalJson(head)}\n`);
    const bytes = new Uint8Array(start.length + piece.length);
    bytes.set(start);
    bytes.set(piece, start.length);
    return { name: partName(head), bytes };
  });
}

/** Reads one file and checks all that can be checked of it alone. */
export function readPart(
  file: Uint8Array,
  cryptography: ParcelCryptography,
): ReadPart | { readonly problem: PartProblem } {
  const start = textOf(file.subarray(0, MAGIC.length));
  if (start !== MAGIC) return { problem: problemOfMagic(start) };
  const end = file.indexOf(10, MAGIC.length);
  if (end < 0 || end > MAX_HEAD) return { problem: file.length < MAX_HEAD ? 'cut' : 'altered' };
  const text = textOf(file.subarray(MAGIC.length, end));
  const head = parseHead(text);
  if (!head || canonicalJson(head) !== text) return { problem: 'altered' };
  const { facts, part, signature } = head;
  const described = facts.parts[part - 1];
  if (!described || !cryptography.verify(facts.key, factsText(facts), signature)) return { problem: 'altered' };
  const body = file.subarray(end + 1);
  if (body.length < described.size) return { problem: 'cut' };
  if (body.length > described.size || cryptography.digest(body) !== described.sha256) return { problem: 'altered' };
  return { head, body };
}

/** The sealed body of parts that carry one signature, in any order. Nothing when one is missing. */
export function joinParts(
  parts: readonly ReadPart[],
  { digest }: Pick<ParcelCryptography, 'digest'>,
): Uint8Array | undefined {
  const [first] = parts;
  if (!first) return undefined;
  const { facts } = first.head;
  const byPart = new Map(parts.map(({ head, body }) => [head.part, body]));
  const whole = new Uint8Array(facts.size);
  let at = 0;
  for (const [index, { size }] of facts.parts.entries()) {
    const body = byPart.get(index + 1);
    if (!body || at + size > whole.length) return undefined;
    whole.set(body, at);
    at += size;
  }
  return at === facts.size && digest(whole) === facts.sha256 ? whole : undefined;
}

/** A name that a person finds again on a stick. */
export function partName({ facts: { kind, ministry, device, number, parts, files }, part }: ParcelHead): string {
  const of = `${safe(ministry.acronym)} – poste ${safe(device.code)}`;
  const which = parts.length > 1 ? ` – ${part} sur ${parts.length}` : '';
  if (kind === 'files') {
    const { part: place = 1, of: all = 1 } = files ?? {};
    return `Colis ${number} – ${of} – fichiers ${place} sur ${all}.registre`;
  }
  if (kind === 'parcel') return `Colis ${number} – ${of}${which}.registre`;
  return `Réponse – ${of}${number > 0 ? ` – colis ${number}` : ''}${which}.registre`;
}

/**
 * What a file says that it is, by its first bytes and unproved: enough to know how to take it, never to believe it.
 * @param start at least the first 256 KiB, where there are so many
 */
export function claimedKind(start: Uint8Array): ParcelFacts['kind'] | undefined {
  if (textOf(start.subarray(0, MAGIC.length)) !== MAGIC) return undefined;
  const end = start.indexOf(10, MAGIC.length);
  return end < 0 ? undefined : parseHead(textOf(start.subarray(MAGIC.length, end)))?.facts.kind;
}

function factsText(facts: ParcelFacts): string {
  return `registre parcel\n${canonicalJson(facts)}`;
}

function parseHead(text: string): ParcelHead | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Value.Check(Head, value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function problemOfMagic(start: string): PartProblem {
  if (/^REGISTRE \d+\n?$/.test(start)) return 'newer-program';
  return start.length > 0 && MAGIC.startsWith(start) ? 'cut' : 'not-registre';
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function safe(text: string): string {
  return text.replace(/[^\p{L}\p{N}.-]+/gu, '-');
}
