import { useEffect, useState } from 'react';
import type { Observable } from 'rxjs';
import { type ErrorData, toErrorData } from '#shared/domain/errors.ts';
import type { RegisterDatabase } from './database.ts';
import { useSession } from './session.tsx';

export type Live<Value> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: Value }
  | { readonly state: 'error'; readonly error: ErrorData };

/**
 * Follows a query for as long as the screen shows it. `key` says which query it is: the former value stays until the
 * new query answers, so that nothing flickers; `undefined` asks nothing.
 */
export function useLiveQuery<Value>(
  key: string | undefined,
  query: (database: RegisterDatabase) => Observable<Value>,
): Live<Value> {
  const { database, generation } = useSession();
  const [live, setLive] = useState<Live<Value>>({ state: 'loading' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the query, which is a new function each time.
  useEffect(() => {
    if (key === undefined) return;
    const subscription = query(database).subscribe({
      next: (value) => setLive({ state: 'ready', value }),
      error: (cause: unknown) => setLive({ state: 'error', error: toErrorData(cause) }),
    });
    return () => subscription.unsubscribe();
  }, [database, generation, key]);
  return live;
}

/** The value once there is one. */
export function readyValue<Value>(live: Live<Value>): Value | undefined {
  return live.state === 'ready' ? live.value : undefined;
}
