import { randomUUID } from 'node:crypto';
import type { EnrolmentCodeAnswer, EnrolmentCodeRequest } from '#shared/protocol/replication.ts';
import { issueEnrolmentCode } from '../auth/enrol.ts';
import { addMinistryWithLists } from '../seed.ts';
import { findMinistry, type Ministry } from '../store/enrolment.ts';
import { openStoreAt, type StorePlace } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { UsageError } from '../usage-error.ts';

const clock = () => new Date();

/** Creates a ministry with its territory and equipment types. @throws UsageError when the acronym is taken */
export function createMinistry(place: StorePlace, input: Omit<Ministry, 'id'>): Promise<Ministry> {
  return withStore(place, async (store) => {
    if (await findMinistry(store.database, input.acronym)) {
      throw new UsageError(`There is a ministry ${input.acronym} already`);
    }
    const ministry = { id: randomUUID(), ...input };
    await addMinistryWithLists(store.database, ministry, clock);
    return ministry;
  });
}

/** A code for one device. @throws UsageError when the ministry is unknown */
export function createEnrolmentCode(place: StorePlace, request: EnrolmentCodeRequest): Promise<EnrolmentCodeAnswer> {
  return withStore(place, async (store) => {
    const answer = await issueEnrolmentCode(store.database, request, clock());
    if (!answer) throw new UsageError(`There is no ministry ${request.ministry}`);
    return answer;
  });
}

async function withStore<T>(place: StorePlace, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStoreAt(place);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
