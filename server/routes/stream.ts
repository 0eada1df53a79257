import type { FastifyInstance } from 'fastify';
import { PATHS } from '#shared/protocol/replication.ts';
import { deviceOf } from '../auth/device-session.ts';
import type { Context } from '../context.ts';
import { SequenceStream } from '../replication/sequence-stream.ts';

/** Wakes a device when its ministry has something new: the current sequence at once, then every new one. */
export function streamRoute(app: FastifyInstance, { store, config, wakeUps }: Context): void {
  const streams = new Set<SequenceStream>();

  app.get(PATHS.stream, { compress: false }, async (request, reply) => {
    const { ministryId } = deviceOf(request);
    const { raw } = reply;
    // Read before the first byte, so that a failing database still is an error answer.
    const current = await store.currentSeq(ministryId);
    reply.hijack();
    raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // Asks a proxy to pass each event on at once.
      'x-accel-buffering': 'no',
    });
    const stream = new SequenceStream(raw, config.heartbeat);
    const stop = wakeUps.subscribe(ministryId, (seq) => stream.announce(seq));
    streams.add(stream);
    raw.on('close', () => {
      stop();
      streams.delete(stream);
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
    for (const stream of streams) stream.close();
  });
}
