import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import type { DesktopBridge, DesktopInfo } from '#shared/protocol/desktop-bridge.ts';

declare global {
  interface Window {
    /** Exposed by the preload script; the only thing of the outside that a window knows. */
    readonly desktop: DesktopBridge;
  }
}

export type Desktop = { readonly bridge: DesktopBridge; readonly info: DesktopInfo };

const DesktopContext = createContext<Desktop | null>(null);

/** Follows the application's state; shows nothing until the first answer, which takes one message. */
export function DesktopProvider({
  bridge,
  children,
}: {
  readonly bridge: DesktopBridge;
  readonly children: ReactNode;
}) {
  const [info, setInfo] = useState<DesktopInfo>();
  useEffect(() => {
    let isCurrent = true;
    const stop = bridge.onStateChanged((next) => isCurrent && setInfo(next));
    void bridge.getState().then((first) => isCurrent && setInfo((known) => known ?? first));
    return () => {
      isCurrent = false;
      stop();
    };
  }, [bridge]);
  const desktop = useMemo(() => (info ? { bridge, info } : null), [bridge, info]);
  return desktop && <DesktopContext value={desktop}>{children}</DesktopContext>;
}

export function useDesktop(): Desktop {
  const desktop = use(DesktopContext);
  if (!desktop) throw new Error('useDesktop needs a DesktopProvider above');
  return desktop;
}
