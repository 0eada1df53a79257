import type { RxCollection } from 'rxdb';
import { firstValueFrom } from 'rxjs';
import type { AssetFacets, FoundAssets } from '#shared/protocol/asset-list.ts';
import type { QuestionInput } from '#shared/protocol/data-port.ts';
import type { Asset } from '#shared/schema/asset.ts';
import type { ListContestant } from './measure.ts';
import { PAGE, SIGHT } from './questions.ts';

type OpenDatabase = { readonly assets: RxCollection<Asset>; close(): Promise<unknown> };

/** The way to an open register: over the port, or in the process that has it. */
export type OurWay = {
  ask(input: QuestionInput<'findAssets'>): Promise<FoundAssets>;
  /** The command that edits. */
  changeNotes(id: string, notes: string): Promise<unknown>;
  openDatabase(): Promise<OpenDatabase>;
};

export type OurContestant = ListContestant & { close(): Promise<void> };

/** Ours: what the list screen does, a question and then the documents by id through RxDB. */
export async function createOurContestant(way: OurWay, anyId: string): Promise<OurContestant> {
  let database = await way.openDatabase();
  let refreshed = 0;

  const rows = async (ids: readonly string[]): Promise<Asset[]> => {
    if (ids.length === 0) return [];
    const found = await database.assets.findByIds([...ids]).exec();
    return ids.flatMap((id) => {
      const document = found.get(id);
      // Plain data, as the list shows it.
      return document ? [document.toJSON() as Asset] : [];
    });
  };
  const first = { offset: 0, limit: PAGE };

  return {
    /** A change of the register ends what the index has ready, and a new database what RxDB keeps. */
    refresh: async () => {
      refreshed += 1;
      await way.changeNotes(anyId, `Passage ${Date.now()}, ${refreshed}`);
      await database.close();
      database = await way.openDatabase();
    },
    list: async (stretch) => (await rows((await way.ask(stretch)).ids)).length,
    listWithTotal: async (stretch) => {
      const { ids, total } = await way.ask(stretch);
      return { rows: (await rows(ids)).length, total };
    },
    count: async (filter) => (await way.ask({ filter, offset: 0, limit: 0 })).total,
    facets: async (filter) => summarise((await way.ask({ filter, offset: 0, limit: 0, facets: true })).facets),
    search: async (text) =>
      (await rows((await way.ask({ filter: { text }, ...first, facets: true })).ids.slice(0, SIGHT))).length,
    edit: async (id, text) => {
      const changed = firstValueFrom(database.assets.eventBulks$);
      await Promise.all([way.changeNotes(id, text), changed]);
      const { ids } = await way.ask({ filter: {}, ...first });
      const [top] = await rows(ids);
      if (top?.id !== id || top.notes !== text) throw new Error('The list does not begin with what was edited');
    },
    close: async () => {
      await database.close();
    },
  };
}

/** How many values each filter has, and how many assets they count. */
export function summarise(facets: AssetFacets | undefined): number[] {
  if (!facets) throw new Error('The answer came without its counts');
  return [facets.status, facets.typeCode, facets.structureId, facets.siteId].flatMap((counts) => {
    const numbers = Object.values(counts);
    return [numbers.length, numbers.reduce((sum, n) => sum + n, 0)];
  });
}
