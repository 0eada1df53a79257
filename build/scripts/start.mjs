import { openWindow, parseDesktopOptions, prepareDesktop, sayPassphrase } from './desktop.mjs';
import { openDisplay } from './display.mjs';
import { stopAll, stopOnSignals } from './processes.mjs';
import { done, elapsed, runScript, say, working } from './progress.mjs';
import { setUp } from './setup.mjs';

const HELP = `npm start [-- options]

Sets up what is missing, starts a local endpoint with a demonstration register, enrols this desktop, opens its window.

  --empty          a register without any asset
  --server URL     another endpoint: none is started here, and the window asks for the enrolment code
  --profile NAME   another desktop on this machine, e.g. a second one in a second terminal
  --help           this text

Ctrl-C or closing the window stops what was started. The demonstration lives in out/demonstration: delete it to begin anew.`;

await runScript(async () => {
  const begun = performance.now();
  const options = parseDesktopOptions(process.argv.slice(2), 'npm start');
  if (options.help) {
    say(HELP);
    return 0;
  }
  stopOnSignals(() => working('stopping'));
  const { runtime } = await setUp();
  try {
    const [display, desktop] = await Promise.all([openDisplay(), prepareDesktop(options)]);
    const window = openWindow(runtime, desktop, display);
    await Promise.race([window.ready, window.ended]);
    done(`window of profile "${options.profile}"`, elapsed(begun));
    if (options.server) say(`  Endpoint ${desktop.server}: the window asks for the enrolment code of this desktop.`);
    else sayPassphrase();
    say('  Ctrl-C or closing the window stops everything.');
    return await window.ended;
  } finally {
    await stopAll();
  }
});
