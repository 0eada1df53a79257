import { formatReference, parseReference } from '#shared/domain/reference-number.ts';
import type { WireDocument } from '#shared/protocol/replication.ts';
import type { Asset } from '#shared/schema/asset.ts';
import type { CollectionName } from '#shared/schema/collections.ts';
import { inventAssets } from '../../../server/demonstration/assets.ts';
import { demonstrationDocuments } from '../../../server/demonstration/index.ts';
import { inventPerson } from '../../../server/demonstration/people.ts';
import { createRandom, type Random } from '../../../server/demonstration/random.ts';
import { deterministicId } from '../../../server/reference/deterministic-id.ts';
import { MINISTRIES_2022 } from '../../../server/reference/ministries.ts';
import { referenceDocuments } from '../../../server/reference/reference-documents.ts';

/** Printed with the results: the same seed gives the same register, byte for byte. */
export const REGISTER_SEED = 0x5245_4749;

type Ministry = { readonly id: string; readonly acronym: string; readonly name: string; readonly weight: number };

/** Every ministry of the list; a few are much larger than most. */
const MINISTRIES: readonly Ministry[] = MINISTRIES_2022.map(({ acronym, name }, index) => ({
  id: deterministicId('bench', 'ministry', acronym),
  acronym,
  name,
  weight: 1 / (index + 2),
}));

const [FIRST] = MINISTRIES;
if (!FIRST) throw new Error('The list of ministries is empty');
/** The one that the desktop of the bench works for. */
export const BENCH_MINISTRY: Ministry = FIRST;

export type PlaceDocument = { readonly collection: CollectionName; readonly document: WireDocument };

/** Structures, territory and sites of every ministry, and the lists of types, brands and suppliers once. */
export function* inventPlaces(): Generator<PlaceDocument> {
  for (const ministry of MINISTRIES) {
    const rows = [...referenceDocuments(ministry.id), ...demonstrationDocuments({ ministryId: ministry.id, size: 0 })];
    for (const { collection, document } of rows) {
      if (collection === 'references' && ministry !== BENCH_MINISTRY) continue;
      const isTop = collection === 'structures' && document.kind === 'ministry';
      yield {
        collection,
        document: isTop ? { ...document, name: ministry.name, acronym: ministry.acronym } : document,
      };
    }
  }
}

/**
 * The assets of the whole country, without end: the demonstration's generator for every ministry, spread as a national
 * register is. People are many (one holds about three pieces), ids are UUIDv7 in the order of creation, and almost half
 * of the assets were changed since. The first n do not depend on how many follow.
 */
export function* inventRegister(seed = REGISTER_SEED): Generator<Asset> {
  const random = createRandom(seed);
  const sources = new Map(
    MINISTRIES.map((ministry, index) => [ministry, inventAssets(ministry.id, createRandom(seed + index + 1))]),
  );
  const weighted = MINISTRIES.map((ministry) => [ministry, ministry.weight] as const);
  const pickHolder = createHolders(random);
  for (let sequence = 1; ; sequence += 1) {
    const ministry = random.weighted(weighted);
    const asset = sources.get(ministry)?.next().value as Asset; // the source never ends
    const { acronym } = ministry;
    const created = FIRST_INSTANT + sequence * SECONDS_APART * 1000;
    const changed = random.chance(0.45) ? created + random.int(1, MAX_AGE_SECONDS) * 1000 : created;
    yield {
      ...asset,
      id: timedId(random, created),
      reference: reissue(asset.reference, acronym),
      ...(asset.inventoryNumber && { inventoryNumber: asset.inventoryNumber.replace(/^[A-Z]+/, acronym) }),
      ...(asset.holderName && { holderName: pickHolder(`${asset.structureId}@${asset.siteId}`) }),
      createdAt: new Date(created).toISOString(),
      updatedAt: new Date(changed).toISOString(),
    };
  }
}

const FIRST_INSTANT = Date.UTC(2022, 0, 3, 8);
const SECONDS_APART = 60;
const MAX_AGE_SECONDS = 200 * 24 * 60 * 60;

/** Colleagues of one office whose pieces come one after another. */
const OFFICE = 12;

function createHolders(random: Random): (office: string) => string {
  const offices = new Map<string, string[]>();
  return (office) => {
    const people = offices.get(office) ?? [];
    offices.set(office, people);
    if (people.length >= 3 && random.chance(0.65)) return random.pick(people);
    // Two first names are the rule in a register: homonyms are rarer than two short lists of names would make them.
    const [other = ''] = inventPerson(random).split(' ').slice(-1);
    const person = `${inventPerson(random)} ${other}`;
    if (people.length < OFFICE) people.push(person);
    else people[random.int(0, OFFICE - 1)] = person;
    return person;
  };
}

function reissue(reference: string, acronym: string): string {
  const parts = parseReference(reference);
  const [, typeCode, year] = reference.split('-');
  if (!parts || !typeCode || !year) throw new Error('A reference of another form');
  return formatReference({
    acronym,
    typeCode,
    year: Number(year),
    deviceCode: parts.deviceCode,
    sequence: parts.sequence,
  });
}

/** A UUIDv7 of that millisecond. */
function timedId(random: Random, milliseconds: number): string {
  const time = milliseconds.toString(16).padStart(12, '0');
  const part = (length: number) =>
    Math.floor(random.next() * 16 ** length)
      .toString(16)
      .padStart(length, '0');
  const variant = (8 + random.int(0, 3)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${part(3)}-${variant}${part(3)}-${part(6)}${part(6)}`;
}

/** The first `count` assets. */
export function takeAssets(count: number, seed?: number): Asset[] {
  const assets: Asset[] = [];
  for (const asset of inventRegister(seed)) {
    if (assets.length >= count) break;
    assets.push(asset);
  }
  return assets;
}

/** A structure and a site of the ministry that the desktop works for. */
export function findPlace(): { readonly structureId: string; readonly siteId: string } {
  for (const { ministryId, structureId, siteId } of inventRegister()) {
    if (ministryId === BENCH_MINISTRY.id && siteId) return { structureId, siteId };
  }
  throw new Error('The register never ends');
}
