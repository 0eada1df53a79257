import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestRegister } from '../../support/storage.ts';

describe('Connection.beforeCommit', () => {
  let register: ReturnType<typeof openTestRegister>;

  beforeEach(() => {
    register = openTestRegister();
  });
  afterEach(() => register.close());

  const insert = (key: string) => register.connection.run('INSERT INTO meta VALUES (?, ?)', [key, '']);
  const keys = () =>
    register.connection.values<string>("SELECT key FROM meta WHERE key NOT LIKE 'table %' ORDER BY key");

  it('J3: is called once, in the outermost transaction, after its work and before its commit', () => {
    const { connection } = register;
    const told: string[] = [];
    connection.transaction(() => {
      connection.onCommit(() => told.push('committed'));
      connection.transaction(() => {
        connection.beforeCommit(() => {
          told.push(`before the commit of ${keys()}`);
          expect(connection.inTransaction).toBe(true);
          insert('listener');
        });
        insert('inner');
      });
      insert('outer');
    });
    expect(told).toEqual(['before the commit of inner,outer', 'committed']);
    connection.transaction(() => insert('next'));
    expect(keys()).toEqual(['inner', 'listener', 'next', 'outer']);
    expect(told).toHaveLength(2);
  });

  it('J3: calls what a listener adds, and runs at once outside of a transaction', () => {
    const { connection } = register;
    connection.beforeCommit(() => {
      insert('first');
      connection.beforeCommit(() => insert('second'));
    });
    expect(keys()).toEqual(['first', 'second']);
  });

  it('J3: an error in it undoes the whole transaction, and the next one is free of it', () => {
    const { connection } = register;
    const told: string[] = [];
    expect(() =>
      connection.transaction(() => {
        insert('work');
        connection.beforeCommit(() => {
          insert('listener');
          throw new Error('refused');
        });
        connection.beforeCommit(() => told.push('called after a refusal'));
        connection.onRollback(() => told.push('rolled back'));
      }),
    ).toThrow('refused');
    connection.transaction(() => insert('next'));
    expect([keys(), told]).toEqual([['next'], ['rolled back']]);
  });

  it('J3: is not called when the work failed, even in a nested part whose error was caught', () => {
    const { connection } = register;
    expect(() =>
      connection.transaction(() => {
        connection.beforeCommit(() => expect.unreachable());
        try {
          connection.transaction(() => {
            throw new Error('inner part failed');
          });
        } catch {
          // Believes it can go on.
        }
      }),
    ).toThrow('inner part failed');
  });
});

describe('Connection.unsyncedTransaction', () => {
  let register: ReturnType<typeof openTestRegister>;
  const SYNCED = 2;

  beforeEach(() => {
    register = openTestRegister();
  });
  afterEach(() => register.close());

  const synchronous = () => register.connection.value<number>('PRAGMA synchronous');

  it('J3: waits for the disk again right after it, whether it succeeded or failed', () => {
    const { connection } = register;
    expect(synchronous()).toBe(SYNCED);
    expect(connection.unsyncedTransaction(synchronous)).toBe(1);
    expect(synchronous()).toBe(SYNCED);
    expect(() =>
      connection.unsyncedTransaction(() => {
        connection.run("INSERT INTO meta VALUES ('half', '')");
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(synchronous()).toBe(SYNCED);
    expect(connection.value("SELECT count(*) FROM meta WHERE key = 'half'")).toBe(0);
  });

  it('J3: inside a transaction it is a part of it, and synced with it', () => {
    const { connection } = register;
    connection.transaction(() => {
      expect(connection.unsyncedTransaction(synchronous)).toBe(SYNCED);
    });
  });
});
