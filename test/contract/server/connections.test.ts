import { DATABASES } from '../../support/endpoint-database.ts';

describe.each(DATABASES)('connections over $name', (database) => {
  it('S4: a transaction that fails leaves nothing behind, and the next one goes on', async () => {
    const opened = await database.open();
    const failed = opened.transaction(async (connection) => {
      await connection.execute('create table left_behind (id integer)');
      await connection.query('select no_such_column');
    });
    await expect(failed).rejects.toThrow('no_such_column');
    const [row] = await opened.transaction((connection) =>
      connection.query(`select to_regclass('left_behind') as found`),
    );
    expect(row).toEqual({ found: null });
    await opened.close();
  });

  // Only a real server has connections that can be lost.
  if (database.name !== 'PostgreSQL') return;

  it('S3: a connection lost in the middle of a transaction fails that transaction, and the endpoint goes on', async () => {
    const opened = await database.open();
    const escaped: unknown[] = [];
    const note = (error: unknown) => escaped.push(error);
    process.on('uncaughtException', note);
    const lost = opened.transaction(async (connection) => {
      const [own] = await connection.query('select pg_backend_pid() as pid');
      await opened.transaction((other) => other.query('select pg_terminate_backend($1)', [own?.pid]));
      await connection.query('select 1');
    });
    await expect(lost).rejects.toThrow();
    expect(await opened.transaction((connection) => connection.query('select 1 as one'))).toEqual([{ one: 1 }]);
    process.off('uncaughtException', note);
    expect(escaped).toEqual([]);
    await opened.close();
  });
});
