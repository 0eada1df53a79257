import { createRxDatabase, type MangoQuerySelector, type RxCollection, type RxDatabase, type RxJsonSchema } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { filter, firstValueFrom } from 'rxjs';
import { Type } from 'typebox';
import type { AssetFacets, AssetFilter, AssetSort, FacetCounts } from '#shared/protocol/asset-list.ts';
import { Asset, assets } from '#shared/schema/asset.ts';
import { Id } from '#shared/schema/collection.ts';
import { toRxSchema } from '#shared/schema/rxdb.ts';
import type { ListContestant } from './measure.ts';
import { summarise } from './ours.ts';
import { PAGE, SIGHT, type Stretch } from './questions.ts';

type Documents = { assets: RxCollection<Asset> };

const FACETS = ['status', 'typeCode', 'structureId', 'siteId'] as const;

/** Fields in which a text is looked for. */
const TEXTS = ['designation', 'reference', 'serialNumber', 'inventoryNumber', 'holderName', 'room', 'notes'] as const;

export type DexieContestant = ListContestant & {
  insert(documents: readonly Asset[]): Promise<void>;
  remove(): Promise<void>;
  close(): Promise<void>;
};

/** The indexes that a good engineer gives a list whose every query is RxDB's own; ours needs fewer. */
const DEXIE_ASSETS = {
  ...assets,
  // Dexie indexes no field that may be absent; this register has hardware only.
  document: Type.Object({ ...Asset.properties, siteId: Id }, { additionalProperties: false }),
  indexes: [
    ['reference'],
    ['updatedAt'],
    ['designation'],
    ['typeCode', 'updatedAt'],
    ['status', 'updatedAt'],
    ['structureId', 'updatedAt'],
    ['siteId', 'updatedAt'],
  ],
};

/** RxDB on Dexie, asked by RxDB's own queries: what one has without a storage of one's own. */
export async function createDexieContestant(name: string): Promise<DexieContestant> {
  let database = await openDexie(name);
  const rows = async ({ filter: wanted, sort, offset, limit }: Stretch): Promise<number> => {
    const found = await database.assets
      .find({ selector: toSelector(wanted), sort: toSort(sort), skip: offset, limit })
      .exec();
    return found.map((document) => document.toJSON()).length;
  };
  const count = (wanted: AssetFilter) => database.assets.count({ selector: toSelector(wanted) }).exec();
  return {
    refresh: async () => {
      await database.close();
      database = await openDexie(name);
    },
    list: rows,
    listWithTotal: async (stretch) => {
      const [found, total] = await Promise.all([rows(stretch), count(stretch.filter)]);
      return { rows: found, total };
    },
    count,
    facets: async (wanted) => {
      const counted = await Promise.all(
        FACETS.map(async (facet) => [facet, await tally(database, facet, wanted)] as const),
      );
      return summarise(Object.fromEntries(counted) as AssetFacets); // one entry per facet, just made
    },
    search: async (text) => {
      const pattern = { $regex: text.replace(/[^\p{Letter}\p{Number} ]/gu, '\\$&'), $options: 'i' };
      const found = await database.assets
        // Every field is a text of the asset.
        .find({
          selector: { $or: TEXTS.map((field) => ({ [field]: pattern })) } as MangoQuerySelector<Asset>,
          limit: SIGHT,
        })
        .exec();
      return found.map((document) => document.toJSON()).length;
    },
    edit: async (id, text) => {
      const live$ = database.assets.find({
        selector: {},
        sort: [{ updatedAt: 'desc' }, { id: 'desc' }],
        limit: PAGE,
      }).$;
      const isShown = firstValueFrom(
        live$.pipe(filter(([top]) => top?.id === id && (top.toJSON() as Asset).notes === text)),
      );
      const document = await database.assets.findOne(id).exec(true);
      await document.incrementalPatch({ notes: text, updatedAt: new Date().toISOString() });
      await isShown;
    },
    insert: async (documents) => {
      const { error } = await database.assets.bulkInsert([...documents]);
      if (error.length > 0) throw new Error(`${error.length} documents were refused`);
    },
    remove: async () => {
      await database.remove();
    },
    close: async () => {
      await database.close();
    },
  };
}

async function openDexie(name: string): Promise<RxDatabase<Documents>> {
  const database = await createRxDatabase<Documents>({
    name,
    storage: getRxStorageDexie(),
    multiInstance: false,
    eventReduce: true,
    allowSlowCount: true,
    closeDuplicates: true,
  });
  // RxDB's schema type is mutable and generic over the document; the plain data is the same.
  await database.addCollections({ assets: { schema: toRxSchema(DEXIE_ASSETS) as unknown as RxJsonSchema<Asset> } });
  return database;
}

/** Under the other filters: whole documents are read, for there is no other way to count by value. */
async function tally(
  database: RxDatabase<Documents>,
  facet: (typeof FACETS)[number],
  { [facet]: _own, ...others }: AssetFilter,
): Promise<FacetCounts> {
  const counts: Record<string, number> = {};
  for (const { [facet]: value } of await database.assets.find({ selector: toSelector(others) }).exec()) {
    if (value !== undefined) counts[value] = (counts[value] ?? 0) + 1;
  }
  return counts;
}

function toSelector(wanted: AssetFilter): MangoQuerySelector<Asset> {
  return Object.fromEntries(
    FACETS.flatMap((facet) => {
      const values = wanted[facet];
      return values ? [[facet, values.length === 1 ? values[0] : { $in: values }]] : [];
    }),
  );
}

function toSort({ field, direction }: AssetSort) {
  // Keys of an object literal lose their names; `field` is one of the asset's.
  return [{ [field]: direction }, { id: direction }] as { [Field in keyof Asset]?: 'asc' | 'desc' }[];
}
