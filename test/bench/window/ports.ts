import { BRIDGE_CHANNELS } from '#shared/protocol/desktop-bridge.ts';
import type { ChannelPort } from '../../../renderer/store/data-channel.ts';

/** Ports that arrived, by the nonce they came with, and who waits for one. */
const arrived = new Map<string, MessagePort>();
const waiting = new Map<string, (port: MessagePort) => void>();

/** The preload script hands every port on as a message of the page; this keeps them until they are asked for. */
export function receivePorts(): void {
  window.addEventListener('message', ({ data, ports: [port] }: MessageEvent<unknown>) => {
    const isPort =
      typeof data === 'object' && data !== null && 'type' in data && data.type === BRIDGE_CHANNELS.dataPort;
    if (!isPort || !port || !('nonce' in data) || typeof data.nonce !== 'string') return;
    const resolve = waiting.get(data.nonce);
    waiting.delete(data.nonce);
    if (resolve) resolve(port);
    else arrived.set(data.nonce, port);
  });
}

/** The port with this nonce, once it is there. */
export function takePort(nonce: string): Promise<ChannelPort> {
  const port = arrived.get(nonce);
  arrived.delete(nonce);
  return port ? Promise.resolve(port) : new Promise((resolve) => waiting.set(nonce, resolve));
}
