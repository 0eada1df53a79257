import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { debounceTime } from 'rxjs';
import { toErrorData } from '#shared/domain/errors.ts';
import type { QuestionInput, QuestionName, QuestionOutput } from '#shared/protocol/data-port.ts';
import type { CollectionName } from '#shared/schema/collections.ts';
import { QuestionLane } from './question-lane.ts';
import { useSession } from './session.tsx';
import type { Live } from './use-live-query.ts';

/** Quiet time after a burst of changes before a question is asked again, in milliseconds. */
const SETTLE = 400;

/**
 * A question to the data process, asked again when its input or (debounced) the collection `follow` changes.
 * The former answer stays until the new one; `undefined` as input asks nothing.
 */
export function useQuestion<Name extends QuestionName>(
  name: Name,
  input: QuestionInput<Name> | undefined,
  follow?: CollectionName,
): Live<QuestionOutput[Name]> & { readonly refresh: () => void } {
  const { channel, database, generation } = useSession();
  const [live, setLive] = useState<Live<QuestionOutput[Name]>>({ state: 'loading' });
  const latest = useRef(0);
  const lane = useMemo(
    () => new QuestionLane((asked: QuestionInput<Name>) => channel.question(name, asked)),
    [channel, name],
  );
  const key = input && JSON.stringify(input);

  const ask = useCallback(() => {
    latest.current += 1;
    const mine = latest.current;
    if (key === undefined) return;
    // What was just serialised: the same shape.
    const asked = JSON.parse(key) as QuestionInput<Name>;
    lane.ask(asked).then(
      (value) => value !== undefined && mine === latest.current && setLive({ state: 'ready', value }),
      (cause: unknown) => mine === latest.current && setLive({ state: 'error', error: toErrorData(cause) }),
    );
  }, [lane, key]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again after a restart of the data process.
  useEffect(() => {
    ask();
    return () => {
      latest.current += 1;
    };
  }, [ask, generation]);

  useEffect(() => {
    if (!follow) return;
    const changes = database[follow].eventBulks$.pipe(debounceTime(SETTLE)).subscribe(ask);
    return () => changes.unsubscribe();
  }, [database, follow, ask]);

  return { ...live, refresh: ask };
}
