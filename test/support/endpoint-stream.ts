import { createParser } from 'eventsource-parser';
import { PATHS, type StreamEvent } from '#shared/protocol/replication.ts';

export type EventStream = {
  readonly status: number;
  readonly contentType: string | null;
  /** Everything that came so far. */
  readonly events: readonly StreamEvent[];
  readonly comments: () => number;
  /** The next event that satisfies the condition, also one that came already. */
  until(condition: (event: StreamEvent) => boolean): Promise<StreamEvent>;
  /** Resolves when the other side ends the stream. */
  readonly ended: Promise<void>;
  close(): void;
};

type Waiting = { readonly condition: (event: StreamEvent) => boolean; readonly resolve: (event: StreamEvent) => void };

/** Listens to the endpoint's server-sent events as a desktop does. */
export async function openStream(
  address: string,
  token: string,
  onEvent: (event: StreamEvent) => void = () => {},
): Promise<EventStream> {
  const aborted = new AbortController();
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${address}${PATHS.stream}`, { headers, signal: aborted.signal });
  const events: StreamEvent[] = [];
  let waiting: readonly Waiting[] = [];
  let comments = 0;
  const parser = createParser({
    onEvent({ data }) {
      const event: StreamEvent = JSON.parse(data);
      events.push(event);
      onEvent(event);
      for (const { condition, resolve } of waiting) if (condition(event)) resolve(event);
      waiting = waiting.filter(({ condition }) => !condition(event));
    },
    onComment() {
      comments += 1;
    },
  });
  const { body } = response;
  if (!body) throw new Error('The stream has no body');
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of body) parser.feed(decoder.decode(chunk, { stream: true }));
  };
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    events,
    comments: () => comments,
    until(condition) {
      const come = events.find(condition);
      if (come) return Promise.resolve(come);
      return new Promise((resolve) => {
        waiting = [...waiting, { condition, resolve }];
      });
    },
    // Aborting it from this side ends it too.
    ended: read().catch(() => {}),
    close: () => aborted.abort(),
  };
}
