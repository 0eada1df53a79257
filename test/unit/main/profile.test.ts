import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadProfile, resolveProfileDirectory } from '../../../electron/main/profile.ts';
import { temporaryDirectory } from '../../support/register.ts';

function profileOf(content: string) {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'profile.json'), content);
  return loadProfile(directory);
}

describe('the profile', () => {
  test('a profile without a file has its folder’s name and prepares nothing', () => {
    const directory = join(temporaryDirectory(), 'new', 'poste-7');
    const profile = loadProfile(directory);
    expect(profile).toMatchObject({
      name: 'poste-7',
      directory,
      keyPath: join(directory, 'key.json'),
      logPath: join(directory, 'registre.log'),
    });
    expect([profile.enrolment, profile.demonstration]).toEqual([undefined, undefined]);
    expect(statSync(directory).isDirectory()).toBe(true);
  });

  test.skipIf(process.platform === 'win32')('K1: the folder that is made is its owner’s alone', () => {
    const directory = join(temporaryDirectory(), 'poste');
    loadProfile(directory);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  test('what an installer prepared is read', () => {
    const enrolment = { server: 'https://registre.example', code: '7K3M-P0XT' };
    const profile = profileOf(
      JSON.stringify({ name: 'Direction', enrolment, demonstration: { passphrase: 'une phrase' } }),
    );
    expect(profile).toMatchObject({ name: 'Direction', enrolment, demonstration: { passphrase: 'une phrase' } });
  });

  test.each([
    ['empty', ''],
    ['cut in half', '{"name":"Dir'],
    ['a list', '[]'],
    ['null', 'null'],
    ['of a name that is a number', '{"name":7}'],
    ['of a name without end', JSON.stringify({ name: 'x'.repeat(101) })],
    ['of a server that is no web address', '{"enrolment":{"server":"file:///etc/passwd"}}'],
    ['of a server that is a script', '{"enrolment":{"server":"javascript:alert(1)"}}'],
    ['of a code that is an object', '{"enrolment":{"server":"https://a.example","code":{}}}'],
    ['of a passphrase that is too short', '{"demonstration":{"passphrase":"court"}}'],
  ])('K6: a profile file %s is the same as none, and no part of it is believed', (_what, content) => {
    const profile = profileOf(content);
    rmSync(join(profile.directory, 'profile.json'));
    expect(profile).toEqual(loadProfile(profile.directory));
    expect(profile.name).toBe(basename(profile.directory));
  });

  test('a profile file cannot move the places of key and register', () => {
    const content = { directory: '/elsewhere', keyPath: '/elsewhere/key.json', logPath: '/elsewhere/log' };
    const profile = profileOf(JSON.stringify(content));
    expect([profile.directory, profile.keyPath, profile.logPath].join(' ')).not.toContain('elsewhere');
  });

  test('a folder in the place of the profile file is the same as none', () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'profile.json'));
    expect(loadProfile(directory).name).toBe(basename(directory));
  });

  test('the folder comes from the argument, or is the default one below the application’s data', () => {
    expect(resolveProfileDirectory(['registre', '--profile-dir=/data/a=b'], '/user')).toBe('/data/a=b');
    expect(resolveProfileDirectory(['registre'], '/user')).toBe(join('/user', 'profiles', 'default'));
  });
});
