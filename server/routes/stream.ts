import type { FastifyInstance } from 'fastify';
import { PATHS } from '#shared/protocol/replication.ts';
import { deviceOf } from '../auth/device-session.ts';
import type { Context } from '../context.ts';
import { SequenceStream } from '../replication/sequence-stream.ts';

/** Open streams of one device. One is in use; others are what a cut line left behind. */
const MAX_STREAMS = 4;

/** Wakes a device when its ministry has something new: the current sequence at once, then every new one. */
export function streamRoute(app: FastifyInstance, { store, config, wakeUps, metrics }: Context): void {
  /** By device, in the order in which they were opened. */
  const streams = new Map<string, Set<SequenceStream>>();

  function keep(deviceId: string, stream: SequenceStream): () => void {
    const ofDevice = streams.get(deviceId) ?? new Set();
    streams.set(deviceId, ofDevice.add(stream));
    const forget = (ended: SequenceStream) => {
      ofDevice.delete(ended);
      if (ofDevice.size === 0 && streams.get(deviceId) === ofDevice) streams.delete(deviceId);
    };
    const [oldest] = ofDevice;
    if (oldest && ofDevice.size > MAX_STREAMS) {
      forget(oldest);
      oldest.close();
    }
    return () => forget(stream);
  }

  app.get(PATHS.stream, { compress: false }, async (request, reply) => {
    const { id: deviceId, ministryId } = deviceOf(request);
    const { raw } = reply;
    // Read before the first byte, so that a failing database still is an error answer.
    const current = await store.currentSeq(ministryId);
    reply.hijack();
    // Who left meanwhile closes nothing any more: a stream made now would never end.
    if (raw.destroyed) return;
    raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // Asks a proxy to pass each event on at once.
      'x-accel-buffering': 'no',
    });
    const stream = new SequenceStream(raw, config.heartbeat);
    const stop = wakeUps.subscribe(ministryId, (seq) => stream.announce(seq));
    const forget = keep(deviceId, stream);
    metrics.streamOpened();
    raw.on('close', () => {
      stop();
      forget();
      metrics.streamClosed();
    });
    stream.announce(current);
    // What was committed between the first reading and the subscription.
    store.currentSeq(ministryId).then(
      (seq) => stream.announce(seq),
      () => stream.close(),
    );
  });

  // An open stream would keep the server from ever being closed.
  app.addHook('preClose', async () => {
    for (const ofDevice of streams.values()) for (const stream of ofDevice) stream.close();
  });
}
