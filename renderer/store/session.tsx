import { createContext, type ReactNode, use, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { type ErrorData, toErrorData } from '#shared/domain/errors.ts';
import type { Identity } from '#shared/protocol/data-port.ts';
import type { DesktopBridge } from '#shared/protocol/desktop-bridge.ts';
import { DataChannel } from './data-channel.ts';
import { openDatabase, type RegisterDatabase } from './database.ts';

/** An open register, as one window sees it. */
export type Session = {
  readonly channel: DataChannel;
  readonly database: RegisterDatabase;
  /** Null until this desktop is enrolled. */
  readonly identity: Identity | null;
  /** Rises when the data process came back: what was asked before is asked again. */
  readonly generation: number;
};

type Opened = Pick<Session, 'channel' | 'database'>;

const SessionContext = createContext<Session | null>(null);

/** Asks for a port and waits for the message that brings it. */
function requestPort(bridge: DesktopBridge): Promise<MessagePort> {
  const nonce = crypto.randomUUID();
  return new Promise((resolve) => {
    window.addEventListener('message', function receive({ data, ports }: MessageEvent<unknown>) {
      const [port] = ports;
      const isOurs =
        typeof data === 'object' &&
        data !== null &&
        'type' in data &&
        data.type === 'desktop:data-port' &&
        'nonce' in data;
      if (!port || !isOurs || data.nonce !== nonce) return;
      window.removeEventListener('message', receive);
      resolve(port);
    });
    bridge.openDataPort(nonce);
  });
}

async function openSession(bridge: DesktopBridge): Promise<Opened> {
  const channel = new DataChannel(await requestPort(bridge));
  return { channel, database: await openDatabase(channel) };
}

async function closeSession({ channel, database }: Opened): Promise<void> {
  await database.close();
  channel.close();
}

type SessionProviderProps = {
  readonly bridge: DesktopBridge;
  /** False while the data process restarts: screens stay, a new port follows. */
  readonly isConnected: boolean;
  readonly pending: ReactNode;
  readonly failed: (error: ErrorData, retry: () => void) => ReactNode;
  readonly children: ReactNode;
};

/** Opens this window's line to the data process, keeps it across restarts and closes it at the end. */
export function SessionProvider({ bridge, isConnected, pending, failed, children }: SessionProviderProps) {
  const [attempt, setAttempt] = useState(0);
  const [opened, setOpened] = useState<Opened>();
  const [error, setError] = useState<ErrorData>();
  const [generation, setGeneration] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is the retry button.
  useEffect(() => {
    let isCurrent = true;
    setError(undefined);
    const opening = openSession(bridge);
    opening.then(
      (next) => isCurrent && setOpened(next),
      (cause: unknown) => isCurrent && setError(toErrorData(cause)),
    );
    return () => {
      isCurrent = false;
      setOpened(undefined);
      void opening.then(closeSession, () => undefined);
    };
  }, [bridge, attempt]);

  useReplacedPort(bridge, opened, isConnected, () => setGeneration((known) => known + 1));
  const identity = useIdentity(opened, generation);

  const session = useMemo(
    () => opened && identity !== undefined && { ...opened, identity, generation },
    [opened, identity, generation],
  );
  if (error) return failed(error, () => setAttempt((known) => known + 1));
  return session ? <SessionContext value={session}>{children}</SessionContext> : pending;
}

/** While the data process restarts, what is asked fails at once; afterwards the channel gets a port to the new process. */
function useReplacedPort(
  bridge: DesktopBridge,
  opened: Opened | undefined,
  isConnected: boolean,
  onReplaced: () => void,
) {
  const wasLost = useRef(false);
  const announce = useEffectEvent(onReplaced);
  useEffect(() => {
    if (!opened) return;
    if (!isConnected) {
      wasLost.current = true;
      opened.channel.disconnect();
      return;
    }
    if (!wasLost.current) return;
    let isCurrent = true;
    void requestPort(bridge).then((port) => {
      if (!isCurrent) return port.close();
      wasLost.current = false;
      opened.channel.replacePort(port);
      announce();
    });
    return () => {
      isCurrent = false;
    };
  }, [bridge, opened, isConnected]);
}

function useIdentity(opened: Opened | undefined, generation: number): Identity | null | undefined {
  const [identity, setIdentity] = useState<Identity | null>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again after a restart of the data process.
  useEffect(() => {
    if (!opened) return;
    let isCurrent = true;
    const events = opened.channel.events$.subscribe((event) => {
      if (event.event === 'identity') setIdentity(event.identity);
    });
    opened.channel.question('getIdentity', {}).then(
      (answer) => isCurrent && setIdentity(answer),
      // The port broke in between: a restart follows and asks again.
      () => undefined,
    );
    return () => {
      isCurrent = false;
      events.unsubscribe();
    };
  }, [opened, generation]);
  return identity;
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider above');
  return session;
}
