import { describeFailure, openStage, playSeeds } from './seeds.ts';

/** Run by plain Node with the first seed and a number of histories; one JSON line per event. */
const [from = '', count = ''] = process.argv.slice(2);

/** How often it says where it is, in histories. */
const TELL_EVERY = 10;

function tell(event: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

let isCancelled = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    isCancelled = true;
  });
}

const stage = await openStage();
try {
  let played = 0;
  const { met, failure } = await playSeeds(stage, {
    from: Number(from),
    count: Number(count),
    isCancelled: () => isCancelled,
    onHistory: () => {
      played += 1;
      if (played % TELL_EVERY === 0) tell({ event: 'played', histories: played });
    },
  });
  tell({ event: 'done', met, ...(failure && { failure: describeFailure(failure) }) });
  process.exitCode = failure ? 1 : 0;
} finally {
  await stage.close();
}
