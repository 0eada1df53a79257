import { readFileSync } from 'node:fs';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { COLOUR_SCHEMES, INTERFACE_LANGUAGES, type Preferences } from '#shared/protocol/desktop-bridge.ts';
import { writeFileDurably } from './durable-file.ts';

export const PreferencesShape = Type.Object(
  { language: Type.Enum([...INTERFACE_LANGUAGES]), colourScheme: Type.Enum([...COLOUR_SCHEMES]) },
  { additionalProperties: false },
);

const DEFAULT: Preferences = { language: 'fr', colourScheme: 'auto' };

/** `preferences.json` of a profile. A missing or misshapen file is the default: nothing of value is in it. */
export class PreferencesFile {
  readonly #path: string;
  #current: Preferences;

  constructor(path: string) {
    this.#path = path;
    this.#current = read(path);
  }

  get current(): Preferences {
    return this.#current;
  }

  save(preferences: Preferences): void {
    this.#current = preferences;
    writeFileDurably(this.#path, `${JSON.stringify(preferences)}\n`);
  }
}

function read(path: string): Preferences {
  try {
    const stored: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return Value.Check(PreferencesShape, stored) ? stored : DEFAULT;
  } catch {
    return DEFAULT;
  }
}
