import { type EnrolAnswer, type ExchangeAnswer, PATHS, PROTOCOL_VERSION } from '#shared/protocol/replication.ts';
import { asTestDevice, postJson, type TestDevice } from './endpoint-device.ts';
import type { EndpointProcess } from './endpoint-process.ts';

export type ReadRow = ExchangeAnswer['documents'][number];

/** What has reached the endpoint, as another device of the ministry is given it. */
export type EndpointReader = {
  readonly device: TestDevice;
  /** Every row whose last change came after this sequence, in order. */
  rows(seq: number): Promise<readonly ReadRow[]>;
  /** The last sequence that was given. */
  lastSequence(): Promise<number>;
};

/** Another device, on a line of its own that nothing happens to. */
export async function readerOf(endpoint: EndpointProcess): Promise<EndpointReader> {
  const body = { protocol: PROTOCOL_VERSION, code: await endpoint.enrolmentCode(), deviceName: 'Autre' };
  const { body: enrolled } = await postJson<EnrolAnswer>(`${endpoint.address}${PATHS.enrol}`, body);
  const device = asTestDevice(endpoint.address, enrolled);
  const rows = async (seq: number) => {
    const read: ReadRow[] = [];
    for (let [from, more] = [seq, true]; more; ) {
      const { status, body: page } = await device.exchange([], { seq: from });
      if (status !== 200) throw new Error(`The endpoint gives no rows: ${JSON.stringify(page)}`);
      read.push(...page.documents);
      [from, more] = [page.checkpoint.seq, page.more];
    }
    return read;
  };
  return { device, rows, lastSequence: async () => (await rows(0)).at(-1)?.seq ?? 0 };
}
