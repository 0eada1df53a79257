import { inventRegister } from '../register/assets.ts';

/** Answers every message of the port with the next assets as JSON text; an empty list is the end. */
export function sendAssets(
  { size, batch }: { readonly size: number; readonly batch: number },
  [port]: readonly Electron.MessagePortMain[],
): null {
  if (!port) throw new Error('The assets need a port');
  const register = inventRegister();
  let sent = 0;
  port.on('message', () => {
    const wanted = Math.min(batch, size - sent);
    const assets = Array.from({ length: wanted }, () => register.next().value);
    sent += wanted;
    port.postMessage(JSON.stringify(assets));
    if (wanted === 0) port.close();
  });
  port.start();
  return null;
}
