import { runKills } from '../support/crash-driver.ts';

/** Run by plain Node with the number of kills and a seed; one JSON line per event. */
const [kills = '', seed = ''] = process.argv.slice(2);

/** How often it says where it is, in kills. */
const PROGRESS_EVERY = 25;

function tell(event: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

const report = await runKills({
  kills: Number(kills),
  seed: Number(seed),
  onProgress: (kill) => {
    if (kill % PROGRESS_EVERY === 0)
      tell({ event: 'progress', text: `kills of the data process: ${kill} of ${kills}` });
  },
});
tell({ event: 'done', report });
