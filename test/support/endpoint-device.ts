import {
  type EnrolAnswer,
  type ErrorAnswer,
  type ExchangeAnswer,
  MAX_ROWS,
  PATHS,
  PROTOCOL_VERSION,
} from '#shared/protocol/replication.ts';

type Json = Readonly<Record<string, unknown>>;
export type TestRow = { readonly collection: string; readonly row: unknown };
export type Answer<Body> = { readonly status: number; readonly headers: Headers; readonly body: Body };

/** A client as small as can be: what it sends is what the test says, right or wrong. */
export type TestDevice = EnrolAnswer & {
  /** The endpoint's address. */
  readonly at: string;
  request<Body = ErrorAnswer>(path: string, init?: RequestInit): Promise<Answer<Body>>;
  exchange<Body = ExchangeAnswer>(
    push: readonly TestRow[],
    options?: {
      readonly seq?: number;
      readonly limit?: number;
      readonly protocol?: number;
      /** Whatever else the request is to carry. */
      readonly more?: Json;
    },
  ): Promise<Answer<Body>>;
  pull<Body = { documents: Json[]; checkpoint: { seq: number } }>(
    collection: string,
    query?: string,
  ): Promise<Answer<Body>>;
  push<Body = Json[]>(collection: string, rows: readonly unknown[]): Promise<Answer<Body>>;
};

export async function postJson<Body>(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<Body>> {
  return read(
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  );
}

async function read<Body>(response: Response): Promise<Answer<Body>> {
  return { status: response.status, headers: response.headers, body: await response.json() };
}

export function asTestDevice(address: string, identity: EnrolAnswer): TestDevice {
  const authorization = `Bearer ${identity.token}`;
  const post = <Body>(path: string, body: unknown) => postJson<Body>(`${address}${path}`, body, { authorization });
  const pathOf = (template: string, collection: string) => template.replace(':collection', collection);
  return {
    ...identity,
    at: address,
    async request(path, init) {
      return read(await fetch(`${address}${path}`, { ...init, headers: { authorization, ...init?.headers } }));
    },
    exchange: (push, { seq = 0, limit = MAX_ROWS, protocol = PROTOCOL_VERSION, more = {} } = {}) =>
      post(PATHS.exchange, { protocol, checkpoint: { seq }, limit, push, ...more }),
    async pull(collection, query = '') {
      const url = `${address}${pathOf(PATHS.pull, collection)}${query}`;
      return read(await fetch(url, { headers: { authorization } }));
    },
    push: (collection, rows) => post(pathOf(PATHS.push, collection), rows),
  };
}
