import { map, type Observable, of } from 'rxjs';
import type { RegisterDatabase } from '../../store/database.ts';
import { readyValue, useLiveQuery } from '../../store/use-live-query.ts';
import type { Review } from './use-reviews.ts';

/** The name of a row that is no asset: a structure, a place, a holder, a row of a list. */
export function useRowName({ collectionName, documentId }: Review): string | undefined {
  return readyValue(
    useLiveQuery(`${collectionName} ${documentId}`, (database) => nameOf(database, collectionName, documentId)),
  );
}

function nameOf(database: RegisterDatabase, collection: string, id: string): Observable<string | undefined> {
  switch (collection) {
    case 'structures':
      return database.structures.findOne(id).$.pipe(map((found) => found?.name));
    case 'sites':
      return database.sites.findOne(id).$.pipe(map((found) => found?.name));
    case 'agents':
      return database.agents.findOne(id).$.pipe(map((found) => found?.name));
    case 'references':
      return database.references.findOne(id).$.pipe(map((found) => found?.label));
    default:
      return of(undefined);
  }
}
