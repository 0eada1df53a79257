import { ROLES } from '../../domain/roles.ts';
import { COLLECTIONS } from '../../schema/collections.ts';

/** Deflate looks back no further. */
const MAX_LENGTH = 32 * 1024;

const ASSET_SAMPLE =
  '"nature":"hardware","typeCode":"PCB","designation":"Ordinateur de bureau","brand":"Dell","model":"OptiPlex 7090","serialNumber":"SN-","inventoryNumber":"","physicalState":"good","structureId":"","siteId":"","room":"Bureau 1","holderKind":"agent","holderName":"","acquisitionMode":"purchase","acquisitionDate":"2024-01-15","acquisitionValue":450000,"supplier":"","attributes":{"memoryMb":8192,"processor":"Intel Core i5","diskGb":512,"operatingSystem":"Windows 11"},"reference":"-PCB-26-","status":"in-service","createdAt":"2026-","updatedAt":"2026-';
const ENTRY_SAMPLE =
  '"kind":"update","declaredAt":"2026-","author":{"personId":"","name":"","role":"gestionnaire"},"deviceSequence":1,"changes":[{"field":"room","from":null,"to":"Bureau 12"},{"field":"status","from":"in-stock","to":"in-service"},{"field":"holderName","from":null,"to":"}],"act":"assign","actId":"","chain":{"previous":"","signature":"';
const REQUEST_SAMPLE = '[0,\u00010,\u00031,\u0004,{"f":[["room","B';
const PATCH_SAMPLE =
  '{"designation":"{"physicalState":"good"}{"status":"in-service"}{"holderName":"{"room":"Bureau {"room":"B';

/**
 * What deflate is to know before the first byte (SPEC S13): names of fields and words of the schemas, then rows as they are
 * usually pushed, the likeliest last. Built from the schemas by both programs; where they differ, so does the name.
 */
export const DICTIONARY = buildDictionary();

/** Short name of the dictionary: it stands in the address, and an endpoint with another one does not know it. */
export const DICTIONARY_NAME = nameOf(DICTIONARY);

function buildDictionary(): string {
  const words = new Set<string>();
  for (const { name, document } of COLLECTIONS) {
    words.add(name);
    collectWords(JSON.parse(JSON.stringify(document)), words);
  }
  for (const role of ROLES) words.add(role);
  const vocabulary = [...words].map((word) => `"${word}":"`).join('');
  const samples = [
    ASSET_SAMPLE,
    ENTRY_SAMPLE,
    PATCH_SAMPLE,
    REQUEST_SAMPLE,
    '{"f":[["room","{"A":[[1,1]],"c":1}{"c":100,"x":\u00010,"p":[[1',
  ];
  return `${vocabulary}${samples.join('')}`.slice(-MAX_LENGTH);
}

/** Names of fields and the words that a field may hold, in the order of the schema. */
function collectWords(schema: unknown, words: Set<string>): void {
  if (Array.isArray(schema)) for (const item of schema) collectWords(item, words);
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return;
  for (const [key, value] of Object.entries(schema)) {
    if ((key === 'const' || key === 'enum') && typeof value !== 'object') words.add(String(value));
    else if (key === 'enum' && Array.isArray(value)) for (const word of value) words.add(String(word));
    else {
      if (key === 'properties' && typeof value === 'object' && value !== null) {
        for (const name of Object.keys(value)) words.add(name);
      }
      collectWords(value, words);
    }
  }
}

/** FNV-1a, 32 bits. */
function nameOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
