import { createRxDatabase, type RxCollection, type RxDatabase, type RxJsonSchema } from 'rxdb';
import type { Agent } from '#shared/schema/agent.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { COLLECTIONS, type CollectionName } from '#shared/schema/collections.ts';
import type { RegisterFile } from '#shared/schema/file.ts';
import type { Movement } from '#shared/schema/movement.ts';
import type { Paper } from '#shared/schema/paper.ts';
import type { Reference } from '#shared/schema/reference.ts';
import type { Review } from '#shared/schema/review.ts';
import { toRxSchema } from '#shared/schema/rxdb.ts';
import type { Site } from '#shared/schema/site.ts';
import type { Structure } from '#shared/schema/structure.ts';
import type { DataChannel } from './data-channel.ts';
import { getRxStorageRemote } from './remote-storage.ts';

type Documents = {
  readonly agents: Agent;
  readonly assets: Asset;
  readonly files: RegisterFile;
  readonly movements: Movement;
  readonly papers: Paper;
  readonly references: Reference;
  readonly reviews: Review;
  readonly sites: Site;
  readonly structures: Structure;
};

export type RegisterCollections = { [Name in CollectionName]: RxCollection<Documents[Name]> };
export type RegisterDatabase = RxDatabase<RegisterCollections>;

/** This window's view of the register: RxDB over the data port. It reads; commands write (SPEC A1). */
export async function openDatabase(channel: DataChannel): Promise<RegisterDatabase> {
  const database = await createRxDatabase<RegisterCollections>({
    name: 'registre',
    storage: getRxStorageRemote({ channel }),
    multiInstance: false,
    eventReduce: true,
    // Counts are answered by SQL, whatever the selector.
    allowSlowCount: true,
    closeDuplicates: true,
  });
  await database.addCollections(
    Object.fromEntries(
      COLLECTIONS.map((definition) => [
        definition.name,
        // RxDB's schema type is mutable and generic over the document; the plain data is the same.
        { schema: toRxSchema(definition) as unknown as RxJsonSchema<unknown> },
      ]),
    ),
  );
  return database;
}
