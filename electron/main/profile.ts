import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

/** `profile.json`, optional: what an installer or a demonstration prepared before the first start. */
const ProfileFile = Type.Object({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  demonstration: Type.Optional(Type.Object({ passphrase: Type.String({ minLength: 8, maxLength: 100 }) })),
  enrolment: Type.Optional(
    Type.Object({
      server: Type.String({ pattern: '^https?://', maxLength: 500 }),
      code: Type.Optional(Type.String({ maxLength: 40 })),
    }),
  ),
});
type ProfileFile = Static<typeof ProfileFile>;

export type Profile = ProfileFile & {
  readonly name: string;
  /** Everything of one register lives here: key, encrypted file, backups, log. */
  readonly directory: string;
  readonly keyPath: string;
  readonly logPath: string;
  readonly preferencesPath: string;
};

const PROFILE_ARGUMENT = '--profile-dir=';

/** The directory from `--profile-dir=…`, or the default one below the application's data. */
export function resolveProfileDirectory(argv: readonly string[], userData: string): string {
  const argument = argv.find((text) => text.startsWith(PROFILE_ARGUMENT));
  return argument ? argument.slice(PROFILE_ARGUMENT.length) : join(userData, 'profiles', 'default');
}

/** Reads the profile; a missing or misshapen `profile.json` is the same as none: it holds nothing but convenience. */
export function loadProfile(directory: string): Profile {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = readProfileFile(join(directory, 'profile.json'));
  return {
    ...file,
    name: file.name ?? basename(directory),
    directory,
    keyPath: join(directory, 'key.json'),
    logPath: join(directory, 'registre.log'),
    preferencesPath: join(directory, 'preferences.json'),
  };
}

function readProfileFile(path: string): ProfileFile {
  if (!existsSync(path)) return {};
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return Value.Check(ProfileFile, parsed) ? parsed : {};
  } catch {
    return {};
  }
}
